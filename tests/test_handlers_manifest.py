"""The manifest: as few scopes as the bot needs, within Slack's lengths, and the file in the repository is it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from handlers.manifest import EVENTS, manifest, manifest_text
from handlers.scopes import OPTIONAL_SCOPES, SCOPES

ROOT = Path(__file__).parent.parent


def test_the_file_in_the_repository_is_what_the_command_prints() -> None:
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == manifest_text()


def test_no_scope_reads_a_channel() -> None:
    assert set(SCOPES) == {"commands", "chat:write", "app_mentions:read", "im:history"}
    assert set(OPTIONAL_SCOPES) == {"users:read", "files:read", "files:write", "channels:read", "groups:read"}
    assert all(reason for reason in (*SCOPES.values(), *OPTIONAL_SCOPES.values(), *EVENTS.values()))


def text(most: int, least: int = 1, pattern: str = "") -> dict[str, object]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": pattern}


def only(required: tuple[str, ...], **fields: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


def some(item: dict[str, object], most: int, least: int = 1) -> dict[str, object]:
    return {"type": "array", "items": item, "minItems": least, "maxItems": most}


YES_NO: dict[str, object] = {"type": "boolean"}
ADDRESS = text(3000, pattern="^https?://")
SCOPE_LIST = some(text(50), 255)
# The rules of Slack's public manifest schema (slackapi/manifest-schema, 2.0.0), as far as a manifest of ours goes.
RULES = only(
    ("display_information",),
    _metadata=only((), major_version={"const": 2}, minor_version={"type": "integer"}),
    display_information=only(
        ("name",),
        name=text(35),
        description=text(140),
        long_description=text(4000, 175),
        background_color=text(7, 4, "^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
    ),
    features=only(
        (),
        app_home=only((), home_tab_enabled=YES_NO, messages_tab_enabled=YES_NO, messages_tab_read_only_enabled=YES_NO),
        bot_user=only(("display_name",), display_name=text(80), always_online=YES_NO),
        shortcuts=some(
            only(
                ("name", "type", "callback_id", "description"),
                name=text(24),
                type={"enum": ["message", "global"]},
                callback_id=text(255),
                description=text(150),
            ),
            10,
        ),
        slash_commands=some(
            only(
                ("command", "description"),
                command=text(32, 2, "^/"),
                url=ADDRESS,
                description=text(2000),
                usage_hint=text(1000),
                should_escape={"const": True},
            ),
            50,
        ),
        agent_view=only(
            (),
            agent_description=text(300),
            suggested_prompts=some(only(("title", "message"), title=text(100), message=text(500)), 4),
        ),
    ),
    oauth_config=only(
        (), scopes=only((), bot=SCOPE_LIST, bot_optional=SCOPE_LIST), redirect_urls=some(text(2500), 1000)
    ),
    settings=only(
        (),
        event_subscriptions=only((), request_url=ADDRESS, bot_events=some(text(50), 100)),
        interactivity=only(("is_enabled",), is_enabled=YES_NO, request_url=ADDRESS, message_menu_options_url=ADDRESS),
        org_deploy_enabled=YES_NO,
        socket_mode_enabled=YES_NO,
        token_rotation_enabled=YES_NO,
    ),
)


@pytest.mark.parametrize("socket", [False, True])
@pytest.mark.parametrize("agent", [False, True])
def test_the_manifest_keeps_the_rules_of_the_public_schema(socket: bool, agent: bool) -> None:
    made = manifest(command="/calls", url="https://bot.example.com/", socket=socket, agent=agent)
    assert [error.message for error in Draft7Validator(RULES).iter_errors(made)] == []
    assert made["features"]["slash_commands"][0]["command"] == "/calls"  # type: ignore[index]  # the manifest is plain JSON


def test_the_rules_can_be_broken() -> None:
    made = manifest(command="calls" * 10) | {"surprise": 1}
    assert len(list(Draft7Validator(RULES).iter_errors(made))) >= 2


def test_the_agent_view_asks_for_its_scope_only_where_it_is_wanted() -> None:
    assert "assistant:write" not in manifest_text()
    assert "assistant:write" in manifest_text(agent=True)


def test_every_address_is_the_door_of_the_server() -> None:
    text = manifest_text(url="https://bot.example.com/")
    assert text.count('"https://bot.example.com/slack/events"') == 4


def test_socket_mode_needs_no_address() -> None:
    made = manifest(socket=True)
    assert "http" not in json.dumps({key: value for key, value in made.items() if key != "display_information"})
    assert made["settings"]["socket_mode_enabled"] is True  # type: ignore[index]  # the manifest is plain JSON

"""The manifest: as few scopes as the bot needs, within Slack's lengths, and the file in the repository is it."""

import json
from pathlib import Path

import pytest

from handlers.manifest import EVENTS, manifest, manifest_text
from handlers.scopes import OPTIONAL_SCOPES, SCOPES

ROOT = Path(__file__).parent.parent


def test_the_file_in_the_repository_is_what_the_command_prints() -> None:
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == manifest_text()


def test_no_scope_reads_a_channel() -> None:
    assert set(SCOPES) == {"commands", "chat:write", "app_mentions:read", "im:history"}
    assert set(OPTIONAL_SCOPES) == {"users:read"}
    assert all(reason for reason in (*SCOPES.values(), *OPTIONAL_SCOPES.values(), *EVENTS.values()))


@pytest.mark.parametrize("socket", [False, True])
def test_lengths_are_those_of_the_public_schema(socket: bool) -> None:
    made = manifest(command="/calls", url="https://bot.example.com/", socket=socket)
    shown = made["display_information"]
    features = made["features"]
    assert isinstance(shown, dict)
    assert isinstance(features, dict)
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    slash = features["slash_commands"][0]
    assert slash["command"] == "/calls"
    assert len(slash["description"]) <= 2000
    assert len(slash["usage_hint"]) <= 1000
    assert slash["should_escape"] is True


def test_every_address_is_the_door_of_the_server() -> None:
    text = manifest_text(url="https://bot.example.com/")
    assert text.count('"https://bot.example.com/slack/events"') == 4


def test_socket_mode_needs_no_address() -> None:
    made = manifest(socket=True)
    assert "http" not in json.dumps({key: value for key, value in made.items() if key != "display_information"})
    assert made["settings"]["socket_mode_enabled"] is True  # type: ignore[index]  # the manifest is plain JSON

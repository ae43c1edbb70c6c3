"""The Slack app's manifest: what Earshot asks of a workspace, and why."""

import json
from collections.abc import Mapping

from handlers.installing import BACK
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from handlers.server import PATH
from handlers.shortcuts import shortcuts

EXAMPLE_URL = "https://earshot.example.com"
NAME = "Earshot"
DESCRIPTION = "Ask earnings calls: the exact words, who said them, and where to check."
LONG_DESCRIPTION = (
    "Earshot answers questions about earnings calls with the exact words that were said, who said them, and where to "
    "check: the call, the section and the line of the transcript. Ask with the slash command, mention it in a channel, "
    "or write to it directly. It quotes; it never paraphrases, never guesses a name, and says when nothing was found."
)

# Only with Slack's agent view, which the workspace's plan must have.
AGENT_SCOPES: Mapping[str, str] = {"assistant:write": "the entry in the top bar, and the prompts suggested there"}
PROMPTS = (
    ("Who asked?", "who asked about superchargers"),
    ("Exact words", "quote margin"),
    ("One person", "what did the CFO say about costs"),
    ("What can I ask?", "help"),
)
EVENTS: Mapping[str, str] = {
    "app_mention": "questions in channels",
    "message.im": "questions in direct messages",
    "app_home_opened": "the Home tab, drawn when somebody looks at it",
    "app_uninstalled": "what was kept of the workspace is erased at once",
    "tokens_revoked": "the same, where only the token is taken back",
}


def manifest(
    *, command: str = "/call", url: str | None = None, socket: bool = False, agent: bool = False
) -> dict[str, object]:
    """Return the manifest. `url` is where Slack reaches the bot (https://…); Socket Mode needs none.

    `agent` adds Slack's agent view, which asks for one scope more.
    """
    address = (url or EXAMPLE_URL).rstrip("/") + PATH
    where: dict[str, object] = {} if socket else {"request_url": address}
    slash: dict[str, object] = {
        "command": command,
        "description": "Ask earnings calls for the exact words",
        "usage_hint": "who asked about superchargers",
        "should_escape": True,
    }
    if not socket:
        slash["url"] = address
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f3a5f",
        },
        "features": {
            **({"agent_view": _agent_view()} if agent else {}),
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "shortcuts": [
                {"name": each.name, "type": each.kind, "callback_id": each.callback, "description": each.about}
                for each in shortcuts().values()
            ],
            "slash_commands": [slash],
        },
        "oauth_config": {
            **({} if socket else {"redirect_urls": [address.removesuffix(PATH) + BACK]}),
            "scopes": {"bot": [*SCOPES, *(AGENT_SCOPES if agent else ())], "bot_optional": list(OPTIONAL_SCOPES)},
        },
        "settings": {
            "event_subscriptions": {**where, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **where, **({} if socket else {"message_menu_options_url": address})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(*, command: str = "/call", url: str | None = None, socket: bool = False, agent: bool = False) -> str:
    """Return the manifest as JSON to paste, with a closing line break."""
    made = manifest(command=command, url=url, socket=socket, agent=agent)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _agent_view() -> dict[str, object]:
    """Return what stands in the top bar: what the app does, and prompts to begin with."""
    return {
        "agent_description": DESCRIPTION,
        "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
    }

"""What an app offers in menus: its command and its shortcuts, as its manifest says."""

import json
from dataclasses import dataclass
from pathlib import Path

from playground.payload import Payload

DESCRIPTION = "Exact quotes from earnings calls"
HINT = "who asked about superchargers"
SUBSCRIBED = {"app_mention", "message.im", "app_home_opened"}


@dataclass(frozen=True, slots=True)
class Offer:
    """An app's command, shortcuts, suggested prompts, scopes and events."""

    command: str = "/call"
    description: str = DESCRIPTION
    hint: str = HINT
    shortcuts: tuple[Payload, ...] = ()
    prompts: tuple[Payload, ...] = ()
    home: bool = True  # whether it has a Home tab
    scopes: tuple[str, ...] | None = None  # None: all
    events: tuple[str, ...] = tuple(sorted(SUBSCRIBED))

    @property
    def payload(self) -> Payload:
        """The offer as the page reads it."""
        return {
            "command": self.command,
            "description": self.description,
            "hint": self.hint,
            "shortcuts": list(self.shortcuts),
            "prompts": list(self.prompts),
            "home": self.home,
        }


def read_offer(manifest: Path, command: str) -> Offer:
    """Return what the manifest at a path offers under the command's present name; a plain offer where none is there."""
    if not manifest.is_file():
        return Offer(command=command)
    told = json.loads(manifest.read_text(encoding="utf-8"))
    features, settings = told.get("features", {}), told.get("settings", {})
    commands = features.get("slash_commands") or [{}]
    scopes = told.get("oauth_config", {}).get("scopes", {})
    return Offer(
        command=command,
        description=commands[0].get("description", DESCRIPTION),
        hint=commands[0].get("usage_hint", HINT),
        shortcuts=tuple(features.get("shortcuts", [])),
        prompts=tuple(features.get("agent_view", {}).get("suggested_prompts", [])),
        home=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
        scopes=(*scopes.get("bot", []), *scopes.get("bot_optional", [])) if scopes else None,
        events=tuple(settings.get("event_subscriptions", {}).get("bot_events", sorted(SUBSCRIBED))),
    )

"""What people type, turned into what Slack sends: names become ids, and three characters are escaped."""

import re

from playground.workspace import Workspace

# Both patterns are linear: each character can be taken in one way only.
_WORD = re.compile(r"(?<![\w<])([@#])([a-z][a-z0-9_-]*)")
LOUD = ("channel", "here", "everyone")


def escape(text: str) -> str:
    """Return `text` with Slack's three characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wire(text: str, workspace: Workspace, *, named: bool = False) -> str:
    """Return typed text as Slack sends it: `@ada` as `<@U…>`, `#autos-desk` as `<#C…|autos-desk>`.

    `named` adds the handle to a mention, as slash commands have it.
    """
    people = {user.handle: user.id for user in workspace.users.values()}
    places = {channel.name: channel.id for channel in workspace.channels.values() if channel.name}

    def replace(found: re.Match[str]) -> str:
        mark, name = found.groups()
        if mark == "#" and name in places:
            return f"<#{places[name]}|{name}>"
        if mark == "@" and name in people:
            return f"<@{people[name]}|{name}>" if named else f"<@{people[name]}>"
        if mark == "@" and name in LOUD and not named:
            return f"<!{name}>"
        return found.group()

    return _WORD.sub(replace, escape(text))

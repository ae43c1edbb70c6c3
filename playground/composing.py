"""What people type, turned into what Slack sends: names become ids, and three characters are escaped."""

import re
from collections.abc import Iterable

from playground.workspace import Workspace

LOUD = ("channel", "here", "everyone")


def escape(text: str) -> str:
    """Return `text` with Slack's three characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wire(text: str, workspace: Workspace, *, named: bool = False) -> str:
    """Return typed text as Slack sends it: `@ada` as `<@U…>`, `#autos-desk` as `<#C…|autos-desk>`.

    A person goes by handle and by whole name, in capitals or not. `named` adds the handle to a mention, as slash
    commands have it.
    """
    users = workspace.users.values()
    people = {name.casefold(): user for user in users for name in (user.name, user.handle)}
    places = {channel.name: channel.id for channel in workspace.channels.values() if channel.name}

    def mention(found: re.Match[str]) -> str:
        user = people.get(found[1].casefold())
        if user is not None:
            return f"<@{user.id}|{user.handle}>" if named else f"<@{user.id}>"
        return f"<!{found[1]}>" if found[1] in LOUD and not named else found[0]

    told = _names("@", (*people, *LOUD)).sub(mention, escape(text))
    return _names("#", places).sub(
        lambda found: f"<#{places[found[1]]}|{found[1]}>" if found[1] in places else found[0], told
    )


def _names(mark: str, names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a whole name behind its mark: the longest of those that begin alike."""
    longest = sorted((escape(name) for name in names), key=len, reverse=True)
    return re.compile(rf"(?<![\w<]){mark}({'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)

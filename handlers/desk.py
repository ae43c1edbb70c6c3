"""What listeners are given: the settings, the loaded library, the store, the clock and the ways to speak."""

import datetime as dt
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.answering import Answers
from handlers.errands import Errands
from handlers.recent import Recent
from handlers.rollout import Rollout
from handlers.shelves import Shelves
from handlers.speaking import Speaking
from handlers.teams import Teams
from handlers.usual import Usual

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.library import Library
    from bot.outcome import Failure
    from bot.state.store import Store
    from handlers.place import Place
    from handlers.workspace import Workspaces


def own_name() -> str:
    """Return a name for this process that no other one has, and none will have after a restart."""
    return f"{socket.gethostname()} {uuid.uuid4().hex[:8]}"


@dataclass(slots=True)
class Desk:
    """Everything a listener may reach. Built once at the front door, closed over by every listener.

    `library` holds the operator's calls, which every workspace shares; it may be replaced as a whole. Whoever answers
    people never reads it, but what may be `seen` from where they ask, anew for each request. `clock` gives the time
    now, with a zone. `speaking` holds the Web API clients. `ready` is false until calls are loaded, and again
    while the process drains. `following` is false while changes of the calls' folders go unseen. `failures` are the
    files that could not be read, with the reason, for `status`. `owner` names this process to the others in the store.
    `index` is the folder in which this process alone keeps its index; None keeps it in memory.
    """

    settings: "Settings"
    library: "Library"
    store: "Store"
    clock: Callable[[], dt.datetime]
    workspaces: "Workspaces"
    speaking: Speaking
    errands: Errands = field(default_factory=Errands)
    answers: Answers = field(default_factory=Answers)
    usual: Usual = field(default_factory=Usual)
    teams: Teams = field(default_factory=Teams)
    recent: Recent = field(default_factory=Recent)
    rollout: Rollout = field(default_factory=Rollout)
    shelves: Shelves = field(default_factory=Shelves)
    ready: bool = True
    following: bool = True
    owner: str = field(default_factory=own_name)
    index: Path | None = None
    failures: "tuple[Failure, ...]" = ()

    async def seen(self, place: "Place") -> "Library":
        """Return the calls that may be seen from a place: the shared ones, and those given there in Slack."""
        return await self.shelves.seen(self, place)

    def today(self) -> dt.date:
        """Return the date now, in the clock's own zone."""
        return self.clock().date()

"""One method of the Web API: its name, the arguments it takes, the scope it needs, and what it does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.arguments import Arguments
from playground.payload import Payload
from playground.refusal import Refusal

if TYPE_CHECKING:
    from playground.slack import LocalSlack
    from playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a method: the Slack it reached, what it was given, and the token it came with."""

    slack: "LocalSlack"
    args: Arguments
    token: str

    @property
    def workspace(self) -> "Workspace":
        """The workspace's state."""
        return self.slack.workspace


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API. `takes` lists its arguments, parted by blanks; a required one ends with "!"."""

    name: str
    takes: str
    run: Callable[[Visit], Awaitable[Payload]]
    scopes: tuple[str, ...] = ()  # any one of them will do; none: no scope is needed
    kind: str = "bot"  # whose token: bot, app or none

    def check(self, args: Arguments) -> None:
        """Refuse unknown and missing arguments with `invalid_arguments`."""
        known = {"team_id", *(name.rstrip("!") for name in self.takes.split())}  # Bolt adds team_id to every call
        reasons = [f"no such argument: {name}" for name in args.values if name not in known]
        reasons += [
            f"missing required field: {name[:-1]}"
            for name in self.takes.split()
            if name.endswith("!") and not args.has(name[:-1])
        ]
        if reasons:
            raise Refusal("invalid_arguments", reasons)

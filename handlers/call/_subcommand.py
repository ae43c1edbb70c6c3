"""A sub-command of the slash command: one file beside this one that holds `subcommand = Subcommand(…)`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.asked import Asked
from handlers.desk import Desk
from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A word after the command that is no question.

    `run` answers `asked.words`, which are the words after `name`; it may raise QuestionError, whose sentence is shown.
    `usage` and `example` stand in the help, without the command's own name. `slow`: it may need more than a second, so
    it is acknowledged first. `aliases` are other words for it.
    """

    name: str
    usage: str
    example: str
    run: Callable[[Asked, Desk], Awaitable[Reply]]
    about: str = ""  # one line of help: what it is for
    aliases: tuple[str, ...] = ()
    slow: bool = False

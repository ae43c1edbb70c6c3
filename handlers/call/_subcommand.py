"""A sub-command of the slash command: one file beside this one that holds `subcommand = Subcommand(…)`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.asked import Asked
from handlers.desk import Desk
from handlers.reply import Reply


def anything(words: str) -> bool:
    """Take whatever follows the name."""
    del words
    return True


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A word after the command that is no question.

    `run` answers `asked.words`, which are the words after `name`; it may raise QuestionError, whose sentence is shown.
    `usage` and `example` stand in the help, without the command's own name, and start with `name`. `about` is one line
    of help. `aliases` are other words for it. `takes` says whether the words after the name make sense: where they do
    not, the whole is a question ("status of the plant"). `shows` says that it changes and posts nothing: the help may
    offer its example as a button.
    """

    name: str
    usage: str
    example: str
    run: Callable[[Asked, Desk], Awaitable[Reply]]
    about: str = ""
    aliases: tuple[str, ...] = ()
    takes: Callable[[str], bool] = anything
    shows: bool = False

"""From the words of an asker to what was understood."""

import datetime as dt
from typing import TYPE_CHECKING

from bot.team import NOBODYS, Team

if TYPE_CHECKING:
    # Only for types: the directory reads names with this package's tables.
    from bot.directory import Directory
    from bot.query.following import FollowUp
    from bot.query.query import Query


def understand(question: str, directory: "Directory", *, today: dt.date, team: Team = NOBODYS) -> "Query":
    """Read a question against what is loaded, in the words of a team.

    `today` dates "last year". Raises QuestionError, pointing at the word.
    """
    from bot.query.grammar import Grammar  # noqa: PLC0415 - answers import this package's nouns, so it can't import the grammar at the top
    from bot.query.twofold import one_of_two  # noqa: PLC0415 - as above

    return one_of_two(Grammar(question, directory, today, team).query(), directory, today, team)


def follow_up(previous: str, said: str, directory: "Directory", *, today: dt.date, team: Team = NOBODYS) -> "FollowUp":
    """Read what is said after an answer (`and george?`, `only jefferies`, `more`) as a question of its own.

    `previous` is the restated question of that answer. Raises QuestionError.
    """
    from bot.query.following import follow  # noqa: PLC0415 - answers import this package's nouns, so it can't import the grammar at the top

    return follow(previous, said, directory, today=today, team=team)


def warm(directory: "Directory") -> None:
    """Build what the first question would otherwise wait for: forms, word lists, the directory's indexes."""
    from bot.query.grammar import prepare  # noqa: PLC0415 - as above

    prepare(directory)

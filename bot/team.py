"""A team's own words: what it calls things (synonyms), and whom it calls what (aliases)."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What an alias stands for."""

    COMPANY = "company"
    PERSON = "person"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word of the team's, and what it is also called: gm, gross margin."""

    word: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of the team's for a company, a person or a firm; `target` is the name (or ticker) the calls know it by."""

    name: str
    target: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Team:
    """Everything a team has named. It goes wherever a question is answered, as an argument: nothing of it is shared.

    Two teams with the same words are equal, so whatever is kept by its value can't give one team another's words.
    """

    synonyms: tuple[Synonym, ...] = ()
    aliases: tuple[Alias, ...] = ()


NOBODYS = Team()
"""No words of one's own: the command line, and every team that has named nothing."""

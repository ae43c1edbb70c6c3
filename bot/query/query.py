"""What was understood of a question."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from bot.kind import Kind
from bot.period import Period
from bot.query.reading import Reading
from bot.query.topic import Topic
from bot.section import Section


@dataclass(frozen=True)
class Party:
    """Whose words: canonical persons, firms, a title (CFO), or kinds (analysts); what is given must hold together.

    `said` is the party for people ("George Galliers", "Harbor & Lane", "the CFO"). `parts` are the parties of one that
    is several (joint.py), `against` tells that they were set against each other.
    """

    said: str
    persons: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    parts: tuple["Party", ...] = ()
    against: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The persons, to be looked up: a title is held by hundreds, and every turn is held against them."""
        return frozenset(self.persons)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of time: fiscal periods from `first` to `last`, both included; None is open. `said` is it for people.

    `since` and `until` are days on which calls were held, both included, too: a call without a date is in none.
    """

    said: str
    first: Period | None = None
    last: Period | None = None
    newest: int | None = None  # the newest N calls of each company, after the other filters
    only: tuple[Period, ...] = ()  # these periods alone (`Q1 and Q4 2021`), where they are no range
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    `intent` is the name of the module in `bot/answers` that answers it. `party` is whose words are wanted, `asker`
    whose question (for answers). `companies` are tickers or names as the directory holds them; `calls` are ids.
    `restated` is a question that reads back into this same query: the memory of threads, buttons and digests.
    """

    question: str
    intent: str
    topic: Topic
    restated: str
    understood: str  # one line for people
    party: Party | None = None
    asker: Party | None = None
    companies: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    span: Span | None = None
    section: Section | None = None
    limit: int | None = None  # "top 3", "5 quotes": how many the asker wants
    least: int | None = None  # "at least 3 questions": how many somebody must have asked
    readings: tuple[Reading, ...] = ()
    without: tuple[Party, ...] = ()  # whose words are left out (`-priscilla`)

"""What an intent is: how it may be asked, what it searches for, and how its answer is put together."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.answers.answer import Answer
from bot.call import Call
from bot.directory import Directory
from bot.query.pattern import Form
from bot.query.query import Query
from bot.query.topic import Topic
from bot.search.findings import Findings
from bot.search.wanted import Wanted

SHOWN = 200
"""Turns that are looked at of all that are found, as a rule: what lies beyond is counted only."""
ELSEWHERE = 200
"""Turns that are looked at to say where else a topic is spoken of, when nothing was found as asked."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search an answer needs. `verbatim`: no correction, no synonyms.

    `counted`: the answer tells how many turns there are beyond the limit, too; a count costs as much as a search.
    """

    topic: Topic
    wanted: Wanted
    verbatim: bool = False
    limit: int = SHOWN
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Matter:
    """What composing an answer may look at: the question, the loaded calls, those in scope, which page is wanted."""

    query: Query
    directory: Directory
    calls: Mapping[str, Call]
    scope: tuple[Call, ...]
    limit: int
    offset: int
    elsewhere: Findings | None = None  # where nothing was found: the topic in anybody's words, in every loaded call

    @property
    def searched(self) -> Collection[str]:
        """The ids of the calls in scope."""
        if len(self.scope) == len(self.directory.calls):
            return self.directory.places  # of many calls as well, it is there
        return {call.id for call in self.scope}

    def named(self, call: Call) -> str:
        """Return what to call a call in a sentence."""
        return self.directory.call_names.get(call.id, call.name)


class Heading(StrEnum):
    """Under which heading help lists a kind of question, in this order."""

    WORDS = "Find the words"
    CALLS = "Look at a call"
    COUNTS = "Count, rank and compare"
    OTHERS = "More"


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question.

    `forms` are its ways to be asked (see `bot/query/pattern.py`), `lead` the words that ask it in a restated question,
    `about` what people are told before a topic, where that is put otherwise; `usage` and `example` what help says.
    `searches` plans, `compose` says; neither acts. Help lists it under `heading`, by `rank` from 1.
    """

    name: str
    lead: str
    usage: str
    example: str
    summary: str
    forms: tuple[Form, ...]
    searches: Callable[[Matter], tuple[Search, ...]]
    compose: Callable[[Matter, tuple[Findings, ...]], Answer]
    needs_topic: str = ""  # "always", "or filter": a filter may stand in for the topic; "": never
    about: str = ""
    heading: Heading = Heading.OTHERS
    rank: int = 99
    names: tuple[str, ...] = field(default=())  # other words by which help finds it
    paired: bool = False  # it has two sides: who asks (`asker`), and who answers (`party`)
    inherits: bool = False  # in a thread it keeps the topic, where it names none: `who asked the most`
    then: tuple[str, ...] = ()  # what is likely to be asked next, by the names of `suggesting.py`
    again: Callable[[Matter, tuple[Findings, ...]], tuple[Search, ...]] | None = (
        None  # searches the first ones call for
    )


def by_heading(intent: Intent) -> tuple[int, int, str]:
    """Return an intent's place in help: by its heading, then by its rank there."""
    return list(Heading).index(intent.heading), intent.rank, intent.name

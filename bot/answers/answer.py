"""What to say, free of Slack: exact quotes, where they stand, and what was searched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.call import Call
from bot.query.query import Query
from bot.search.findings import Why
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Quote:
    """A contiguous run of a turn's text, [start, end) in characters; `spans` are offsets into the quote.

    `marks` are all matches of the turn, those outside of the quote too, as offsets into its text.
    """

    call: Call
    turn: Turn
    start: int
    end: int
    spans: tuple[tuple[int, int], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The source's own words: cut out of the turn here, and nowhere else."""
        return self.turn.text[self.start : self.end]

    @property
    def whole(self) -> bool:
        """Whether the quote is the whole turn."""
        return self.start == 0 and self.end == len(self.turn.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote that answers, and why it is here. `score` compares within one answer only."""

    quote: Quote
    why: Why
    score: float


class Relation(StrEnum):
    """What a context turn is to its hit."""

    ANSWER = "answer"
    QUESTION = "question"
    BEFORE = "before"
    AFTER = "after"
    ALSO_SAID = "also_said"


@dataclass(frozen=True, slots=True)
class Context:
    """A turn beside hit number `of` (from 0)."""

    of: int
    relation: Relation
    quote: Quote


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asked: name (None: unlabelled), firm, and in how many of the found turns.

    `inferred`: no source of these turns labels them with the name.
    """

    name: str | None
    firm: str | None
    questions: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures, each with the rule it was counted by in a note. `counts` is by call id, `words` by word."""

    askers: tuple[Asker, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    by_speaker: Mapping[str, int] = field(default_factory=dict)
    first: Quote | None = None
    words: Mapping[str, int] = field(default_factory=dict)


class About(StrEnum):
    """What a note is about, so that each surface can put it where it belongs."""

    READ_AS = "read as"
    ASSUMED = "assumed"
    SYNONYM = "synonym"
    SEARCHED = "searched"
    NEAREST = "nearest"
    CAUTION = "caution"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence beside the answer; `undo` is the question that takes back what it tells."""

    about: About
    text: str
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on, such as one way to read an ambiguous question: a button's text and the question it asks."""

    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What was searched: calls and turns, after the filters for company, call and period."""

    calls: int
    turns: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `hits` are one page, best first; `total` counts all of them. `headline` is the first line for people.

    `body` is text that is not a quote (help, the list of calls), one string a line. `choices` ask back where a name or
    call is ambiguous. `next_questions` are the likely follow-ups, in words for people.
    """

    query: Query
    headline: str
    scope: Scope
    total: int = 0
    hits: tuple[Hit, ...] = ()
    context: tuple[Context, ...] = ()
    facts: Facts = field(default_factory=Facts)
    notes: tuple[Note, ...] = ()
    body: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    next_questions: tuple[Choice, ...] = ()
    explain: Sequence[str] = field(default=(), compare=False)

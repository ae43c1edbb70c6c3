"""Questions that can't be answered as typed; each error owns its sentence and points at the word."""

from dataclasses import dataclass

from bot.errors import QuestionError
from bot.query.query import Query


class EmptyQuestionError(QuestionError):
    """There was nothing to read: nothing typed, or only emoji and marks."""

    def __init__(self, typed: str) -> None:
        what = "I see no words in that." if typed.strip() else "Ask me about the loaded calls."
        super().__init__(
            f"{what} Try `who asked about margins`, `quote capex`, `what did the CFO say about pricing`, or `help`."
        )


class LongQuestionError(QuestionError):
    """More was typed than a question holds."""

    def __init__(self, length: int, room: int, of: str = "characters") -> None:
        super().__init__(
            f"That is {length:,} {of}; I read questions of up to {room:,}. Ask in one sentence, or put the words "
            'to look for in double quotes: `who said "pricing power"`.'
        )


class ForeignQuestionError(QuestionError):
    """The question is written in another script."""

    def __init__(self) -> None:
        super().__init__(
            "I read questions in English only, for now. Try `who asked about margins` or `quote capex`, or `help`."
        )


class DeclinedError(QuestionError):
    """Something was asked for that Earshot never gives: advice, summaries, scores."""


class NotUnderstoodError(QuestionError):
    """A word of the question can't be read; `start` and `end` are its characters in the question."""

    def __init__(self, sentence: str, start: int = 0, end: int = 0) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read an ambiguous question: what to call it, and the question that means it alone."""

    text: str
    question: str


class AmbiguousError(QuestionError):
    """A name or a call may be several; `ways` are the questions to choose from, `query` what was understood so far."""

    def __init__(self, sentence: str, ways: tuple[Way, ...], query: Query) -> None:
        super().__init__(sentence)
        self.ways = ways
        self.query = query

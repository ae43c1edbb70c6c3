"""What is refused before a question is read: advice, summaries, verdicts, the future, quarters that no year has."""

import re
from collections.abc import Callable, Sequence

from bot.query.errors import DeclinedError, NotUnderstoodError
from bot.query.tokens import Shape, Token

_WRONG_QUARTER = re.compile(r"q(?:[05-9]|[1-4](?!(?:\d{2}|20\d{2})$)\d+|[05-9]\d+)")  # Q3'26 is one
# Longer questions that hold such a word are about something else.
_ADVICE, _SCORE, _DATES = 12, 8, 8
_EVADING = re.compile(r"(?:dodg|evad|evasi|duck|deflect|sidestep)\w*")


def refuse(cut: Sequence[Token]) -> None:
    """Raise DeclinedError or NotUnderstoodError for what no form could answer."""
    _check_quarters(cut)
    _decline([token.word for token in cut if token.shape is Shape.WORD])


def _check_quarters(cut: Sequence[Token]) -> None:
    """Raise for a quarter that no year has."""
    for token in cut:
        if token.shape is Shape.WORD and _WRONG_QUARTER.fullmatch(token.word):
            raise NotUnderstoodError(
                f"I don't know ‹{token.text}›: quarters run from Q1 to Q4, as the company counts.",
                token.start,
                token.end,
            )


def _decline(words: Sequence[str]) -> None:
    """Raise for what Earshot doesn't do: advice, summaries, verdicts, what is to come."""
    for asks, sentence in _DECLINED:
        if words and asks(words):
            raise DeclinedError(sentence)


def _advice(words: Sequence[str]) -> bool:
    held = set(words)
    asked = held & {"should", "shall"} or words[0] in {"buy", "sell"}
    return bool(held & {"buy", "sell", "short", "invest"} and asked and len(words) < _ADVICE)


def _summary(words: Sequence[str]) -> bool:
    return words[0] in {"summarise", "summarize", "summary", "tldr", "recap", "sumarize", "summarization"}


def _to_come(words: Sequence[str]) -> bool:
    held = set(words)
    ahead = held & {"next", "upcoming"} and held & {"call", "calls", "earnings"}
    return bool(words[0] == "when" and ahead and len(words) < _DATES)


def _verdict(words: Sequence[str]) -> bool:
    about = {"question", "questions", "answer", "answers"} & set(words)
    return bool(about) and any(map(_EVADING.fullmatch, words))


def _score(words: Sequence[str]) -> bool:
    return "sentiment" in words and len(words) < _SCORE


_DECLINED: tuple[tuple[Callable[[Sequence[str]], bool], str], ...] = (
    (
        _advice,
        (
            "I give no advice on what to buy or sell. I can show what was said: try `quote guidance` or "
            "`who asked about demand`."
        ),
    ),
    (
        _summary,
        (
            "I don't summarise: I quote, word for word. Try `quote guidance`, `questions on margin`, or a name to see "
            "that person's turns."
        ),
    ),
    (
        _to_come,
        (
            "I know the calls that are loaded, and none to come: `calls` lists them, each with its date where the "
            "transcript has one."
        ),
    ),
    (
        _verdict,
        "I don't judge answers: I show them, word for word. Try `who asked about warranty`, and look at each answer.",
    ),
    (
        _score,
        "I give no scores or sentiment, only words that were said. Try `compare demand` to see them from call to call.",
    ),
)

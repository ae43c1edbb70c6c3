"""What is refused before a question is read: advice, summaries, scores, quarters that no year has."""

import re
from collections.abc import Sequence

from bot.query.errors import DeclinedError, NotUnderstoodError
from bot.query.tokens import Shape, Token

_WRONG_QUARTER = re.compile(r"q(?:[05-9]|[1-4](?!(?:\d{2}|20\d{2})$)\d+|[05-9]\d+)")  # Q3'26 is one
# Longer questions that hold such a word are about something else.
_ADVICE, _SCORE = 12, 8


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
    """Raise for what Earshot doesn't do: advice, summaries, verdicts."""
    held = set(words)
    if not held:
        return
    if (
        held & {"buy", "sell", "short", "invest"}
        and (held & {"should", "shall"} or words[0] in {"buy", "sell"})
        and len(words) < _ADVICE
    ):
        raise DeclinedError(
            "I give no advice on what to buy or sell. I can show what was said: try `quote guidance` or "
            "`who asked about demand`."
        )
    if words[0] in {"summarise", "summarize", "summary", "tldr", "recap", "sumarize", "summarization"}:
        raise DeclinedError(
            "I don't summarise: I quote, word for word. Try `quote guidance`, `questions on margin`, or a name to see "
            "that person's turns."
        )
    if "sentiment" in held and len(words) < _SCORE:
        raise DeclinedError(
            "I give no scores or sentiment, only words that were said. Try `compare demand` to see them from call to "
            "call."
        )

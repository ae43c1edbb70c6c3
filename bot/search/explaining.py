"""What was looked for, and how the first candidates scored: for people who wonder why a turn is in an answer."""

from bot.query.topic import AllOf, AnyOf, Phrase, Term
from bot.search.findings import Explained
from bot.search.hits import Hits
from bot.search.meaning import Meaning, Name

SHOWN = 20
"""Candidates whose scores are explained."""


def explained(meaning: Meaning, ranked: Hits, whole: Hits | None) -> Explained:
    """Say what was looked for, at which weight, and how the first candidates scored; `whole` is as in `Standing`."""
    first = ranked[:SHOWN]

    def write() -> tuple[str, ...]:
        lines = []
        for part in meaning.senses:
            names = ", ".join(f"{_words(name)} ×{name.weight:g}" for name in part.names if name.weight)
            lines.append(f"looked for “{' '.join(part.words)}”: {names}")
        holding = [True] * len(first) if whole is None else first.among(whole).tolist()
        for hit, holds in zip(first, holding, strict=True):
            held = "all of it" if holds else "part of it"
            lines.append(f"{hit.score:8.3f}  {hit.call} turn {hit.turn}, characters {hit.start}-{hit.end}: {held}")
        return tuple(lines)

    return Explained(write)


def _words(name: Name) -> str:
    match name.node:
        case Term(word=word, prefix=prefix):
            return f"{word}*" if prefix else word
        case AllOf(parts=parts):
            return " + ".join(part.word for part in parts if isinstance(part, Term))
        case Phrase(words=words):
            return " ".join(words)
        case AnyOf(parts=parts):
            return " or ".join(" ".join(part.words) for part in parts if isinstance(part, Phrase))
        case _:
            return "…"

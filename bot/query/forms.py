"""The forms of all intents, and which of them may read a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from bot.query.intents import intents
from bot.query.pattern import Form, Matched, Matcher

if TYPE_CHECKING:
    from bot.answers.intent import Intent


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that reads the tokens."""

    score: float
    order: int
    intent: "Intent"
    form: Form
    matched: Matched


def candidates(matcher: Matcher) -> list[Candidate]:
    """Return what reads the tokens of a matcher, in the order of the forms."""
    found = []
    present = matcher.present
    known = forms()
    for order in _readable(present):
        intent, form = known[order]
        if not matcher.may(form):
            continue
        for matched in matcher.read(form):
            # A form that names somebody is tried before one that takes the name for a topic's word.
            score = matched.keywords - 0.5 * len(matched.misspelt) + 0.25 * form.soft + form.weight
            if form.parts and matched.keywords:
                found.append(Candidate(score, order, intent, form, matched))
    return found


def prepare() -> None:
    """Compile every form."""
    for _, form in forms():
        _ = form.parts, form.needs
    _by_word()


@cache
def forms() -> "tuple[tuple[Intent, Form], ...]":
    """Return every form with its intent."""
    return tuple((intent, form) for intent in intents().values() for form in intent.forms)


def _readable(present: frozenset[str]) -> list[int]:
    """Return the forms, by their place, that may read a question of these words: most lack one they need."""
    by_word, always = _by_word()
    return sorted({*always, *chain.from_iterable(by_word.get(word, ()) for word in present)})


@cache
def _by_word() -> tuple[Mapping[str, tuple[int, ...]], tuple[int, ...]]:
    """Return the forms by each word that the rarest of their needs may be, and those that need none."""
    held: dict[str, list[int]] = {}
    always = []
    for order, (_, form) in enumerate(forms()):
        if not form.needs:
            always.append(order)
            continue
        for word in min(form.needs, key=len):
            held.setdefault(word, []).append(order)
    return {word: tuple(orders) for word, orders in held.items()}, tuple(always)

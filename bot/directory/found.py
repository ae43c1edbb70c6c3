"""What a name may mean, and how near what was typed must be to mean it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.query.entities import Firm, Person
from bot.query.spelling import Likeness

Entity = TypeVar("Entity", Person, Firm)

# Measured over misspelt names of real calls (tests/test_directory.py, docs/query-language.md): at or above SURE a
# correction is used and told, between the two it is offered, below it is not named at all.
SURE = 0.80
LIKELY = 0.68
# A rival this close makes a correction a choice.
CLEAR = 0.02
# Letters: fewer than SHORTEST resemble nothing, fewer than SHORT are only offered, from LONG on two edits may be sure.
SHORTEST, SHORT, LONG = 3, 4, 9
# Names of which it is kept what resembles them.
KEPT = 512


@dataclass(frozen=True, slots=True)
class Found:
    """What a name may mean: one entity is an answer, several are a choice. `sure` is False for a mere resemblance."""

    entities: tuple[Person | Firm, ...] = ()
    exact: bool = True
    sure: bool = True
    likeness: float = 1.0


NOBODY = Found(exact=False, sure=False, likeness=0.0)


def best(typed: str, ranked: Sequence[tuple[Sequence[Person] | Sequence[Firm], Likeness]]) -> Found:
    """Choose among what resembles a name: one clear best, or all that are about as near."""
    if not ranked:
        return NOBODY
    top = ranked[0][1]
    entities: list[Person | Firm] = []
    for owners, each in ranked:
        if each.edits == top.edits or top.score - each.score <= CLEAR:
            entities.extend(owner for owner in owners if owner not in entities)
    return Found(tuple(entities), exact=False, sure=_sure(typed, top), likeness=top.score)


def _sure(typed: str, near: Likeness) -> bool:
    """Whether a likeness is a misspelling: few edits for the length of what was typed."""
    letters = max(map(len, typed.split()), default=0)  # of a whole name, the word that may hold the edits
    return near.score >= SURE and near.edits <= (0 if letters < SHORT else 1 if letters < LONG else 2)


def kept(near: dict[str, Found], typed: str, look: Callable[[str], Found]) -> Found:
    """Return what a name means, looked for once: a question that may be read several ways asks each time."""
    found = near.get(typed)
    if found is None:
        if len(near) >= KEPT:
            near.clear()
        found = near[typed] = look(typed)
    return found


def index(pairs: Iterable[tuple[str, Entity]]) -> dict[str, list[Entity]]:
    """Group entities by a way to write them, each once; the pairs of one entity come one after the other."""
    held: dict[str, list[Entity]] = {}
    for way, entity in pairs:
        owners = held.get(way)
        if owners is None:
            held[way] = [entity]
        elif owners[-1] is not entity:
            owners.append(entity)
    return held

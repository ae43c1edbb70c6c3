"""Type-ahead: which names of the library the letters typed so far may mean, in a few milliseconds over thousands."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.directory import Directory
from bot.library import Library
from bot.query.entities import Person
from bot.query.tables import words

SHOWN = 20  # names offered at once
ALIKE = 0.82  # Jaro-Winkler's likeness from which a name is offered where none begins with the letters
ROOM = 75  # characters of a menu's text; its value takes 150


@dataclass(frozen=True, slots=True)
class Name:
    """A name as shown and as the question's field takes it."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Names of one kind, and their words, folded once."""

    names: tuple[Name, ...]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[Name]) -> "Shelf":
        """Fold the names. Those that a question's field could not hold are left out."""
        kept = tuple(name for name in names if name.value and len(name.value) <= 2 * ROOM and '"' not in name.value)
        return cls(kept, tuple(" " + " ".join(words(name.text)) for name in kept))

    def suggest(self, typed: str) -> tuple[Name, ...]:
        """Return the names with a word that begins as typed, those that begin with it first; else what resembles it."""
        wanted = " ".join(words(typed))
        if not wanted:
            return self.names[:SHOWN]
        inside = f" {wanted}"
        found = [place for place, name in enumerate(self.folded) if inside in name]
        if not found:
            near = process.extract(inside, self.folded, scorer=JaroWinkler.similarity, limit=SHOWN, score_cutoff=ALIKE)
            return tuple(self.names[place] for _, _, place in near)
        found.sort(key=lambda place: (not self.folded[place].startswith(inside), place))
        return tuple(self.names[place] for place in found[:SHOWN])


class TypeAhead:
    """The shelves of each library's directory, folded when first asked for and again when the library has changed."""

    def __init__(self) -> None:
        self._held: WeakKeyDictionary[Library, tuple[Directory, dict[str, Shelf]]] = WeakKeyDictionary()

    async def suggest(self, library: Library, field: str, typed: str) -> tuple[Name, ...]:
        """Return names for a field of the search form; none for a field that is unknown."""
        directory, held = library.directory, self._held.get(library)
        if held is None or held[0] is not directory:
            held = self._held[library] = (directory, {})
        shelves = held[1]
        if field not in shelves:
            # Folding 20,000 names takes a quarter of a second: off the loop, which goes on answering.
            shelves[field] = await asyncio.to_thread(lambda: Shelf.of(names_of(directory, field)))
        return shelves[field].suggest(typed)


def names_of(directory: Directory, field: str) -> list[Name]:
    """Return every name of a field, as the library has it."""
    match field:
        case "company":
            return [
                Name(f"{company.name} ({company.ticker})" if company.ticker else company.name, company.key)
                for company in directory.companies
            ]
        case "speaker":
            return [Name(_introduced(person), person.name) for person in directory.people]
        case "firm":
            return [Name(firm.name, firm.name) for firm in directory.firms]
        case "period":
            periods = sorted({call.period for call in directory.calls if call.period is not None}, reverse=True)
            return [Name(str(period), str(period)) for period in periods]
        case _:
            return []


def _introduced(person: Person) -> str:
    """Return a person's name with the firm, or else the title: many people share a surname."""
    who = (*person.firms, *person.titles)
    return f"{person.name} · {who[0]}" if who else person.name

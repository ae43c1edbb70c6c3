"""The houses that ask: one entry a house, found by the ways its name is written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.directory.found import LIKELY, NOBODY, SHORT, SHORTEST, Found, best, index, kept
from bot.query.entities import Firm, brand, house
from bot.query.keywords import words_of_many
from bot.query.spelling import Spellings, near_full
from bot.query.tables import firm_words


@dataclass(frozen=True)
class Firms:
    """The houses of a library, indexed by name."""

    firms: tuple[Firm, ...]

    def find(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a firm: its name, a short form, initials; with `near`, what resembles it."""
        whole = " ".join(typed)
        found = kept(self._exact, whole, self._exactly)
        if found is not NOBODY or not near:
            return found
        name = firm_words(whole)
        return kept(self._near, " ".join(name), self._resembling) if len("".join(name)) >= SHORTEST else NOBODY

    def _exactly(self, typed: str) -> Found:
        known = house(typed)
        if (
            known and known in self._by_house
        ):  # a misspelt name of it, or another house of its initials, is none to ask about
            return Found((self._by_house[known],))
        name = firm_words(typed)
        for candidate in (" ".join(name), "".join(name)):
            if found := self._by_firm.get(candidate):
                return Found(_as_one(found, name))
        found = self._by_firm.get(" ".join(brand(typed)))
        return Found(tuple(found)) if found else NOBODY

    def _resembling(self, name: str) -> Found:
        texts, owners = self._names
        ranked = near_full(name, texts, LIKELY)
        if not ranked and " " in name:
            ranked = near_full(name.replace(" ", ""), texts, LIKELY)
        return best(name, [(owners[each.index], each) for each in ranked])

    @cached_property
    def _near(self) -> dict[str, Found]:
        return {}

    @cached_property
    def _exact(self) -> dict[str, Found]:
        return {}

    @cached_property
    def _by_house(self) -> dict[str, Firm]:
        return {known: firm for firm in self.firms if (known := house(firm.names[0]))}

    @cached_property
    def _by_firm(self) -> dict[str, list[Firm]]:
        return index((way, firm) for firm in self.firms for name in (*firm.names, firm.name) for way in _ways(name))

    @cached_property
    def _names(self) -> tuple[Spellings, list[list[Firm]]]:
        ways = {way: firms for way, firms in self._by_firm.items() if len(way) >= SHORTEST}
        return Spellings.of(list(ways)), list(ways.values())


def joined(written: Iterable[str]) -> tuple[Firm, ...]:
    """Join the names that firms are written by into houses, one entry a house; of equally short names the first."""
    named: dict[str, list[str]] = defaultdict(list)
    for firm in sorted(written):
        named[house(firm) or " ".join(brand(firm))].append(firm)
    return tuple(
        Firm(known if known in firms or house(known) == known else min(firms, key=len), tuple(firms))
        for known, firms in sorted(named.items())
    )


def _as_one(found: Sequence[Firm], typed: tuple[str, ...]) -> tuple[Firm, ...]:
    """Take for one house what is called as typed, and what goes on behind it: Boenning, Boenning & Scattergood.

    They may be two: the name that is shown says both.
    """
    own = [firm for firm in found if any(firm_words(name) == typed for name in firm.names)]
    others = [firm for firm in found if firm not in own]
    if len(own) != 1 or not all(firm_words(name)[: len(typed)] == typed for firm in others for name in firm.names):
        return tuple(found)
    shown = " with ".join((own[0].name, *sorted(firm.name for firm in others)))
    return (Firm(shown, tuple(sorted(name for firm in found for name in firm.names))),)


def _ways(name: str) -> set[str]:
    """Return the ways to write a firm that mean no other: in full, its brand, glued, its initials."""
    full, short = firm_words(name), brand(name)
    ways = {" ".join(full), "".join(full), " ".join(short), "".join(short)}
    if len(short) > 1:
        ways.add("".join(word[0] for word in short))  # "H&L", also typed HL
        ways.add("&".join(word[0] for word in short))
        if short[0] not in words_of_many() and len(short[0]) >= SHORT:
            ways.add(short[0])
    return {way for way in ways if way}

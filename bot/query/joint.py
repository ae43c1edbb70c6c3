"""Several people, firms or positions at once: `the CEO and the CFO`, `Desmond vs Sunniva`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.query.entities import name_words, same_name
from bot.query.keywords import paired_words
from bot.query.pattern import NAME_ROOM
from bot.query.query import Party, Query
from bot.query.small_words import AGAINST
from bot.query.tokens import Shape, Token, holds, tokens

_SIDES = frozenset({"vs", "v", "versus"})
JOINS = frozenset({"and", "or", "plus"}) | AGAINST
SET_BESIDE = frozenset({"and", "to", "with", "against"})
"""What joins the two topics of a question that begins with a word of comparing."""
_LEADING = frozenset(
    "access according adjustments agreement agreements alignment approach changes commitment commitments competition "  # noqa: SIM905 - one string wraps as prose
    "contribution contributions conversations damage deal deals discussions due engagement experience exports exposure "
    "integration loans migration move negotiations partnership partnerships path price progress relationship "
    "relationships response responses return returns right risk risks route sales satisfaction shift shifts shipments "
    "talks threat time transition upside downside year".split()
)
"""Words behind which `to` and `with` belong to them: `exposure to china`, `partnership with openai`."""
_NEVER_BESIDE = SET_BESIDE | {"without", "before", "after", "or", "but", "not", "date"}
_BOTH = frozenset({"both", "either"})
Known = Callable[[Sequence[Token]], Party | None]
MOSTJOINS, MOST_WORDS = 8, 48  # of a list of names: what has more is none
_COMPARED = frozenset({"said", "topic", "quote", "asked", "compare", "speaker", "count"})


def sides(typed: Sequence[Token], known: Known) -> Party | None:
    """Return the party of names that are joined by `and` or `vs`, each somebody's (`known`); None otherwise.

    One name on both sides ("the CFO of this company vs the CFO of that") is one party, set against itself.
    """
    cut = [each for token in typed for each in (tokens(token.text) if token.shape is Shape.PHRASE else (token,))]
    if not JOINS.intersection(token.word for token in cut):
        return None
    against = any(token.word in AGAINST for token in cut)
    parts = _parts(cut[1:] if cut[0].word in _BOTH else cut, known)
    named = list({party.said: party for party in parts or ()}.values())
    if len(named) > 1:
        return joint(named, against=against)
    return replace(named[0], against=True) if against and named else None


def _parts(cut: Sequence[Token], known: Known) -> list[Party] | None:
    """Return the parties at two sides of a join or more, the shortest name first; a house may have its own `and`.

    Of three names, a comma may stand for a join ("the CEO, CFO and COO"): it is no token.
    """
    joins = tuple(at for at, token in enumerate(cut) if token.word in JOINS)
    if len(joins) > MOSTJOINS or len(cut) > MOST_WORDS:
        return None
    return _Names(cut, joins, known).parts(0)


@dataclass(slots=True)
class _Names:
    """Reads a list of names, each run of words once: many joins cost no more than there are runs."""

    cut: Sequence[Token]
    joins: tuple[int, ...]
    known: Known
    _names: dict[tuple[int, int], Party | None] = field(default_factory=dict)
    _parts: dict[int, list[Party] | None] = field(default_factory=dict)

    def parts(self, start: int) -> list[Party] | None:
        if start not in self._parts:
            self._parts[start] = self._read(start)
        return self._parts[start]

    def _read(self, start: int) -> list[Party] | None:
        here = [at for at in self.joins if start < at < len(self.cut) - 1]
        commas = [at for at in range(start + 1, len(self.cut)) if here and at < here[-1] and at not in here]
        for at in (*here, *commas):
            first = self._name(start, at)
            if first is None:
                continue
            behind = at + (at in here)
            rest = self.parts(behind)
            last = None if rest else self._name(behind, len(self.cut))
            if rest or last:
                return [first, *(rest or ()), *([last] if last else ())]
        return None

    def _name(self, start: int, end: int) -> Party | None:
        if not 0 < end - start <= NAME_ROOM:
            return None
        if (start, end) not in self._names:
            self._names[start, end] = self.known(self.cut[start:end])
        return self._names[start, end]


def either(typed: Sequence[Token], joining: frozenset[str] = frozenset()) -> list[Token]:
    """Read the `vs` of two topics ("tariffs vs freight") as OR: each is looked for, and counted by itself.

    So are words that are `joining` besides, in what is to be compared. OR joins the two words beside it: topics of
    several words ("gross margin vs opex") are joined by a small one.
    """
    joining = _SIDES if _one_thing(typed) else _SIDES | joining
    if not holds(typed, joining):
        return list(typed)
    joins = "OR" if len(typed) == 2 * sum(token.word in _SIDES for token in typed) + 1 else "or"
    return [
        replace(token, text=joins, word="or") if token.word in joining and _two_sides(typed, at) else token
        for at, token in enumerate(typed)
    ]


def _two_sides(typed: Sequence[Token], at: int) -> bool:
    """Whether a word that may join two topics does: `exposure to china` and `with and without ads` are one each."""
    if not 0 < at < len(typed) - 1 or typed[at].shape is not Shape.WORD:
        return False
    before, after = typed[at - 1].word, typed[at + 1].word
    led = typed[at].word in {"to", "with"} and any(token.word in _LEADING for token in typed[:at])
    return not (led or {before, after} & _NEVER_BESIDE)


def _one_thing(typed: Sequence[Token]) -> bool:
    """Whether `and` joins what goes by one name: research and development."""
    words = f" {' '.join(token.word for token in typed)} "
    return " and " in words and any(f" {pair} " in words for pair in paired_words())


def maybe_one(parties: Sequence[Party]) -> bool:
    """Whether two people may be one whose first name is written in two ways, on calls that don't tell more."""
    names = [name_words(party.said) for party in parties if party.persons and not (party.titles or party.firms)]
    if len(names) != 2 or len(parties) != len(names) or names[0][-1] != names[1][-1]:  # noqa: PLR2004 - two may be one
        return False
    return min(map(len, names)) > 1 and same_name(*names)


def joint(parts: Sequence[Party], *, against: bool = False) -> Party:
    """Join parties any of which is wanted. Of different sorts (a person, a firm) nothing holds but its `parts`."""
    names = [party.said for party in parts]
    said = " vs ".join(names) if against else f"{', '.join(names[:-1])} and {names[-1]}"
    made = Party(said, parts=tuple(parts), against=against)
    if all(party.firms and not party.persons for party in parts):
        return replace(made, firms=tuple(firm for party in parts for firm in party.firms))
    if all(party.kinds and not party.persons for party in parts):
        return replace(made, kinds=tuple(kind for party in parts for kind in party.kinds))
    if all((party.persons or party.titles) and not (party.firms or party.kinds) for party in parts):
        persons = tuple(dict.fromkeys(name for party in parts for name in party.persons))
        titles = () if persons else tuple(title for party in parts for title in party.titles)
        return replace(made, persons=persons, titles=titles)
    return made


def distinct(parties: Sequence[Party]) -> list[Party]:
    """Join parties that filters can't tell apart: two people under one name."""
    kept: dict[tuple[str, bool], Party] = {}
    for party in parties:
        held = kept.get((party.said, bool(party.firms)))
        kept[party.said, bool(party.firms)] = (
            party if held is None else replace(held, persons=tuple(sorted({*held.persons, *party.persons})))
        )
    return list(kept.values())


def compared(query: Query, *, filters: bool, topics: bool = False) -> Query:
    """Make a question that sets people, topics, or companies and times (of the filters) side by side a comparison."""
    party = query.party
    if party is None and query.intent == "versus":
        return replace(query, intent="compare")
    if party is None:
        # "tariffs at one company against another", "tariffs vs freight"
        against = query.intent == "topic" and (filters or topics)
        return replace(query, intent="compare") if against else query
    mixed = not (party.persons or party.firms or party.titles or party.kinds)
    set_out = mixed or (not query.topic.empty and (party.against or query.intent == "compare"))
    if party.parts and query.intent in _COMPARED and set_out:
        return replace(query, intent="versus")
    alone = not party.parts and (query.intent == "versus" or (party.against and query.intent in _COMPARED))
    return replace(query, intent="compare") if alone else query  # "compare the CFO on leverage"

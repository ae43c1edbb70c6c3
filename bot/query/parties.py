"""From the words of a name to whose words are wanted: a person, a firm, a position, analysts or management."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.directory import Directory
from bot.kind import Kind
from bot.query import positions
from bot.query.entities import house, name_words
from bot.query.joint import JOINS, sides
from bot.query.keywords import kinds_of_speakers
from bot.query.lettered import Lettered
from bot.query.likeness import Likeness
from bot.query.named import ANALYSTS, KINDS, KINDS_BY_ROLE, Named, party_of, trim, words_of
from bot.query.pattern import NAME_ROOM
from bot.query.query import Party
from bot.query.tables import firm_words
from bot.query.tokens import Shape, Token
from bot.search.english import plain

if TYPE_CHECKING:
    from bot.query.reading import Reading


class Resolver:
    """Resolves name slots against a directory, within the companies a question names."""

    def __init__(self, directory: Directory, companies: Iterable[str] = ()) -> None:
        self.directory = directory
        self.companies = frozenset(companies)
        self._likeness = Likeness(directory, self.companies)
        self._letters = Lettered(directory, self._likeness)

    def name(self, tokens: Sequence[Token]) -> Named:
        """Resolve the tokens of a name slot."""
        return self.lettered(tokens) or self.otherwise(tokens)

    def lettered(self, tokens: Sequence[Token]) -> Named | None:
        """Resolve letter by letter only; None where that is nobody."""
        typed = trim(tokens)
        return self._lettered(typed) if typed else None

    def otherwise(self, tokens: Sequence[Token]) -> Named:
        """Resolve what is nobody letter by letter."""
        typed = trim(tokens)
        return (self._several(typed, near=True) or self._likeness.resembling(typed)) if typed else Named()

    def misspelt(self, tokens: Sequence[Token]) -> Named | None:
        """Resolve what is nobody letter by letter, as `otherwise`; None where that is certainly nobody either.

        Of words spelt right only a firm's can be one (`_resembling`): people that resemble them aren't looked for.
        """
        typed = trim(tokens)
        words = words_of(typed)
        one = all(token.shape is Shape.WORD and token.word not in JOINS for token in typed)
        if words and one and all(map(plain, words)) and not self.directory.firm(words, near=True).sure:
            return None
        return self.otherwise(tokens)

    def sure(self, tokens: Sequence[Token]) -> Party | None:
        """Resolve letter by letter only: for names that stand freely in a question."""
        named = self.lettered(tokens)
        return named.party if named is not None and named.exact else None

    def field(self, name: str, typed: Sequence[Token]) -> Named:
        """Resolve the value of `speaker:`, `firm:`, `title:` or `asker:`; the first two name their own sort first."""
        words = words_of(typed)
        if name == "asker" and (kind := self._letters.kind(typed)) is not None:
            return kind
        if name in {"speaker", "asker"} and (whole := self._to_the_letter(typed) or sides(typed, self._to_the_letter)):
            return Named(whole)
        if name in {"speaker", "asker"} and (found := self.directory.person(words)).exact and found.entities:
            return self._likeness.among(found, typed)
        if name == "firm":
            found = self.directory.firm(words)
            own = [each for each in found.entities if each.name == " ".join(token.text for token in typed)]
            if len(own) == 1:
                return Named(party_of(own[0]))
            return (
                self._likeness.among(found, typed)
                if found.exact and found.entities
                else self._likeness.resembling(typed)
            )
        return self.name(typed)

    def _to_the_letter(self, typed: Sequence[Token]) -> Party | None:
        """Return whose shown name it is, letter by letter: of a Chris and a Christopher, who are offered, either."""
        text, name = " ".join(token.text for token in typed), name_words(" ".join(words_of(typed)))
        held = [each for each in self.directory.person(name).entities if name_words(each.name) == name]
        held = [each for each in held if each.name == text] or held
        same = len({each.name for each in held}) == 1 and len(name) > 1
        if not same:
            return None
        # Several of one name can't be told apart by it: whoever asks for it asks for all.
        return replace(party_of(held[0]), persons=tuple(dict.fromkeys(name for each in held for name in each.names)))

    def role(self, typed: str) -> Party | None:
        """Resolve the value of `role:`."""
        return (
            KINDS.get(kinds_of_speakers().get(typed, ""))
            or KINDS_BY_ROLE.get(typed)
            or KINDS_BY_ROLE.get(typed.removesuffix("s"))
        )

    def position(self, typed: str) -> Party | None:
        """Resolve the value of `title:`."""
        return positions.printed(typed, self.directory)

    def asks(self, party: Party) -> bool:
        """Whether a party is one that asks: analysts, a firm."""
        if party.firms:
            return True
        if party.kinds:
            return party.kinds == ANALYSTS.kinds
        kinds = {kind for name in party.persons for kind in self.directory.kinds.get(name, ())}
        return bool(kinds) and Kind.EXECUTIVE not in kinds

    def ordinary(self, typed: Sequence[Token]) -> bool:
        """Whether a name is one word that the calls use as such, typed in lower case; a plural is nobody's name."""
        word = typed[0].word
        known = word in kinds_of_speakers()
        owns = typed[0].capital or typed[0].possessive
        if len(typed) != 1 or owns or known:
            return False
        plural = word.endswith("s") and plain(word) and house(word) is None  # "prices", where a Mr Price is on a call
        return (plural and word not in self.directory.usage.names) or self.directory.ordinary(word)

    def strange(self, typed: Sequence[Token]) -> bool:
        """Whether words are neither plain English nor said in any loaded call: no topic of theirs."""
        return self._likeness.strange(typed)

    def house(self, typed: Sequence[Token]) -> bool:
        """Whether words name a known house, be it on no loaded call; in small letters a word of the calls is none."""
        if house(" ".join(token.word for token in typed)) is None:
            return False
        return len(typed) > 1 or typed[0].capital or not self.directory.ordinary(typed[0].word)

    def _lettered(self, typed: Sequence[Token]) -> Named | None:
        """Resolve letter by letter, in the order that docs/query-language.md tells."""
        if len(typed) > NAME_ROOM:  # more than any one name has
            return self._several(typed)
        plainly = self._letters.plainly(typed)
        if plainly is not None and _says_more(plainly, typed):
            return self._several(typed) or plainly
        return plainly or self._several(typed) or self._letters.with_more(typed)

    def _several(self, typed: Sequence[Token], *, near: bool = False) -> Named | None:
        """Read `the CEO and the CFO`, `Desmond vs Sunniva`: names not all of which are everyday words.

        Where one is not surely somebody's (`desmnd vs the CFO`), the names that are meant are offered.
        """
        readings: list[Reading] = []
        offered: list[Party] = []
        sure: list[Party] = []  # "bill" is a name beside "josephine"

        def party(cut: Sequence[Token]) -> Party | None:
            held = trim(cut)
            if not held:
                return None
            named = (
                self._letters.plainly(held)
                or self._letters.with_more(held)
                or (self._likeness.resembling(held) if near else None)
            )
            if named is not None and named.party is not None:
                readings.extend(named.readings)
                sure.extend(() if self.ordinary(held) else (named.party,))
                return named.party
            if named is not None and len(named.several) == 1 and self.strange(held):
                offered.extend(named.several)
                return named.several[0]
            return None

        found = sides(typed, party)
        known = {each.said for each in (*sure, *offered)}
        if found is None or known.isdisjoint(part.said for part in found.parts or (found,)):
            return None
        if any(each in found.parts for each in offered):
            return Named(several=(found,), exact=False)
        return Named(found, readings=tuple(dict.fromkeys(readings)))


def _says_more(named: Named, typed: Sequence[Token]) -> bool:
    """Whether words that name a firm join another name to it: `morgan stanley and goldman`, not `harbor and lane`."""
    words = words_of(typed)
    if named.party is None or not named.party.firms or JOINS.isdisjoint(words):
        return False
    own = {word for name in named.party.firms for word in firm_words(name)}
    return not own.issuperset(firm_words(" ".join(words)))

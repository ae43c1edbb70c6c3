"""From the words of a name to whose words are wanted: a person, a firm, a position, analysts or management."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.directory import Directory, Found
from bot.kind import Kind
from bot.query import positions
from bot.query.entities import Firm, Person, house, name_words
from bot.query.joint import JOINS, distinct, sides
from bot.query.keywords import kinds_of_speakers
from bot.query.pattern import NAME_ROOM
from bot.query.query import Party
from bot.query.reading import How, Reading
from bot.query.spelling import Spellings, near_single
from bot.query.tables import firm_words
from bot.query.tokens import Shape, Token
from bot.search.english import plain

RIVAL = 0.05
"""A person and a firm that resemble a word about as much are a choice between them."""

RESPELT = 0.80
"""How like a word of a firm's name one typed in another spelling must be."""

MANAGEMENT = Party("management", kinds=(Kind.EXECUTIVE,))
ANALYSTS = Party("analysts", kinds=(Kind.ANALYST,))

OPERATOR = Party("the operator", kinds=(Kind.OPERATOR, Kind.HOST))
_KINDS = {party.said: party for party in (MANAGEMENT, ANALYSTS, OPERATOR)}
_KINDS_BY_ROLE = {kind.value: Party(f"{kind.value}s", kinds=(kind,)) for kind in Kind}
_ARTICLES = frozenset({"the", "a", "an", "our", "their", "its", "that", "this", "his", "her"})
_ROLE_NOUNS = frozenset(
    {
        "analyst",
        "analysts",
        "guy",
        "guys",
        "people",
        "team",
        "folks",
        "person",
        "lady",
        "man",
        "woman",
        "contact",
        "rep",
    }
)
_SPOKEN = (Shape.WORD, Shape.PHRASE)
_JOINS = frozenset({"of", "from", "at", "with", "for"})
_PRONOUNS = frozenset(
    {
        "they",
        "them",
        "he",
        "she",
        "him",
        "her",
        "we",
        "you",
        "it",
        "i",
        "anyone",
        "anybody",
        "everyone",
        "someone",
        "somebody",
        "people",
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name slot means: one party, or several to choose from, or nobody (then `near` resembles it)."""

    party: Party | None = None
    several: tuple[Party, ...] = ()
    readings: tuple[Reading, ...] = ()
    near: tuple[str, ...] = ()
    exact: bool = True


def everyone(tokens: Sequence[Token]) -> bool:
    """Whether a name slot holds only a pronoun: nobody in particular."""
    held = [token.word for token in tokens if token.word not in _ARTICLES]
    return bool(held) and all(word in _PRONOUNS for word in held)


class Resolver:
    """Resolves name slots against a directory, within the companies a question names."""

    def __init__(self, directory: Directory, companies: Iterable[str] = ()) -> None:
        self.directory = directory
        self.companies = frozenset(companies)

    def name(self, tokens: Sequence[Token]) -> Named:
        """Resolve the tokens of a name slot."""
        return self.lettered(tokens) or self.otherwise(tokens)

    def lettered(self, tokens: Sequence[Token]) -> Named | None:
        """Resolve letter by letter only; None where that is nobody."""
        typed = _trim(tokens)
        return self._lettered(typed) if typed else None

    def otherwise(self, tokens: Sequence[Token]) -> Named:
        """Resolve what is nobody letter by letter."""
        typed = _trim(tokens)
        return (self._several(typed, near=True) or self._resembling(typed)) if typed else Named()

    def misspelt(self, tokens: Sequence[Token]) -> Named | None:
        """Resolve what is nobody letter by letter, as `otherwise`; None where that is certainly nobody either.

        Of words spelt right only a firm's can be one (`_resembling`): people that resemble them aren't looked for.
        """
        typed = _trim(tokens)
        words = _words(typed)
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
        words = _words(typed)
        if name == "asker" and (kind := self._kind(typed)) is not None:
            return kind
        if name in {"speaker", "asker"} and (whole := self._to_the_letter(typed) or sides(typed, self._to_the_letter)):
            return Named(whole)
        if name in {"speaker", "asker"} and (found := self.directory.person(words)).exact and found.entities:
            return self._among(found, typed)
        if name == "firm":
            found = self.directory.firm(words)
            own = [each for each in found.entities if each.name == " ".join(token.text for token in typed)]
            if len(own) == 1:
                return Named(_party(own[0]))
            return self._among(found, typed) if found.exact and found.entities else self._resembling(typed)
        return self.name(typed)

    def _to_the_letter(self, typed: Sequence[Token]) -> Party | None:
        """Return whose shown name it is, letter by letter: of a Chris and a Christopher, who are offered, either."""
        text, name = " ".join(token.text for token in typed), name_words(" ".join(_words(typed)))
        held = [each for each in self.directory.person(name).entities if name_words(each.name) == name]
        held = [each for each in held if each.name == text] or held
        same = len({each.name for each in held}) == 1 and len(name) > 1
        if not same:
            return None
        # Several of one name can't be told apart by it: whoever asks for it asks for all.
        return replace(_party(held[0]), persons=tuple(dict.fromkeys(name for each in held for name in each.names)))

    def role(self, typed: str) -> Party | None:
        """Resolve the value of `role:`."""
        return (
            _KINDS.get(kinds_of_speakers().get(typed, ""))
            or _KINDS_BY_ROLE.get(typed)
            or _KINDS_BY_ROLE.get(typed.removesuffix("s"))
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
        words = _words(_trim(typed))
        return bool(words) and not any(plain(word) or self.directory.says(word) for word in words)

    def house(self, typed: Sequence[Token]) -> bool:
        """Whether words name a known house, be it on no loaded call; in small letters a word of the calls is none."""
        if house(" ".join(token.word for token in typed)) is None:
            return False
        return len(typed) > 1 or typed[0].capital or not self.directory.ordinary(typed[0].word)

    def _lettered(self, typed: Sequence[Token]) -> Named | None:
        """Resolve letter by letter, in the order that docs/query-language.md tells."""
        if len(typed) > NAME_ROOM:  # more than any one name has
            return self._several(typed)
        plainly = self._plainly(typed)
        if plainly is not None and _says_more(plainly, typed):
            return self._several(typed) or plainly
        return plainly or self._several(typed) or self._with_more(typed)

    def _plainly(self, typed: Sequence[Token]) -> Named | None:
        return self._kind(typed) or self._position(typed) or self._whole(typed)

    def _with_more(self, typed: Sequence[Token]) -> Named | None:
        """Read a name with a house, a noun or a title beside it."""
        return self._joined(typed) or self._with_noun(typed) or self._titled_name(typed) or self._pair(typed)

    def _several(self, typed: Sequence[Token], *, near: bool = False) -> Named | None:
        """Read `the CEO and the CFO`, `Desmond vs Sunniva`: names not all of which are everyday words.

        Where one is not surely somebody's (`desmnd vs the CFO`), the names that are meant are offered.
        """
        readings: list[Reading] = []
        offered: list[Party] = []
        sure: list[Party] = []  # "bill" is a name beside "josephine"

        def party(cut: Sequence[Token]) -> Party | None:
            held = _trim(cut)
            if not held:
                return None
            named = self._plainly(held) or self._with_more(held) or (self._resembling(held) if near else None)
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

    def _kind(self, typed: Sequence[Token]) -> Named | None:
        said = kinds_of_speakers().get(" ".join(token.word for token in typed))
        return Named(_KINDS[said]) if said else None

    def _position(self, typed: Sequence[Token]) -> Named | None:
        held = positions.held(tuple(token.word for token in typed), self.directory)
        return Named(held) if held else None

    def _whole(self, typed: Sequence[Token]) -> Named | None:
        words = _words(typed)
        people = self.directory.person(words)
        firms = self.directory.firm(words)
        if people.exact and people.entities and firms.exact and firms.entities:
            if len(words) > 1 and house(" ".join(words)):  # somebody of another house is called William Blair, too
                return self._house_of_a_name(firms, people, typed)
            # "Jefferies" is a house before it is somebody's first name; a whole name is a person.
            people, firms = (people, Found(exact=False)) if len(words) > 1 else (Found(exact=False), firms)
        for found in (people, firms):
            if found.exact and found.entities:
                return self._among(found, typed)
        return None

    def _house_of_a_name(self, firms: Found, people: Found, typed: Sequence[Token]) -> Named:
        """Take a known house before a person of its name, and tell how to ask for that one."""
        named, name = self._among(firms, typed), people.entities[0].name
        text = " ".join(token.text for token in typed)
        told = f'the firm; speaker:"{name}" is the person'
        reading = Reading(How.ASSUMED, text, told, typed[0].start, typed[-1].end)
        return replace(named, readings=(*named.readings, reading))

    def _joined(self, typed: Sequence[Token]) -> Named | None:
        """Read `George Galliers of Evercore`, `the analyst from Jefferies`, `galliers (evercore)`."""
        for index, token in enumerate(typed):
            if index and token.word in _JOINS and index + 1 < len(typed):
                right = self._whole(_trim(typed[index + 1 :])) or self._house_like(_trim(typed[index + 1 :]))
                if right is None or right.party is None or not right.party.firms:
                    continue
                left_tokens = [
                    each for each in typed[:index] if each.word not in _ROLE_NOUNS and each.word not in _ARTICLES
                ]
                if not left_tokens:
                    return right
                left = self._whole(left_tokens) or self._resembling(left_tokens)
                return self._within(replace(left, readings=(*left.readings, *right.readings)), right.party)
        return None

    def _house_like(self, typed: Sequence[Token]) -> Named | None:
        """Read a house by a word of its name, told as a correction: `whitcombe` of A. B. Whitcombe & Co."""
        found = self.directory.firm(_words(typed), near=True) if typed else Found(exact=False)
        return self._among(found, typed) if found.sure and len(found.entities) == 1 else None

    def _with_noun(self, typed: Sequence[Token]) -> Named | None:
        """Read `the Jefferies analyst`, `analyst Galliers`, `the IR person`."""
        kept = [token for token in typed if token.word not in _ROLE_NOUNS]
        if kept and len(kept) < len(typed):
            return self._position(kept) or self._whole(kept)
        return None

    def _titled_name(self, typed: Sequence[Token]) -> Named | None:
        """Read `CFO Dana Whitfield`, `Dana Whitfield (CFO)`, `Dana Whitfield, the CFO`."""
        words = [token for token in typed if token.shape is Shape.WORD]
        bracketed = len(words) < len(typed)
        for cut in range(1, len(words)):
            if self._position(words[:cut]) is not None and (named := self._whole(words[cut:])) is not None:
                return named
            # A title behind a name may be a topic's (annika ceo succession): it wants a sign, or an article.
            title = _trim(words[cut:])
            apart = bracketed or len(title) < len(words) - cut or words[cut].start - words[cut - 1].end > 1
            if apart and title and self._position(title) and (named := self._whole(words[:cut])) is not None:
                return named
        return None

    def _pair(self, typed: Sequence[Token]) -> Named | None:
        """Read `jefferies galliers`, `galliers jefferies`: a person within a firm."""
        for cut in range(1, len(typed)):
            for one, other in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                firm = self.directory.firm(_words(one))
                person = self._whole(other) if firm.exact and len(firm.entities) == 1 else None
                if person is not None and (person.party is None or person.party.persons):
                    house = firm.entities[0]
                    return self._within(person, Party(house.name, firms=house.names if isinstance(house, Firm) else ()))
        return None

    def _within(self, left: Named, firm: Party) -> Named:
        """Narrow a person to a firm."""
        options = [left.party] if left.party else list(left.several)
        held = [party for party in options if self._works_for(party, firm)]
        if len(held) == 1:
            return replace(
                left, party=replace(held[0], said=f"{held[0].said}, {firm.said}", firms=firm.firms), several=()
            )
        return replace(left, several=tuple(held)) if held else left

    def _works_for(self, party: Party, firm: Party) -> bool:
        houses, known = frozenset(firm.firms), self.directory.people_by_name
        return any(not houses.isdisjoint(person.firms) for name in party.persons for person in known.get(name, ()))

    def _resembling(self, typed: Sequence[Token]) -> Named:
        """Correct a misspelt name: a clear likeness is used and told, a fair one is offered."""
        words = _words(typed)
        firms = self.directory.firm(words, near=True)
        # A known house (Goldman) that is on no loaded call is nobody's misspelt name.
        people = Found(exact=False) if house(" ".join(words)) else self.directory.person(words, near=True)
        best, other = sorted((people, firms), key=lambda found: (found.sure, found.likeness), reverse=True)
        if not best.entities and self.strange(typed) and not house(" ".join(words)):
            best = self.directory.first_name_like(" ".join(words))
        if not best.entities:
            return Named(exact=False)
        if other.sure == best.sure and best.likeness - other.likeness <= RIVAL:
            best = replace(best, entities=best.entities + other.entities)
        named = self._among(best, typed)
        # Words spelt right are no misspelling: Peterson is not Paterson, though nobody of that name may be loaded.
        if (
            named.party is not None
            and best.sure
            and (not all(plain(word) for word in words) or self._respelt(words, best.entities[0]))
        ):
            return named
        names = tuple(entity.name for entity in best.entities)
        if len(words) == 1 and not typed[0].capital and self.directory.says(words[0]):
            return Named(near=names, exact=False)  # "capex", where a Mr Casey is on a call
        several = named.several or ((named.party,) if named.party else ())
        return Named(several=several, near=names, exact=False)

    def _respelt(self, words: Sequence[str], entity: Person | Firm) -> bool:
        """Whether plain words are a firm in another spelling (Harbour & Lane); a person never: Peterson isn't Paterson.

        A word of the name is right, every other is one edit from one, and one of those is said in no loaded call, so
        that the words are no topic either.
        """
        if not isinstance(entity, Firm):
            return False
        own = sorted({word for name in entity.names for word in firm_words(name)})
        typed = firm_words(" ".join(words))
        other = [word for word in typed if word not in own]
        known = Spellings.of(own)
        near = all(any(each.edits == 1 for each in near_single(word, known, RESPELT, 1)) for word in other)
        return near and len(other) < len(typed) and not all(self.directory.says(word) for word in other)

    def _among(self, found: Found, typed: Sequence[Token]) -> Named:
        """Turn what was found into one party, or a choice; people of the question's companies come first."""
        entities = found.entities
        if self.companies and len(entities) > 1:
            here = tuple(each for each in entities if isinstance(each, Person) and set(each.companies) & self.companies)
            entities = here or entities
        parties = distinct([_party(each) for each in entities])
        if len(parties) > 1:
            return Named(several=tuple(parties), exact=found.exact)
        readings: tuple[Reading, ...] = ()
        if not found.exact:
            readings = (_corrected(typed, parties[0].said),)
        return Named(parties[0], readings=readings, exact=found.exact)


def _says_more(named: Named, typed: Sequence[Token]) -> bool:
    """Whether words that name a firm join another name to it: `morgan stanley and goldman`, not `harbor and lane`."""
    words = _words(typed)
    if named.party is None or not named.party.firms or JOINS.isdisjoint(words):
        return False
    own = {word for name in named.party.firms for word in firm_words(name)}
    return not own.issuperset(firm_words(" ".join(words)))


def _trim(tokens: Sequence[Token]) -> list[Token]:
    """Drop articles and brackets round a name; a word with a minus before it names nobody who is wanted."""
    kept: list[Token] = []
    for token in tokens:
        if token.minus:
            return []
        if token.word and token.shape in _SPOKEN and (kept or token.word not in _ARTICLES):
            kept.append(token)
    return kept


def _words(tokens: Sequence[Token]) -> list[str]:
    return [word for token in tokens for word in token.word.replace("-", " ").split()]


def _party(entity: Person | Firm) -> Party:
    if isinstance(entity, Firm):
        return Party(entity.name, firms=entity.names)
    return Party(entity.name, persons=entity.names)


def _corrected(typed: Sequence[Token], name: str) -> Reading:
    text = " ".join(token.text for token in typed)
    return Reading(How.CORRECTED, text, name, typed[0].start, typed[-1].end)

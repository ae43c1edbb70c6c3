"""Names letter by letter, in the order that docs/query-language.md tells."""

from collections.abc import Sequence
from dataclasses import replace

from bot.directory import Directory, Found
from bot.query import positions
from bot.query.entities import Firm, house
from bot.query.keywords import kinds_of_speakers
from bot.query.likeness import Likeness
from bot.query.named import ARTICLES, KINDS, Named, trim, words_of
from bot.query.query import Party
from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token

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
_JOINS = frozenset({"of", "from", "at", "with", "for"})
_ALSO_COMPANIES = frozenset({"banks", "brokers", "brokerages"})


class Lettered:
    """Reads one name as it stands, with a house, a noun or a title beside it."""

    def __init__(self, directory: Directory, likeness: Likeness) -> None:
        self.directory = directory
        self.likeness = likeness

    def plainly(self, typed: Sequence[Token]) -> Named | None:
        """Resolve a kind of speakers, a position, or a whole name, a surname, a first name or a firm."""
        return self.kind(typed) or self._position(typed) or self._whole(typed)

    def with_more(self, typed: Sequence[Token]) -> Named | None:
        """Read a name with a house, a noun or a title beside it."""
        return self._joined(typed) or self._with_noun(typed) or self._titled_name(typed) or self._pair(typed)

    def kind(self, typed: Sequence[Token]) -> Named | None:
        """Resolve what people call a kind of speakers: management, analysts, the operator.

        The banks ask, and some of them have calls of their own: what is meant is told.
        """
        said = kinds_of_speakers().get(" ".join([token.word for token in typed]))
        if said is None:
            return None
        named = Named(KINDS[said])
        if typed[-1].word not in _ALSO_COMPANIES:
            return named
        text = " ".join([token.text for token in typed])
        told = "the analysts who ask; a company's calls are searched by its name"
        return replace(named, readings=(Reading(How.ASSUMED, text, told, typed[0].start, typed[-1].end),))

    def _position(self, typed: Sequence[Token]) -> Named | None:
        held = positions.held(tuple(token.word for token in typed), self.directory)
        return Named(held) if held else None

    def _whole(self, typed: Sequence[Token]) -> Named | None:
        words = words_of(typed)
        people = self.directory.person(words)
        firms = self.directory.firm(words)
        if people.exact and people.entities and firms.exact and firms.entities:
            if len(words) > 1 and house(" ".join(words)):  # somebody of another house is called William Blair, too
                return self._house_of_a_name(firms, people, typed)
            # "Jefferies" is a house before it is somebody's first name; a whole name is a person.
            people, firms = (people, Found(exact=False)) if len(words) > 1 else (Found(exact=False), firms)
        for found in (people, firms):
            if found.exact and found.entities:
                return self.likeness.among(found, typed)
        return None

    def _house_of_a_name(self, firms: Found, people: Found, typed: Sequence[Token]) -> Named:
        """Take a known house before a person of its name, and tell how to ask for that one."""
        named, name = self.likeness.among(firms, typed), people.entities[0].name
        text = " ".join(token.text for token in typed)
        told = f'the firm; speaker:"{name}" is the person'
        reading = Reading(How.ASSUMED, text, told, typed[0].start, typed[-1].end)
        return replace(named, readings=(*named.readings, reading))

    def _joined(self, typed: Sequence[Token]) -> Named | None:
        """Read `George Galliers of Evercore`, `the analyst from Jefferies`, `galliers (evercore)`."""
        for index, token in enumerate(typed):
            if index and token.word in _JOINS and index + 1 < len(typed):
                right = self._whole(trim(typed[index + 1 :])) or self._house_like(trim(typed[index + 1 :]))
                if right is None or right.party is None or not right.party.firms:
                    continue
                left_tokens = [
                    each for each in typed[:index] if each.word not in _ROLE_NOUNS and each.word not in ARTICLES
                ]
                if not left_tokens:
                    return right
                left = self._whole(left_tokens) or self.likeness.resembling(left_tokens)
                return self._within(replace(left, readings=(*left.readings, *right.readings)), right.party)
        return None

    def _house_like(self, typed: Sequence[Token]) -> Named | None:
        """Read a house by a word of its name, told as a correction: `whitcombe` of A. B. Whitcombe & Co."""
        found = self.directory.firm(words_of(typed), near=True) if typed else Found(exact=False)
        return self.likeness.among(found, typed) if found.sure and len(found.entities) == 1 else None

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
            title = trim(words[cut:])
            apart = bracketed or len(title) < len(words) - cut or words[cut].start - words[cut - 1].end > 1
            if apart and title and self._position(title) and (named := self._whole(words[:cut])) is not None:
                return named
        return None

    def _pair(self, typed: Sequence[Token]) -> Named | None:
        """Read `jefferies galliers`, `galliers jefferies`: a person within a firm."""
        for cut in range(1, len(typed)):
            for one, other in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                firm = self.directory.firm(words_of(one))
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

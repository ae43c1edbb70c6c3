"""A question of no form: a name, a name and a topic, a topic, or filters alone."""

from collections.abc import Sequence

from bot.query.draft import Draft
from bot.query.fields import Fields
from bot.query.filters import Filters
from bot.query.keywords import stop_words
from bot.query.named import Named
from bot.query.parties import Resolver
from bot.query.pattern import NAME_ROOM
from bot.query.query import Party
from bot.query.reading import Reading
from bot.query.tables import firm_words, first_names
from bot.query.tokens import Shape, Token
from bot.query.wording import all_plain, without_be, without_verb
from bot.search.english import plain

LONG = 6
"""Letters from which one word before or behind a topic may be a misspelt name: `nadela copilot`."""


class Bare:
    """Reads what no form does; a corrected name is added to `readings`."""

    def __init__(self, resolver: Resolver, filters: Filters, fields: Fields, readings: list[Reading]) -> None:
        self.resolver = resolver
        self.filters = filters
        self.fields = fields
        self.readings = readings

    def words(self, rest: Sequence[Token]) -> Draft:
        """Read words that no form holds: a name, a name and a topic, or a topic."""
        resolver = self.resolver
        # Whether a name is a word of the calls is asked last: it takes reading some of them.
        rest, lettered = self._whole(rest)
        whole = lettered.party if lettered is not None and lettered.exact else None
        if lettered is not None and whole is not None and not resolver.ordinary(rest):
            self.readings.extend(lettered.readings)
            return self._party(whole, ())
        party = self._misspelt(rest, lettered)
        if party is not None:
            return self._party(party, ())
        # Several in full are found letter by letter, unless it is more than any one name has.
        named = lettered or (resolver.otherwise(rest) if len(rest) > NAME_ROOM else Named())
        if named.exact and named.several and not resolver.ordinary(rest):
            draft = Draft("speaker", ())  # "john": which?
            draft.named["party"] = (tuple(rest), named)
            return draft
        return self._of_two_people(rest) or self._beside(rest) or Draft("topic", tuple(without_verb(rest)))

    def _beside(self, rest: Sequence[Token]) -> Draft | None:
        """Read a name with a topic before or behind it: `annika margin`, `tariffs jefferies`."""
        resolver = self.resolver
        for cut in range(min(len(rest) - 1, 5), 0, -1):
            for name, topic in ((rest[:cut], rest[cut:]), (rest[-cut:], rest[:-cut])):
                lettered = resolver.lettered(name)
                party = lettered.party if lettered is not None and lettered.exact else None
                if lettered is not None and party is None and len(name) > 1 and lettered.exact and lettered.several:
                    return self._which(name, lettered, topic)  # no part of it is a name by itself
                if party is not None and resolver.ordinary(name):
                    party = None
                if party is not None and len(name) == 1 and not self._here(party):
                    continue  # "glass" at a company whose calls no Mr Glass is on
                if party is not None and name == rest[:1] and self._a_strangers(name[0], rest[1]):
                    continue  # "andy whitlam" is no other Andy
                headed = name[-1].heading and name == rest[:cut]
                titled = party is not None and bool(party.titles) and len(name) > 1
                if party is not None and (party.persons or party.firms or titled or headed or not all_plain(name)):
                    return self._party(party, topic)
                doubtful = (cut == 2 and len(rest) > 2) or (cut == 1 and self._unknown(name[0]))  # noqa: PLR2004 - a given name and a family name
                party = self._misspelt(name, lettered) if doubtful else None
                if party is not None:
                    return self._party(party, topic)
        return None

    def _unknown(self, token: Token) -> bool:
        """Whether a word is long enough to be told from others, no English, and said on no call: a name mistyped."""
        word = token.word
        if len(word) < LONG or plain(word):
            return False
        resembles = self.resolver.misspelt([token])
        if resembles is None or resembles.party is None:  # before the calls are read for the word, which takes longer
            return False
        return not self.resolver.directory.usage.said(word)

    def _a_strangers(self, first: Token, behind: Token) -> bool:
        """Whether a first name and the word behind it are the whole name of somebody who is on no loaded call."""
        given = first.word in first_names()
        return given and behind.shape is Shape.WORD and behind.word.isalpha() and self.resolver.strange([behind])

    def _which(self, name: Sequence[Token], named: Named, topic: Sequence[Token]) -> Draft:
        """Ask which is meant of several who go by a whole name."""
        draft = Draft("asked" if all(map(self.resolver.asks, named.several)) else "said", tuple(topic))
        draft.named["party"] = (tuple(name), named)
        return draft

    def _of_two_people(self, rest: Sequence[Token]) -> Draft | None:
        """Ask which is meant of two people whose names are mixed: Tim Cook, where a Tim Gokey and a Jamie Cook are.

        To take one of them for the name, and the other for a topic, would be a guess.
        """
        if len(rest) != 2 or any(token.possessive or self.resolver.ordinary([token]) for token in rest):  # noqa: PLR2004 - a given name and a family name
            return None
        found = [self.resolver.lettered([token]) for token in rest]
        held = [named.several or (named.party,) for named in found if named is not None and named.exact]
        held.sort(key=len)  # the surest first, where some are many
        people = [party for each in held for party in each if party is not None and party.persons and not party.titles]
        if len(held) < len(rest) or len(people) < sum(map(len, held)):
            return None
        draft = Draft("speaker", ())
        draft.named["party"] = (tuple(rest), Named(several=tuple(dict.fromkeys(people)), exact=False))
        return draft

    def _whole(self, rest: Sequence[Token]) -> tuple[Sequence[Token], Named | None]:
        """Return the words, and whom they name altogether, without the verb that opens them where it is none of it."""
        lettered = self.resolver.lettered(rest)
        sure = lettered is not None and lettered.exact and lettered.party is not None
        opened = rest if sure else without_be(rest)
        return (rest, lettered) if opened == list(rest) else (opened, self.resolver.lettered(opened))

    def limits(self, *, without: bool = False) -> Draft:
        """Nothing but filters: a field's party speaks or asks, all but those left out do, else the calls are listed."""
        if any(name in self.fields for name in ("speaker", "firm", "title", "role")):
            party = self.fields.party(self.resolver)
            if party is not None:
                return self._party(party, ())
        if self.filters.section or "section" in self.fields:
            return Draft("speaker", ())  # "prepared remarks": all that was said there
        return Draft("speaker" if without else "list", ())

    def _here(self, party: Party) -> bool:
        """Whether somebody is on a call of the companies that are named, or none is named."""
        names = party.persons or party.firms
        if not (names and self.filters.companies):
            return True
        calls = {name for company in self.filters.companies for name in company.calls}
        return any(calls & self.resolver.directory.calls_by_name.get(name, set()) for name in names)

    def _misspelt(self, typed: Sequence[Token], named: Named | None) -> Party | None:
        """Correct a name that stands freely: up to three words, the last of them no plain English unless all are.

        `named` is who it is known to be.
        """
        words = all(token.shape is Shape.WORD and token.word.isalpha() for token in typed)
        doubtful = plain(typed[-1].word) and not all_plain(typed)  # all plain: a firm in another spelling, or nobody
        if not words or len(typed) > 3 or doubtful or len(typed[-1].word) < 4:  # noqa: PLR2004 - a small figure that its line explains
            return None
        named = named or self.resolver.misspelt(typed)
        if named is None or named.party is None or named.exact:
            return None
        own = [word for name in named.party.firms for word in firm_words(name)]
        if own and all(map(plain, own)) and not all_plain(typed):  # "capital retun": rather a topic than a firm
            return None
        self.readings.extend(named.readings)
        return named.party

    def _party(self, party: Party, topic: Sequence[Token]) -> Draft:
        """`jefferies`, `galliers capex`, `cfo margin`: who it is decides what is asked."""
        asks = self.resolver.asks(party)
        if all(token.shape is Shape.WORD and token.word in stop_words() for token in topic):
            topic = ()  # "from vidal", "the galliers"
        while topic and topic[-1].word in {"by", "from", "of", "vs", "v", "versus"} and topic[-1].shape is Shape.WORD:
            topic = topic[:-1]  # "margin by vidal"
        silent = "said" if topic else "speaker"
        return Draft("asked" if asks else silent, tuple(topic), parties={"party": party})

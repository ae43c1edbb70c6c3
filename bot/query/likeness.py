"""Names that resemble what was typed: a clear likeness is used and told, a fair one is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.directory import Directory, Found
from bot.query.entities import Firm, Person, house
from bot.query.joint import distinct
from bot.query.named import Named, correction, party_of, trim, words_of
from bot.query.spelling import Spellings, near_single
from bot.query.tables import firm_words
from bot.query.tokens import Token
from bot.search.english import plain
from bot.search.thesaurus import Thesaurus

RIVAL = 0.05
"""A person and a firm that resemble a word about as much are a choice between them."""

RESPELT = 0.80
"""How like a word of a firm's name one typed in another spelling must be."""


class Likeness:
    """Finds whom a misspelt name means; people of the companies that a question names come first."""

    def __init__(self, directory: Directory, companies: Iterable[str] = ()) -> None:
        self.directory = directory
        self.companies = frozenset(companies)

    def resembling(self, typed: Sequence[Token]) -> Named:
        """Correct a misspelt name: a clear likeness is used and told, a fair one is offered."""
        words = words_of(typed)
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
        named = self.among(best, typed)
        # Words spelt right are no misspelling: Peterson is not Paterson, though nobody of that name may be loaded.
        if (
            named.party is not None
            and best.sure
            and (not all(plain(word) for word in words) or self._respelt(words, best.entities[0]))
        ):
            return named
        names = tuple(entity.name for entity in best.entities)
        if len(words) == 1 and not typed[0].capital and self._spoken_of(words[0]):
            return Named(near=names, exact=False)  # "capex", where a Mr Casey is on a call
        several = named.several or ((named.party,) if named.party else ())
        return Named(several=several, near=names, exact=False)

    def _spoken_of(self, word: str) -> bool:
        """Whether a word is one of the calls', or of the trade's, and no misspelt name."""
        return Thesaurus.shipped().knows(word) or self.directory.usage.spoken_whole(word)

    def among(self, found: Found, typed: Sequence[Token]) -> Named:
        """Turn what was found into one party, or a choice; people of the question's companies come first."""
        entities = found.entities
        if self.companies and len(entities) > 1:
            here = tuple(each for each in entities if isinstance(each, Person) and set(each.companies) & self.companies)
            entities = here or entities
        parties = distinct([party_of(each) for each in entities])
        if len(parties) > 1:
            return Named(several=tuple(parties), exact=found.exact)
        readings = () if found.exact else (correction(typed, parties[0].said),)
        return Named(parties[0], readings=readings, exact=found.exact)

    def strange(self, typed: Sequence[Token]) -> bool:
        """Whether words are neither plain English nor said in any loaded call: no topic of theirs."""
        words = words_of(trim(typed))
        return bool(words) and not any(plain(word) or self.directory.says(word) for word in words)

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

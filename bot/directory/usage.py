"""How the calls write a word that is also a name: as a name, or as a word of theirs."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from bot.call import newest_first
from bot.directory.card import Card
from bot.query.entities import Company, name_words
from bot.query.keywords import namelike_words, ordinary_words, stop_words
from bot.query.periods import NUMBERS
from bot.search.english import plain

SAMPLE = 40
"""Calls that are looked at to see whether a company's name is also a word."""
NAMELY = 20
"""Times as often as a word of the calls a name must be one: transcribers forget a capital now and then."""
SAID = 10
"""Times a name is said among which one lost capital tells nothing."""
HOLDERS = 4
"""Calls of somebody that are looked at to see whether the name is a word there too."""
PRODUCT, MOSTLY = 2, 0.4
"""Times from which a company's name and a word may be a product's, and the share of the word's that must be."""
READ = 10_000
"""Turns up to which a library is read through for a word, some 10 ms."""


def _times(name: str, text: str) -> int:
    """Count a name in a text, as it is written and whole."""
    return len(re.findall(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text))


@dataclass(frozen=True)
class Usage:
    """What the calls of a directory make of words; each word is looked up once."""

    cards: Mapping[str, Card]
    by_company: Mapping[tuple[str, ...], Sequence[Company]]
    spoken: Collection[str]  # the names of people
    _ordinary: dict[str, bool] = field(default_factory=dict, compare=False)
    _proper: dict[str, bool] = field(default_factory=dict, compare=False)
    _said: dict[str, bool] = field(default_factory=dict, compare=False)
    _products: dict[tuple[str, str, str, bool], bool] = field(default_factory=dict, compare=False)

    def ordinary(self, word: str) -> bool:
        """Whether a name is also a word of the calls (price, grant): standing freely, it is a topic."""
        if word in ordinary_words():
            return True
        if word in namelike_words():
            return not self.proper(word)
        if not plain(word):
            return False
        known = self._ordinary.get(word)
        if known is None:
            known = self._ordinary[word] = self._used(word) or not self.proper(word)
        return known

    def product(self, company: Company, brand: str, word: str, *, before: bool = False) -> bool:
        """Whether a company's calls write its name and a word as one name (Drover One): a product's, as a rule.

        Of what is written so often enough, most stands beside the name; a small word (One) means nothing else.
        `before`: the word stands before the name (Family Dollar, of Dollar Tree), and hardly ever by itself: who speaks
        says `at Drover` and `within Drover` as well.
        """
        asked = (company.key, brand, word, before)
        known = self._products.get(asked)
        if known is None:
            calls = [self.cards[id_].call for id_ in company.calls if id_ in self.cards]
            texts = [turn.text for call in sorted(calls, key=newest_first)[:HOLDERS] for turn in call.turns]
            name = " ".join([each.capitalize() for each in ((word, brand) if before else (brand, word))])
            joint = sum(_times(name, text) for text in texts if name in text)
            alone = sum(_times(word.capitalize(), text) for text in texts) if joint >= PRODUCT else 0
            if before:
                alone += sum(_times(word, text) for text in texts) if joint >= PRODUCT else 0
            small = not before and (word in stop_words() or word in NUMBERS)
            known = self._products[asked] = joint >= PRODUCT and (small or joint >= MOSTLY * alone)
        return known

    def said(self, word: str) -> bool:
        """Whether any loaded call says a folded word, be it within a longer one; a capital may begin it.

        In a large library every word is taken for said: to read all of it would hold everybody up.
        """
        known = self._said.get(word)
        if known is None and sum(len(card.call.turns) for card in self.cards.values()) > READ:
            known = self._said[word] = True
        if known is None:
            ways = (word, word.capitalize(), word.upper())
            turns = (turn.text for card in self.cards.values() for turn in card.call.turns)
            known = self._said[word] = any(way in text for text in turns for way in ways)
        return known

    def spoken_whole(self, word: str) -> bool:
        """Whether a loaded call says a folded word by itself; False where a library is too large to be read for it."""
        if sum(len(card.call.turns) for card in self.cards.values()) > READ or not self.said(word):
            return False
        ways = (word, word.capitalize(), word.upper())
        turns = (turn.text for card in self.cards.values() for turn in card.call.turns)
        return any(_times(way, text) for text in turns for way in ways if way in text)

    def _used(self, word: str) -> bool:
        """Whether somebody of that name is on a call that uses the word in lower case."""
        whole = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
        names = self.names.get(word, set[str]())
        cards = (card for card in self.cards.values() if names and any(row[0] in names for row in card.people))
        turns = (turn.text for card in islice(cards, HOLDERS) for turn in card.call.turns)
        return any(word in text and whole.search(text) for text in turns)

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """The names of people that hold a word."""
        held: dict[str, set[str]] = {}
        for name in self.spoken:
            for word in name_words(name):
                held.setdefault(word, set()).add(name)
        return held

    def proper(self, word: str) -> bool:
        """Whether the calls write a word as a name (Apple), hardly ever as a word of theirs (target): by a sample.

        What is no English word (Zoetis) is a name without a look.
        """
        known = self._proper.get(word)
        if known is None and not plain(word):
            known = self._proper[word] = True
        if known is None:
            named = {id_ for company in self.by_company.get((word,), ()) for id_ in company.calls[:HOLDERS]}
            step = max(1, len(self.cards) // SAMPLE)
            cards = [*list(self.cards.values())[::step][:SAMPLE], *(self.cards[id_] for id_ in sorted(named))]
            # A call in one piece is read in a third of the time; not kept: every team's library has a directory.
            said = ["\n".join(turn.text for turn in card.call.turns) for card in cards]
            whole = re.compile(rf"{re.escape(word)}(?!\w|\.\w)")  # apple.com is no apple
            names = sum(text.count(word.capitalize()) + text.count(word.upper()) for text in said)
            words = sum(_free(text, match.start()) for text in said for match in whole.finditer(text))
            slips = min(words, 1) if names >= SAID else 0
            known = self._proper[word] = (words - slips) * NAMELY <= names
        return known


def _free(text: str, at: int) -> bool:
    """Whether nothing that belongs to a word, an address or a path stands before a place."""
    return not at or not (text[at - 1].isalnum() or text[at - 1] in "_.@/")

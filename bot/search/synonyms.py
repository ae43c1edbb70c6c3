"""Synonyms as a library writes them."""

from itertools import islice, product

from bot.query.topic import AnyOf, Node, Phrase, Term
from bot.search.families import kin
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.words import compounds, keys

FORMS = 8
"""Singulars and plurals of a synonym of several words that are looked for."""

KEPT = 8_192
"""Synonyms kept as read: more than the thesaurus has."""


class Synonyms:
    """Reads synonyms by the words of one vocabulary; what was read is kept until its words change."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._version = vocabulary.version
        self._read: dict[str, Node | None] = {}

    def of(self, text: str) -> Node | None:
        """Return a synonym as the library writes it: itself and its plurals, never another word of the same stem.

        None where the library does not hold its words.
        """
        version = self._vocabulary.version
        if version != self._version or len(self._read) >= KEPT:
            self._version, self._read = version, {}
        if text not in self._read:
            self._read[text] = self._written(text)
        return self._read[text]

    def _written(self, text: str) -> Node | None:
        if compounds(text):
            return Term(text, 0, 0)  # e-commerce: also ecommerce
        written = [
            [form for form in self._forms(key) if _plural(form, key) or _plural(key, form)] for key in keys(text)
        ]
        phrases = tuple(Phrase(words, 0, 0) for words in islice(product(*written), FORMS))
        if len(phrases) > 1:
            return AnyOf(phrases)
        return phrases[0] if phrases else None

    def _forms(self, word: str) -> tuple[str, ...]:
        own = kin(word, self._vocabulary)
        return self._vocabulary.forms(stem(word)) if own is None else own


def _plural(longer: str, shorter: str) -> bool:
    return longer in {shorter, f"{shorter}s", f"{shorter}es"} or (
        shorter[-1:] == "y" and longer == f"{shorter[:-1]}ies"
    )

"""Which characters of a turn hold a match: what is shown bold, and nothing else.

Offsets are characters of our own text, on every engine. A word is found by looking for what its forms begin with (one
`str.find`, some 0.3 µs a turn) and then compared as the index compares it: by stem, or by key where it must be exact.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.words import COMPOUND, PERCENT, WORD, compounds, key, keys, tokens

Span = tuple[int, int]
DOTTED = "\u0130"
"""The one letter that is longer in lower case, which would shift offsets: a capital i with a dot. Its key is i."""


class _Looked:
    """A text that is looked through for every name of every concept, and what was found in it."""

    __slots__ = ("found", "lowered", "standing", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lowered = text.replace(DOTTED, "i").lower()
        self.standing: dict[tuple[str, str | None], list[Span]] = {}  # where the words of a beginning stand
        self.found: dict[tuple[int, bool], tuple[Node, list[Span]]] = {}  # by node, exact or not


class Spans:
    """Finds a node's spans in texts, by the words of one vocabulary.

    The same few nodes are looked for in every text: what is to be known of each is kept. Threads may share it.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._looked = _Looked("")  # the last text
        self._words: dict[int, tuple[Node, list[str]]] = {}
        self._phrases: dict[int, tuple[Node, dict[str, list[list[str]]]]] = {}
        self._beginnings: dict[tuple[str, str | None], set[str]] = {}

    def of(self, text: str, node: Node, *, exact: bool = False) -> list[Span]:
        """Return the node's spans in the text, in order; empty where the node does not hold."""
        looked = self._looked
        if looked.text is not text:
            looked = self._looked = _Looked(text)
        return self._of(looked, node, exact=exact)

    def _of(self, looked: _Looked, node: Node, *, exact: bool) -> list[Span]:
        """Find a node, or remember what was found: a word of several is a name by itself, too."""
        known = looked.found.get((id(node), exact))
        if known is None or known[0] is not node:
            known = looked.found[id(node), exact] = node, self._sought(looked, node, exact=exact)
        return known[1]

    def _sought(self, looked: _Looked, node: Node, *, exact: bool) -> list[Span]:
        match node:
            case Term():
                return self._term(looked, node, exact=exact)
            case Phrase():
                return list(self._run(looked, self._keys(node), exact=True))
            case Near():
                return self._near(looked, node, exact=exact)
            case AllOf():
                parts = [self._of(looked, part, exact=exact) for part in node.parts]
                return merged(span for spans in parts for span in spans) if all(parts) else []
            case AnyOf():
                others = [part for part in node.parts if not isinstance(part, Phrase)]
                found = [span for part in others for span in self._of(looked, part, exact=exact)]
                return merged(chain(found, self._any_phrase(looked, node)))

    def _term(self, looked: _Looked, term: Term, *, exact: bool) -> list[Span]:
        words, text = self._keys(term), looked.text
        if term.prefix and len(words) == 1 and DOTTED in text:
            return [(token.start, token.end) for token in tokens(text) if token.key.startswith(words[0])]
        if term.prefix and len(words) == 1:
            return [
                span
                for span in _starting(text, looked.lowered, {words[0], *_signs(words[0])})
                if key(text[slice(*span)]).startswith(words[0])
            ]
        found = list(self._run(looked, words, exact=exact))
        if not exact and len(words) == 1:
            found = merged([*found, *self._hyphenated(text, stem(words[0]))])
        elif not exact and compounds(term.word):
            found = merged([*found, *self._run(looked, ["".join(words)], exact=False)])
        return found

    def _keys(self, node: Term | Phrase) -> list[str]:
        """Return the keys of a node's words."""
        known = self._words.get(id(node))
        if known is None or known[0] is not node:
            words = keys(node.word if isinstance(node, Term) else " ".join(node.words))
            known = self._words[id(node)] = (node, words)
        return known[1]

    def _run(self, looked: _Looked, words: list[str], *, exact: bool) -> Iterator[Span]:
        """Yield where the words stand one after the other."""
        if not words:
            return
        first, *rest = words if exact else [stem(word) for word in words]
        text = looked.text
        for start, end in self._standing(looked, stem(words[0]), words[0] if exact else None):
            word = key(text[start:end])
            if (word if exact else stem(word)) == first:
                stop = _followed(text, end, rest, exact=exact) if rest else end
                if stop:
                    yield start, stop

    def _any_phrase(self, looked: _Looked, node: AnyOf) -> Iterator[Span]:
        """Yield where any of the phrases among a node's parts stands, word for word: many of them begin alike."""
        text = looked.text
        for first, rests in self._by_first(node).items():
            for start, end in self._standing(looked, stem(first), first):
                if key(text[start:end]) == first:
                    for rest in rests:
                        stop = _followed(text, end, rest, exact=True)
                        if stop:
                            yield start, stop

    def _by_first(self, node: AnyOf) -> dict[str, list[list[str]]]:
        """Return the phrases among a node's parts by their first words."""
        known = self._phrases.get(id(node))
        if known is None or known[0] is not node:
            held: dict[str, list[list[str]]] = {}
            for part in node.parts:
                if isinstance(part, Phrase) and (words := self._keys(part)):
                    held.setdefault(words[0], []).append(words[1:])
            known = self._phrases[id(node)] = (node, held)
        return known[1]

    def _standing(self, looked: _Looked, root: str, only: str | None) -> list[Span]:
        """Return the words that start as those of a stem do, or as one of them alone: many synonyms start alike."""
        found = looked.standing.get((root, only))
        if found is None:
            beginnings = self._beginnings.get((root, only))
            if beginnings is None:
                beginnings = self._beginnings[root, only] = self._vocabulary.beginnings(root, only=only)
            found = looked.standing[root, only] = list(_starting(looked.text, looked.lowered, beginnings))
        return found

    def _hyphenated(self, text: str, root: str) -> Iterator[Span]:
        """Yield the hyphenated words that are, written as one, a form of the stem."""
        if self._vocabulary.joined(root):
            yield from (match.span() for match in COMPOUND.finditer(text) if stem(key(match[1] + match[2])) == root)

    def _near(self, looked: _Looked, near: Near, *, exact: bool) -> list[Span]:
        starts = [token.start for token in tokens(looked.text)]
        found = []
        for left in self._of(looked, near.left, exact=exact):
            for right in self._of(looked, near.right, exact=exact):
                first, second = sorted((left, right))
                gap = bisect_left(starts, second[0]) - bisect_left(starts, first[1])
                if first != second and 0 <= gap < near.distance:
                    found += [first, second]
        return merged(found)


def _followed(text: str, end: int, words: Iterable[str], *, exact: bool) -> int:
    """Return where the last of the words ends that come next in the text, one after the other; 0 where they don't."""
    for wanted in words:
        match = WORD.search(text, end)
        if match is None:
            return 0
        word = key(match[0])
        if (word if exact else stem(word)) != wanted:
            return 0
        end = match.end()
    return end


def _signs(prefix: str) -> tuple[str, ...]:
    """Return the signs that are read as a word that begins so."""
    return ("%",) if PERCENT.startswith(prefix) else ()


def _starting(text: str, lowered: str, beginnings: Iterable[str]) -> Iterator[Span]:
    """Yield the words of a text that start with one of the beginnings."""
    for beginning in beginnings:
        at = lowered.find(beginning)
        while at >= 0:
            match = WORD.match(text, at)
            sign = not beginning[:1].isalnum()  # %, which stands right behind its figure
            if match and (sign or not (at and (lowered[at - 1].isalnum() or _inside_number(lowered, at)))):
                yield match.span()
            at = lowered.find(beginning, at + 1)


def _inside_number(text: str, at: int) -> bool:
    """Whether the place stands inside a number: the 500 of 2,500."""
    return text[at].isdigit() and at > 1 and text[at - 1] in ",." and text[at - 2].isdigit()


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out

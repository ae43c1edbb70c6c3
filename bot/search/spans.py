"""Which characters of a turn hold a match: what is shown bold, and nothing else.

Offsets are characters of our own text, on every engine. A word is found by looking for what its forms begin with (one
`str.find`, some 0.3 µs a turn) and then compared as the index compares it: by stem, or by key where it must be exact.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.words import COMPOUND, WORD, compounds, key, keys, tokens

Span = tuple[int, int]
DOTTED = "\u0130"
"""The one letter that is longer in lower case, which would shift offsets: a capital i with a dot. Its key is i."""


class Spans:
    """Finds a node's spans in texts, by the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._text = self._lowered = ""  # the last text: it is looked through for every name of every concept
        self._there: dict[tuple[str, str | None], list[Span]] = {}  # where the words of a beginning stand in it
        self._words: dict[int, tuple[Node, list[str]]] = {}
        self._beginnings: dict[tuple[str, str | None], set[str]] = {}

    def of(self, text: str, node: Node, *, exact: bool = False) -> list[Span]:
        """Return the node's spans in the text, in order; empty where the node does not hold."""
        match node:
            case Term():
                return self._term(text, node, exact=exact)
            case Phrase():
                return list(self._run(text, self._keys(node), exact=True))
            case Near():
                return self._near(text, node, exact=exact)
            case AllOf():
                parts = [self.of(text, part, exact=exact) for part in node.parts]
                return merged(span for spans in parts for span in spans) if all(parts) else []
            case AnyOf():
                return merged(span for part in node.parts for span in self.of(text, part, exact=exact))

    def _term(self, text: str, term: Term, *, exact: bool) -> list[Span]:
        words = self._keys(term)
        if term.prefix and len(words) == 1 and DOTTED in text:
            return [(token.start, token.end) for token in tokens(text) if token.key.startswith(words[0])]
        if term.prefix and len(words) == 1:
            return [
                span
                for span in _starting(text, self._lower(text), {words[0]})
                if key(text[slice(*span)]).startswith(words[0])
            ]
        found = list(self._run(text, words, exact=exact))
        if not exact and len(words) == 1:
            found = merged([*found, *self._hyphenated(text, stem(words[0]))])
        elif not exact and compounds(term.word):
            found = merged([*found, *self._run(text, ["".join(words)], exact=False)])
        return found

    def _keys(self, node: Term | Phrase) -> list[str]:
        """Return the keys of a node's words: the same few nodes are looked for in every text."""
        known = self._words.get(id(node))
        if known is None or known[0] is not node:
            words = keys(node.word if isinstance(node, Term) else " ".join(node.words))
            known = self._words[id(node)] = (node, words)
        return known[1]

    def _run(self, text: str, words: list[str], *, exact: bool) -> Iterator[Span]:
        """Yield where the words stand one after the other."""
        if not words:
            return
        wanted = words if exact else [stem(word) for word in words]
        for start, end in self._standing(text, stem(words[0]), words[0] if exact else None):
            word = key(text[start:end])
            if (word if exact else stem(word)) != wanted[0]:
                continue
            stop = end
            for next_wanted in wanted[1:]:
                match = WORD.search(text, stop)
                if match is None:
                    break
                word = key(match[0])
                if (word if exact else stem(word)) != next_wanted:
                    break
                stop = match.end()
            else:
                yield start, stop

    def _standing(self, text: str, root: str, only: str | None) -> list[Span]:
        """Return the words that start as those of a stem do, or as one of them alone: many synonyms start alike."""
        lowered = self._lower(text)
        found = self._there.get((root, only))
        if found is None:
            beginnings = self._beginnings.get((root, only))
            if beginnings is None:
                beginnings = self._beginnings[root, only] = self._vocabulary.beginnings(root, only=only)
            found = self._there[root, only] = list(_starting(text, lowered, beginnings))
        return found

    def _lower(self, text: str) -> str:
        if text is not self._text:
            self._text, self._lowered, self._there = text, text.replace(DOTTED, "i").lower(), {}
        return self._lowered

    def _hyphenated(self, text: str, root: str) -> Iterator[Span]:
        """Yield the hyphenated words that are, written as one, a form of the stem."""
        if self._vocabulary.joined(root):
            yield from (match.span() for match in COMPOUND.finditer(text) if stem(key(match[1] + match[2])) == root)

    def _near(self, text: str, near: Near, *, exact: bool) -> list[Span]:
        starts = [token.start for token in tokens(text)]
        found = []
        for left in self.of(text, near.left, exact=exact):
            for right in self.of(text, near.right, exact=exact):
                first, second = sorted((left, right))
                gap = bisect_left(starts, second[0]) - bisect_left(starts, first[1])
                if first != second and 0 <= gap < near.distance:
                    found += [first, second]
        return merged(found)


def _starting(text: str, lowered: str, beginnings: Iterable[str]) -> Iterator[Span]:
    """Yield the words of a text that start with one of the beginnings."""
    for beginning in beginnings:
        at = lowered.find(beginning)
        while at >= 0:
            match = WORD.match(text, at)
            if match and not (at and (lowered[at - 1].isalnum() or _inside_number(lowered, at))):
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

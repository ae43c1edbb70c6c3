"""The words of the indexed turns, how many turns hold each, which share a stem, and how they are written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.call import Call
from bot.search.passages import cut
from bot.search.stems import stem
from bot.search.words import key, keys
from bot.search.writing import Writing
from bot.turns import speakers


@dataclass(frozen=True, slots=True)
class Words:
    """Words of some calls: for each full word the number of turns that hold it; of a long turn each passage counts.

    `joined` are the hyphenated words written as one, `surfaces` the words whose lower case is not their key (`nestlé`,
    `2,500`), `names` the keys of the people's, firms' and companies' names. `turns` is how many were counted. `forms`
    are the words of each stem where they are known already.
    """

    counts: Counter[str] = field(default_factory=Counter)
    joined: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    turns: int = 0
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, call: Call) -> "Words":
        """Count a call's words."""
        writing, counts, turns = Writing(), Counter[str](), 0
        for turn in call.turns:
            for start, end in cut(turn.text):
                text = turn.text[start:end]
                counts.update(set(writing.exact(text).split()))
                writing.compounds(text)
                turns += 1
        return cls(counts, writing.joined, writing.surfaces, names_of(call), turns)


def names_of(call: Call) -> set[str]:
    """Return the keys of the names of a call's people, their firms and its company."""
    names = {call.company, call.ticker, *call.aliases}
    names |= {name for each in call.participants for name in (each.name, each.firm)}
    names |= {name for speaker, _, firm, _ in speakers(call.turns) for name in (speaker, firm)}
    return {part for name in names if name for part in keys(name)}


class Vocabulary(Mapping[str, int]):
    """Every full word (a key) with its number of turns; kept current as calls come and go."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._surfaces: dict[str, tuple[str, ...]] = {}
        # Sets that keep what a removed call brought: a word too much in them costs a look, and no mistake.
        self._joined: set[str] = set()  # stems
        self._joined_words: set[str] = set()
        self._names: set[str] = set()
        self._version = 0
        self._turns = 0

    @property
    def version(self) -> object:
        """What changes with every change of the words, at its beginning and its end: they may be read meanwhile."""
        return self._version

    @property
    def turns(self) -> int:
        """How many turns the words are from."""
        return self._turns

    def __getitem__(self, word: str) -> int:
        return self._counts[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, new: Words) -> None:
        """Count a call's words in."""
        self._version += 1
        self._turns += new.turns
        if self._counts:
            for word, turns in new.counts.items():
                self._count(word, turns)
        else:  # all at once, as every start does
            self._counts = dict(new.counts)
            self._forms = dict(new.forms) or _grouped(new.counts)
        for word in new.joined:
            if word not in self._counts:
                self._count(word, 1)
        if new.forms:  # they are known: else ten thousand would be stemmed anew
            self._joined.update([root for root, forms in self._forms.items() if not new.joined.isdisjoint(forms)])
        else:
            self._joined.update(map(stem, new.joined))
        self._joined_words |= new.joined
        self._names |= new.names
        for surface in new.surfaces:
            known = self._surfaces.get(key(surface), ())
            if surface not in known:
                self._surfaces[key(surface)] = (*known, surface)
        self._version += 1

    def _count(self, word: str, turns: int) -> None:
        held = self._counts.get(word)
        if held is None:
            root = stem(word)
            self._forms[root] = (*self._forms.get(root, ()), word)
        self._counts[word] = (held or 0) + turns

    def remove(self, old: Words) -> None:
        """Count a call's words out; a word that no turn holds any more is forgotten."""
        self._version += 1
        self._turns -= old.turns
        for word, turns in old.counts.items():
            left = self._counts.get(word, 0) - turns
            if left > 0:
                self._counts[word] = left
            elif self._counts.pop(word, None) is not None:
                root = stem(word)
                forms = tuple(form for form in self._forms[root] if form != word)
                if forms:
                    self._forms[root] = forms
                else:
                    del self._forms[root]
        self._version += 1

    def counted(self) -> list[tuple[str, int]]:
        """Return the words and their turns as they are now; safe while another thread adds words."""
        return list(self._counts.items())

    def words(self) -> Words:
        """Return all that is known of the words, to `add` to another vocabulary later."""
        surfaces = {surface for written in self._surfaces.values() for surface in written}
        counts, joined, names = Counter(self._counts), set(self._joined_words), set(self._names)
        return Words(counts, joined, surfaces, names, self.turns, dict(self._forms))

    def surfaces(self, word: str) -> tuple[str, ...]:
        """Return how a word (a key) is written in lower case where that is not the key itself."""
        return self._surfaces.get(word, ())

    def forms(self, root: str) -> tuple[str, ...]:
        """Return the words that share a stem."""
        return self._forms.get(root, ())

    def holds(self, root: str) -> bool:
        """Whether any word has this stem."""
        return root in self._forms

    def names(self, word: str) -> bool:
        """Whether a word (a key) is part of the name of somebody, a firm or a company of the library."""
        return word in self._names

    def joined(self, root: str) -> bool:
        """Whether some hyphenated word, written as one, has this stem."""
        return root in self._joined

    def beginnings(self, root: str, *, only: str | None = None) -> set[str]:
        """Return what the forms of a stem (or one of them, `only`) begin with, as lower-case texts write it.

        One beginning where the forms share two letters or more, so that a text is looked through once.
        """
        forms = (only,) if only is not None else self.forms(root)
        written = {surface.lower() for form in forms for surface in (form, *self.surfaces(form))}
        shared = _shared(min(written, default=""), max(written, default=""))
        return {shared} if len(shared) > 1 else written


def _grouped(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words by their stems."""
    forms: dict[str, tuple[str, ...]] = {}
    for word in words:
        root = stem(word)
        held = forms.get(root)
        forms[root] = (word,) if held is None else (*held, word)
    return forms


def _shared(first: str, last: str) -> str:
    """Return the beginning that the first and the last of sorted words, and so all between, have in common."""
    for at, (one, other) in enumerate(zip(first, last, strict=False)):
        if one != other:
            return first[:at]
    return first[: len(last)]

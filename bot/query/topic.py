"""What a question is about: words, phrases and how they belong together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One word as typed, with its half-open character span in the question.

    `prefix`: typed with a closing `*`; `comma`: a comma follows.
    """

    word: str
    start: int
    end: int
    prefix: bool = False
    comma: bool = False

    def moved(self, by: int) -> "Term":
        """Return the same word where it stands so many characters further in a question."""
        return Term(self.word, self.start + by, self.end + by, self.prefix, self.comma)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in double quotes: they must stand together, unstemmed, in this order."""

    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """Two nodes within `distance` words of each other, in any order (`a NEAR/5 b`)."""

    left: "Term | Phrase"
    right: "Term | Phrase"
    distance: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts must occur (`a AND b`)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must occur (`a OR b`)."""

    parts: tuple["Node", ...]


EITHER = frozenset({"or"})
EACH = frozenset({"or", "and"})
"""Small words that join what may be looked for, and counted, each by itself."""
_NUMBERS = frozenset({"one", "two", "three", "four", "five", "six", "ten"})
_WAYS = frozenset(
    "beat better bigger cut cutting cuts decrease decreased down fall faster falling fell gain gains higher improve "  # noqa: SIM905 - one string wraps as prose
    "improved improving increase increased later less loss losses lower lowered lowering minus miss missed more "
    "negative off on plus positive raise raised raising reduce reduced rise rising slower smaller sooner up worse "
    "worsen worsened".split()
)
"""Ways in which one thing may go: what joins two of them cuts nothing (`guidance raised or lowered`)."""

Node = Term | Phrase | Near | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look for.

    `ranked` are the plain words: the more of them a turn holds, and the rarer they are, the better. `required` must all
    occur (phrases, NEAR, AND, OR groups). `excluded` must not (`-word`, `NOT word`). `text` is the topic as typed.
    `plain` are the ranked words with the small ones among them (`cost of goods`), where there are any: what is counted
    side by side.
    """

    text: str
    ranked: tuple[Term, ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    plain: tuple[Term, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for (an exclusion alone is nothing)."""
        return not (self.ranked or self.required)

    @property
    def start(self) -> int:
        """Where the first of its plain words stands in the question; 0 where operators join words, or quotes."""
        words = self.plain or self.ranked
        return 0 if self.required or self.excluded or not words else words[0].start

    def moved(self, by: int) -> "Topic":
        """Return the same plain words where they stand so many characters further in a question."""
        if not by:
            return self
        ranked, plain = (tuple([term.moved(by) for term in terms]) for terms in (self.ranked, self.plain))
        return Topic(self.text, ranked, self.required, self.excluded, plain)

    def sides(self, joining: frozenset[str]) -> list[tuple[Term, ...]]:
        """Return the plain words as runs, cut where one of these words joins two: `gross margin or freight`.

        In a list that is joined so, and where each is meant, a comma joins, too. A run has no small word at either end.
        """
        words, content = self.plain or self.ranked, set(self.ranked)
        cuts = [at for at, term in enumerate(words) if term.word.lower() in joining and not _saying(words, at)]
        if cuts or joining == EACH:
            cuts += [at for at in range(1, len(words)) if words[at - 1].comma]
        if not cuts:
            return [words] if words else []
        runs: list[list[Term]] = [[]]
        for at, term in enumerate(words):
            if at in cuts:
                runs.append([])
            if term in content or (runs[-1] and at not in cuts):
                runs[-1].append(term)
        for run in runs:
            while run and run[-1] not in content:
                run.pop()
        return [tuple(run) for run in runs if run]


def _saying(words: tuple[Term, ...], at: int) -> bool:
    """Whether a word joins what is one thing to say: `more or less`, `2 or 3`."""
    if not 0 < at < len(words) - 1:
        return True
    before, after = words[at - 1].word.lower(), words[at + 1].word.lower()
    both = {before, after}
    return both <= _NUMBERS or both <= _WAYS or (before.isdigit() and after.isdigit())

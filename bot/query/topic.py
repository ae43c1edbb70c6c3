"""What a question is about: words, phrases and how they belong together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One word as typed, with its half-open character span in the question. `prefix`: typed with a closing `*`."""

    word: str
    start: int
    end: int
    prefix: bool = False


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


Node = Term | Phrase | Near | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look for.

    `ranked` are the plain words: the more of them a turn holds, and the rarer they are, the better. `required` must all
    occur (phrases, NEAR, AND, OR groups). `excluded` must not (`-word`, `NOT word`). `text` is the topic as typed.
    """

    text: str
    ranked: tuple[Term, ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for (an exclusion alone is nothing)."""
        return not (self.ranked or self.required)

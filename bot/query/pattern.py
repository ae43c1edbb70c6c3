"""A small language for the forms of a question, and the matcher that reads one.

    form     = part+
    part     = word ("|" word)*      one of these words
             | "<" class ">"         a member of a class of words.toml (members may be several words)
             | "{" slot "}"          one or more tokens: topic, party, asker
             | "[" part+ "]"         may be left out

Slots take as few tokens as let the rest match. A misspelt keyword matches too, at a cost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from bot.query.keywords import Words, classes
from bot.query.tokens import Shape, Token

# A name of a person or firm with its position and company has at most so many words.
NAME_ROOM = 8
SLOTS = frozenset({"topic", "party", "asker"})


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """One of these words or runs of words; the same in all forms that write it so."""

    members: Mapping[str, tuple[Words, ...]]  # by first word
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slot:
    """Tokens to be understood by what they hold."""

    name: str


@dataclass(frozen=True, slots=True)
class Optional:
    """Parts that may be left out."""

    parts: tuple["Part", ...]


Ends = tuple[tuple[int, tuple[tuple[int, str], ...]], ...]
"""Where members of a literal end, and which of their words are misspelt."""
Part = Literal | Slot | Optional
Near = Callable[[Token], str | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is written. It is compiled when first read by: declaring one costs nothing.

    `soft`: it holds only where its party is somebody, else the words are a topic's. `default`: whose words are meant
    where the form names nobody ("management", "analysts"; "answers": management's, and anybody's in the Q&A alone).
    `weight`: counts beyond its keywords (what `help` starts is a call for help).
    """

    text: str
    soft: bool = False
    default: str | None = None
    weight: float = 0.0

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its parts. Raises ValueError where it is no form (a mistake of ours, found by the forms' test)."""
        return _compiled(self.text)

    @property
    def linked(self) -> "Node | None":
        """Its first part, and behind it the others."""
        return _linked(self.text)

    @property
    def outline(self) -> "Outline":
        """The words without which it can't read anything."""
        return _outline(self.text)


@dataclass(frozen=True, slots=True)
class Matched:
    """How a form reads tokens: the tokens of each slot, how many keywords held, and which were misspelt."""

    slots: Mapping[str, tuple[Token, ...]]
    keywords: int
    misspelt: tuple[tuple[Token, str], ...]


def forms(*texts: str, soft: bool = False, default: str | None = None, weight: float = 0.0) -> tuple[Form, ...]:
    """Declare several forms alike."""
    return tuple(Form(text, soft, default, weight) for text in texts)


@cache
def _compiled(text: str) -> tuple[Part, ...]:
    parts, rest = _parts(text.replace("[", " [ ").replace("]", " ] ").split())
    if rest:
        raise ValueError(f"unbalanced bracket in {text!r}")
    return parts


@dataclass(frozen=True, slots=True)
class Outline:
    """The words that what a form reads may begin with, and end with (None: any), and what it needs besides slots."""

    opening: frozenset[str] | None
    closing: frozenset[str] | None
    needs: tuple[Literal, ...]  # that can't be left out


@cache
def _outline(text: str) -> Outline:
    parts = _compiled(text)
    needs = tuple(part for part in parts if isinstance(part, Literal))
    return Outline(_rim(parts, 0), _rim(parts[::-1], -1), needs)


def spoken(parts: Sequence[Part]) -> frozenset[str]:
    """Return every word that parts may hold other than in a slot."""
    words: set[str] = set()
    for part in parts:
        if isinstance(part, Optional):
            words |= spoken(part.parts)
        elif isinstance(part, Literal):
            words.update(word for members in part.members.values() for member in members for word in member)
    return frozenset(words)


def _rim(parts: Sequence[Part], place: int) -> frozenset[str] | None:
    """Return the words at one end (`place` of a member) of parts that are given from that end on."""
    words: set[str] = set()
    for part in parts:
        if isinstance(part, Slot):
            return None
        if isinstance(part, Literal):
            return frozenset(words.union(member[place] for each in part.members.values() for member in each))
        inner = _rim(part.parts if place == 0 else part.parts[::-1], place)
        if inner is None:
            return None
        words |= inner
    return frozenset(words)


def _parts(pieces: Sequence[str]) -> tuple[tuple[Part, ...], list[str]]:
    parts: list[Part] = []
    rest = list(pieces)
    while rest:
        piece = rest.pop(0)
        if piece == "]":
            return tuple(parts), ["]", *rest]
        if piece == "[":
            inner, rest = _parts(rest)
            if not rest:
                raise ValueError("a bracket is not closed")
            rest.pop(0)
            parts.append(Optional(inner))
        elif piece.startswith("{"):
            if piece[1:-1] not in SLOTS:
                raise ValueError(f"no slot {piece}")
            parts.append(Slot(piece[1:-1]))
        else:
            parts.append(_literal(piece))
    return tuple(parts), []


@cache
def _literal(piece: str) -> Literal:
    members: dict[str, tuple[Words, ...]] = {}
    for each in piece.split("|"):
        for member in classes()[each[1:-1]] if each.startswith("<") else {(each,)}:
            members[member[0]] = (*members.get(member[0], ()), member)
    return Literal(members, frozenset(members))


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A part of a form and the one behind it, and, of parts that may be left out, the first of these."""

    part: Part
    then: "Node | None"
    inside: "Node | None"


@cache
def _linked(text: str) -> Node | None:
    return _node(_compiled(text), None)


def _node(parts: Sequence[Part], then: Node | None) -> Node | None:
    """Return the first of parts with all that is behind it; nothing is put together any more while they read."""
    for part in reversed(parts):
        then = Node(part, then, _node(part.parts, then) if isinstance(part, Optional) else None)
    return then


class Way(NamedTuple):
    """How a form reads tokens, by their places: each slot's, how many keywords held, and which were misspelt."""

    slots: tuple[tuple[str, int, int], ...]
    keywords: int
    misspelt: tuple[tuple[int, str], ...]


class Matcher:
    """Reads tokens by forms. `near` gives the keyword a token misspells, None where it misspells none."""

    def __init__(self, tokens: Sequence[Token], near: Near) -> None:
        self.tokens = tuple(tokens)
        self.words = tuple([token.word if token.shape is Shape.WORD and not token.minus else "" for token in tokens])
        self.near = tuple([near(token) if word else None for token, word in zip(self.tokens, self.words, strict=True)])

    def read(self, wanted: Form, limit: int = 12) -> Iterator[Matched]:
        """Yield the ways a form reads all tokens, at most `limit`."""
        return map(self.matched, Reader(self.words, self.near).ways(wanted, limit))

    def matched(self, way: Way) -> Matched:
        """Put the tokens in their places."""
        named = {name: self.tokens[start:end] for name, start, end in way.slots}
        return Matched(named, way.keywords, tuple([(self.tokens[index], word) for index, word in way.misspelt]))


class Reader:
    """Reads words by forms. `near` are the keywords they misspell.

    A word that no form knows may as well be "": it only fills a slot.
    """

    def __init__(self, words: tuple[str, ...], near: tuple[str | None, ...]) -> None:
        self.words = words
        self.near = near
        self._spelt = not any(near)
        self._ends: dict[tuple[Literal, int], Ends] = {}  # of the literals that were tried at a place
        self._heads: dict[Literal, list[int]] = {}  # where those that stand behind a slot may begin

    def ways(self, wanted: Form, limit: int = 12) -> Iterator[Way]:
        """Yield the ways a form reads all words, at most `limit`."""
        total = len(self.words)
        if not total:
            return
        steps = 0
        budget = 4_000  # hostile questions: far above what any sentence takes
        stack: list[tuple[Node | None, int, tuple[tuple[str, int, int], ...], int, tuple[tuple[int, str], ...]]]
        stack = [(wanted.linked, 0, (), 0, ())]
        found = 0
        while stack and found < limit and steps < budget:
            steps += 1
            node, at, slots, held, misspelt = stack.pop()
            if node is None:
                if at == total:
                    found += 1
                    yield Way(slots, held, misspelt)
                continue
            part, then = node.part, node.then
            if isinstance(part, Literal):
                for end, wrong in self._ends_of(part, at):  # none, as a rule
                    stack.append((then, end, slots, held + end - at, (*misspelt, *wrong)))
            elif isinstance(part, Slot):
                for end in reversed(self._reach(part.name, at, then)):
                    stack.append((then, end, (*slots, (part.name, at, end)), held, misspelt))
            else:
                # Pushed last is tried first: with the optional part before without it.
                stack.append((then, at, slots, held, misspelt))
                stack.append((node.inside, at, slots, held, misspelt))

    def _reach(self, slot: str, at: int, then: Node | None) -> Sequence[int]:
        """Return where a slot that starts at a token may end, nearest first."""
        total = len(self.words)
        if then is None:
            return (total,) if at < total and (slot == "topic" or total - at <= NAME_ROOM) else ()
        last = total if slot == "topic" else min(total, at + NAME_ROOM)
        if isinstance(then.part, Literal):
            return [end for end in self._heads_of(then.part) if at < end <= last]
        return range(at + 1, last + 1)

    def _heads_of(self, literal: Literal) -> list[int]:
        """Return the places where a literal's members may begin."""
        places = self._heads.get(literal)
        if places is None:
            heads, both = literal.heads, zip(self.words, self.near, strict=True)
            places = [at for at, (word, near) in enumerate(both) if word in heads or near in heads]
            self._heads[literal] = places
        return places

    def _ends_of(self, literal: Literal, at: int) -> "Ends":
        """Return the ends of a literal's members at a token, the longest last (it is tried first)."""
        place = literal, at
        ends = self._ends.get(place)
        if ends is None:
            ends = self._ends[place] = self._looked(literal, at) if at < len(self.words) else ()
        return ends

    def _looked(self, literal: Literal, at: int) -> "Ends":
        words, members = self.words, literal.members
        head, near = words[at], self.near[at]
        if head not in members and near not in members:
            return ()
        if self._spelt:
            lengths = {len(member) for member in members[head] if words[at : at + len(member)] == member}
            return tuple([(at + length, ()) for length in sorted(lengths)])
        ends: dict[int, tuple[tuple[int, str], ...]] = {}
        for member in (*members.get(head, ()), *members.get(near or "", ())):
            if at + len(member) <= len(words):
                wrong = self._wrong(member, at)
                if wrong is not None:
                    ends[at + len(member)] = wrong
        return tuple(sorted(ends.items()))

    def _wrong(self, member: Words, at: int) -> tuple[tuple[int, str], ...] | None:
        wrong: list[tuple[int, str]] = []
        for offset, word in enumerate(member, at):
            if self.words[offset] != word:
                if self.near[offset] != word:
                    return None
                wrong.append((offset, word))
        return tuple(wrong)

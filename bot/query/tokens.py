"""A question cut into tokens that keep their place, so that an error can point at the word."""

import html
import re
import sys
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from bot.search.words import key


class Shape(Enum):
    """What a token looks like."""

    WORD = auto()
    PHRASE = auto()  # stood in double quotes
    OPEN = auto()
    CLOSE = auto()
    GROUP = auto()  # `topic:( … )`: its text is the inside, taken letter by letter


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a quoted phrase of a question, with its half-open span there.

    `text` is what was typed, less markup; `word` is it as names and keywords compare it: lower case, accents, dots and
    apostrophes gone, a possessive `'s` cut (`possessive` tells). `field` is the `speaker` of `speaker:vidal`.
    """

    shape: Shape
    text: str
    word: str
    start: int
    end: int
    minus: bool = False
    prefix: bool = False
    possessive: bool = False
    cash: bool = False
    field: str | None = None
    heading: bool = False  # a colon follows: `analysts: tariffs`
    comma: bool = False  # a comma follows: `tariffs, freight`
    inside: tuple["Token", ...] = ()

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


# Longest first. Every alternative is a run of classes that exclude its end, so that a scan is linear.
_SCAN = re.compile(
    r"""
      <(?P<link>(?:https?|mailto|tel)[^<>|]{0,500})(?:\|(?P<label>[^<>]{0,500}))?>
    | (?P<mention><[@\#!][^<>]{0,500}>)
    | (?P<tag></?[a-z]{1,10}>)
    | (?P<shout>@(?:channel|here|everyone)\b)
    | (?P<emoji>:[a-z0-9_+'-]{1,60}:(?![a-z0-9"(]))
    | (?P<phrase>["“”„«»‟″](?P<inside>[^"“”„«»‟″]{0,2000})(?:["“”„«»‟″]|$))
    | (?P<open>\()
    | (?P<close>\))
    | (?P<word>\$?[^\W_]+(?:['’ʼ`´.&/,‐‑–-][^\W_]+)*(?:(?<=\d)%)?)
    | (?P<and>&)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’ʼ`´]s?$", re.IGNORECASE)
_DROP = str.maketrans("", "", "'’ʼ`´.")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#39);")
# Slack's emphasis: a mark before a word and its twin after one; the inside holds none, so that a scan is linear.
_MARKS = re.compile(r"(?<![^\s(\"'“])([*~`])(?=[^\s*~`])([^*~`\n]{1,200})\1(?![^\s.,;:!?)\"'”])")
_EMPHASIS = "*~`"
_BEFORE_MINUS = frozenset(" \t\r\n(:\u00a0")
_APOSTROPHES = frozenset("'’ʼ`´")


@lru_cache(10_000)
def fold(text: str) -> str:
    """Return a word as names and keywords compare it: `J.P.` jp, `O’Neill` oneill, `Nestlé` nestle."""
    return key(text.translate(_DROP)).lower().strip("-‐‑–/,&")


def tokens(question: str, fields: frozenset[str] = frozenset(), *, most: int = sys.maxsize) -> tuple[Token, ...]:
    """Cut a question into tokens, or the first `most` of them and hardly more.

    `fields` are the names that a colon makes a key (`speaker:vidal`).

    Slack's markup falls away (mentions, emoji, channel links, `*bold*`, `&amp;`), the text of a link stays.
    """
    text, places = _clean(question)
    return tuple(_Scanner(text, places, fields).run(most))


def holds(cut: Iterable[Token], words: AbstractSet[str]) -> bool:
    """Whether any token is one of these words: few questions hold those that a step looks for."""
    return not words.isdisjoint([token.word for token in cut])


def foreign(text: str) -> bool:
    """Whether most letters are of another script than Latin: such a question gets a sentence of its own."""
    if text.isascii():
        return False
    letters = [letter for letter in text[:400] if letter.isalpha()]
    latin = sum(1 for letter in letters if letter.isascii() or "LATIN" in unicodedata.name(letter, ""))
    return latin * 2 < len(letters)


class _Scanner:
    """One pass over a cleaned question; `places` gives each of its characters the offset it was typed at."""

    def __init__(self, text: str, places: list[int] | range, fields: frozenset[str]) -> None:
        self.text = text
        self.places = places
        self.fields = fields
        self.found: list[Token] = []
        self.pending: tuple[str, int] | None = None  # a field and where it starts, waiting for its value

    def run(self, most: int = sys.maxsize) -> list[Token]:
        """Return the tokens, in order, or so many of them."""
        at = 0
        while len(self.found) < most and (match := _SCAN.search(self.text, at)):
            at = match.end()
            kind = match.lastgroup
            if kind == "word":
                at = self._word(match["word"], match.start())
            elif match["link"] is not None:
                self._link(match)
            elif match["phrase"] is not None:
                self._phrase(match)
            elif kind == "open":
                self._add(Shape.OPEN, "(", match.start(), match.end())
            elif kind == "close":
                self._add(Shape.CLOSE, ")", match.start(), match.end())
            elif kind == "and":
                self._add(Shape.WORD, "and", match.start(), match.end())
        return self.found

    def _add(
        self,
        shape: Shape,
        text: str,
        start: int,
        end: int,
        *,
        possessive: bool = False,
        cash: bool = False,
        prefix: bool = False,
        heading: bool = False,
        comma: bool = False,
    ) -> None:
        field = None
        minus = self._minus(start)
        if self.pending is not None and shape is not Shape.CLOSE:
            field, start = self.pending
            minus = minus or self._minus(start)
            self.pending = None
        word = " ".join(fold(part) for part in text.split()) if shape is Shape.PHRASE else fold(text)
        first, last = self.places[start], self.places[end]
        self.found.append(Token(shape, text, word, first, last, minus, prefix, possessive, cash, field, heading, comma))

    def _minus(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        return before in {"-", "–", "−"} and (start == 1 or self.text[start - 2] in _BEFORE_MINUS)

    def _link(self, match: re.Match[str]) -> None:
        if match["label"] and "://" not in match["label"]:
            start = match.start("label")
            places = [self.places[start + index] for index in range(len(match["label"]) + 1)]
            self.found.extend(_Scanner(match["label"], places, frozenset()).run())

    def _phrase(self, match: re.Match[str]) -> None:
        if any(letter.isalnum() for letter in match["inside"]):
            self._add(Shape.PHRASE, " ".join(match["inside"].split()), match.start(), match.end())

    def _word(self, raw: str, start: int) -> int:
        end = start + len(raw)
        after = self.text[end : end + 1]
        if after == ":" and raw.lower() in self.fields:
            self.pending = (raw.lower(), start)
            return end + 1
        if raw.isascii() and raw.isalnum():  # one piece, as nearly all are
            possessive = after in _APOSTROPHES and raw[-1] in "sS"
            prefix, heading, comma = after == "*", after == ":", after == ","
            if self.pending is not None:
                self._add(
                    Shape.WORD, raw, start, end, possessive=possessive, prefix=prefix, heading=heading, comma=comma
                )
                return end
            minus, first, last = self._minus(start), self.places[start], self.places[end]
            word = fold(raw)
            self.found.append(
                Token(Shape.WORD, raw, word, first, last, minus, prefix, possessive, False, None, heading, comma)  # noqa: FBT003 - as `_add` has it, called for every word of a question
            )
            return end
        cash = raw.startswith("$")
        begin = start + 1 if cash else start
        text = raw.removeprefix("$")
        possessive = bool(_POSSESSIVE.search(text)) or (after in _APOSTROPHES and text[-1:].lower() == "s")
        pieces = _pieces(_POSSESSIVE.sub("", text), begin)
        for piece, place in pieces:
            last = place == pieces[-1][1]
            self._add(
                Shape.WORD,
                piece,
                place,
                end if last else place + len(piece),
                possessive=possessive and last,
                cash=cash and piece[:1].isalpha(),
                prefix=last and after == "*",
                comma=last and after == ",",
            )
        return end


def _clean(question: str) -> tuple[str, list[int] | range]:
    """Return the question without entities and emphasis, and the typed offset of each of its characters."""
    text = question
    if any(map(question.__contains__, _EMPHASIS)):
        text = _MARKS.sub(lambda found: f" {found[2]} ", question)
    if "&" not in text:
        return text, range(len(text) + 1)
    out: list[str] = []
    places: list[int] = []
    at = 0
    for found in _ENTITY.finditer(text):
        out.extend((text[at : found.start()], html.unescape(found[0])))
        places.extend(range(at, found.start() + 1))
        at = found.end()
    out.append(text[at:])
    places.extend(range(at, len(text) + 1))
    return "".join(out), places


def _pieces(text: str, start: int) -> list[tuple[str, int]]:
    """Cut `margin/capex` and `capex,margin` apart; keep `Q&A`, `J.P`, `2,500`, `3.5`, `e-commerce` and `1/2` whole."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for index, letter in enumerate(text):
        if letter in "/,." and _parts_words(text, index):
            pieces.append((text[at:index], start + at))
            at = index + 1
    pieces.append((text[at:], start + at))
    return [(piece, place) for piece, place in pieces if piece] or [(text, start)]


def _parts_words(text: str, mark: int) -> bool:
    """Whether the mark at an offset stands between two words, not within a figure, an abbreviation or a site's name."""
    if (text[mark - 1 : mark] + text[mark + 1 : mark + 2]).isdigit() and mark:
        return False
    if text[mark] == "/" and len(text[:mark].rsplit("/", 1)[-1]) == 1 == len(text[mark + 1 :].split("/", 1)[0]):
        return False  # q/q, y/y
    if text[mark] != ".":
        return True
    left = text[:mark].rsplit(".", 1)[-1]
    right = text[mark + 1 :].split(".", 1)[0]
    return len(left) > 1 and len(right) > 1 and right.lower() not in {"com", "ai", "io", "net", "org"}

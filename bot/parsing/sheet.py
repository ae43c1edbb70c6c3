"""A document's lines made ready for layouts: blank lines become gaps; what all layouts ask is worked out once."""

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.kind import Kind
from bot.parsing.label import Label, affiliation, read_label, read_post, read_posted, split_commas
from bot.parsing.names import fold
from bot.reading import stamps
from bot.reading.document import Document
from bot.reading.line import Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENOUGH = 4  # times beside names that are no chance
SHORT = 120  # characters of a line that may be a label by itself
BRIEF = 60  # characters of a line that may be a heading
HEAD = 100  # characters in which a label before a colon must end
WRAPPED = 140  # characters that hard-wrapped text hardly ever exceeds
TERMINAL = frozenset(".?!\"”’')]…:;")


class Row(NamedTuple):
    """A line that has words: its text without blanks around, where it stands, and whether a blank line is before it."""

    text: str
    line: Line
    gap: bool
    flush: bool  # nothing stands before the first word in its source line

    @property
    def number(self) -> int | None:
        """The source line's number."""
        return self.line.number


FEW = 3  # rows that may be so by chance
SENTENCE = 3  # words of the shortest answer behind a bold name
ASKED_BY = re.compile(r"(question|answer)s? (?:from|by) (?=[^\W\d_])", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,4}[.)]\s{1,3}(?=[^\W\d_])")
ASKING = {"q": Kind.ANALYST, "question": Kind.ANALYST, "a": Kind.EXECUTIVE, "answer": Kind.EXECUTIVE}


def _asking(text: str) -> Label | None:
    """Read `Q` and `A` that stand in the place of names before a colon."""
    bare = text.strip(" *_#.").lower()
    return Label(bare[:1].upper(), kind=ASKING[bare]) if bare in ASKING else None


def _set_off(text: str, bold: int) -> Label | None:
    """Read a bold name that opens a row of plain words: `NAME words`. A mark between them leaves it to the colons."""
    head, words = text[:bold].strip(), text[bold:].strip()
    if (
        not (words[:1].isupper() or words[:1].isdecimal())
        or head[-1:] == ":"
        or words[-1] not in TERMINAL
        or len(words.split()) < SENTENCE
    ):
        return None
    return read_label(head, commas=True)


def _with_role(text: str, bold: int | None) -> Label | None:
    """Read a row of a bold name and a few plain words, which say what he is."""
    if bold is None:
        return None
    label, role = read_label(text[:bold], commas=True), text[bold:].strip()
    if label is None or label.firm or label.title or not role[:1].isupper() or role[-1] in TERMINAL:
        return None
    firm, title = affiliation(split_commas(role))
    return replace(label, firm=firm, title=title)


def _timed(document: Document) -> bool:
    """Tell whether times stand beside the speakers' names, again and again."""
    found = 0
    for line in document.lines:
        if ":" not in line.text:  # no time
            continue
        text = line.text.strip()
        bare = stamps.bare(text)
        found += bare != text and _labelled(bare)
        if found >= ENOUGH:
            return True
    return False


def _labelled(text: str) -> bool:
    """Tell whether a line without its time is a label, or opens with one before a colon."""
    head, colon, _ = text[:HEAD].partition(":")
    return read_label(head if colon else text, commas=True) is not None


class Sheet:
    """The rows of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        rows: list[Row] = []
        gap = False
        self.stamped = 0  # times beside names that are left out
        timed = _timed(document)
        for line in document.lines:
            text = line.text.strip(" \t\u00a0\ufeff\u200b\r")
            if timed and text and _labelled(bare := stamps.bare(text)):
                self.stamped += bare != text
                text = bare
            if text:
                rows.append(Row(text, line, gap, line.text[:1] not in " \t\u00a0"))
            gap = not text
        self.rows: Sequence[Row] = rows
        self._lower: dict[str, bool] = {}
        self._heads: dict[str, Label | None] = {}  # what stands before colons, and is no Q or A
        self.alone: dict[tuple[str, ...], Mapping[int, Label]] = {}  # labels on their own rows, by the names known
        self.before_colons: Mapping[int, tuple[Label, int]] | None = None  # labels before colons

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def paged(self) -> bool:
        """Whether the source has pages."""
        return any(row.line.page is not None for row in self.rows[:50])

    @cached_property
    def wrapped(self) -> bool:
        """Whether paragraphs are broken over several rows: nothing is long, and long rows rarely end a sentence."""
        long = [row.text for row in self.rows if len(row.text) > 45]  # noqa: PLR2004  # half a printed line
        if len(long) < 10:  # noqa: PLR2004  # too few to tell
            return self.paged
        far = sum(len(text) > WRAPPED for text in long)
        open_ended = sum(text[-1] not in TERMINAL for text in long)
        return far * 20 < len(long) and open_ended * 2 > len(long)

    # What several layouts look for is looked for once: most rows are neither short nor open with a mark or a head.

    @cached_property
    def brief(self) -> list[tuple[int, str]]:
        """Rows short enough for a heading."""
        return [(at, row.text) for at, row in enumerate(self.rows) if len(row.text) <= BRIEF]

    @cached_property
    def marked(self) -> list[tuple[int, str]]:
        """Rows that open with what is neither letter nor figure."""
        return [(at, row.text) for at, row in enumerate(self.rows) if not row.text[0].isalnum()]

    @cached_property
    def heads(self) -> dict[int, int]:
        """Rows that hold a colon near their beginning, and where it stands."""
        ends = ((at, row.text.find(":", 1, HEAD)) for at, row in enumerate(self.rows))
        return {at: end for at, end in ends if end > 0}

    @cached_property
    def labels(self) -> dict[int, Label]:
        """Rows that have the shape of a label by themselves, by index."""
        found: dict[int, Label] = {}
        for index, row in enumerate(self.rows):
            if len(row.text) <= SHORT:
                label = _with_role(row.text, row.line.bold_end) or read_label(row.text, commas=True)
                if label is not None:
                    found[index] = label
        return found

    @cached_property
    def colons(self) -> dict[int, tuple[Label, int]]:
        """Rows that open with the shape of a label before a colon, with the offset at which the words begin."""
        found: dict[int, tuple[Label, int]] = {}
        for index in sorted({*self.heads, *self.set_off}):
            if index in self.set_off:
                found[index] = self.set_off[index]
                continue
            text, end = self.rows[index].text, self.heads[index]
            if not (text[0].isupper() or text[0] in '*[<>_#•dva“"(0123456789'):
                continue
            if text[end : end + 3] == "://":
                continue
            label, end = self._before_colon(text, end)
            if label is None:
                continue
            after = end + 1
            while text[after : after + 1] in ("*", "_"):
                after += 1
            found[index] = (label, after)
        return found

    def _before_colon(self, text: str, end: int) -> tuple[Label | None, int]:
        """Read the label before the colon at `end`, or before the next one where `Q:` or `A:` leads to a name."""
        head = NUMBER.sub("", text[:end], count=1)
        if (asking := _asking(head)) is not None:
            further = text.find(":", end + 1, HEAD)
            named = read_label(text[:further], commas=True) if further > 0 else None
            whole = named is not None and named.asks is not None and (named.is_part or " " in named.name)
            whole = whole and named is not None and self._comes_back(named)
            return (named, further) if whole else (asking, end)
        if head not in self._heads:
            self._heads[head] = self._head(head)
        return self._heads[head], end

    def _head(self, head: str) -> Label | None:
        by = ASKED_BY.match(head)
        if by is not None and (label := read_label(head[by.end() :], commas=True)) is not None:
            return replace(label, asks=by[1].lower() == "question")
        posted = read_posted(head)
        if posted is not None and (posted.title or self._comes_back(posted)):
            return posted
        return read_label(head, commas=True)

    def _comes_back(self, label: Label) -> bool:
        """Tell whether a label's name stands elsewhere, too: words that only look like a name hardly do."""
        return bool(label.firm and label.asks is not None) or label.is_part or self.text.count(label.name) > 1

    @cached_property
    def set_off(self) -> dict[int, tuple[Label, int]]:
        """Rows that open with a bold name before a plain sentence, where that is the way of the file."""
        found: dict[int, tuple[Label, int]] = {}
        bold = 0
        for index, row in enumerate(self.rows):
            end = row.line.bold_end
            if end is None or row.text != row.line.text:
                continue
            bold += 1
            label = _set_off(row.text, end)
            if label is not None:
                found[index] = label, end
        names = [fold(label.name) for label, _ in found.values()]
        return found if len(found) * 10 >= bold * 8 and len(found) > FEW and len(set(names)) < len(names) else {}

    @cached_property
    def posts(self) -> dict[int, tuple[Label, int]]:
        """Rows that open with a post before a colon, under no name's row: `Chief Financial Officer: words`."""
        found: dict[int, tuple[Label, int]] = {}
        read: dict[str, Label | None] = {}
        for index, end in self.heads.items():
            text = self.rows[index].text
            if text[-1] not in TERMINAL or index - 1 in self.labels:
                continue
            head = text[:end]
            if head not in read:
                read[head] = read_post(head)
            label = read[head]
            if label is not None:
                found[index] = label, end + 1
        # Somebody speaks again: a list names each post once.
        names = [label.name for label, _ in found.values()]
        return found if len(set(names)) < len(names) else {}

    @cached_property
    def text(self) -> str:
        """All rows' words, a blank between and around."""
        return f" {' '.join([row.text for row in self.rows])} "

    def lower(self, word: str) -> bool:
        """Tell whether a word stands in the text in lower case; names hardly ever do."""
        known = self._lower.get(word)
        if known is None:
            known = self._lower[word] = bool(word) and word[0].islower() and self._stands(f" {word}")
        return known

    def _stands(self, word: str) -> bool:
        at = self.text.find(word)
        while at >= 0:
            if not self.text[at + len(word)].isalnum():
                return True
            at = self.text.find(word, at + 1)
        return False

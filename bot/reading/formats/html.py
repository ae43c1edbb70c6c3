"""HTML: one line a block of the page, less scripts, navigation, and a translation beside the text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader
from bot.reading.script import is_foreign

LEFT_OUT = frozenset(
    """
    script style noscript template svg nav aside footer button form iframe select head object video audio figure
    dialog
    """.split()  # noqa: SIM905  # names in lines are read, forty quoted ones are not
)
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike
    strong sub sup time tt u var wbr nobr -text
    """.split()  # noqa: SIM905  # names in lines are read, forty quoted ones are not
)
# What pages call the span that holds a speaker's name or what he is, and set off by its style alone.
NAMING = frozenset(
    """
    speaker speaker-name speakername name author role title position affiliation company firm job job-title person
    """.split()  # noqa: SIM905  # names in lines are read, forty quoted ones are not
)
BESIDE = " - "  # between a name and what stands in the next such span
GOES_ON = ":;,–—-(|"  # marks by which the words of one line go on behind a span that names
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
LARGEST = 20_000_000  # bytes; a saved page with its pictures has under ten million
UNCLOSED = 250_000  # elements of one kind within each other: no page, however many ends its author forgot
DEEPEST = 400  # nested elements; a parser's time grows with the square of the depth
OPENING = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|article|section|h[1-6]|span)\b", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed", "track"))
CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
SNIPPET = re.compile(r"[!-%'-;=?-~][ !-%'-;=?-~]{0,59}")  # printable ASCII that is written in the source as it is read
RUN_ON = re.compile(
    r"[.?!…\"”\])] ((?:[A-Z][\w'’-]+ )(?:(?:[A-Z]\.|[A-Z][\w'’-]+) ){0,2}[A-Z][\w'’-]+(?: (?:Jr|Sr)\.)?|Operator)$"
)
THROUGHOUT = 0.8  # of a column's cells are in another script: the others are what a translator left untranslated
WIDEST = 20  # columns that are told apart
CLIMB = 30  # levels
LONGEST_TITLE = 120  # characters of a speaker's title
HEADS = frozenset(("original", "translation"))
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Tags that only HTML has, and more than a stray few; an XML of another kind names itself first."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return 0.95
    if head.startswith(b"<?xml") and b"<html" not in head[:1024].lower():
        return 0.0
    tags = len(OPENING.findall(data[:65_536]))
    if (head.startswith(b"<!--") and tags) or OPENING.match(head):
        return 0.8
    return 0.6 if tags >= 5 else 0.0  # noqa: PLR2004  # text that speaks of tags names fewer


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the page's lines with the source line of each, bold where all of it is."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB of HTML", f"{LARGEST // 1_000_000} MB")
    text, problems = _decoded(data)
    tree = LexborHTMLParser(_shallow(text))
    title = tree.css_first("title")
    root = tree.body or tree.root
    if root is None:
        raise NotATranscriptError("the HTML holds no text")
    walk = _Walk(root)
    blocks = list(walk.blocks())
    kept, foreign = _without_translation(blocks, walk.cells)
    kept = list(_names_apart(kept))
    if foreign:
        problems.append(Problem(None, f"{foreign} passages in another script (a translation beside the text) left out"))
    lines: list[Line] = []
    source = _Source(text)
    for block in kept:
        number = source.line_of(block.first)
        mended = mend(block.text)
        if block.run_on:
            problems.append(Problem(number, "a name run on to the sentence before stands on its own line again"))
        if mended != block.text:
            problems.append(Problem(number, "mojibake mended"))
        end = block.bold_end if mended == block.text else None
        lines.append(Line(mended, number, bold=block.bold, bold_end=end))
    require_speech([line.text for line in lines])
    header = {"title": title.text(strip=True)} if title and title.text(strip=True) else {}
    return Document("html", tuple(lines), header=header, problems=tuple(problems))


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    """Decode by the bytes, or by the page's own word where the bytes are not UTF-8."""
    named = CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if named:
            charset = named.group(1).decode().lower()
            try:
                return data.decode(charset), [Problem(None, f"read as {charset}, as the page says")]
            except (LookupError, UnicodeDecodeError):
                pass
    decoded = decode(data)
    return decoded.text, list(decoded.problems)


def _shallow(text: str) -> str:
    """Give the source with elements that nest beyond all reason turned into line breaks, so that no text is lost."""
    deep: set[str] = set()
    depth: Counter[str] = Counter()
    for tag in TAG.finditer(text):
        name = tag.group(2).lower()
        if name in VOID:
            continue
        depth[name] = max(0, depth[name] + (-1 if tag.group(1) else 1))
        if depth[name] > DEEPEST:
            deep.add(name)
            if depth[name] > UNCLOSED:
                raise TooMuchError(f"more than {UNCLOSED:,} elements one in another", f"{UNCLOSED:,}")
    if not deep:
        return text

    until = (
        -1
    )  # where the last break ends: one more right behind it, for each of 200,000 elements, would be a line each

    def broken(tag: re.Match[str]) -> str:
        nonlocal until
        if tag.group(2).lower() not in deep:
            return tag.group()
        again = until >= 0 and not text[until : tag.start()].strip()
        until = tag.end()
        return ("" if again else "<br>") + "\n" * tag.group().count("\n")

    return TAG.sub(broken, text)


@dataclass(slots=True)
class _Block:
    """A line in the making: its text, the raw text it begins with, the element it stands in."""

    text: str
    first: str
    bold: bool
    home: int
    run_on: bool = False
    bold_end: int | None = None


@dataclass(slots=True)
class _Walk:
    """Walks the tree without recursion and cuts its text into lines at every block and break."""

    root: LexborNode
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    home: int = 0
    named: bool = False  # the pieces end with a span that names
    naming: set[int] = field(default_factory=set)  # such spans
    cells: dict[int, LexborNode] = field(default_factory=dict)

    def blocks(self) -> Iterator[_Block]:  # noqa: C901, PLR0912  # one walk, with its state
        """Yield the lines, and an empty one for two breaks in a row."""
        node: LexborNode | None = self.root
        bold = preformatted = naming = 0
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                content = node.text_content or ""
                if not naming:
                    yield from self._behind_a_name(content)
                if preformatted:
                    for at, part in enumerate(content.split("\n")):
                        if at:
                            yield from self._flush(blank=True)
                        self._add(part, bold > 0, node)
                else:
                    self._add(content, bold > 0, node)
            elif tag == "br":
                yield from self._flush(blank=True)
            elif tag not in INLINE:
                yield from self._flush()
            elif _is_naming(node) and self._begins(node):
                naming += 1
            bold += tag in BOLD
            preformatted += tag in ("pre", "textarea")
            child = None if tag in LEFT_OUT or tag.startswith("!") else node.first_child
            while child is None and node is not None:
                tag = node.tag or ""
                bold -= tag in BOLD
                preformatted -= tag in ("pre", "textarea")
                if tag not in INLINE and tag != "br":
                    yield from self._flush()
                elif node.mem_id in self.naming:
                    naming -= 1
                    self.named = bool(self.pieces)
                if node.mem_id == self.root.mem_id:
                    return
                child = node.next
                node = node.parent
            node = child

    def _begins(self, node: LexborNode) -> bool:
        """Tell whether a span that names opens its line, or follows one that does; within words it is one of them."""
        if self.named:
            self._add(BESIDE, bold=False, node=node)
        elif any(text.strip() for text, _ in self.pieces):
            return False
        self.naming.add(node.mem_id)
        return True

    def _behind_a_name(self, content: str) -> "Iterator[_Block]":
        """End the line of the names before words that don't go on with it."""
        if self.named and content.strip():
            first = content.lstrip()[0]
            if first.isupper() or not (first.isalpha() or first in GOES_ON):
                yield from self._flush()
            self.named = False

    def _add(self, text: str, bold: bool, node: LexborNode) -> None:
        if text.strip() or self.pieces:
            if not self.pieces:
                self.home = self._home(node)
            self.pieces.append((text, bold))

    def _home(self, node: LexborNode) -> int:
        """Give the table cell that a text stands in, else the nearest block; no more than so many levels up."""
        block = 0
        parent = node.parent
        for _ in range(CLIMB):
            if parent is None:
                break
            if parent.tag in ("td", "th"):
                self.cells[parent.mem_id] = parent
                return parent.mem_id
            if not block and parent.tag not in INLINE:
                block = parent.mem_id
            parent = parent.parent
        return block

    def _flush(self, *, blank: bool = False) -> Iterator[_Block]:
        pieces, self.pieces, self.named = self.pieces, [], False
        text = " ".join("".join(text for text, _ in pieces).split())
        if text:
            first = next(text for text, _ in pieces if text.strip())
            whole = all(bold for text, bold in pieces if text.strip())
            yield _Block(text, first, whole, self.home, bold_end=None if whole else _bold_end(pieces))
        elif blank:
            yield _Block("", "", bold=False, home=self.home)


def _bold_end(pieces: Sequence[tuple[str, bool]]) -> int | None:
    """Count the characters of a line's bold beginning; None where it begins otherwise or is bold again later."""
    plain = next(at for at, (text, bold) in enumerate(pieces) if text.strip() and not bold)
    if any(bold for text, bold in pieces[plain:] if text.strip()):
        return None
    return len(" ".join("".join(text for text, _ in pieces[:plain]).split())) or None


def _is_naming(node: LexborNode) -> bool:
    """Tell whether a span is there for a speaker's name or role, by its class: the page sets it off by its style."""
    if node.tag != "span":
        return False
    named = node.attributes.get("class")
    return bool(named) and not NAMING.isdisjoint(str(named).lower().split())


def _without_translation(blocks: Sequence[_Block], cells: Mapping[int, LexborNode]) -> tuple[list[_Block], int]:
    """Leave out the cells and paragraphs in another script than the page's own, and all of a column of such cells."""
    everything = "".join(block.text for block in blocks)
    letters = sum(each.isalpha() for each in everything)
    if len(LATIN.findall(everything)) * 3 < letters:
        return list(blocks), 0
    homes: dict[int, list[str]] = {}
    for block in blocks:
        homes.setdefault(block.home, []).append(block.text)
    foreign = {home for home, texts in homes.items() if is_foreign(" ".join(texts))}
    if not foreign:
        return list(blocks), 0
    foreign |= _columns(foreign, cells)
    kept = [block for block in blocks if block.home not in foreign and block.text.lower() not in HEADS]
    return kept, len(foreign)


def _columns(foreign: set[int], cells: Mapping[int, LexborNode]) -> set[int]:
    """Give the other cells of columns that are a translation throughout but for what the translator left as it was."""
    columns: dict[tuple[int, int], list[int]] = {}
    for home, cell in cells.items():
        before, row, beside = 0, cell.parent, cell.prev
        while beside is not None and before < WIDEST:
            before += beside.tag in ("td", "th")
            beside = beside.prev
        table = row.parent if row is not None else None
        columns.setdefault((table.mem_id if table is not None else 0, before), []).append(home)
    return {
        home
        for column in columns.values()
        if len(foreign.intersection(column)) > THROUGHOUT * len(column)
        for home in column
    }


def _names_apart(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Set a name that was run on to the end of a sentence on a line of its own where a break follows it."""
    for at, block in enumerate(blocks):
        after = [each.text for each in blocks[at + 1 : at + 3]]
        broken = after[:1] == [""] or (after[1:] == [""] and len(after[0]) < LONGEST_TITLE)
        name = RUN_ON.search(block.text[-LONGEST_TITLE:]) if broken else None
        if name is None:
            yield block
            continue
        yield replace(block, text=block.text[: -len(name.group(1))].rstrip())
        yield replace(block, text=name.group(1), first=name.group(1), run_on=True)


class _Source:
    """Finds the source line of each text, going forward only."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1

    def line_of(self, raw: str) -> int:
        snippet = SNIPPET.search(raw)
        found = self.text.find(snippet.group(), self.at) if snippet else -1
        if found > 0:
            self.line += self.text.count("\n", self.at, found)
            self.at = found
        return self.line


reader = Reader("html", recognise, read)

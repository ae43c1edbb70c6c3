"""What a page repeats: running heads and feet, page numbers, the publisher's lines. Told apart from what was said."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from bot.reading.row import Row

EDGE = 0.11  # the share of the page's height at its top and its foot where furniture stands
OFTEN = 0.4  # furniture recurs on at least this share of the pages (first pages and covers have none) …
LEAST = 3  # … and on no fewer than this many, lest words said twice pass for it
STEP = 4.0  # points that a recurring line may move between pages
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s{0,3}[-–|]?\s{0,3}\d{1,4}\s{0,3}(?:(?:of|/|\|)\s{0,3}\d{1,4})?\s{0,3}[-–|]?", re.IGNORECASE
)
PAGE = re.compile(r"\b(?:page|p\.|pg\.?)\s{0,3}\d{1,4}\b|\b\d{1,4}\s{0,3}(?:of|/)\s{0,3}\d{1,4}\b")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\s+\d+\s*/\s*\d+)?", re.IGNORECASE)


def part(rows: Sequence[Row], heights: Sequence[float]) -> tuple[list[Row], list[str]]:
    """Part the rows into what was said and the running heads and feet (each once, in order, numbers as first printed).

    `heights` are the pages' heights in points, page 1 first.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for key in {(row.page, *_key(row)) for row in rows if _at_edge(row, heights)}:
        seen[key[1:]] += 1
    least = max(LEAST, OFTEN * len(heights))
    body: list[Row] = []
    heads: dict[str, str] = {}
    for row in rows:
        edge = _at_edge(row, heights)
        if edge and (_recurs(row, seen) >= least or _numbers_or_addresses(row)):
            heads.setdefault(_key(row)[0], row.text)
        else:
            body.append(row)
    return body, list(heads.values())


def _key(row: Row) -> tuple[str, int]:
    return DIGITS.sub("#", row.text.casefold()), round(row.y / STEP)


def _recurs(row: Row, seen: Counter[tuple[str, int]]) -> int:
    """On how many pages the row stands at this height, give or take a step."""
    text, step = _key(row)
    return sum(seen[text, near] for near in (step - 1, step, step + 1))


def _at_edge(row: Row, heights: Sequence[float]) -> bool:
    height = heights[row.page - 1]
    return row.y > height * (1 - EDGE) or row.y < height * EDGE


def _numbers_or_addresses(row: Row) -> bool:
    """Tell a lone page number or web address: at a page's edge furniture even where it stands only once."""
    return bool(PAGE_NUMBER.fullmatch(row.text) or ADDRESS.fullmatch(row.text))


def beside_breaks(texts: Sequence[str]) -> frozenset[int]:
    """Find the lines of a text that stand beside form feeds and number its pages, whatever else they say each time.

    Only lines that say "page 3", "3 of 9" or nothing but a number are taken, and whose number rises by one from page to
    page: a speaker's label stands at the head of many pages as well, and may have a number or a time beside it.
    """
    breaks = [at for at, text in enumerate(texts) if "\f" in text]
    if len(breaks) < LEAST:
        return frozenset()
    edges: dict[str, set[int]] = {}
    for at in breaks:
        near = (range(at - 1, max(-1, at - BLANKS), -1), range(at, min(len(texts), at + BLANKS)))
        for edge in (next((each for each in side if texts[each].strip()), None) for side in near):
            if edge is not None:
                edges.setdefault(DIGITS.sub("#", _plain(texts[edge])), set()).add(edge)
    least = max(LEAST, OFTEN * len(breaks))
    return frozenset(
        edge
        for key, found in edges.items()
        if "#" in key and len(found) >= least and _numbers([_plain(texts[each]) for each in sorted(found)])
        for edge in found
    )


def _numbers(lines: Sequence[str]) -> bool:
    """Tell whether lines number pages, each by one more than the line before; two in a hundred may be lost."""
    pages = [PAGE.search(line) or PAGE_NUMBER.fullmatch(line) for line in lines]
    if not all(pages):
        return False
    found = [int(DIGITS.findall(match.group())[0]) for match in pages if match is not None]
    steps = [after - before for before, after in itertools.pairwise(found)]
    return steps.count(1) * 50 >= len(steps) * 49


BLANKS = 4  # lines of a page's edge that may be blank


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())

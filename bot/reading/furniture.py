"""What a page repeats: running heads and feet, page numbers, the publisher's lines. Told apart from what was said."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.reading.row import Row

EDGE = 0.11  # the share of the page's height at its top and its foot where furniture stands
OFTEN = 0.4  # furniture recurs on at least this share of the pages (first pages and covers have none) …
LEAST = 3  # … and on no fewer than this many, lest words said twice pass for it
STEP = 4.0  # points that a recurring line may move between pages
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"(?:page|p\.|pg\.?)?\s*[-–|]?\s*\d{1,4}\s*(?:(?:of|/|\|)\s*\d{1,4})?\s*[-–|]?", re.IGNORECASE)
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

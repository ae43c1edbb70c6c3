"""Slack's rules that hold for a block as a whole: tables, markdown, charts, cards, tasks.

Figures as in playground/blocks.py.
"""

from collections.abc import Mapping
from typing import Final

from playground.elements import BUTTON, ID, IMAGE_ELEMENT, LINK, TYPE, some, text
from playground.rich import RICH_TEXT
from playground.rules import (
    Rule,
    Walk,
    by_type,
    every,
    number,
    one_of,
    pick,
    shape,
    string,
)

MARKDOWN_CHARACTERS: Final = 12_000
TABLE_CHARACTERS: Final = 10_000
DATA_TABLE_CHARACTERS: Final = 20_000
CHARTS: Final = 2


def cells(*kinds: str) -> Rule:
    """Return the rule for a table's cell of one of `kinds`."""
    known: Mapping[str, Rule] = {
        "raw_text": shape({**TYPE, "text": string(None, 1)}),
        "raw_number": shape({**TYPE, "value": number(whole=False), "text": string(None, 1)}),
        "rich_text": RICH_TEXT,
    }
    return by_type(pick(known, kinds), "cell")


def _length(value: object) -> int:
    """Return how many characters of text a JSON value holds."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else _length(inner) for name, inner in value.items()
        )
    return sum(map(_length, value)) if isinstance(value, list) else 0


def table(value: object, pointer: str, walk: Walk) -> None:
    """Check what a plain table holds in all; its text has its own sum."""
    rows = value.get("rows") if isinstance(value, dict) else None
    walk.tables += 1
    if walk.tables > 1:
        walk.complain("only one table allowed", pointer)
    if _length(rows) > TABLE_CHARACTERS:
        walk.complain(f"must be less than {TABLE_CHARACTERS + 1} characters", f"{pointer}/rows")


def data_table(value: object, pointer: str, walk: Walk) -> None:
    """Check what holds for a data table as a whole."""
    rows = value.get("rows") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return
    if len({len(row) for row in rows}) > 1:
        walk.complain("all rows must have the same number of values", f"{pointer}/rows")
    if rows and any(isinstance(cell, dict) and cell.get("type") == "rich_text" for cell in rows[0]):
        walk.complain("rich_text is not allowed in the header row", f"{pointer}/rows/0")
    if _length(rows) > DATA_TABLE_CHARACTERS:
        walk.complain(f"must be less than {DATA_TABLE_CHARACTERS + 1} characters", f"{pointer}/rows")


def uncounted(rule: Rule) -> Rule:
    """Return `rule` for a block whose text has its own sum."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        before = walk.characters
        rule(value, pointer, walk)
        walk.characters = before

    return check


def markdown(value: object, pointer: str, walk: Walk) -> None:
    """Count a markdown block: Slack expands it, and its pieces count against the 50."""
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str):
        return
    walk.characters += len(text)
    walk.markdown += len(text)
    if walk.markdown > MARKDOWN_CHARACTERS:
        walk.complain(f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters in all", pointer)
    lines = text.splitlines()
    walk.pieces += sum(line.startswith(("#", "---", "```")) for line in lines)


def unique_actions(value: object, pointer: str, walk: Walk) -> None:
    """Check that no two elements of a block share an action_id."""
    elements = value.get("elements") if isinstance(value, dict) else None
    if not isinstance(elements, list):
        return
    ids = [element.get("action_id") for element in elements if isinstance(element, dict)]
    for place, action_id in enumerate(ids):
        if action_id is not None and action_id in ids[:place]:
            walk.complain(f"`action_id` `{action_id}` already exists", f"{pointer}/elements/{place}")


def collapsing(value: object, pointer: str, walk: Walk) -> None:
    """Check a container's flags against each other."""
    if not isinstance(value, dict):
        return
    if value.get("is_collapsible") and value.get("has_header_divider"):
        walk.complain("has_header_divider cannot be set when is_collapsible is true", pointer)
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        walk.complain("default_collapsed requires is_collapsible", pointer)


def chart(value: object, pointer: str, walk: Walk) -> None:  # noqa: ARG001  # a Rule takes all three
    """Check that a message holds few enough charts."""
    walk.charts += 1
    if walk.charts > CHARTS:
        walk.complain(f"no more than {CHARTS} charts allowed", pointer)


POINT: Final = shape({"label": string(20, 1), "value": number(whole=False)})
_SERIES: Final = shape({"name": string(20, 1), "data": every(POINT, 20, 1)})
_AXES: Final = shape({"categories": every(string(20, 1), 20, 1)}, {"x_label": string(50), "y_label": string(50)})
CHARTED: Final = shape({**TYPE, "series": every(_SERIES, 6, 1), "axis_config": _AXES})
TASK: Final = shape(
    {
        **TYPE,
        "task_id": string(None, 1),
        "title": string(None, 1),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {
        "block_id": ID,
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": every(shape({**TYPE, "url": string(3000, 1, LINK), "text": string(None, 1)})),
    },
)
CARD: Final = shape(
    TYPE,
    {
        "block_id": ID,
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": every(BUTTON, 3, 1, "actions"),
    },
    some("hero_image", "title", "actions", "body"),
)
NAMED: Final[Mapping[str, Rule]] = {"block_id": ID}

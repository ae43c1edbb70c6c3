"""Blocks that not every client knows yet: thumbs, folds, tables to sort, charts; and how to say the same without them.

They go out only where Slack tells whether it took them: in posts and edits, never in an acknowledgement, and not in a
modal. Source: Slack's Block Kit reference of 2026; `@slack/types` 3.2.0 has all but the chart.
"""

from collections.abc import Iterator, Sequence

from handlers.blocks.limits import (
    BUTTON_LABEL,
    CHART_LABEL,
    CHART_POINTS,
    CHART_TITLE,
    CONTAINER_BLOCKS,
    CONTAINER_TITLE,
)
from handlers.blocks.rich import piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Block
from handlers.ticket import Ticket

NEWER = frozenset({"context_actions", "container", "data_table", "data_visualization"})
HELPED, FAILED = ("Helpful", "This answer helped"), ("Not helpful", "This answer did not help")
PAGE_SIZE = 10  # rows of a table at once
ROOM = 5_000  # characters of a table told as lines


def thumbs(question: str, offset: int) -> Block:
    """Return Slack's own thumbs. A press brings the ticket of its side, which holds the verdict."""
    sides = {
        side: {
            "text": plain(text),
            "value": Ticket(question, offset, helped=side == "positive_button").encode(),
            "accessibility_label": clip(label, BUTTON_LABEL),
        }
        for side, (text, label) in (("positive_button", HELPED), ("negative_button", FAILED))
    }
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "feedback", **sides}]}


def fold(title: str, blocks: Sequence[Block]) -> Block:
    """Return blocks under a title that a person can fold away; open at first."""
    return {
        "type": "container",
        "title": plain(clip(title, CONTAINER_TITLE)),
        "is_collapsible": True,
        "default_collapsed": False,
        "child_blocks": list(blocks[:CONTAINER_BLOCKS]),
    }


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Return a table that can be sorted and leafed through. Cells are literal text; an empty one is a dash."""
    cells = [[{"type": "raw_text", "text": text or "–"} for text in row] for row in (columns, *rows)]
    return {"type": "data_table", "caption": caption, "page_size": PAGE_SIZE, "rows": cells}


def bars(title: str, name: str, counts: Sequence[tuple[str, int]]) -> Block:
    """Return a chart of one bar a label. At most CHART_POINTS of them."""
    shown = [(clip(label, CHART_LABEL), count) for label, count in counts[:CHART_POINTS]]
    data = [{"label": label, "value": count} for label, count in shown]
    return {
        "type": "data_visualization",
        "title": clip(title, CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [{"name": clip(name, CHART_LABEL), "data": data}],
            "axis_config": {"categories": [label for label, _ in shown]},
        },
    }


def has_newer(blocks: Sequence[Block]) -> bool:
    """Whether any of the blocks may be refused by a client or a workspace that does not know it yet."""
    return any(block["type"] in NEWER for block in blocks)


def plainer(blocks: Sequence[Block]) -> list[Block]:
    """Say the same in blocks that every client knows. Blocks that are known stay as they are."""
    told: list[Block] = []
    for block in blocks:
        if block["type"] == "context_actions":
            _voting(block, told)
        else:
            told += _plainer(block)
    return told


def _plainer(block: Block) -> Iterator[Block]:
    match block["type"]:
        case "container":
            children = block["child_blocks"]
            yield from children if isinstance(children, list) else ()
        case "data_table":
            yield _lines(block)
        case "data_visualization":
            return  # its figures stand in the lines above it
        case _:
            yield block


def _voting(block: Block, told: list[Block]) -> None:
    """Turn thumbs into two buttons: at the end of the row before them, where that has room, as no line is lost so."""
    pair: list[Block] = []
    for element in _dicts(block["elements"]):
        for side, name in (("positive_button", "yes"), ("negative_button", "no")):
            given = element.get(side)
            if isinstance(given, dict):
                pair.append({"type": "button", "action_id": f"feedback:{name}", **given})
    last = told[-1] if told else None
    if last is not None and last["type"] == "actions" and _paging(last):
        told[-1] = {**last, "elements": [*_dicts(last["elements"]), *pair]}
    elif pair:
        told.append({"type": "actions", "elements": pair})


def _paging(row: Block) -> bool:
    return all(str(element.get("action_id", "")).startswith("page:") for element in _dicts(row["elements"]))


def _lines(block: Block) -> Block:
    """Tell a table as a list: one row a line, cut at ROOM characters with the number of those left out."""
    rows = block["rows"] if isinstance(block["rows"], list) else []
    lines = [[str(cell.get("text", "")) for cell in _dicts(row)] for row in rows[1:]]
    shown: list[Block] = []
    size = 0
    for line in lines:
        first, *rest = line
        size += sum(map(len, line)) + 3 * len(line)
        if size > ROOM:
            break
        shown.append(section(piece(first, bold=True), *([piece(f" · {' · '.join(rest)}")] if rest else [])))
    parts = [section(piece(str(block["caption"]), bold=True))]
    if shown:
        parts.append({"type": "rich_text_list", "style": "bullet", "elements": shown})
    if more := len(lines) - len(shown):
        parts.append(section(piece(f"⋯ {more} more", italic=True)))
    return rich(*parts)


def _dicts(value: object) -> list[Block]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

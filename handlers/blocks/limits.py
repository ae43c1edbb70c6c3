"""Slack's limits, and a walker that finds where a payload breaks one.

Figures: Slack's Block Kit reference and slack_sdk 3.47; a test holds them against slackblocks' table, and the smaller
wins. `MESSAGE_TEXT` is a budget: Slack refuses a message at about 13,200 characters (slackapi/bolt-js#2509).
"""

from collections.abc import Iterator, Mapping, Sequence

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 10_000
TEXT = 3_000  # a text object in a section
FIELD = 2_000
FIELDS = 10
HEADER = 150
CONTEXT_ELEMENTS = 10
CONTEXT_ACTIONS = 5
ACTIONS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_LABEL = 75
URL = 3_000
ID = 255
OPTIONS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
OVERFLOW = 5
CHECKBOXES = 10
PLACEHOLDER = 150
LABEL = 2_000
INPUT = 3_000
ALT_TEXT = 2_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
VIEW_TITLE = 24
METADATA = 3_000
MARKDOWN = 12_000
TABLE_ROWS = 100
DATA_TABLE_ROWS = 101  # Slack's page says 101 where slackblocks says 201
DATA_TABLE_LEAST = 2  # rows, the header's one of them
COLUMNS = 20
DATA_TABLE_TEXT = 20_000  # characters of all cells; they are no part of the message's sum
CHART_TITLE = 50
CHART_SERIES = 6  # Slack's older page says 6 where slackblocks says 12
CHART_POINTS = 20
CHART_LABEL = 20
CHARTS = 2
CARD_TITLE = 150
CARD_BODY = 200
CONTAINER_TITLE = 150
CONTAINER_BLOCKS = 10
CAROUSEL = 10

# key of a block or element -> how many characters of text it may hold, by the type that holds it
_TEXTS: Mapping[tuple[str, str], int] = {
    ("section", "text"): TEXT,
    ("header", "text"): HEADER,
    ("button", "text"): BUTTON_TEXT,
    ("input", "label"): LABEL,
    ("input", "hint"): LABEL,
    ("image", "title"): ALT_TEXT,
    ("confirm", "title"): CONFIRM_TITLE,
    ("confirm", "text"): CONFIRM_TEXT,
    ("confirm", "confirm"): CONFIRM_BUTTON,
    ("confirm", "deny"): CONFIRM_BUTTON,
    ("modal", "title"): VIEW_TITLE,
    ("modal", "submit"): VIEW_TITLE,
    ("modal", "close"): VIEW_TITLE,
    ("option", "text"): OPTION_TEXT,
    ("option", "description"): OPTION_TEXT,
    ("card", "title"): CARD_TITLE,
    ("card", "subtitle"): CARD_TITLE,
    ("card", "body"): CARD_BODY,
    ("container", "title"): CONTAINER_TITLE,
    ("container", "subtitle"): CONTAINER_TITLE,
    ("*", "placeholder"): PLACEHOLDER,
    ("*", "label"): BUTTON_TEXT,
    ("*", "text"): TEXT,
}
_STRINGS: Mapping[tuple[str, str], int] = {
    ("button", "value"): BUTTON_VALUE,
    ("icon_button", "value"): BUTTON_VALUE,
    ("feedback", "value"): BUTTON_VALUE,
    ("option", "value"): OPTION_VALUE,
    ("markdown", "text"): MARKDOWN,
    ("data_visualization", "title"): CHART_TITLE,
    ("chart", "name"): CHART_LABEL,
    ("chart", "label"): CHART_LABEL,
    ("modal", "private_metadata"): METADATA,
    ("home", "private_metadata"): METADATA,
    ("*", "accessibility_label"): BUTTON_LABEL,
    ("*", "alt_text"): ALT_TEXT,
    ("*", "url"): URL,
    ("*", "image_url"): URL,
    ("*", "action_id"): ID,
    ("*", "block_id"): ID,
    ("*", "callback_id"): ID,
    ("*", "external_id"): ID,
    ("*", "initial_value"): INPUT,
}
_LISTS: Mapping[tuple[str, str], int] = {
    ("section", "fields"): FIELDS,
    ("context", "elements"): CONTEXT_ELEMENTS,
    ("context_actions", "elements"): CONTEXT_ACTIONS,
    ("actions", "elements"): ACTIONS,
    ("carousel", "elements"): CAROUSEL,
    ("overflow", "options"): OVERFLOW,
    ("checkboxes", "options"): CHECKBOXES,
    ("radio_buttons", "options"): CHECKBOXES,
    ("table", "rows"): TABLE_ROWS,
    ("data_table", "rows"): DATA_TABLE_ROWS,
    ("chart", "series"): CHART_SERIES,
    ("chart", "data"): CHART_POINTS,
    ("chart", "categories"): CHART_POINTS,
    ("container", "child_blocks"): CONTAINER_BLOCKS,
    ("modal", "blocks"): VIEW_BLOCKS,
    ("home", "blocks"): VIEW_BLOCKS,
    ("message", "blocks"): MESSAGE_BLOCKS,
    ("*", "options"): OPTIONS,
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "image": ("alt_text",),
    "data_table": ("caption",),
    "modal": ("title",),
    "button": ("text", "action_id"),
}
_KEPT = ("message", "confirm", "option", "feedback", "chart")  # what is inside them stays theirs
_PARSED = {"mrkdwn"}  # text objects in which Slack looks for markup


def broken(payload: Mapping[str, object]) -> list[str]:
    """Return every limit that `payload` breaks, a sentence each; [] is a payload that Slack takes.

    `payload` is a message (`text`, `blocks`) or a view (`type` modal or home).
    """
    kind = payload.get("type")
    surface = kind if kind in ("modal", "home") else "message"
    found = list(_walk(payload, str(surface), ""))
    if surface == "message":
        if not payload.get("text"):
            found.append("text: missing")
        if (total := characters(payload)) > MESSAGE_TEXT:
            found.append(f"all text: {total} of {MESSAGE_TEXT} characters")
        charts = sum(block.get("type") == "data_visualization" for block in _blocks(payload))
        if charts > CHARTS:
            found.append(f"charts: {charts} of {CHARTS}")
    ids = [name for block in _blocks(payload) if isinstance(name := block.get("block_id"), str)]
    return found + [f"block_id twice: {name}" for name in {name for name in ids if ids.count(name) > 1}]


def characters(payload: Mapping[str, object]) -> int:
    """Count the characters of all text in a payload, its fallback text included; a data table has a sum of its own."""
    counted = _length_of(payload)
    return counted - sum(_length_of(block) for block in _blocks(payload) if block.get("type") == "data_table")


def texts(node: object) -> list[str]:
    """Return every string that people read: under `text`, wherever it stands, in order. `node` is plain JSON."""
    found: list[str] = []
    _gather(node, found)
    return found


def _gather(node: object, found: list[str]) -> None:
    if type(node) is dict:
        for key, value in node.items():
            if key == "text" and type(value) is str:
                found.append(value)
            else:
                _gather(value, found)
    elif type(node) is list:
        for item in node:
            _gather(item, found)


def _length_of(node: object) -> int:
    """Count the characters of `texts`, in whatever order."""
    # Called on every answer: a loop takes half as long as calls within calls, and exact types, which JSON has, are told
    # apart sooner than abstract ones.
    length = 0
    left = [node]
    while left:
        node = left.pop()
        if type(node) is dict:
            for key, value in node.items():
                if type(value) is str:
                    if key == "text":
                        length += len(value)
                elif type(value) is dict or type(value) is list:
                    left.append(value)
        elif type(node) is list:
            left += node
    return length


def parsed(node: object) -> Iterator[str]:
    """Yield every string in which Slack looks for markup: mrkdwn texts, and a message's fallback text."""
    if isinstance(node, Mapping):
        if isinstance(node.get("text"), str) and (node.get("type") in _PARSED or "type" not in node):
            yield str(node["text"])
        for key, value in node.items():
            if key != "text" or not isinstance(value, str):
                yield from parsed(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for item in node:
            yield from parsed(item)


def _blocks(payload: Mapping[str, object]) -> list[Mapping[str, object]]:
    blocks = payload.get("blocks")
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []


def _walk(node: object, kind: str, path: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        kind = _kind(node, kind)
        yield from (f"{path}: {kind} without {name}" for name in _NEEDED.get(kind, ()) if not node.get(name))
        for key, value in node.items():
            here = f"{path}/{key}"
            yield from _check(kind, key, value, here)
            yield from _walk(value, kind if kind == "chart" else _child(key), here)
        if kind == "data_table":
            yield from _tabled(node, path)
    elif isinstance(node, list):
        for place, item in enumerate(node):
            yield from _walk(item, kind, f"{path}/{place}")


def _kind(node: Mapping[str, object], given: str) -> str:
    told = node.get("type")
    return told if isinstance(told, str) and given not in _KEPT else given


def _child(key: str) -> str:
    names = {
        "confirm": "confirm",
        "options": "option",
        "chart": "chart",
        "positive_button": "feedback",
        "negative_button": "feedback",
    }
    return names.get(key, "*")


def _check(kind: str, key: str, value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        most = _TEXTS.get((kind, key), _TEXTS.get(("*", key), TEXT))
        yield from _length(str(value["text"]), most, path)
        if kind in ("button", "header", "modal", "option") and value.get("type") != "plain_text":
            yield f"{path}: must be plain_text"
    elif isinstance(value, str) and (longest := _STRINGS.get((kind, key), _STRINGS.get(("*", key)))) is not None:
        yield from _length(value, longest, path)
    elif isinstance(value, list):
        longest = _LISTS.get((kind, key), _LISTS.get(("*", key)))
        if longest is not None and len(value) > longest:
            yield f"{path}: {len(value)} of {longest}"
        if (kind, key) in _LISTS and not value and kind != "message":
            yield f"{path}: empty"
        if (kind, key) == ("section", "fields"):
            for place, field in enumerate(value):
                if isinstance(field, Mapping):
                    yield from _length(str(field.get("text", "")), FIELD, f"{path}/{place}")


def _tabled(node: Mapping[str, object], path: str) -> Iterator[str]:
    """Check what holds for a data table as a whole."""
    rows = [row for row in rows if isinstance(row, list)] if isinstance(rows := node.get("rows"), list) else []
    widths = {len(row) for row in rows}
    if len(rows) < DATA_TABLE_LEAST:
        yield f"{path}/rows: {len(rows)} of at least {DATA_TABLE_LEAST}"
    if len(widths) > 1 or max(widths, default=0) > COLUMNS:
        yield f"{path}/rows: {', '.join(map(str, sorted(widths)))} of {COLUMNS} columns"
    if (total := sum(map(len, texts(rows)))) > DATA_TABLE_TEXT:
        yield f"{path}/rows: {total} of {DATA_TABLE_TEXT} characters"


def _length(text: str, most: int, path: str) -> Iterator[str]:
    if not text and not path.endswith("/value"):
        yield f"{path}: empty"
    if len(text) > most:
        yield f"{path}: {len(text)} of {most} characters"

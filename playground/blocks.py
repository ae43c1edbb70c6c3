"""Slack's rules for Block Kit: what a message, a modal or a Home tab may hold, and how long each part may be.

Figures: Slack's Block Kit reference (docs.slack.dev/reference/block-kit), slack_sdk 3.47 and slackblocks 3.0; where
they differ, the smaller holds. The sum of a message's text is from slackapi/bolt-js#2509.
"""

from collections.abc import Mapping
from typing import Final

from playground.refusal import Refusal
from playground.rules import (
    Rule,
    Walk,
    anything,
    boolean,
    by_type,
    every,
    mapping,
    number,
    one_of,
    pick,
    shape,
    string,
)

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_CHARACTERS: Final = 13_200
MARKDOWN_CHARACTERS: Final = 12_000
TABLE_CHARACTERS: Final = 10_000
DATA_TABLE_CHARACTERS: Final = 20_000
CHARTS: Final = 2
URL: Final = ("http://", "https://")
LINK: Final = ("http://", "https://", "mailto:", "tel:", "slack:")


def _text(most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn"), least: int = 1) -> Rule:
    """Return the rule for a text object of one of `kinds`."""
    plain = shape(
        {"type": anything, "text": string(most, least)},
        {"emoji": boolean},
    )
    marked = shape(
        {"type": anything, "text": string(most, least)},
        {"verbatim": boolean},
    )
    known = {"plain_text": plain, "mrkdwn": marked}

    def check(value: object, pointer: str, walk: Walk) -> None:
        by_type(pick(known, kinds), "text")(value, pointer, walk)
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            walk.characters += len(value["text"])

    return check


def _plain(most: int, least: int = 1) -> Rule:
    return _text(most, ("plain_text",), least)


ID: Final = string(255, 1)
_TYPE: Final[Mapping[str, Rule]] = {"type": anything}
_CONFIRM: Final = shape(
    {"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)},
    {"style": one_of("primary", "danger")},
)
_OPTION: Final = shape({"text": _plain(75), "value": string(150, 1)}, {"description": _plain(75)})
_MARKED_OPTION: Final = shape({"text": _text(75), "value": string(150, 1)}, {"description": _text(75)})
_LINKED_OPTION: Final = shape(
    {"text": _plain(75), "value": string(150, 1)}, {"description": _plain(75), "url": string(3000, 1, LINK)}
)
_GROUP: Final = shape({"label": _plain(75), "options": every(_OPTION, 100, 1, "options")})
_PLACEHOLDER: Final = _plain(150)
_SLACK_FILE: Final = shape({}, {"id": string(), "url": string()})
_DISPATCH: Final = shape({}, {"trigger_actions_on": every(one_of("on_enter_pressed", "on_character_entered"), 2, 1)})
_FILTER: Final = shape(
    {},
    {
        "include": every(one_of("im", "mpim", "private", "public"), 4, 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_PEOPLE: Final = every(string(None, 1), 10, 0, "users")


def _either(*names: str) -> Rule:
    """Return the rule that exactly one of the fields `names` is there."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if isinstance(value, dict) and sum(value.get(name) is not None for name in names) != 1:
            walk.complain(f"must have exactly one of {', '.join(names)}", pointer)

    return check


def _some(*names: str) -> Rule:
    """Return the rule that at least one of the fields `names` is there."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            walk.complain(f"must have one of {', '.join(names)}", pointer)

    return check


def _only_in(*surfaces: str) -> Rule:
    """Return the rule that the surface is one of `surfaces`."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if walk.surface not in surfaces:
            kind = value.get("type") if isinstance(value, dict) else None
            walk.complain(f"{kind} is not allowed in a {walk.surface}", pointer)

    return check


_IMAGE_FIELDS: Final[Mapping[str, Rule]] = {"image_url": string(3000, 1, URL), "slack_file": _SLACK_FILE}
_IMAGE_ELEMENT: Final = shape({**_TYPE, "alt_text": string(2000, 1)}, _IMAGE_FIELDS, _either("image_url", "slack_file"))
_CHOICE: Final[Mapping[str, Rule]] = {
    "action_id": ID,
    "placeholder": _PLACEHOLDER,
    "confirm": _CONFIRM,
    "focus_on_load": boolean,
}
_STATIC: Final[Mapping[str, Rule]] = {
    "options": every(_OPTION, 100, 1, "options"),
    "option_groups": every(_GROUP, 100, 1, "option groups"),
}
_MANY: Final[Mapping[str, Rule]] = {"max_selected_items": number(1)}
_TYPED: Final[Mapping[str, Rule]] = {
    "action_id": ID,
    "placeholder": _PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": _DISPATCH,
}
_FEEDBACK: Final = shape({"text": _plain(75), "value": string(2000, 1)}, {"accessibility_label": string(75)})
_BUTTON: Final = shape(
    {**_TYPE, "text": _plain(75)},
    {
        "action_id": ID,
        "url": string(3000, 1, LINK),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000, 1),
        "agent_prompt_display": one_of("prompt", "text"),
        "visible_to_user_ids": _PEOPLE,
    },
)

ELEMENTS: Final[Mapping[str, Rule]] = {
    "button": _BUTTON,
    "image": _IMAGE_ELEMENT,
    "overflow": shape(
        {**_TYPE, "options": every(_LINKED_OPTION, 5, 1, "options")}, {"action_id": ID, "confirm": _CONFIRM}
    ),
    "static_select": shape(
        _TYPE, {**_CHOICE, **_STATIC, "initial_option": _OPTION}, _either("options", "option_groups")
    ),
    "multi_static_select": shape(
        _TYPE,
        {**_CHOICE, **_STATIC, **_MANY, "initial_options": every(_OPTION, 100, 1)},
        _either("options", "option_groups"),
    ),
    "external_select": shape(_TYPE, {**_CHOICE, "initial_option": _OPTION, "min_query_length": number(0)}),
    "multi_external_select": shape(
        _TYPE,
        {**_CHOICE, **_MANY, "initial_options": every(_OPTION, 100, 1), "min_query_length": number(0)},
    ),
    "users_select": shape(_TYPE, {**_CHOICE, "initial_user": string()}),
    "multi_users_select": shape(_TYPE, {**_CHOICE, **_MANY, "initial_users": every(string())}),
    "conversations_select": shape(
        _TYPE,
        {
            **_CHOICE,
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _FILTER,
        },
    ),
    "multi_conversations_select": shape(
        _TYPE,
        {
            **_CHOICE,
            **_MANY,
            "initial_conversations": every(string()),
            "default_to_current_conversation": boolean,
            "filter": _FILTER,
        },
    ),
    "channels_select": shape(_TYPE, {**_CHOICE, "initial_channel": string(), "response_url_enabled": boolean}),
    "multi_channels_select": shape(_TYPE, {**_CHOICE, **_MANY, "initial_channels": every(string())}),
    "checkboxes": shape(
        {**_TYPE, "options": every(_MARKED_OPTION, 10, 1, "options")},
        {
            "action_id": ID,
            "initial_options": every(_MARKED_OPTION, 10, 1),
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
    ),
    "radio_buttons": shape(
        {**_TYPE, "options": every(_MARKED_OPTION, 10, 1, "options")},
        {"action_id": ID, "initial_option": _MARKED_OPTION, "confirm": _CONFIRM, "focus_on_load": boolean},
    ),
    "datepicker": shape(_TYPE, {**_CHOICE, "initial_date": string(10, 10)}),
    "timepicker": shape(_TYPE, {**_CHOICE, "initial_time": string(5, 5), "timezone": string()}),
    "datetimepicker": shape(
        _TYPE,
        {"action_id": ID, "initial_date_time": number(0), "confirm": _CONFIRM, "focus_on_load": boolean},
    ),
    "plain_text_input": shape(
        _TYPE,
        {
            **_TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "email_text_input": shape(_TYPE, {**_TYPED, "initial_value": string()}),
    "url_text_input": shape(_TYPE, {**_TYPED, "initial_value": string()}),
    "number_input": shape(
        {**_TYPE, "is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(), "min_value": string(), "max_value": string()},
    ),
    "rich_text_input": shape(
        _TYPE, {**_TYPED, "initial_value": anything, "min_lines": number(1, 100), "max_lines": number(1, 100)}
    ),
    "file_input": shape(
        _TYPE, {"action_id": ID, "filetypes": every(string(None, 1)), "max_files": number(1, 10)}, _only_in("modal")
    ),
    "feedback_buttons": shape({**_TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}),
    "icon_button": shape(
        {**_TYPE, "icon": one_of("trash"), "text": _plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": _PEOPLE,
        },
    ),
    "workflow_button": shape(
        {**_TYPE, "text": _plain(75), "workflow": mapping},
        {"action_id": ID, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}
_INPUTS: Final = tuple(
    kind
    for kind in ELEMENTS
    if kind not in ("button", "image", "overflow", "feedback_buttons", "icon_button", "workflow_button")
)
_IN_ACTIONS: Final = tuple(
    kind
    for kind in ELEMENTS
    if kind not in ("image", "feedback_buttons", "icon_button", "file_input", "plain_text_input", "number_input")
    and not kind.endswith(("_text_input", "rich_text_input"))
)
_IN_SECTION: Final = (*_IN_ACTIONS, "image")

_STYLE: Final = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: Final[Mapping[str, Rule]] = {"style": _STYLE}


def _spoken(value: object, pointer: str, walk: Walk) -> None:  # noqa: ARG001  # a Rule takes all three
    """Count the text of a rich text element against the message's sum."""
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        walk.characters += len(value["text"])


_RICH: Final = by_type(
    {
        "text": shape({**_TYPE, "text": string(None, 1)}, _STYLED, _spoken),
        "link": shape({**_TYPE, "url": string(3000, 1)}, {**_STYLED, "text": string(), "unsafe": boolean}, _spoken),
        "emoji": shape({**_TYPE, "name": string(None, 1)}, {**_STYLED, "unicode": string(), "skin_tone": number(2, 6)}),
        "user": shape({**_TYPE, "user_id": string(None, 1)}, _STYLED),
        "usergroup": shape({**_TYPE, "usergroup_id": string(None, 1)}, _STYLED),
        "channel": shape({**_TYPE, "channel_id": string(None, 1)}, _STYLED),
        "team": shape({**_TYPE, "team_id": string(None, 1)}, _STYLED),
        "broadcast": shape({**_TYPE, "range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": shape({**_TYPE, "value": string(7, 4, ("#",))}, _STYLED),
        "date": shape(
            {**_TYPE, "timestamp": number(0), "format": string(None, 1)},
            {**_STYLED, "url": string(), "fallback": string()},
        ),
    },
    "rich text element",
)
_RICH_SECTION: Final = shape({**_TYPE, "elements": every(_RICH)})
_BORDER: Final[Mapping[str, Rule]] = {"border": number(0, 1)}
_RICH_PARTS: Final = by_type(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_preformatted": shape({**_TYPE, "elements": every(_RICH)}, {**_BORDER, "language": string()}),
        "rich_text_quote": shape({**_TYPE, "elements": every(_RICH)}, _BORDER),
        "rich_text_list": shape(
            {
                **_TYPE,
                "style": one_of("bullet", "ordered"),
                "elements": every(by_type({"rich_text_section": _RICH_SECTION}, "list element"), None, 1),
            },
            {**_BORDER, "indent": number(0, 8), "offset": number(0)},
        ),
    },
    "rich text",
)
_RICH_TEXT: Final = shape({**_TYPE, "elements": every(_RICH_PARTS, None, 1)}, {"block_id": ID})


def _cells(*kinds: str) -> Rule:
    known: Mapping[str, Rule] = {
        "raw_text": shape({**_TYPE, "text": string(None, 1)}),
        "raw_number": shape({**_TYPE, "value": number(whole=False), "text": string(None, 1)}),
        "rich_text": _RICH_TEXT,
    }
    return by_type(pick(known, kinds), "cell")


def _length(value: object) -> int:
    """Return how many characters of text a JSON value holds."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else _length(inner) for name, inner in value.items()
        )
    return sum(map(_length, value)) if isinstance(value, list) else 0


def _table(value: object, pointer: str, walk: Walk) -> None:
    """Check what a plain table holds in all; its text has its own sum."""
    rows = value.get("rows") if isinstance(value, dict) else None
    walk.tables += 1
    if walk.tables > 1:
        walk.complain("only one table allowed", pointer)
    if _length(rows) > TABLE_CHARACTERS:
        walk.complain(f"must be less than {TABLE_CHARACTERS + 1} characters", f"{pointer}/rows")


def _data_table(value: object, pointer: str, walk: Walk) -> None:
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


def _uncounted(rule: Rule) -> Rule:
    """Return `rule` for a block whose text has its own sum."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        before = walk.characters
        rule(value, pointer, walk)
        walk.characters = before

    return check


def _markdown(value: object, pointer: str, walk: Walk) -> None:
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


def _unique_actions(value: object, pointer: str, walk: Walk) -> None:
    """Check that no two elements of a block share an action_id."""
    elements = value.get("elements") if isinstance(value, dict) else None
    if not isinstance(elements, list):
        return
    ids = [element.get("action_id") for element in elements if isinstance(element, dict)]
    for place, action_id in enumerate(ids):
        if action_id is not None and action_id in ids[:place]:
            walk.complain(f"`action_id` `{action_id}` already exists", f"{pointer}/elements/{place}")


def _collapsing(value: object, pointer: str, walk: Walk) -> None:
    """Check a container's flags against each other."""
    if not isinstance(value, dict):
        return
    if value.get("is_collapsible") and value.get("has_header_divider"):
        walk.complain("has_header_divider cannot be set when is_collapsible is true", pointer)
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        walk.complain("default_collapsed requires is_collapsible", pointer)


def _chart(value: object, pointer: str, walk: Walk) -> None:  # noqa: ARG001  # a Rule takes all three
    walk.charts += 1
    if walk.charts > CHARTS:
        walk.complain(f"no more than {CHARTS} charts allowed", pointer)


def _nested(value: object, pointer: str, walk: Walk) -> None:
    """Check a block inside a container: any but another wrapper."""
    kinds = {kind: rule for kind, rule in BLOCKS.items() if kind not in ("container", "carousel", "input", "alert")}
    by_type(kinds, "block")(value, pointer, walk)


_POINT: Final = shape({"label": string(20, 1), "value": number(whole=False)})
_SERIES: Final = shape({"name": string(20, 1), "data": every(_POINT, 20, 1)})
_AXES: Final = shape({"categories": every(string(20, 1), 20, 1)}, {"x_label": string(50), "y_label": string(50)})
_CHARTED: Final = shape({**_TYPE, "series": every(_SERIES, 6, 1), "axis_config": _AXES})
_TASK: Final = shape(
    {
        **_TYPE,
        "task_id": string(None, 1),
        "title": string(None, 1),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {
        "block_id": ID,
        "details": _RICH_TEXT,
        "output": _RICH_TEXT,
        "sources": every(shape({**_TYPE, "url": string(3000, 1, LINK), "text": string(None, 1)})),
    },
)
_CARD: Final = shape(
    _TYPE,
    {
        "block_id": ID,
        "hero_image": _IMAGE_ELEMENT,
        "icon": _IMAGE_ELEMENT,
        "title": _text(150),
        "subtitle": _text(150),
        "body": _text(200),
        "subtext": _text(200),
        "actions": every(_BUTTON, 3, 1, "actions"),
    },
    _some("hero_image", "title", "actions", "body"),
)
_NAMED: Final[Mapping[str, Rule]] = {"block_id": ID}

BLOCKS: Final[Mapping[str, Rule]] = {
    "section": shape(
        _TYPE,
        {
            **_NAMED,
            "text": _text(3000),
            "fields": every(_text(2000), 10, 1, "fields"),
            "accessory": by_type(pick(ELEMENTS, _IN_SECTION), "element"),
            "expand": boolean,
        },
        _some("text", "fields"),
    ),
    "header": shape({**_TYPE, "text": _plain(150)}, {**_NAMED, "level": number(1, 4)}),
    "divider": shape(_TYPE, _NAMED),
    "context": shape(
        {
            **_TYPE,
            "elements": every(
                by_type({"image": _IMAGE_ELEMENT, "plain_text": _plain(3000), "mrkdwn": _text(3000)}, "element"),
                10,
                1,
                "elements",
            ),
        },
        _NAMED,
    ),
    "actions": shape(
        {**_TYPE, "elements": every(by_type(pick(ELEMENTS, _IN_ACTIONS), "element"), 25, 1, "elements")},
        _NAMED,
        _unique_actions,
    ),
    "context_actions": shape(
        {
            **_TYPE,
            "elements": every(
                by_type(pick(ELEMENTS, ("feedback_buttons", "icon_button")), "element"), 5, 1, "elements"
            ),
        },
        _NAMED,
        _only_in("message"),
        _unique_actions,
    ),
    "input": shape(
        {**_TYPE, "label": _plain(2000), "element": by_type(pick(ELEMENTS, _INPUTS), "element")},
        {**_NAMED, "hint": _plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": shape(
        {**_TYPE, "alt_text": string(2000, 1)},
        {**_NAMED, **_IMAGE_FIELDS, "title": _plain(2000)},
        _either("image_url", "slack_file"),
    ),
    "video": shape(
        {
            **_TYPE,
            "alt_text": string(2000, 1),
            "title": _plain(200),
            "thumbnail_url": string(3000, 1, URL),
            "video_url": string(3000, 1, ("https://",)),
        },
        {
            **_NAMED,
            "author_name": string(50),
            "description": _plain(200),
            "provider_icon_url": string(2000, 1, URL),
            "provider_name": string(50),
            "title_url": string(2000, 1, URL),
        },
    ),
    "rich_text": _RICH_TEXT,
    "markdown": shape({**_TYPE, "text": string(12_000, 1)}, _NAMED, _only_in("message"), _markdown),
    "table": _uncounted(
        shape(
            {
                **_TYPE,
                "rows": every(every(_cells("raw_text", "raw_number", "rich_text"), 20, 1, "cells"), 100, 1, "rows"),
            },
            {
                **_NAMED,
                "column_settings": every(
                    shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}), 20
                ),
            },
            _only_in("message"),
            _table,
        )
    ),
    "data_table": _uncounted(
        shape(
            {
                **_TYPE,
                "caption": string(None, 1),
                "rows": every(every(_cells("raw_text", "raw_number", "rich_text"), 20, 1, "cells"), 101, 2, "rows"),
            },
            {**_NAMED, "page_size": number(1, 100), "row_header_column_index": number(0, 19)},
            _only_in("message"),
            _data_table,
        )
    ),
    "data_visualization": shape(
        {
            **_TYPE,
            "title": string(50, 1),
            "chart": by_type(
                {
                    "line": _CHARTED,
                    "bar": _CHARTED,
                    "area": _CHARTED,
                    "pie": shape({**_TYPE, "segments": every(_POINT, 6, 1, "segments")}),
                },
                "chart",
            ),
        },
        _NAMED,
        _only_in("message"),
        _chart,
    ),
    "alert": shape(
        {**_TYPE, "text": _text(200)},
        {**_NAMED, "level": one_of("default", "info", "warning", "error", "success")},
        _only_in("modal"),
    ),
    "card": _CARD,
    "carousel": shape({**_TYPE, "elements": every(by_type({"card": _CARD}, "card"), 10, 1, "cards")}, _NAMED),
    "container": shape(
        {**_TYPE, "child_blocks": every(_nested, 10, 1, "blocks")},
        {
            **_NAMED,
            "title": _plain(150),
            "rich_text_title": _RICH_TEXT,
            "subtitle": _text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": _IMAGE_ELEMENT,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        _some("title", "rich_text_title"),
        _collapsing,
    ),
    "task_card": _TASK,
    "plan": shape(
        {**_TYPE, "title": string(None, 1)},
        {**_NAMED, "tasks": every(by_type({"task_card": _TASK}, "task"), 50, 0, "tasks")},
    ),
}


def _block(value: object, pointer: str, walk: Walk) -> None:
    """Check one block, and that its block_id is its own."""
    by_type(BLOCKS, "block")(value, pointer, walk)
    walk.pieces += 1
    block_id = value.get("block_id") if isinstance(value, dict) else None
    if isinstance(block_id, str):
        if block_id in walk.block_ids:
            walk.complain(f"`block_id` `{block_id}` already exists", pointer)
        walk.block_ids.add(block_id)


def complaints(blocks: object, surface: str = "message") -> list[str]:
    """Return every reason why Slack would refuse `blocks` on `surface` (message, modal or home)."""
    walk = Walk(surface)
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    every(_block, most, 0, "blocks")(blocks, "/blocks", walk)
    if surface == "message" and walk.pieces > most and not walk.complaints:
        walk.complain(f"no more than {most} items allowed once markdown is expanded", "/blocks")
    return walk.complaints


def check(blocks: object, surface: str = "message") -> None:
    """Refuse `blocks` as Slack does: Refusal `invalid_blocks` with reasons, or `msg_blocks_too_long`."""
    found = complaints(blocks, surface)
    if found:
        raise Refusal("invalid_blocks", found)
    if surface == "message" and characters(blocks) > MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def characters(blocks: object) -> int:
    """Return how many characters of text `blocks` bring to the sum that Slack limits."""
    walk = Walk("message")
    every(_block)(blocks, "/blocks", walk)
    return walk.characters


_VIEW: Final[Mapping[str, Rule]] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_MODAL: Final = shape(
    {**_TYPE, "title": _plain(24), "blocks": anything},
    {
        **_VIEW,
        "close": _plain(24),
        "submit": _plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME: Final = shape({**_TYPE, "blocks": anything}, _VIEW)


def check_view(view: object, kind: str) -> None:
    """Refuse a view as Slack does (`invalid_arguments` with reasons). `kind` is modal or home."""
    walk = Walk(kind)
    by_type({"modal": _MODAL} if kind == "modal" else {"home": _HOME}, "view")(view, "/view", walk)
    if isinstance(view, dict):
        every(_block, VIEW_BLOCKS, 0, "blocks")(view.get("blocks"), "/view/blocks", walk)
        blocks = view.get("blocks")
        inputs = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
        if kind == "modal" and inputs and view.get("submit") is None:
            walk.complain("missing required field: submit", "/view")
    if walk.complaints:
        raise Refusal("invalid_arguments", walk.complaints)


_OFFERED: Final = shape(
    {}, {"options": every(_OPTION, 100, 0, "options"), "option_groups": every(_GROUP, 100, 0, "option groups")}
)


def check_options(said: object) -> None:
    """Refuse what answers a select's type-ahead as Slack does (`invalid_arguments` with reasons)."""
    walk = Walk("options")
    _OFFERED(said, "", walk)
    if walk.complaints:
        raise Refusal("invalid_arguments", walk.complaints)

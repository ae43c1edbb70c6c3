"""Slack's rules for Block Kit: what a message, a modal or a Home tab may hold, and how long each part may be.

Figures: Slack's Block Kit reference (docs.slack.dev/reference/block-kit), slack_sdk 3.47 and slackblocks 3.0; where
they differ, the smaller holds. The sum of a message's text is from slackapi/bolt-js#2509.
"""

from collections.abc import Mapping
from typing import Final

from playground.elements import (
    ELEMENTS,
    IMAGE_ELEMENT,
    IMAGE_FIELDS,
    IN_ACTIONS,
    IN_SECTION,
    INPUTS,
    TYPE,
    URL,
    either,
    only_in,
    plain,
    some,
    text,
)
from playground.refusal import Refusal
from playground.rich import RICH_TEXT
from playground.rules import (
    Rule,
    Walk,
    boolean,
    by_type,
    every,
    number,
    one_of,
    pick,
    shape,
    string,
)
from playground.wholes import (
    CARD,
    CHARTED,
    NAMED,
    POINT,
    TASK,
    cells,
    chart,
    collapsing,
    data_table,
    markdown,
    table,
    uncounted,
    unique_actions,
)

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_CHARACTERS: Final = 13_200


def _nested(value: object, pointer: str, walk: Walk) -> None:
    """Check a block inside a container: any but another wrapper."""
    kinds = {kind: rule for kind, rule in BLOCKS.items() if kind not in ("container", "carousel", "input", "alert")}
    by_type(kinds, "block")(value, pointer, walk)


BLOCKS: Final[Mapping[str, Rule]] = {
    "section": shape(
        TYPE,
        {
            **NAMED,
            "text": text(3000),
            "fields": every(text(2000), 10, 1, "fields"),
            "accessory": by_type(pick(ELEMENTS, IN_SECTION), "element"),
            "expand": boolean,
        },
        some("text", "fields"),
    ),
    "header": shape({**TYPE, "text": plain(150)}, {**NAMED, "level": number(1, 4)}),
    "divider": shape(TYPE, NAMED),
    "context": shape(
        {
            **TYPE,
            "elements": every(
                by_type({"image": IMAGE_ELEMENT, "plain_text": plain(3000), "mrkdwn": text(3000)}, "element"),
                10,
                1,
                "elements",
            ),
        },
        NAMED,
    ),
    "actions": shape(
        {**TYPE, "elements": every(by_type(pick(ELEMENTS, IN_ACTIONS), "element"), 25, 1, "elements")},
        NAMED,
        unique_actions,
    ),
    "context_actions": shape(
        {
            **TYPE,
            "elements": every(
                by_type(pick(ELEMENTS, ("feedback_buttons", "icon_button")), "element"), 5, 1, "elements"
            ),
        },
        NAMED,
        only_in("message"),
        unique_actions,
    ),
    "input": shape(
        {**TYPE, "label": plain(2000), "element": by_type(pick(ELEMENTS, INPUTS), "element")},
        {**NAMED, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": shape(
        {**TYPE, "alt_text": string(2000, 1)},
        {**NAMED, **IMAGE_FIELDS, "title": plain(2000)},
        either("image_url", "slack_file"),
    ),
    "video": shape(
        {
            **TYPE,
            "alt_text": string(2000, 1),
            "title": plain(200),
            "thumbnail_url": string(3000, 1, URL),
            "video_url": string(3000, 1, ("https://",)),
        },
        {
            **NAMED,
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": string(2000, 1, URL),
            "provider_name": string(50),
            "title_url": string(2000, 1, URL),
        },
    ),
    "rich_text": RICH_TEXT,
    "markdown": shape({**TYPE, "text": string(12_000, 1)}, NAMED, only_in("message"), markdown),
    "table": uncounted(
        shape(
            {
                **TYPE,
                "rows": every(every(cells("raw_text", "raw_number", "rich_text"), 20, 1, "cells"), 100, 1, "rows"),
            },
            {
                **NAMED,
                "column_settings": every(
                    shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}), 20
                ),
            },
            only_in("message"),
            table,
        )
    ),
    "data_table": uncounted(
        shape(
            {
                **TYPE,
                "caption": string(None, 1),
                "rows": every(every(cells("raw_text", "raw_number", "rich_text"), 20, 1, "cells"), 101, 2, "rows"),
            },
            {**NAMED, "page_size": number(1, 100), "row_header_column_index": number(0, 19)},
            only_in("message"),
            data_table,
        )
    ),
    "data_visualization": shape(
        {
            **TYPE,
            "title": string(50, 1),
            "chart": by_type(
                {
                    "line": CHARTED,
                    "bar": CHARTED,
                    "area": CHARTED,
                    "pie": shape({**TYPE, "segments": every(POINT, 6, 1, "segments")}),
                },
                "chart",
            ),
        },
        NAMED,
        only_in("message"),
        chart,
    ),
    "alert": shape(
        {**TYPE, "text": text(200)},
        {**NAMED, "level": one_of("default", "info", "warning", "error", "success")},
        only_in("modal"),
    ),
    "card": CARD,
    "carousel": shape({**TYPE, "elements": every(by_type({"card": CARD}, "card"), 10, 1, "cards")}, NAMED),
    "container": shape(
        {**TYPE, "child_blocks": every(_nested, 10, 1, "blocks")},
        {
            **NAMED,
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": IMAGE_ELEMENT,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        some("title", "rich_text_title"),
        collapsing,
    ),
    "task_card": TASK,
    "plan": shape(
        {**TYPE, "title": string(None, 1)},
        {**NAMED, "tasks": every(by_type({"task_card": TASK}, "task"), 50, 0, "tasks")},
    ),
}


def block(value: object, pointer: str, walk: Walk) -> None:
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
    every(block, most, 0, "blocks")(blocks, "/blocks", walk)
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
    every(block)(blocks, "/blocks", walk)
    return walk.characters

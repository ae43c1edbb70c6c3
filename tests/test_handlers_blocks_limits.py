"""The limits walker finds what Slack would refuse, by numbers that an independent table shares."""

import pytest
import slackblocks._limits as independent

from handlers.blocks import limits
from handlers.blocks.limits import broken

# ours -> slackblocks'; the smaller wins
SHARED = {
    "MESSAGE_BLOCKS": "MESSAGE_BLOCKS_MAX_ITEMS",
    "VIEW_BLOCKS": "VIEW_BLOCKS_MAX_ITEMS",
    "TEXT": "SECTION_TEXT_MAX_LENGTH",
    "FIELD": "SECTION_FIELDS_ITEM_MAX_LENGTH",
    "FIELDS": "SECTION_FIELDS_MAX_ITEMS",
    "HEADER": "HEADER_TEXT_MAX_LENGTH",
    "CONTEXT_ELEMENTS": "CONTEXT_ELEMENTS_MAX_ITEMS",
    "CONTEXT_ACTIONS": "CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS",
    "ACTIONS": "ACTIONS_ELEMENTS_MAX_ITEMS",
    "BUTTON_TEXT": "BUTTON_TEXT_MAX_LENGTH",
    "BUTTON_VALUE": "BUTTON_VALUE_MAX_LENGTH",
    "BUTTON_LABEL": "BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH",
    "URL": "BUTTON_URL_MAX_LENGTH",
    "ID": "BLOCK_ID_MAX_LENGTH",
    "OPTIONS": "SELECT_OPTIONS_MAX_ITEMS",
    "OPTION_TEXT": "OPTION_TEXT_MAX_LENGTH",
    "OPTION_VALUE": "OPTION_VALUE_MAX_LENGTH",
    "OVERFLOW": "OVERFLOW_OPTIONS_MAX_ITEMS",
    "CHECKBOXES": "CHECKBOXES_OPTIONS_MAX_ITEMS",
    "PLACEHOLDER": "SELECT_PLACEHOLDER_MAX_LENGTH",
    "LABEL": "INPUT_LABEL_MAX_LENGTH",
    "INPUT": "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX",
    "ALT_TEXT": "IMAGE_ALT_TEXT_MAX_LENGTH",
    "CONFIRM_TITLE": "CONFIRMATION_TITLE_MAX_LENGTH",
    "CONFIRM_TEXT": "CONFIRMATION_TEXT_MAX_LENGTH",
    "CONFIRM_BUTTON": "CONFIRMATION_CONFIRM_MAX_LENGTH",
    "VIEW_TITLE": "VIEW_TITLE_MAX_LENGTH",
    "METADATA": "VIEW_PRIVATE_METADATA_MAX_LENGTH",
    "MARKDOWN": "MARKDOWN_TEXT_MAX_LENGTH",
    "TABLE_ROWS": "TABLE_ROWS_MAX_ITEMS",
    "DATA_TABLE_ROWS": "DATA_TABLE_ROWS_MAX_ITEMS",
    "COLUMNS": "TABLE_COLUMNS_MAX_ITEMS",
    "DATA_TABLE_TEXT": "DATA_TABLE_TOTAL_CONTENT_MAX_LENGTH",
    "DATA_TABLE_LEAST": "DATA_TABLE_ROWS_MIN_ITEMS",
    "CHARTS": "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS",
    "CHART_TITLE": "DATA_VISUALIZATION_TITLE_MAX_LENGTH",
    "CHART_SERIES": "DATA_VISUALIZATION_SERIES_MAX_ITEMS",
    "CHART_POINTS": "DATA_VISUALIZATION_DATA_MAX_ITEMS",
    "CHART_LABEL": "DATA_VISUALIZATION_POINT_LABEL_MAX_LENGTH",
    "CARD_TITLE": "CARD_TITLE_MAX_LENGTH",
    "CARD_BODY": "CARD_BODY_MAX_LENGTH",
    "CONTAINER_TITLE": "CONTAINER_TITLE_MAX_LENGTH",
    "CONTAINER_BLOCKS": "CONTAINER_CHILD_BLOCKS_MAX_ITEMS",
    "CAROUSEL": "CAROUSEL_ELEMENTS_MAX_ITEMS",
}


@pytest.mark.parametrize(("ours", "theirs"), SHARED.items())
def test_no_limit_of_ours_is_above_the_independent_table(ours: str, theirs: str) -> None:
    assert getattr(limits, ours) <= getattr(independent, theirs)


def test_every_limit_of_ours_is_checked_against_the_table() -> None:
    named = {
        name
        for name, value in vars(limits).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int)
    }
    assert named - set(SHARED) == {"MESSAGE_TEXT"}  # Slack documents no sum; its source stands in the module


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text}


def button(**more: object) -> dict[str, object]:
    return {"type": "button", "action_id": "a", "text": plain("go"), **more}


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def table(rows: list[list[str]]) -> dict[str, object]:
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    return {"type": "data_table", "caption": "c", "rows": cells}


def chart(title: str, label: str = "a") -> dict[str, object]:
    made: dict[str, object] = {"series": [{"name": "n", "data": [{"label": label, "value": 1}]}]}
    return {"type": "data_visualization", "title": title, "chart": {"type": "bar", **made}}


BROKEN = [
    ({"text": "", "blocks": []}, "text: missing"),
    ({"text": "t", "blocks": [section("x" * 3001)]}, "/blocks/0/text: 3001 of 3000 characters"),
    ({"text": "t", "blocks": [section("x")] * 51}, "/blocks: 51 of 50"),
    ({"text": "t", "blocks": [section("x" * 2900)] * 4}, "all text: 11601 of 10000 characters"),
    ({"text": "t", "blocks": [{"type": "header", "text": plain("x" * 151)}]}, "/blocks/0/text: 151 of 150 characters"),
    ({"text": "t", "blocks": [{"type": "actions", "elements": [button()] * 26}]}, "/blocks/0/elements: 26 of 25"),
    ({"text": "t", "blocks": [{"type": "actions", "elements": []}]}, "/blocks/0/elements: empty"),
    (
        {"text": "t", "blocks": [{"type": "actions", "elements": [button(value="x" * 2001)]}]},
        "/blocks/0/elements/0/value: 2001 of 2000 characters",
    ),
    (
        {"text": "t", "blocks": [{"type": "actions", "elements": [button(text=plain("x" * 76))]}]},
        "/blocks/0/elements/0/text: 76 of 75 characters",
    ),
    (
        {"text": "t", "blocks": [{"type": "actions", "elements": [button(text={"type": "mrkdwn", "text": "x"})]}]},
        "/blocks/0/elements/0/text: must be plain_text",
    ),
    (
        {"text": "t", "blocks": [{"type": "section", "fields": [plain("x" * 2001)]}]},
        "/blocks/0/fields/0: 2001 of 2000 characters",
    ),
    (
        {"text": "t", "blocks": [{"type": "image", "image_url": "https://example.com/a.png"}]},
        "/blocks/0: image without alt_text",
    ),
    (
        {"text": "t", "blocks": [section("a") | {"block_id": "b"}, section("c") | {"block_id": "b"}]},
        "block_id twice: b",
    ),
    ({"text": "t", "blocks": [table([["a"]])]}, "/blocks/0/rows: 1 of at least 2"),
    ({"text": "t", "blocks": [table([["a"], ["b", "c"]])]}, "/blocks/0/rows: 1, 2 of 20 columns"),
    ({"text": "t", "blocks": [table([["x" * 10_001]] * 2)]}, "/blocks/0/rows: 20002 of 20000 characters"),
    ({"text": "t", "blocks": [table([["a"]] * 102)]}, "/blocks/0/rows: 102 of 101"),
    ({"text": "t", "blocks": [chart("x" * 51)]}, "/blocks/0/title: 51 of 50 characters"),
    ({"text": "t", "blocks": [chart("x", "y" * 21)]}, "/blocks/0/chart/series/0/data/0/label: 21 of 20 characters"),
    ({"text": "t", "blocks": [chart("x")] * 3}, "charts: 3 of 2"),
    ({"type": "modal", "title": plain("x" * 25), "blocks": [section("a")]}, "/title: 25 of 24 characters"),
    ({"type": "modal", "title": plain("x"), "blocks": [section("a")] * 101}, "/blocks: 101 of 100"),
]


@pytest.mark.parametrize(("payload", "sentence"), BROKEN)
def test_a_broken_limit_is_named_with_its_place(payload: dict[str, object], sentence: str) -> None:
    assert sentence in broken(payload)


def test_a_sound_payload_breaks_nothing() -> None:
    row = {"type": "actions", "elements": [button(value="x" * 2000)]}
    assert broken({"text": "t", "blocks": [section("x" * 3000), row]}) == []

"""The walker over Block Kit knows Slack's limits and fields, and says where a payload passes them."""

import contextlib
from typing import Any

import pytest
from hypothesis import strategies as st
from slackblocks import _limits

from playground import blocks, wholes
from playground.blocks import characters, check, complaints
from playground.refusal import Refusal
from playground.views import check_view
from tests.sampling import sampled

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x") -> Json:
    return {"type": "section", "text": marked(text)}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": plain("Next"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


OPTION = {"text": plain("One"), "value": "1"}
TABLE = {"type": "data_table", "caption": "Who asked", "rows": [[cell("Name")], [cell("Ada")]]}
CONTAINER = {"type": "container", "title": plain("Turn"), "child_blocks": [section()], "is_collapsible": True}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "f",
    "positive_button": {"text": plain("Good"), "value": "1"},
    "negative_button": {"text": plain("Bad"), "value": "0"},
}

GOOD: list[Json] = [
    section("x" * 3000),
    {"type": "section", "fields": [marked("x" * 2000)] * 2},
    {"type": "section", "text": marked("x"), "accessory": {"type": "overflow", "action_id": "o", "options": [OPTION]}},
    {"type": "header", "text": plain("x" * 150), "level": 2},
    {"type": "divider", "block_id": "d"},
    {"type": "context", "elements": [marked("x"), {"type": "image", "image_url": "https://a.b/c", "alt_text": "c"}]},
    actions(button(style="primary"), button(action_id="b", url="https://a.b", value="v" * 2000)),
    actions({"type": "static_select", "action_id": "s", "placeholder": plain("Pick"), "options": [OPTION] * 100}),
    {"type": "image", "image_url": "https://a.b/c.png", "alt_text": "c"},
    rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
    {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]}]},
    {"type": "markdown", "text": "**x**"},
    {
        "type": "table",
        "rows": [[cell("a"), rich({"type": "text", "text": "b"})]],
        "column_settings": [{"align": "right"}],
    },
    TABLE,
    {"type": "context_actions", "elements": [FEEDBACK]},
    CONTAINER,
    {"type": "card", "title": marked("Q3"), "body": marked("x"), "actions": [button()]},
    {"type": "carousel", "elements": [{"type": "card", "title": marked("Q3")}]},
    {
        "type": "plan",
        "title": "Reading",
        "tasks": [{"type": "task_card", "task_id": "1", "title": "x", "status": "complete"}],
    },
    {
        "type": "data_visualization",
        "title": "Mentions",
        "chart": {
            "type": "bar",
            "series": [{"name": "margin", "data": [{"label": "Q1", "value": 3}]}],
            "axis_config": {"categories": ["Q1"]},
        },
    },
]

BAD: list[tuple[Json, str]] = [
    (section("x" * 3001), "less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "more than 0 characters"),
    ({"type": "section"}, "must have one of text, fields"),
    ({"type": "section", "fields": [marked("x" * 2001)]}, "less than 2001"),
    ({"type": "section", "fields": [marked("x")] * 11}, "no more than 10 fields"),
    ({**section(), "colour": "red"}, "unknown field: colour"),
    ({"type": "nonsense"}, "unsupported block type: nonsense"),
    ({"type": "header", "text": marked("x")}, "unsupported text type: mrkdwn"),
    ({"type": "header", "text": plain("x" * 151)}, "less than 151"),
    ({"type": "context", "elements": [marked("x")] * 11}, "no more than 10 elements"),
    (actions(*[button(action_id=f"a{n}") for n in range(26)]), "no more than 25 elements"),
    (actions(button(text=plain("x" * 76))), "less than 76"),
    (actions(button(text=marked("x"))), "unsupported text type: mrkdwn"),
    (actions(button(value="x" * 2001)), "less than 2001"),
    (actions(button(style="default")), "must be one of primary, danger"),
    (actions(button(url="javascript:x")), "invalid url"),
    (actions(button(), button()), "`action_id` `a` already exists"),
    (actions({"type": "static_select", "action_id": "s", "options": [OPTION] * 101}), "no more than 100 options"),
    (actions({"type": "static_select", "action_id": "s"}), "exactly one of options, option_groups"),
    (actions({"type": "overflow", "action_id": "o", "options": [OPTION] * 6}), "no more than 5 options"),
    (actions({"type": "plain_text_input", "action_id": "p"}), "unsupported element type"),
    ({"type": "image", "image_url": "https://a.b/c.png"}, "missing required field: alt_text"),
    ({"type": "image", "alt_text": "c"}, "exactly one of image_url, slack_file"),
    (rich({"type": "text", "text": "x", "style": {"loud": True}}), "unknown field: loud"),
    (rich({"type": "shout"}), "unsupported rich text element type"),
    ({"type": "markdown", "text": "x" * 12_001}, "less than 12001"),
    ({"type": "table", "rows": [[cell("a")] * 21]}, "no more than 20 cells"),
    ({"type": "table", "rows": [[cell("a")]] * 101}, "no more than 100 rows"),
    ({"type": "table", "rows": [[cell("a" * 5001), cell("a" * 5000)]]}, "less than 10001"),
    ({**TABLE, "rows": [[cell("Name")]]}, "at least 2 rows"),
    ({**TABLE, "rows": [[cell("Name")], [cell("Ada"), cell("x")]]}, "same number of values"),
    ({**TABLE, "rows": [[rich()], [cell("Ada")]]}, "rich_text is not allowed in the header row"),
    ({**TABLE, "caption": ""}, "more than 0 characters"),
    ({"type": "context_actions", "elements": [button()]}, "unsupported element type: button"),
    ({**CONTAINER, "child_blocks": [section()] * 11}, "no more than 10 blocks"),
    ({**CONTAINER, "child_blocks": [CONTAINER]}, "unsupported block type: container"),
    ({**CONTAINER, "is_collapsible": False, "default_collapsed": True}, "requires is_collapsible"),
    ({"type": "card"}, "must have one of hero_image, title, actions, body"),
    ({"type": "card", "body": marked("x" * 201)}, "less than 201"),
    ({"type": "alert", "text": marked("x")}, "alert is not allowed in a message"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_a_good_block_passes(block: Json) -> None:
    assert complaints([block]) == []


@pytest.mark.parametrize(("block", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_block_is_refused_with_its_reason(block: Json, reason: str) -> None:
    found = complaints([block])
    assert any(reason in complaint for complaint in found), found


def test_a_message_holds_50_blocks_and_13200_characters() -> None:
    assert complaints([section()] * 50) == []
    assert "no more than 50 blocks" in complaints([section()] * 51)[0]
    assert characters([section("x" * 3000)] * 4) == 12_000
    check([section("x" * 2640)] * 5)
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check([section("x" * 2640)] * 5 + [section()])


def test_a_markdown_block_counts_as_what_it_expands_to() -> None:
    many = {"type": "markdown", "text": "\n".join(f"# part {number}" for number in range(50))}
    assert "once markdown is expanded" in complaints([many])[0]


def test_block_ids_differ_within_a_message() -> None:
    twice = {**section(), "block_id": "b"}
    assert "`block_id` `b` already exists" in complaints([twice, twice])[0]


INPUT = {"type": "input", "label": plain("Topic"), "element": {"type": "plain_text_input", "action_id": "t"}}


@pytest.mark.parametrize(
    ("view", "kind", "reason"),
    [
        ({"type": "modal", "title": plain("x" * 25), "blocks": []}, "modal", "less than 25"),
        ({"type": "modal", "title": plain("x"), "blocks": [INPUT]}, "modal", "missing required field: submit"),
        ({"type": "modal", "title": plain("x"), "blocks": [section()] * 101}, "modal", "no more than 100 blocks"),
        ({"type": "home", "title": plain("x"), "blocks": []}, "home", "unknown field: title"),
        ({"type": "home", "blocks": [TABLE]}, "home", "data_table is not allowed in a home"),
        ({"type": "home", "blocks": [], "private_metadata": "x" * 3001}, "home", "less than 3001"),
    ],
)
def test_a_bad_view_is_refused_with_its_reason(view: Json, kind: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_view(view, kind)
    assert any(reason in complaint for complaint in refused.value.reasons), refused.value.reasons


def test_a_good_view_passes() -> None:
    check_view({"type": "home", "blocks": [section(), INPUT]}, "home")
    alert = {"type": "alert", "text": marked("Mind"), "level": "warning"}
    check_view({"type": "modal", "title": plain("x"), "submit": plain("Go"), "blocks": [alert, INPUT]}, "modal")


def test_no_limit_is_laxer_than_the_independent_table() -> None:
    ours = {
        blocks.MESSAGE_BLOCKS: _limits.MESSAGE_BLOCKS_MAX_ITEMS,
        blocks.VIEW_BLOCKS: _limits.VIEW_BLOCKS_MAX_ITEMS,
        wholes.MARKDOWN_CHARACTERS: _limits.MARKDOWN_TOTAL_TEXT_MAX_LENGTH,
        wholes.DATA_TABLE_CHARACTERS: _limits.DATA_TABLE_CONTENT_MAX_LENGTH,
        wholes.CHARTS: _limits.MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS,
    }
    assert all(mine <= theirs for mine, theirs in ours.items())
    probes: list[tuple[Json, Json]] = [
        (section("x" * _limits.SECTION_TEXT_MAX_LENGTH), section("x" * (_limits.SECTION_TEXT_MAX_LENGTH + 1))),
        *[
            (
                actions(button(**{name: wrap("x" * most)})),
                actions(button(**{name: wrap("x" * (most + 1))})),
            )
            for name, most, wrap in (
                ("text", _limits.BUTTON_TEXT_MAX_LENGTH, plain),
                ("value", _limits.BUTTON_VALUE_MAX_LENGTH, str),
                ("accessibility_label", _limits.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH, str),
                ("agent_prompt", _limits.BUTTON_AGENT_PROMPT_MAX_LENGTH, str),
                ("action_id", _limits.ACTION_ID_MAX_LENGTH, str),
            )
        ],
    ]
    for good, bad in probes:
        assert complaints([good]) == []
        assert complaints([bad]) != []


KNOWN = (
    "type text blocks elements section actions button mrkdwn plain_text rows table rich_text container child_blocks "
    "data_table title modal home action_id options markdown accessory image alt_text"
)
WORDS = st.sampled_from([*KNOWN.split(), "x" * 80])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=12,
)


@sampled(10, 60, said=ANY)
def test_whatever_comes_is_judged_and_nothing_breaks(said: Any) -> None:
    assert isinstance(complaints([said]), list)
    for judge in (check, lambda view: check_view(view, "modal"), lambda view: check_view(view, "home")):
        with contextlib.suppress(Refusal):
            judge(said)

"""Slack's rules for what stands inside blocks: texts, options, and the elements one presses or fills in.

Figures as in playground/blocks.py.
"""

from collections.abc import Mapping
from typing import Final

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

URL: Final = ("http://", "https://")
LINK: Final = ("http://", "https://", "mailto:", "tel:", "slack:")


def text(most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn"), least: int = 1) -> Rule:
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


def plain(most: int, least: int = 1) -> Rule:
    """Return the rule for a plain text object."""
    return text(most, ("plain_text",), least)


ID: Final = string(255, 1)
TYPE: Final[Mapping[str, Rule]] = {"type": anything}
_CONFIRM: Final = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION: Final = shape({"text": plain(75), "value": string(150, 1)}, {"description": plain(75)})
_MARKED_OPTION: Final = shape({"text": text(75), "value": string(150, 1)}, {"description": text(75)})
_LINKED_OPTION: Final = shape(
    {"text": plain(75), "value": string(150, 1)}, {"description": plain(75), "url": string(3000, 1, LINK)}
)
GROUP: Final = shape({"label": plain(75), "options": every(OPTION, 100, 1, "options")})
_PLACEHOLDER: Final = plain(150)
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
PEOPLE: Final = every(string(None, 1), 10, 0, "users")


def either(*names: str) -> Rule:
    """Return the rule that exactly one of the fields `names` is there."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if isinstance(value, dict) and sum(value.get(name) is not None for name in names) != 1:
            walk.complain(f"must have exactly one of {', '.join(names)}", pointer)

    return check


def some(*names: str) -> Rule:
    """Return the rule that at least one of the fields `names` is there."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            walk.complain(f"must have one of {', '.join(names)}", pointer)

    return check


def only_in(*surfaces: str) -> Rule:
    """Return the rule that the surface is one of `surfaces`."""

    def check(value: object, pointer: str, walk: Walk) -> None:
        if walk.surface not in surfaces:
            kind = value.get("type") if isinstance(value, dict) else None
            walk.complain(f"{kind} is not allowed in a {walk.surface}", pointer)

    return check


IMAGE_FIELDS: Final[Mapping[str, Rule]] = {"image_url": string(3000, 1, URL), "slack_file": _SLACK_FILE}
IMAGE_ELEMENT: Final = shape({**TYPE, "alt_text": string(2000, 1)}, IMAGE_FIELDS, either("image_url", "slack_file"))
_CHOICE: Final[Mapping[str, Rule]] = {
    "action_id": ID,
    "placeholder": _PLACEHOLDER,
    "confirm": _CONFIRM,
    "focus_on_load": boolean,
}
_STATIC: Final[Mapping[str, Rule]] = {
    "options": every(OPTION, 100, 1, "options"),
    "option_groups": every(GROUP, 100, 1, "option groups"),
}
_MANY: Final[Mapping[str, Rule]] = {"max_selected_items": number(1)}
_TYPED: Final[Mapping[str, Rule]] = {
    "action_id": ID,
    "placeholder": _PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": _DISPATCH,
}
_FEEDBACK: Final = shape({"text": plain(75), "value": string(2000, 1)}, {"accessibility_label": string(75)})
BUTTON: Final = shape(
    {**TYPE, "text": plain(75)},
    {
        "action_id": ID,
        "url": string(3000, 1, LINK),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000, 1),
        "agent_prompt_display": one_of("prompt", "text"),
        "visible_to_user_ids": PEOPLE,
    },
)

ELEMENTS: Final[Mapping[str, Rule]] = {
    "button": BUTTON,
    "image": IMAGE_ELEMENT,
    "overflow": shape(
        {**TYPE, "options": every(_LINKED_OPTION, 5, 1, "options")}, {"action_id": ID, "confirm": _CONFIRM}
    ),
    "static_select": shape(TYPE, {**_CHOICE, **_STATIC, "initial_option": OPTION}, either("options", "option_groups")),
    "multi_static_select": shape(
        TYPE,
        {**_CHOICE, **_STATIC, **_MANY, "initial_options": every(OPTION, 100, 1)},
        either("options", "option_groups"),
    ),
    "external_select": shape(TYPE, {**_CHOICE, "initial_option": OPTION, "min_query_length": number(0)}),
    "multi_external_select": shape(
        TYPE,
        {**_CHOICE, **_MANY, "initial_options": every(OPTION, 100, 1), "min_query_length": number(0)},
    ),
    "users_select": shape(TYPE, {**_CHOICE, "initial_user": string()}),
    "multi_users_select": shape(TYPE, {**_CHOICE, **_MANY, "initial_users": every(string())}),
    "conversations_select": shape(
        TYPE,
        {
            **_CHOICE,
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _FILTER,
        },
    ),
    "multi_conversations_select": shape(
        TYPE,
        {
            **_CHOICE,
            **_MANY,
            "initial_conversations": every(string()),
            "default_to_current_conversation": boolean,
            "filter": _FILTER,
        },
    ),
    "channels_select": shape(TYPE, {**_CHOICE, "initial_channel": string(), "response_url_enabled": boolean}),
    "multi_channels_select": shape(TYPE, {**_CHOICE, **_MANY, "initial_channels": every(string())}),
    "checkboxes": shape(
        {**TYPE, "options": every(_MARKED_OPTION, 10, 1, "options")},
        {
            "action_id": ID,
            "initial_options": every(_MARKED_OPTION, 10, 1),
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
    ),
    "radio_buttons": shape(
        {**TYPE, "options": every(_MARKED_OPTION, 10, 1, "options")},
        {"action_id": ID, "initial_option": _MARKED_OPTION, "confirm": _CONFIRM, "focus_on_load": boolean},
    ),
    "datepicker": shape(TYPE, {**_CHOICE, "initial_date": string(10, 10)}),
    "timepicker": shape(TYPE, {**_CHOICE, "initial_time": string(5, 5), "timezone": string()}),
    "datetimepicker": shape(
        TYPE,
        {"action_id": ID, "initial_date_time": number(0), "confirm": _CONFIRM, "focus_on_load": boolean},
    ),
    "plain_text_input": shape(
        TYPE,
        {
            **_TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "email_text_input": shape(TYPE, {**_TYPED, "initial_value": string()}),
    "url_text_input": shape(TYPE, {**_TYPED, "initial_value": string()}),
    "number_input": shape(
        {**TYPE, "is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(), "min_value": string(), "max_value": string()},
    ),
    "rich_text_input": shape(
        TYPE, {**_TYPED, "initial_value": anything, "min_lines": number(1, 100), "max_lines": number(1, 100)}
    ),
    "file_input": shape(
        TYPE, {"action_id": ID, "filetypes": every(string(None, 1)), "max_files": number(1, 10)}, only_in("modal")
    ),
    "feedback_buttons": shape({**TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}),
    "icon_button": shape(
        {**TYPE, "icon": one_of("trash"), "text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": PEOPLE,
        },
    ),
    "workflow_button": shape(
        {**TYPE, "text": plain(75), "workflow": mapping},
        {"action_id": ID, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}
INPUTS: Final = tuple(
    kind
    for kind in ELEMENTS
    if kind not in ("button", "image", "overflow", "feedback_buttons", "icon_button", "workflow_button")
)
IN_ACTIONS: Final = tuple(
    kind
    for kind in ELEMENTS
    if kind not in ("image", "feedback_buttons", "icon_button", "file_input", "plain_text_input", "number_input")
    and not kind.endswith(("_text_input", "rich_text_input"))
)
IN_SECTION: Final = (*IN_ACTIONS, "image")

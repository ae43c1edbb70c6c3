"""Slack's rules for rich text."""

from collections.abc import Mapping
from typing import Final

from playground.elements import ID, TYPE
from playground.rules import (
    Rule,
    Walk,
    boolean,
    by_type,
    every,
    number,
    one_of,
    shape,
    string,
)

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
        "text": shape({**TYPE, "text": string(None, 1)}, _STYLED, _spoken),
        "link": shape({**TYPE, "url": string(3000, 1)}, {**_STYLED, "text": string(), "unsafe": boolean}, _spoken),
        "emoji": shape({**TYPE, "name": string(None, 1)}, {**_STYLED, "unicode": string(), "skin_tone": number(2, 6)}),
        "user": shape({**TYPE, "user_id": string(None, 1)}, _STYLED),
        "usergroup": shape({**TYPE, "usergroup_id": string(None, 1)}, _STYLED),
        "channel": shape({**TYPE, "channel_id": string(None, 1)}, _STYLED),
        "team": shape({**TYPE, "team_id": string(None, 1)}, _STYLED),
        "broadcast": shape({**TYPE, "range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": shape({**TYPE, "value": string(7, 4, ("#",))}, _STYLED),
        "date": shape(
            {**TYPE, "timestamp": number(0), "format": string(None, 1)},
            {**_STYLED, "url": string(), "fallback": string()},
        ),
    },
    "rich text element",
)
_RICH_SECTION: Final = shape({**TYPE, "elements": every(_RICH)})
_BORDER: Final[Mapping[str, Rule]] = {"border": number(0, 1)}
_RICH_PARTS: Final = by_type(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_preformatted": shape({**TYPE, "elements": every(_RICH)}, {**_BORDER, "language": string()}),
        "rich_text_quote": shape({**TYPE, "elements": every(_RICH)}, _BORDER),
        "rich_text_list": shape(
            {
                **TYPE,
                "style": one_of("bullet", "ordered"),
                "elements": every(by_type({"rich_text_section": _RICH_SECTION}, "list element"), None, 1),
            },
            {**_BORDER, "indent": number(0, 8), "offset": number(0)},
        ),
    },
    "rich text",
)
RICH_TEXT: Final = shape({**TYPE, "elements": every(_RICH_PARTS, None, 1)}, {"block_id": ID})

"""What vendors' JSON says beside the turns: of the call, and who takes part."""

import re
from collections.abc import Iterator, Mapping

from bot.kind import Kind
from bot.participant import Participant
from bot.reading.formats._keys import FIRM, HEADER, KIND, KINDS, PEOPLE, SPEAKER, TITLE, Json, get, lower

YEAR_QUARTER = re.compile(r"(\d{4})\s*-?\s*Q([1-4])|Q([1-4])\s*-?\s*(\d{4})", re.IGNORECASE)


def _said(value: Json) -> Iterator[tuple[str, str]]:
    """Yield what the outermost object (or its `call`, `event`, `metadata`) says of the call."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        return
    low = lower(value)
    inner = [low.get(key) for key in ("call", "event", "metadata", "meta", "transcriptmetadata", "header")]
    for name, keys in HEADER.items():
        for each in (*(lower(part) for part in inner if isinstance(part, dict)), low):
            said = get(each, keys)
            if said:
                yield name, said
                break


def header(value: Json) -> dict[str, str]:
    """Give what is said of the call, `2024Q1` parted into its year and quarter."""
    found = dict(_said(value))
    both = YEAR_QUARTER.fullmatch(found.get("quarter", "").strip())
    if both:
        found["year"] = both.group(1) or both.group(4)
        found["quarter"] = both.group(2) or both.group(3)
    return found


def participants(value: Json) -> Iterator[Participant]:
    """Yield the people that the outermost object lists."""
    if not isinstance(value, dict):
        return
    low = lower(value)
    for key in PEOPLE:
        listed = low.get(key)
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, str):
                yield from _dashed(each)
            elif isinstance(each, dict):
                name = get(each, SPEAKER)
                kind = KINDS.get((get(each, KIND) or "").lower(), Kind.UNKNOWN)
                if name:
                    yield Participant(name, kind, get(each, FIRM), get(each, TITLE))


def _dashed(text: str) -> Iterator[Participant]:
    """`Name--Title` of the company's own, `Name--Firm--Analyst` of guests (Motley Fool's list)."""
    parts = [part.strip() for part in text.split("--") if part.strip()]
    if not parts or parts[0].lower().startswith("duration"):
        return
    name, *rest = parts
    title = rest[-1] if rest else None
    firm = rest[0] if rest[1:] else None
    kind = Kind.UNKNOWN
    if title and (firm or title.lower() == "analyst"):
        kind = Kind.ANALYST if "analyst" in title.lower() else Kind.UNKNOWN
    elif title:
        kind = Kind.EXECUTIVE
    yield Participant(name, kind, firm, title)


def names(value: Json) -> Mapping[str, tuple[str, str | None]]:
    """Speaker keys and who they stand for (EarningsCall's `speaker_name_map_v2`)."""
    held: dict[str, tuple[str, str | None]] = {}
    if not isinstance(value, dict):
        return held
    mapping = value.get("speaker_name_map_v2") or value.get("speaker_name_map")
    if isinstance(mapping, dict):
        for key, who in mapping.items():
            if isinstance(who, dict):
                name = get(who, ("name",))
                if name:
                    held[key] = (name, get(who, TITLE))
            elif isinstance(who, str) and who.strip():
                held[key] = (who.strip(), None)
    return held

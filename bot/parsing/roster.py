"""Lists of participants: `Name - Role`, `Name -- Firm -- Role`, `Role — Name`, or a name over its role."""

import re
from functools import lru_cache

from bot.kind import Kind
from bot.parsing.label import DASHES, INCORPORATED, STRAY, affiliation, is_title, read_label
from bot.parsing.names import is_name, is_part
from bot.participant import Participant

HEADS = (
    (
        re.compile(
            r"(?:corporate|company|management|corporation|bank|board)\s+(?:participants?|representatives?|members?)\b",
            re.IGNORECASE,
        ),
        Kind.EXECUTIVE,
    ),
    (
        re.compile(r"(?:executives|management|speakers|presenters|company|corporate participants)\Z", re.IGNORECASE),
        Kind.EXECUTIVE,
    ),
    (
        re.compile(
            r"(?:conference call|call|other|q&a|external|sell[- ]side)?\s{0,3}(?:analysts|participi?ants"
            r"|questioners)(?: present)?\Z",
            re.IGNORECASE,
        ),
        Kind.ANALYST,
    ),
)
ROOM = 120  # characters of a heading with the marks around it
LONGEST = 160  # characters of an entry
WORDY = 7  # words that an entry with a full stop ("… Inc.") may have
DEPARTMENTS = frozenset(
    (
        *(
            "legal",
            "finance",
            "operations",
            "marketing",
            "sales",
            "strategy",
            "communications",
            "treasury",
            "technology",
        ),
        *("engineering", "manufacturing", "compliance", "accounting", "tax", "human resources", "investor relations"),
        *(
            "corporate development",
            "business development",
            "research and development",
            "supply chain",
            "public relations",
        ),
    )
)
ANALYST = re.compile(r"\banalyst\b|\bresearch division\b|\bequity research\b", re.IGNORECASE)


def section_kind(text: str) -> Kind | None:
    """Tell whom a roster's heading announces; None where the text is no such heading."""
    return _section_kind(text) if len(text) <= ROOM else None


@lru_cache(maxsize=8192)
def _section_kind(text: str) -> Kind | None:
    bare = text.strip(STRAY + ":=-").strip()
    if len(bare) > 40:  # noqa: PLR2004  # a heading is short
        return None
    if bare.lower() in {"call participants", "participants", "conference participants", "participant list"}:
        return Kind.UNKNOWN
    for pattern, kind in HEADS:
        if pattern.match(bare):
            return kind
    return None


def entry(text: str, kind: Kind) -> Participant | None:
    """Read one line of a list; None where it names nobody."""
    bare = text.strip(STRAY + ",;")
    if not bare or is_part(bare) or _is_sentence(bare):
        return None
    parts = [part.strip() for part in DASHES.split(bare) if part.strip()]
    if len(parts) == 2 and is_title(parts[0]) and not is_title(parts[1]) and is_name(parts[1]):  # noqa: PLR2004  # a figure that its name says
        return Participant(parts[1], listed_kind(kind, None, parts[0]), None, parts[0])  # `Role — Name`
    if len(parts) == 2 and parts[0].casefold() in DEPARTMENTS and " " in parts[1] and is_name(parts[1]):  # noqa: PLR2004
        own = Kind.EXECUTIVE if kind is Kind.UNKNOWN else kind
        return Participant(parts[1], own, None, parts[0])  # `Legal — Name`: a department is the company's own
    label = read_label(bare, commas=True)
    if label is not None and not label.is_part:
        return Participant(label.name, listed_kind(kind, label.firm, label.title), label.firm, label.title)
    if len(parts) > 1 and _capitalised(parts[0], listed=kind is not Kind.UNKNOWN):
        firm, title = affiliation(parts[1:])
        return Participant(parts[0], listed_kind(kind, firm, title), firm, title)
    return None


def _is_sentence(text: str) -> bool:
    """Tell a finding ("Gross Profit -- $431.8 million, up 35%.") from an entry: it has figures or runs on for long."""
    _, _, beside = text.partition(" ")
    if len(text) > LONGEST or "%" in beside or "$" in beside:
        return True
    last = text.rsplit(" ", 1)[-1].strip(".,").lower()
    return text[-1] == "." and len(text.split()) > WORDY and last not in INCORPORATED


def _capitalised(text: str, *, listed: bool) -> bool:
    """In a list a name need only be two to four capitalised words: Do Kim, Will May; two under a list's heading."""
    words = text.split()
    if is_title(text) or not text[:1].isupper():
        return False
    if listed and len(words) == 2 and all(word.isalpha() for word in words):  # noqa: PLR2004  # given and family name
        return True
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)  # noqa: PLR2004  # a figure that its name says


def listed_kind(kind: Kind, firm: str | None, title: str | None) -> Kind:
    """Tell a listed person's kind: the list's own word, else what the title says."""
    if kind is not Kind.UNKNOWN:
        return kind
    if title and ANALYST.search(title):
        return Kind.ANALYST
    if firm and ANALYST.search(firm):
        return Kind.ANALYST
    if firm and title:  # whose house that is, is known when the company is
        return Kind.UNKNOWN
    return Kind.EXECUTIVE if title and is_title(title) else Kind.UNKNOWN

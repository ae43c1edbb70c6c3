"""A speaker's label as printed: the name, and the firm, title and part that stand beside it.

Patterns are linear (anchored, one bounded repeat) and only meet heads of at most 160 characters.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.kind import Kind
from bot.parsing.lowered import holds
from bot.parsing.names import GIVEN, INITIALS, NOBODY, ORDINARY, PARTS, is_name, is_part, part_kind
from bot.parsing.word_set import word_set

LONGEST = 160
ASKED = re.compile(r"(?:\*\*)?([QA])(?:\*\*)?\s{0,3}[-–—:]{1,2}\s{0,3}(?=\S)")
ASKED_IN = re.compile(r"(?:\*\*)?([QA])\s{0,2}\(([^()]{2,140})\)(?:\*\*)?\Z")  # `Q (Name, Firm)`
STRAY = " \t\u00a0*_#|<>[]{}•·\u200b\ufeff`~^\\"
DASHES = re.compile(
    r"\s{0,3}(?:--|—|–)\s{0,3}|\s{1,3}-\s{1,3}|\s{1,3}-(?=[A-Z])|(?<=[a-z])-\s{1,3}|\s{0,2};\s{0,2}|\s{0,3}\|\s{0,3}"
)
DIVIDES = tuple("-–—;|")
CONTINUED = re.compile(r"\s{0,3}[(\[]\s{0,2}(?:cont(?:inued|['’]?d|\.)?|contd\.?)\s{0,2}[)\]]\s{0,3}\Z", re.IGNORECASE)
BRACKETED = re.compile(r"([^()\[\]]{2,60}?)\s{0,3}[(\[]([^()\[\]]{2,80})[)\]]\Z")
TITLE_WORDS = word_set("""
    chief officer president ceo cfo coo cto cio cmo cro cpo cco cao chairman chair chairwoman chairperson vp svp evp avp
    vice director head manager treasurer counsel founder cofounder co-founder relations controller secretary partner
    principal analyst executive managing md ir strategist economist associate investor finance directors board
    leader lead supervisor superintendent trustee spokesperson representative comptroller administrator actuary
    """)
POSTS = word_set(
    "chief president vice senior executive chairman chairwoman ceo cfo coo cto evp svp vp managing group director"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label prints. `asks` is what a `Q -` or `A -` before the name says; `stray` the marks taken off it."""

    name: str
    firm: str | None = None
    title: str | None = None
    kind: Kind | None = None
    asks: bool | None = None
    stray: str = ""
    continued: bool = False
    person: str | None = None  # whom a list says that it stands for, where it prints initials

    @property
    def stands_for(self) -> str:
        """The name that is meant: the printed one, unless a list explains it."""
        return self.person or self.name

    @property
    def is_part(self) -> bool:
        """Whether it names a part (Operator, Unidentified Analyst), not a person."""
        return self.name in NOBODY or is_part(self.person or self.name)


@lru_cache(maxsize=16384)
def read_label(text: str, *, commas: bool = False) -> Label | None:
    """Read a whole label; None where the text has not its shape.

    Forms: `Name`, `Name - Firm`, `Name -- Firm -- Role`, `Name (Firm)`, `Q - Name`, a part ("Operator"); with `commas`
    also `Name, Firm`.
    """
    if not text or len(text) > LONGEST:
        return None
    bare = text.strip(STRAY)
    if not bare or bare[-1] in "?!;":
        return None
    if "[" in bare and "]" not in bare:
        bare += "]"  # the end of `Name [Firm]`, and no stray mark
    stray = _stray(text, bare)
    asks: bool | None = None
    asked = ASKED.match(bare) if bare[0] in "QA*" else None
    within = ASKED_IN.match(bare) if bare[0] in "QA*" else None
    if within:
        asks, bare, commas = within[1] == "Q", within[2].strip(STRAY), True
    elif asked:
        asks = asked[1] == "Q"
        bare = bare[asked.end() :].strip(STRAY)
    if not bare:
        return None
    again = CONTINUED.search(bare) if bare[-1] in ")]" else None
    if again:
        bare = bare[: again.start()].strip(STRAY)
    label = _forms(bare, commas=commas) if not _opens_sentence(bare) else None
    if label is None:
        return None
    if asks is None and not stray and not again:
        return label
    return replace(label, asks=asks, stray=stray, continued=bool(again))


def _opens_sentence(bare: str) -> bool:
    """Tell whether words open with one that no label opens with: most short rows of speech do."""
    first = bare.lower().split(None, 1)[:1]
    return first != [] and (first[0][:-1] if first[0][-1] in ".," else first[0]) in OPENERS


# Single letters are initials before a full stop.
OPENERS = frozenset(word for word in ORDINARY - INITIALS - GIVEN - PARTS - POSTS if len(word) > 1 and word.isalpha())


def _stray(text: str, bare: str) -> str:
    if text == bare:
        return ""
    start = text.find(bare)
    around = text[:start] + text[start + len(bare) :]
    return "".join(mark for mark in around if not mark.isspace() and mark not in "*#\ufeff\u200b•")


def _forms(bare: str, *, commas: bool) -> Label | None:  # noqa: PLR0911  # one return a shape that is met
    if is_part(bare):
        return Label(_plain(bare), kind=_kind(bare))
    if _is_post(bare) or _a_firms(bare):
        return None
    if is_name(bare) and not (commas and "," in bare and _affiliated(bare)):
        if bare[-1] == "." and not _ends_abbreviated(bare):
            return None
        return Label(_plain(bare))
    parts = [part.strip(STRAY + ",") for part in DASHES.split(bare)] if holds(bare, DIVIDES) else []
    parts = [part for part in parts if part]
    if len(parts) > 1 and (is_name(parts[0]) or is_part(parts[0])) and all(map(_beside, parts[1:])):
        firm, title = affiliation(parts[1:])
        kind = _kind(parts[0]) if is_part(parts[0]) else None
        return Label(_plain(parts[0]), firm, title, kind)
    found = BRACKETED.match(bare) if bare[-1] in ")]" else None
    if found and (is_name(found[1]) or is_part(found[1])):
        firm, title = affiliation([part for piece in split_commas(found[2]) for part in DASHES.split(piece)])
        return Label(_plain(found[1]), firm, title, _kind(found[1]) if is_part(found[1]) else None)
    if commas:
        return _affiliated(bare)
    return None


def _a_firms(bare: str) -> bool:
    """Tell whether words are a firm's name with its legal form, short form behind: a heading, and nobody who speaks."""
    name = bare.partition("(")[0].strip(STRAY).lower().rstrip(".")
    return " " in name and name.rpartition(" ")[2] in LEGAL and not holds(name, (*DIVIDES, ","))


def _affiliated(bare: str) -> Label | None:
    """`Name, Firm` and `Name, Title, Firm`."""
    head, comma, rest = bare.partition(",")
    head, rest = head.strip(STRAY), rest.strip(STRAY)
    if not comma or not rest or not (is_name(head) or is_part(head)):
        return None
    if not all(map(_beside, split_commas(rest))):
        return None
    if rest.lower().strip(".") in {"jr", "sr", "ii", "iii", "iv", "cfa", "phd", "md"}:
        return None
    firm, title = affiliation([part for piece in split_commas(rest) for part in DASHES.split(piece)])
    return Label(_plain(head), firm, title, _kind(head) if is_part(head) else None)


def read_posted(text: str) -> Label | None:
    """Read a head before a colon that prints what somebody is and who, unmarked; None for another.

    `Chief Financial Officer Lin Osei`, `Brackwater Securities Dana Holt`: two words or more of each, all of a post's
    words titles, or the last word of a firm one that only firms have.
    """
    tokens = text.strip(STRAY).split()
    if not 4 <= len(tokens) <= MOST_BEFORE:  # noqa: PLR2004  # two words of each
        return None
    low = [token.lower().strip(".,") for token in tokens]
    for cut in range(len(tokens) - 2, 1, -1):
        name = " ".join(tokens[cut:])
        if not is_name(name) or any(word in TITLE_WORDS or word in POST_WORDS or word in HOUSES for word in low[cut:]):
            continue
        before = " ".join(tokens[:cut])
        if all(word in TITLE_WORDS or word in POST_WORDS for word in low[:cut]):
            return Label(_plain(name), title=before)
        if low[cut - 1] in HOUSES and all(each[0].isupper() or each == "&" for each in tokens[:cut]):
            return Label(_plain(name), firm=before)
    return None


def read_post(text: str) -> Label | None:
    """Read a head before a colon that prints a post instead of a name: `Chief Financial Officer`, `CEO`."""
    bare = text.strip(STRAY)
    words = bare.lower().split()
    known = words and all(word in TITLE_WORDS or word in POST_WORDS for word in words)
    return Label(_plain(bare), title=_plain(bare), kind=Kind.EXECUTIVE) if known and _is_post(bare) else None


MOST_BEFORE = 9  # words of a post and a name
POST_WORDS = word_set("""
    financial operating technology marketing general deputy interim acting group global senior legal commercial
    accounting people product information revenue strategy corporate and & of medical scientific risk
    """)
HOUSES = word_set("bank securities capital partners research markets advisors bancorp brothers associates")


def _is_post(bare: str) -> bool:
    """`Chief Financial Officer`, `President, CEO & Director`: a post stands where a name should."""
    words = bare.lower().replace(",", " ").split()
    return bool(words) and words[0] in POSTS and (len(words) == 1 or any(word in TITLE_WORDS for word in words[1:]))


SPOKEN = word_set("""
    i we you he she it they is are was were am be been i'm i'd i've i'll we're we'd we've we'll you're it's that's that
    this so yes no okay thanks thank from asked asks have has had do does did can could would should will just not don't
    what how when
    """)


def _beside(text: str) -> bool:
    """Tell whether words may be a firm or a title: they open with a capital or a figure and are no sentence."""
    if not (text[0].isupper() or text[0].isdecimal() or text[0] in "('“\""):
        return False
    return SPOKEN.isdisjoint(text.lower().replace("’", "'").replace(",", " ").split())


def _kind(name: str) -> Kind | None:
    kind = part_kind(name)
    return None if kind is Kind.UNKNOWN else kind


def _plain(name: str) -> str:
    return " ".join(name.strip(STRAY + ",").split())


def _ends_abbreviated(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1].rstrip(".").lower()
    return last in {"jr", "sr", "ph.d", "esq", "m.d"} or len(last) == 1


def is_title(text: str) -> bool:
    """Tell whether words beside a name are a title and not a firm."""
    return _is_title(text) if len(text) <= LONGEST else _has_title(text)


def _has_title(text: str) -> bool:
    plain = text.lower().replace("/", " ").replace("-", " ").replace(",", " ")
    return not TITLE_WORDS.isdisjoint(plain.split())


_is_title = lru_cache(maxsize=8192)(_has_title)


def split_commas(text: str) -> list[str]:
    """Split at commas, keeping "Inc.", "LLC" and their like with the firm before them."""
    parts: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        if parts and part.lower().strip(".").split(" ")[0] in INCORPORATED:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


LEGAL = frozenset({"limited", "ltd", "inc", "llc", "plc", "corp"})
INCORPORATED = frozenset(
    ("inc", "llc", "ltd", "limited", "corp", "co", "lp", "llp", "plc", "n.a", "l.p", "s.a", "l.l.c", "research")
)


def is_firm(text: str) -> bool:
    """Tell whether words that follow a title are surely a firm and not the rest of the title."""
    return any(word.strip(".,").lower() in FIRM_WORDS for word in text.split())


FIRM_WORDS = word_set(
    "inc llc ltd limited corp corporation co company plc lp llp ag sa nv bank securities capital"
    " partners research group"
    " markets advisors incorporated bancorp brothers associates"
)


def affiliation(parts: list[str]) -> tuple[str | None, str | None]:  # noqa: PLR0911  # one return a shape that is met
    """Firm and title out of what stands beside a name, in either order."""
    parts = [part for part in parts if any(map(str.isalnum, part))]
    if not parts:
        return None, None
    titles = [is_title(part) for part in parts]
    if len(parts) == 1:
        inner = split_commas(parts[0])
        if titles[0] and len(inner) > 1 and not is_title(inner[-1]) and is_firm(inner[-1]):
            return inner[-1], ", ".join(inner[:-1])
        return (None, parts[0]) if titles[0] else (parts[0], None)
    if not any(titles):
        return ", ".join(parts), None
    if not titles[0]:
        first = titles.index(True)
        return ", ".join(parts[:first]), ", ".join(parts[first:])
    if all(titles):
        return None, ", ".join(parts)
    first = titles.index(False)
    guest = parts[0].lower().endswith("analyst")  # whose post has no further words
    if not guest and not is_firm(", ".join(parts[first:])):  # "Senior Vice President, Charging and Energy"
        return None, ", ".join(parts)
    return ", ".join(parts[first:]), ", ".join(parts[:first])

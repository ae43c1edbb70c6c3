"""A legend in front of the speech that says whose initials stand before the colons: `MQ: Marta Quill, Treasurer`."""

import re
from collections.abc import Mapping

from bot.kind import Kind
from bot.parsing import roster
from bot.parsing.label import read_label
from bot.parsing.matching import parts
from bot.parsing.names import fold, is_name, is_part
from bot.parsing.sheet import Sheet
from bot.participant import Participant

HEAD = 60  # rows in which a legend stands
FEWEST = 2  # entries that make one
LONGEST = 160  # characters of an entry
BEFORE = re.compile(r"(?P<initials>[^\W\d_a-z]{2,4})\s{0,4}(?:[:=–—]|-{1,2}|\t)\s{0,8}(?P<name>\S.{3,150})\Z")
BEHIND = re.compile(
    r"(?P<name>[^()\[\]]{4,60}?)\s[(\[](?P<initials>[^\W\d_a-z]{2,4})[)\]](?P<rest>(?:\s?[,–—:-].{2,100})?)\Z"
)


def stand_for(initials: str, name: str) -> bool:
    """Tell whether letters are a name's initials: all of them, or the first name's and the last's."""
    firsts = "".join(word[0] for word in parts(name.replace("-", " "))).upper()
    return fold(initials).upper() in {firsts, firsts[:1] + firsts[-1:]}


def legend(sheet: Sheet) -> Mapping[int, tuple[str, Participant]]:
    """Read the legend: by row, the initials and who they stand for; empty where there is none.

    Each entry spells a name with these initials, or a part ("OP: Operator"); what two people share is nobody's.
    """
    found: dict[int, tuple[str, Participant]] = {}
    kind = Kind.UNKNOWN
    for at, row in enumerate(sheet.rows[:HEAD]):
        kind = roster.section_kind(row.text) or kind
        entry = _entry(row.text, kind) if len(row.text) <= LONGEST else None
        if entry is not None:
            found[at] = entry
    letters = [initials for initials, _ in found.values()]
    alone = {at: each for at, each in found.items() if letters.count(each[0]) == 1}
    return alone if len(alone) >= FEWEST else {}


def _entry(text: str, kind: Kind) -> tuple[str, Participant] | None:
    before, behind = BEFORE.match(text), BEHIND.match(text)
    found = before or behind
    if found is None:
        return None
    printed = found["name"] if before else found["name"] + found["rest"]
    if is_part(printed):
        return found["initials"], Participant(printed, kind, None, None)
    label = read_label(printed, commas=True)
    if label is None or label.is_part or not is_name(label.name) or not stand_for(found["initials"], label.name):
        return None
    return found["initials"], Participant(
        label.name, roster.listed_kind(kind, label.firm, label.title), label.firm, label.title
    )

"""Labels that stand on a row by themselves: which rows are labels, where the call begins, and what stands before it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.kind import Kind
from bot.parsing import boilerplate, matching, roster
from bot.parsing.label import Label, affiliation, is_firm, is_title, split_commas
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import ORDINARY, fold, is_single
from bot.parsing.nicknames import TOGETHER
from bot.parsing.sheet import Row, Sheet
from bot.parsing.speech import Draft
from bot.participant import Participant
from bot.problem import Problem
from bot.section import Section

POSTS = frozenset(("Analyst", "Executive", "Host", "Moderator", "Presenter", "Management", "Investor"))
SENTENCE_ENDS = frozenset('.?!"”’)]…-—')
FEW = 2
FEWEST = 6  # labels that show a structure
LONGEST_NAME = 40  # characters
LONGEST_ROLE = 110  # characters of a role that stands under a name
WORDY = 14  # words that no role has
MOST_WORDS = 4  # of a name on its line
LONG = 200  # characters that no entry of a list has
SENTENCE = 4  # words of the shortest sentence that proves speech
NOT_ENDS = ("a.m.", "p.m.", "inc.", "corp.", "co.", "ltd.", "l.p.", "n.v.", "s.a.", "jr.", "sr.", "plc.", "llc.")


def is_prose(text: str) -> bool:
    """Tell whether a row reads as speech: a sentence with its end, or much text."""
    if len(text) > 200:  # noqa: PLR2004  # no heading is that long
        return True
    bare = text.rstrip("\"”’')]* ")
    if not bare or bare[-1] not in ".?!":
        return False
    return len(text.split()) >= SENTENCE and not text.lower().endswith(NOT_ENDS)


def accepted(sheet: Sheet, known: tuple[str, ...] = ()) -> Mapping[int, Label]:
    """Of the rows with a label's shape, take those that are labels; `known` are names that a list gives."""
    if known not in sheet.alone:  # several layouts ask of one sheet in turn
        sheet.alone[known] = _accepted(sheet, known)
    return sheet.alone[known]


def _accepted(sheet: Sheet, known: tuple[str, ...]) -> Mapping[int, Label]:
    shaped = sheet.labels
    counts = Counter(fold(label.name) for label in shaped.values())
    names = {fold(name) for name in known}
    lasts = {name.rsplit(" ", 1)[-1] for name in names}
    found: dict[int, Label] = {}
    known_texts: dict[str, tuple[bool, bool]] = {}  # whether a row is a label, and whether it must follow an end
    for index, label in shaped.items():
        text = sheet.rows[index].text
        if text not in known_texts:
            is_label = roster.section_kind(text) is None and boilerplate.heading(text) is None
            is_label = is_label and _is_label(sheet, label, counts, names, lasts)
            sure = counts[fold(label.name)] > 1 or label.is_part or fold(label.name) in names
            known_texts[text] = is_label, sure
        is_label, sure = known_texts[text]
        if is_label and (sure or _follows_end(sheet, index)):
            found[index] = label
    found.update(_listed_rows(sheet, found, known))
    if blocks(sheet, found):
        found.update(_block_heads(sheet, found))
    for at in [at for at in found if at + 1 in found and found[at].is_part and sheet.rows[at].text.endswith(".")]:
        del found[at]  # “Operator.” at the end of a speech calls for him
    for at in [at for at in found if sheet.rows[at].text in POSTS and at - 1 in found and not found[at - 1].is_part]:
        del found[at]  # what the one named above is, in a row of its own
    return dict(sorted(found.items()))


def _follows_end(sheet: Sheet, at: int) -> bool:
    """Tell whether a name that stands once only stands after a sentence's end, a blank line or another short line."""
    if not at or sheet.rows[at].gap:
        return True
    before = sheet.rows[at - 1].text
    return before[-1] in SENTENCE_ENDS or at - 1 in sheet.labels


def blocks(sheet: Sheet, labels: Mapping[int, Label]) -> bool:
    """Tell whether blank lines stand around each turn and none between a label and its words."""
    rows = sheet.rows
    fit = sum((rows[at].gap or at == 0) and at + 1 < len(rows) and not rows[at + 1].gap for at in labels)
    heads = sum(row.gap for row in rows)
    return len(labels) >= FEWEST and fit * 10 > len(labels) * 9 and len(labels) * 10 > heads * 8


def _listed_rows(sheet: Sheet, labels: Mapping[int, Label], known: Sequence[str]) -> dict[int, Label]:
    """Find rows that are a listed name, whatever its shape: Do Kim, JoKim, Will Kim for William, Jo Kimm for Kim."""
    names = {fold(name) for name in known}
    glued = {name.replace(" ", "") for name in names}
    lasts = {name.rsplit(" ", 1)[-1][:2] for name in names}
    found: dict[int, Label] = {}
    for at, text in sheet.brief:
        if at in labels or len(text) >= LONGEST_NAME or not text[0].isupper() or text[-1] in ".?!,":
            continue
        words = fold(text).split()
        if not 1 <= len(words) <= MOST_WORDS or (words[0] in ORDINARY and words[0] not in TOGETHER):
            continue
        exact = " ".join(words) in names or "".join(words) in glued
        if exact or (len(words) > 1 and words[-1][:2] in lasts and _means_listed(sheet, at, known)):
            found[at] = Label(" ".join(text.split()))
    return found


def _means_listed(sheet: Sheet, at: int, known: Sequence[str]) -> bool:
    """Tell whether a row of two to four words is a listed name told shorter or misspelt, with speech under it."""
    text = sheet.rows[at].text
    if at + 1 >= len(sheet.rows) or not all(word[0].isupper() for word in text.split()):
        return False
    return is_prose(sheet.rows[at + 1].text) and matching.best(text, known) is not None


def _block_heads(sheet: Sheet, labels: Mapping[int, Label]) -> dict[int, Label]:
    """Where all turns are blocks, a name at a block's head is a label though it stands there once."""
    rows = sheet.rows
    return {
        at: label
        for at, label in sheet.labels.items()
        if at not in labels
        and rows[at].gap
        and at + 1 < len(rows)
        and not rows[at + 1].gap
        and not sheet.lower(fold(label.name).split(" ")[0])
        and boilerplate.heading(rows[at].text) is None
        and roster.section_kind(rows[at].text) is None
    }


def _is_label(sheet: Sheet, label: Label, counts: Mapping[str, int], names: set[str], lasts: set[str]) -> bool:
    folded = fold(label.name)
    if label.is_part or folded in names or label.asks is not None:
        return True
    words = folded.split()
    if not words:
        return False
    often = counts[folded] > 1
    if len(words) == 1:
        return often and not sheet.lower(words[0])
    if words[-1] in lasts:
        return True
    if label.firm is not None or label.title is not None:
        return often or not sheet.lower(words[-1])
    return not sheet.lower(words[-1]) or (often and not sheet.lower(words[0]))


def body(sheet: Sheet, labels: Mapping[int, Label]) -> int:
    """Find the row at which somebody begins to speak: a label with speech under it, or speech that no list precedes."""
    rows = sheet.rows
    listed = False
    first = min(labels, default=None)
    if first is not None and first + 1 < len(rows) and greets(labels[first], rows[first + 1].text):
        return first
    if labels and min(labels) == 0 and blocks(sheet, labels):
        return 0
    for at, row in enumerate(rows):
        if roster.section_kind(row.text) is not None:
            listed = True
        elif at in labels:
            if listed and _is_entry(rows, labels, at):
                continue
            if _spoken(rows, labels, at) or _briefly(rows, labels, at):
                return at
        elif is_prose(row.text) and not boilerplate.is_ad(row.text) and not (listed and _of_a_list(row.text)):
            return at
    return len(rows)


def _is_office(label: Label) -> bool:
    return is_title(label.title or label.firm or "")


def _of_a_list(text: str) -> bool:
    """Tell whether a sentence below a list is short enough to be its own, and no welcome."""
    return len(text) < LONG and GREETING.search(text) is None


def _is_entry(rows: Sequence[Row], labels: Mapping[int, Label], at: int) -> bool:
    """Tell whether a row of a list's form is one of its entries, though speech stands under it.

    `Ida Vance - Larkspur` ends the list, and nobody's label stands over the operator's welcome. It stands under
    another entry, or under the list's heading, and names somebody for the first time.
    """
    label = labels[at]
    if label.is_part or not (label.firm or label.title) or rows[at].gap:
        return False
    above = labels.get(at - 1)
    if not (roster.section_kind(rows[at - 1].text) or (above is not None and (above.firm or above.title))):
        return False
    if above is not None and _is_office(label) is not _is_office(above):  # a chief officer ends no list of analysts
        return False
    name = fold(label.name)
    return all(fold(other.name) != name for before, other in labels.items() if before < at)


def _briefly(rows: Sequence[Row], labels: Mapping[int, Label], at: int) -> bool:
    """Tell whether speech however short stands under a label: a sentence's end, and somebody who speaks again later."""
    if at + 1 >= len(rows) or at + 1 in labels:
        return False
    below = rows[at + 1].text
    if below[-1] not in ".?!" or is_title(below) or below.lower().endswith(NOT_ENDS):
        return False
    return sum(label.name == labels[at].name for label in labels.values()) > 2  # noqa: PLR2004  # a list, and twice


def _spoken(rows: Sequence[Row], labels: Mapping[int, Label], at: int) -> bool:
    """Speech stands under a label, not another entry of a list."""
    for below in range(at + 1, min(at + 3, len(rows))):
        if below in labels or roster.section_kind(rows[below].text) is not None:
            return False
        if is_prose(rows[below].text) and not boilerplate.is_ad(rows[below].text):
            return True
    return False


GREETING = re.compile(
    r"\b(?:welcome|good (?:morning|afternoon|evening|day)|ladies and gentlemen|standing by|my name is)\b", re.IGNORECASE
)
GREETED = 400  # characters in which an operator greets


def greets(label: Label, words: str) -> bool:
    """Tell whether an operator opens the call: whatever stands before was not said on it."""
    return label.kind is Kind.OPERATOR and GREETING.search(words[:GREETED]) is not None


def listed(rows: Sequence[Row]) -> list[Participant]:
    """Read the lists of participants in the rows around the call."""
    people: list[Participant] = []
    kind: Kind | None = None
    for row in rows:
        announced = roster.section_kind(row.text)
        if announced is not None:
            kind = announced
        elif boilerplate.heading(row.text) is not None:
            kind = None
        elif kind is not None or (" -- " in row.text and not is_prose(row.text)):
            person = roster.entry(row.text, kind or Kind.UNKNOWN)
            if person is not None:
                people.append(person)
    return people


def read(sheet: Sheet) -> Draft:
    """Read a sheet whose labels stand on rows of their own."""
    rough = body(sheet, accepted(sheet))
    end = boilerplate.end_of_call(sheet, rough)
    people = listed(sheet.rows[:rough]) + listed(sheet.rows[end:])
    shaped = accepted(sheet, tuple(person.name for person in people))
    beside = _stacked(sheet, shaped)
    labels = {at: sheet.labels[at] for at in (each - 1 for each in beside)} | dict(shaped)
    labels = {at: labels[at] for at in sorted(labels) if at not in beside}
    start = body(sheet, labels)
    marks = [_mark(sheet, at, label, people, beside) for at, label in labels.items() if start <= at < end]
    marks += headings(sheet, start, end)
    marks += [
        Mark(at, label, after=after)
        for at, (label, after) in sheet.colons.items()
        if label.kind is Kind.OPERATOR and start <= at < end and at not in labels
    ]
    marks.sort(key=lambda mark: mark.row)
    drop, told = ads(sheet, start, end)
    found, problems = speeches(sheet, marks, start, end, drop=drop)
    return Draft(found, people, [row.text for row in sheet.rows[:start]], [*told, *problems])


def _stacked(sheet: Sheet, labels: Mapping[int, Label]) -> frozenset[int]:
    """Find the rows with a label's shape that are the title or the house of the full name in the row above them.

    They read as one; or throughout the call such a row stands between a name and its words, and under each name the
    same.
    """
    rows, shaped = sheet.rows, sheet.labels
    found: set[int] = set()
    under: dict[str, set[str]] = {}
    over: list[tuple[int, Label]] = []  # names over a row that has no label's shape
    for at, label in shaped.items():
        if at in found or at + 2 >= len(rows) or label.is_part or is_single(label.name) or is_title(label.name):
            continue
        if at + 1 not in shaped:
            over.append((at, label))
        elif shaped[at + 1].firm or shaped[at + 1].title:  # somebody else's label, with a role of its own
            continue
        elif at + 2 not in shaped and is_prose(rows[at + 2].text) and not (rows[at + 1].gap or shaped[at + 1].is_part):
            under.setdefault(fold(label.name), set()).add(fold(rows[at + 1].text))
            found.add(at + 1)
    if not found:
        return frozenset()
    titled = bare = 0  # names over a title, and over their words
    for at, label in over:
        if is_prose(rows[at + 2].text) and is_title(rows[at + 1].text):
            under.setdefault(fold(label.name), set()).add(fold(rows[at + 1].text))
            titled += 1
        else:
            bare += at in labels and is_prose(rows[at + 1].text)
    same = all(len(texts) == 1 for texts in under.values())
    throughout = same and len(under) > FEW and len(found) + titled > len(under)
    if throughout and bare * 5 < len(found) + titled:
        return frozenset(found)
    told = (at for at in found if is_title(rows[at].text) or is_firm(rows[at].text))
    return frozenset(at for at in told if at in labels and at - 1 in labels)


def _mark(sheet: Sheet, at: int, label: Label, people: Sequence[Participant], beside: frozenset[int]) -> Mark:
    """Mark a label: what stands under it of its role is none of the words, and told with the name."""
    rows = 1 if at + 1 in beside else role_rows(sheet, at, label, people)
    if rows and not (label.firm or label.title):
        firm, title = affiliation(split_commas(sheet.rows[at + 1].text))
        label = replace(label, firm=firm, title=title)
    return Mark(at, label, rows=1 + rows)


def roles(person: Participant) -> list[str]:
    """Give what may stand under a listed person's name, longest first."""
    both = [part for part in (person.title, person.firm) if part]
    joined = (
        [", ".join(both), ", ".join(reversed(both)), " - ".join(both), " - ".join(reversed(both))] if both[1:] else []
    )
    return [*joined, *both]


def role_rows(sheet: Sheet, at: int, label: Label, people: Sequence[Participant]) -> int:
    """Count the rows under a label that hold its role and no speech: the listed role, or a title over speech."""
    rows = sheet.rows
    if label.is_part or label.firm or label.title or at + 2 >= len(rows):
        return 0
    below = rows[at + 1].text
    if len(below) > LONGEST_ROLE or below[-1] in ".?!":
        return 0
    person = next((each for each in people if fold(each.name) == fold(label.name)), None)
    if person is not None and fold(below) in {fold(role) for role in roles(person)}:
        return 1
    return int(is_title(below) and below[0].isupper() and len(below.split()) < WORDY and is_prose(rows[at + 2].text))


def headings(sheet: Sheet, start: int, end: int) -> list[Mark]:
    """Mark the headings of the call's parts."""
    found: list[Mark] = []
    for at, text in sheet.brief:
        part = boilerplate.heading(text) if start <= at < end else None
        if part in {"qa", "prepared"}:
            found.append(Mark(at, None, section=Section.QA if part == "qa" else Section.PREPARED))
    return found


def ads(sheet: Sheet, start: int, end: int) -> tuple[frozenset[int], list[Problem]]:
    """Find the publisher's rows between the speeches; each is told."""
    drop = frozenset(at for at in range(start, end) if boilerplate.is_ad(sheet.rows[at].text))
    told = [Problem(sheet.rows[at].number, "an advertisement of the publisher is left out") for at in sorted(drop)]
    return drop, told


def alone(label: Label) -> bool:
    """Tell whether a label is a bare name of one word."""
    return label.firm is None and label.title is None and is_single(label.name) and not label.is_part

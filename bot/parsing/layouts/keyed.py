"""Records of keys and values, a line each: `Speaker: NAME`, `Role: TITLE`, `Text: words`, again and again."""

from dataclasses import dataclass

from bot.parsing import boilerplate, namelines
from bot.parsing.label import Label, affiliation, read_label, split_commas
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.parsing.word_set import word_set

NAMES = word_set("speaker name who participant person")
WORDS = word_set("text said words content statement speech remarks says comment utterance")
BESIDE = word_set("role title position firm company organization organisation affiliation job")
META = word_set("time timestamp start end duration section part id index turn number no date type")
FAR = 6  # rows between a name and its words
ENOUGH = 3
LONGEST = 20  # characters of a key


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its first row, that of its words, whose they are, and the offset at which they begin."""

    first: int
    words: int
    label: Label
    after: int


def _records(sheet: Sheet) -> list[_Record]:
    """Find the records; the keys right above a name, and right under the words, belong to one as well."""
    found: list[_Record] = []
    last = -1
    for at, end in sheet.heads.items():
        named = last < at and end < LONGEST and _key(sheet.rows[at].text, end) in NAMES
        label = read_label(_pair(sheet, at)[1], commas=True) if named else None
        record = _record(sheet, at, label, last) if label is not None else None
        if record is not None:
            found.append(record)
            last = record.words
    return found


def _record(sheet: Sheet, at: int, label: Label, last: int) -> _Record | None:
    """Read the record of a name, behind the words of the `last`; None where no words follow."""
    first = at
    while first - 1 > last and _pair(sheet, first - 1)[0] in BESIDE | META:
        first -= 1
    beside = [value for key, value, _ in (_pair(sheet, above) for above in range(first, at)) if key in BESIDE and value]
    for below in range(at + 1, min(at + FAR, len(sheet.rows))):
        key, value, after = _pair(sheet, below)
        if key in WORDS:
            firm, title = affiliation([part for each in beside for part in split_commas(each)])
            known = label.firm or label.title or label.is_part
            whole = label if known else Label(label.name, firm, title, label.kind, person=label.person)
            return _Record(first, below, whole, after)
        if key in NAMES:
            return None
        if key in BESIDE and value:
            beside.append(value)
    return None


def _pair(sheet: Sheet, at: int) -> tuple[str, str, int]:
    """Cut a row at its colon: the key in lower case, the value, and where that begins."""
    text, end = sheet.rows[at].text, sheet.heads.get(at, LONGEST)
    if end >= LONGEST:
        return "", "", 0
    return _key(text, end), text[end + 1 :].strip(' *_"'), end + 1


def _key(text: str, end: int) -> str:
    return text[:end].strip(' *_"').lower()


def recognise(sheet: Sheet) -> Evidence:
    """Count the records."""
    found = _records(sheet)
    names = {each.label.name for each in found}
    if len(found) < ENOUGH or len(names) < 2:  # noqa: PLR2004  # somebody answers
        return NONE
    return Evidence(0.88, f"{len(found)} records of a speaker and a text, a line each ({len(names)} speakers)")


def read(sheet: Sheet) -> Draft:
    """Read the words of the records; what else a record holds is none of them."""
    found = _records(sheet)
    start = found[0].first
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(each.words, each.label, after=each.after) for each in found if each.words < end]
    drop = {at for each in found for at in range(each.first, each.words)}
    for each, following in zip(found, [*(later.first for later in found[1:]), end], strict=True):
        at = following - 1
        while at > each.words and (at in drop or _pair(sheet, at)[0] in BESIDE | META):
            drop.add(at)
            at -= 1
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    told, problems = speeches(sheet, marks, start, end, drop=frozenset(drop))
    head = sheet.rows[:start]
    return Draft(told, namelines.listed(head), [row.text for row in head], problems)


layout = Layout("records of speaker and text", recognise, read, most=0.88)

"""Records of keys and values, a line each: `Speaker: NAME`, `Role: TITLE`, `Text: words`, again and again."""

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
FAR = 6  # rows between a name and its words
ENOUGH = 3
LONGEST = 20  # characters of a key


def _records(sheet: Sheet) -> list[tuple[int, int, Label, int]]:
    """Find the records: the row of the name, that of the words, the label, and the offset at which the words begin."""
    found: list[tuple[int, int, Label, int]] = []
    at = 0
    while at < len(sheet.rows):
        key, value, _ = _pair(sheet, at)
        label = read_label(value, commas=True) if key in NAMES else None
        record = _record(sheet, at, label) if label is not None else None
        if record is not None:
            found.append(record)
        at = record[1] + 1 if record is not None else at + 1
    return found


def _record(sheet: Sheet, at: int, label: Label) -> tuple[int, int, Label, int] | None:
    """Read on from the row of a name to that of the words; None where they don't follow."""
    beside: list[str] = []
    for below in range(at + 1, min(at + FAR, len(sheet.rows))):
        key, value, after = _pair(sheet, below)
        if key in WORDS:
            firm, title = affiliation([part for each in beside for part in split_commas(each)])
            known = label.firm or label.title or label.is_part
            whole = label if known else Label(label.name, firm, title, label.kind, person=label.person)
            return at, below, whole, after
        if key in NAMES:
            return None
        if key in BESIDE and value:
            beside.append(value)
    return None


def _pair(sheet: Sheet, at: int) -> tuple[str, str, int]:
    """Cut a row at its colon: the key in lower case, the value, and where that begins."""
    text = sheet.rows[at].text
    end = text.find(":", 1, LONGEST)
    if end < 0:
        return "", "", 0
    return text[:end].strip(' *_"').lower(), text[end + 1 :].strip(' *_"'), end + 1


def recognise(sheet: Sheet) -> Evidence:
    """Count the records."""
    found = _records(sheet)
    names = {label.name for _, _, label, _ in found}
    if len(found) < ENOUGH or len(names) < 2:  # noqa: PLR2004  # somebody answers
        return NONE
    return Evidence(0.88, f"{len(found)} records of a speaker and a text, a line each ({len(names)} speakers)")


def read(sheet: Sheet) -> Draft:
    """Read the words of the records; what else a record holds is none of them."""
    found = _records(sheet)
    start = found[0][0]
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(below, label, after=after) for _, below, label, after in found if below < end]
    drop = frozenset(at for first, below, _, _ in found for at in range(first, below))
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    told, problems = speeches(sheet, marks, start, end, drop=drop)
    head = sheet.rows[:start]
    return Draft(told, namelines.listed(head), [row.text for row in head], problems)


layout = Layout("records of speaker and text", recognise, read, most=0.88)

"""Labels before a colon: which rows open with one, where the call begins, and what stands before it."""

from collections import Counter
from collections.abc import Mapping

from bot.kind import Kind
from bot.parsing import boilerplate, handoff, roster
from bot.parsing.label import Label
from bot.parsing.marks import Mark, speeches
from bot.parsing.namelines import ads, greets, headings, is_prose, listed
from bot.parsing.names import fold, is_glued, is_single
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.parsing.word_set import word_set

# What stands before a colon in the head of a file, and in speech, without being anybody's name.
KEYS = word_set("""
    date company ticker quarter source url characters scraped time venue subject speakers host title period symbol
    exchange event duration location published author category tags link file type format version website email phone
    tel fax isin bse nse scrip ref sub management attendees participants analysts executives contents note disclaimer
    """)
FEW = 2
MANY = 5  # blocks that show a structure
EARLY = 4  # a greeting stands in the first quarter of the rows; before it stand letters, lists and addresses


def accepted(sheet: Sheet) -> Mapping[int, tuple[Label, int]]:
    """Of the rows that open with a label's shape before a colon, take those that are labels."""
    if sheet.before_colons is None:  # several layouts ask of one sheet in turn
        sheet.before_colons = _accepted(sheet)
    return sheet.before_colons


def _accepted(sheet: Sheet) -> Mapping[int, tuple[Label, int]]:
    shaped = sheet.colons
    counts = Counter(fold(label.name) for label, _ in shaped.values())
    flush = _flush(sheet, shaped)
    capitals = sum(label.name.isupper() for label, _ in shaped.values()) * 10 > len(shaped) * 9
    heads = _heads(sheet, shaped)
    # A post stands in the place of a name where that is the way of the file.
    found: dict[int, tuple[Label, int]] = dict(sheet.posts) if len(sheet.posts) > FEW else {}
    for index, (label, after) in shaped.items():
        if flush and not sheet.rows[index].flush:
            continue
        set_off = flush or (capitals and label.name.isupper()) or index in heads
        if _is_label(sheet, label, counts, flush=set_off) or _handed(sheet, index, label):
            found[index] = (label, after)
    return dict(sorted(found.items()))


def _handed(sheet: Sheet, index: int, label: Label) -> bool:
    """Tell whether the row before gives the floor, for a question, to the full name that stands here before a colon."""
    if not index or is_single(label.name) or fold(label.name).split()[0] in KEYS:
        return False
    hand = handoff.to(sheet.rows[index - 1].text, label.name)
    return hand is not None and hand.asks


def _heads(sheet: Sheet, shaped: Mapping[int, tuple[Label, int]]) -> frozenset[int]:
    """Rows after a blank line (all rows, where there is none) of which nearly all open with a label: each is a turn."""
    heads = [at for at, row in enumerate(sheet.rows) if row.gap or not at]
    heads = heads if heads[1:] else list(range(len(sheet.rows)))
    fit = frozenset(at for at in heads if at in shaped)
    return fit if len(heads) > MANY and len(fit) * 10 > len(heads) * 8 else frozenset()


def accepted_parts(sheet: Sheet) -> frozenset[int]:
    """Rows that open with a part's label before a colon: `Operator: …`."""
    return frozenset(at for at, (label, _) in sheet.colons.items() if label.is_part)


def _flush(sheet: Sheet, shaped: Mapping[int, tuple[Label, int]]) -> bool:
    """Labels stand flush left where further paragraphs are set in."""
    inside = sum(not row.flush for row in sheet.rows)
    flush = sum(sheet.rows[at].flush for at in shaped)
    return inside > 0 and flush > FEW and flush * 10 > len(shaped) * 9


def _is_label(sheet: Sheet, label: Label, counts: Mapping[str, int], *, flush: bool) -> bool:
    """Tell whether a row opens with a label; `flush`: print sets it off, so that one word may be a name."""
    if label.is_part or label.asks is not None:
        return True
    folded = fold(label.name)
    words = folded.split()
    if not words or words[0] in KEYS or (len(words) > 1 and words[-1] in KEYS):
        return False
    often = counts[folded]
    if len(words) == 1:
        if is_glued(label.name) and not sheet.lower(words[0]):
            return True
        return (often > FEW or flush) and not sheet.lower(words[0])
    return flush or not sheet.lower(words[-1]) or (often > 1 and not sheet.lower(words[0]))


def read(sheet: Sheet, start: int = 0) -> Draft:
    """Read a sheet whose labels stand before colons, from the row `start` on."""
    labels = {at: found for at, found in accepted(sheet).items() if at >= start}
    begin = _begin(sheet, labels, start)
    end = boilerplate.end_of_call(sheet, begin)
    marks = [Mark(at, label, after=after) for at, (label, after) in labels.items() if begin <= at < end]
    marks = sorted([*marks, *headings(sheet, begin, end)], key=lambda mark: mark.row)
    drop, told = ads(sheet, begin, end)
    found, problems = speeches(sheet, marks, begin, end, drop=drop)
    head = sheet.rows[:begin]
    return Draft(found, listed(head) + listed(sheet.rows[end:]), [row.text for row in head], [*told, *problems])


def _words(sheet: Sheet, at: int, after: int) -> str:
    """Give the words after a label: on its row, or on the next where its row holds none."""
    words = sheet.rows[at].text[after:].strip()
    return words or (sheet.rows[at + 1].text if at + 1 < len(sheet.rows) else "")


def _begin(sheet: Sheet, labels: Mapping[int, tuple[Label, int]], start: int) -> int:
    """Speech begins at the first label, or at prose before it that no list or heading precedes."""
    first = min(labels, default=len(sheet.rows))
    operators = (at for at, (label, _) in labels.items() if label.kind is Kind.OPERATOR)
    greeting = next((at for at in operators if greets(labels[at][0], _words(sheet, at, labels[at][1]))), None)
    if greeting is not None and greeting * EARLY < len(sheet.rows):
        return greeting
    if start:  # a layout that knows where speech begins: words without a name are kept, as nobody's
        return next((at for at in range(start, first) if is_prose(sheet.rows[at].text)), first)
    if any(roster.section_kind(row.text) is not None for row in sheet.rows[:first]):
        return first
    for at in range(first):
        if is_prose(sheet.rows[at].text) and not boilerplate.is_ad(sheet.rows[at].text):
            return at
    return first

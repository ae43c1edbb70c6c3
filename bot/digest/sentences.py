"""Where sentences begin and end in a turn, by character: nothing is changed, so offsets are the source's."""

# ruff: noqa: SIM905  # a list of words reads best as words
import re
from collections.abc import Iterator

# Words whose full stop ends no sentence, folded. Titles, companies' forms, and what analysts say.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st vs inc corp co ltd llc plc no approx est e.g i.e u.s u.k u.n a.m p.m ph.d etc jan feb "
    "mar apr jun jul aug sep sept oct nov dec".split()
)
# Linear: one mark, then characters of disjoint classes; a newline always ends a sentence.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n")
_WORD = re.compile(r"[\w.&]*\Z")
LOOK_BACK = 12  # characters that an abbreviation may have


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of each sentence of `text`, outer blanks left out, in order."""
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: not after an abbreviation or an initial, not before a small letter."""
    mark = match.group()
    if mark == "\n" or "?" in mark or "!" in mark:
        return True
    following = text[match.end() :][:3].lstrip()
    if following[:1].islower() or mark.startswith(("..", "…")):
        return not following[:1].islower()
    before = _WORD.search(text[max(0, match.start() - LOOK_BACK) : match.start()])
    word = before.group() if before else ""
    return not (word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I"))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the run without the blanks around it, nothing where there is nothing else."""
    run = text[start:end]
    if run.strip():
        yield start + len(run) - len(run.lstrip()), end - len(run) + len(run.rstrip())

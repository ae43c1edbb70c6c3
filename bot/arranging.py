"""Calls of many files side by side: each once, under an id of its own."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.cache import Cache
from bot.call import Call
from bot.files import shown
from bot.outcome import Entry
from bot.query.entities import house

NEARLY = 0.8  # of the shorter call's runs of four words stand in the longer: the same call, set otherwise
RUN = 4
WORD = re.compile(r"[a-z0-9]+")


def arrange(entries: Sequence[Entry], kept: Cache | None = None) -> tuple[tuple[Call, ...], dict[str, str], list[str]]:
    """Give the calls, each once and under an id of its own, the file of each, and notes on what two files hold."""
    single, notes = _each_once(entries, kept)
    return *named(single), notes


def named(entries: Sequence[Entry]) -> tuple[tuple[Call, ...], dict[str, str]]:
    """Give the calls with ids that no two share, and the file of each by id.

    An id is the stem; where two stems clash, both get their folders in front, as many as tell them apart.
    """
    by_stem: dict[str, list[Entry]] = {}
    for entry in entries:
        by_stem.setdefault(entry.call.id, []).append(entry)
    apart = {id(entry): id_ for rivals in by_stem.values() for entry, id_ in _apart(rivals)}
    calls: list[Call] = []
    files: dict[str, str] = {}
    for entry in entries:
        found = apart[id(entry)]
        while found in files:
            found = f"{found}+"
        calls.append(entry.call if found == entry.call.id else dataclasses.replace(entry.call, id=found))
        files[found] = entry.file
    return tuple(calls), files


def _apart(rivals: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Put so many folders before each one's stem that no rival has the same; its file's name where they can't tell."""
    if len(rivals) == 1:
        yield rivals[0], rivals[0].call.id
        return
    paths = [Path(each.file).absolute() for each in rivals]
    folders = [tuple(map(shown, path.parts[:-1])) for path in paths]
    ends = Counter(each[-deep:] for each in folders for deep in range(1, len(each) + 1))
    for entry, path, above in zip(rivals, paths, folders, strict=True):
        deep = next((deep for deep in range(1, len(above) + 1) if ends[above[-deep:]] == 1), None)
        if deep is None:
            yield entry, f"{above[-1]}/{path.name}"
        else:
            yield entry, "/".join((*above[-deep:], entry.call.id)).replace("//", "/")


def _each_once(entries: Sequence[Entry], kept: Cache | None) -> tuple[list[Entry], list[str]]:
    """Leave out a call that is there already: the same words, or the same company and period and nearly the same words.

    Files that hold one call may be told so by a third: one has the company's name, another its ticker, the third both.
    So each is held against every other, whatever was left out before, and which stand together is known at the end.
    """
    firsts = list(range(len(entries)))  # of each entry, one before it that holds the same call; itself where none does
    seen: dict[str, int] = {}
    meetings: dict[tuple[str, int, int | None], dict[str, int]] = {}  # who was in it, by words
    for at, entry in enumerate(entries):
        call = entry.call
        _join(firsts, at, seen.setdefault(entry.words, at))
        met = [(company, call.year, call.quarter) for company in _companies(call)] if call.year is not None else []
        rivals = {words: rival for meeting in met for words, rival in meetings.get(meeting, {}).items()}
        for rival in rivals.values():
            if _first(firsts, rival) != _first(firsts, at) and _nearly(entries[rival], entry, kept):
                _join(firsts, at, rival)
        for meeting in met:
            meetings.setdefault(meeting, {}).setdefault(entry.words, at)
    same: dict[int, list[Entry]] = {}
    for at, entry in enumerate(entries):
        same.setdefault(_first(firsts, at), []).append(entry)
    single = [max(held, key=lambda entry: _named(entry.call)) if len(held) > 1 else held[0] for held in same.values()]
    notes = [
        f"{left.file} holds the same call as {better.file}; it is loaded once."
        for better, held in zip(single, same.values(), strict=True)
        for left in held
        if left is not better
    ]
    return single, notes


def _first(firsts: list[int], at: int) -> int:
    """Give the first entry that holds the same call; the way there is shorter the next time."""
    while firsts[at] != at:
        firsts[at] = firsts[firsts[at]]
        at = firsts[at]
    return at


def _join(firsts: list[int], one: int, other: int) -> None:
    one, other = _first(firsts, one), _first(firsts, other)
    firsts[max(one, other)] = min(one, other)


def _companies(call: Call) -> tuple[str, ...]:
    """Return what a call's company goes by: any of it makes two calls worth comparing word by word."""
    names = (call.ticker, call.company, house(call.company) if call.company else None)
    return tuple(dict.fromkeys(name.casefold() for name in names if name))


def _named(call: Call) -> int:
    """Count the turns whose speaker is a person by name: "Executives" is nobody's."""
    return sum(turn.person is not None for turn in call.turns)


def _nearly(one: Entry, other: Entry, kept: Cache | None) -> bool:
    """Tell whether two calls say nearly the same words in the same order; what was found is kept."""
    names = sorted((one.words, other.words))
    known = kept.same(*names) if kept else None
    if known is None:
        a, b = _runs(one.call), _runs(other.call)
        known = bool(a and b) and len(a & b) >= NEARLY * min(len(a), len(b))
        if kept:
            kept.told(*names, same=known)
    return known


def _runs(call: Call) -> set[int]:
    words = [word for turn in call.turns for word in WORD.findall(turn.text.lower())]
    return {hash(run) for run in zip(*(words[at:] for at in range(RUN)), strict=False)}

"""Calls to measure with: real transcripts, parsed as the product does, repeated with changes to reach a size."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot import transcripts
from bot.call import Call

CHANGED = 0.03
"""Share of the words that a repetition replaces by others of the same call, as the reference's corpus did."""


def parsed(folder: Path, turns: int, cache: Path) -> tuple[Call, ...]:
    """Parse files of a folder, in the order of their names, until they hold so many turns (or all)."""
    calls: list[Call] = []
    held = 0
    paths = sorted(folder.rglob("*.txt"))
    for at in range(0, len(paths), 100):
        loaded = transcripts.load(paths[at : at + 100], cache=cache)
        for call in loaded.calls:
            calls.append(call)
            held += len(call.turns)
            if held >= turns:
                return tuple(calls)
    return tuple(calls)


def repeated(calls: tuple[Call, ...], turns: int) -> Iterator[Call]:
    """Yield the calls, and changed copies of them, until they hold so many turns."""
    held = 0
    for round_ in count():
        for call in calls:
            yield call if not round_ else _changed(call, round_)
            held += len(call.turns)
            if held >= turns:
                return


def _changed(call: Call, round_: int) -> Call:
    chance = random.Random(f"{call.id} {round_}")
    words = [word for turn in call.turns[:20] for word in turn.text.split()] or ["word"]
    shifted = str.maketrans("0123456789", "".join(str((digit + round_) % 10) for digit in range(10)))

    def other(text: str) -> str:
        parts = text.translate(shifted).split(" ")
        for _ in range(int(CHANGED * len(parts) + chance.random())):
            parts[int(len(parts) * chance.random())] = words[int(len(words) * chance.random())]
        return " ".join(parts)

    turns = tuple(replace(turn, text=other(turn.text)) for turn in call.turns)
    return replace(call, id=f"{call.id}~{round_}", turns=turns, fingerprint=f"{call.fingerprint}~{round_}")


def renamed(call: Call, id_: str) -> Call:
    """Return a call under another id."""
    return replace(call, id=id_)

"""What an index in a folder holds, so that the next start can tell whether it still fits the calls.

The ledger is taken away before the index changes and written, last of all, after it did: an index without one, or
with one that does not fit, is built anew.
"""

import json
import os
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bot.call import Call
from bot.search.vocabulary import Words

FORMAT = 1
"""Changes whenever an index written by older code must not be read: another schema, stemmer or way to cut."""

Rows = tuple["array[int]", "array[int]", "array[int]", "array[int]"]
Place = tuple[str, int, int, int]
"""A passage: call id, turn, first and last character."""


def digest(call: Call) -> str:
    """Return a fingerprint of all that the index holds of a call: another parse is another call, even of one source."""
    state = blake2b(digest_size=16)
    for turn in call.turns:
        parts = (turn.person, turn.speaker, turn.kind, turn.firm, turn.title, turn.section, turn.exchange, turn.text)
        state.update("\x1f".join("" if part is None else str(part) for part in parts).encode("utf-8", "surrogatepass"))
        state.update(b"\x1e")
    state.update(repr([(each.question_turns, each.answer_turns) for each in call.exchanges]).encode())
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The calls of an index by number (None: removed since) with their digests, and one row a passage.

    `words` are what the index does not hold of its words: all but their counts.
    """

    calls: tuple[tuple[str, str] | None, ...]
    rows: Rows
    words: Words

    @classmethod
    def of(cls, calls: Iterable[tuple[str, str] | None], places: Sequence[Place], words: Words) -> "Ledger":
        """Make the ledger of an index: `calls` by number with their digests, `places` by passage."""
        held = tuple(calls)
        numbers = {call[0]: number for number, call in enumerate(held) if call is not None}
        gone = len(held)
        columns: Rows = (
            array("I", [numbers.get(place[0], gone) for place in places]),
            array("I", [place[1] for place in places]),
            array("I", [place[2] for place in places]),
            array("I", [place[3] for place in places]),
        )
        return cls(held, columns, words)

    def places(self) -> list[Place]:
        """Return the passages by their ids; only of a ledger that `fits`, from which no call has gone."""
        ids = [call[0] if call is not None else "" for call in self.calls]
        numbers, turns, starts, ends = self.rows
        return list(zip([ids[number] for number in numbers], turns, starts, ends, strict=True))

    def fits(self, digests: Mapping[str, str]) -> bool:
        """Whether the index holds only calls that are there, unchanged: then the others need but be added.

        One that a call was removed from does not fit: tantivy still counts the words of what it deleted.
        """
        return all(call is not None and digests.get(call[0]) == call[1] for call in self.calls)


def forget(folder: Path) -> None:
    """Take the ledger away: until a new one is written, the index is not to be trusted."""
    (folder / "ledger.json").unlink(missing_ok=True)


def write(folder: Path, ledger: Ledger) -> None:
    """Write the ledger; the file that makes it count comes last and whole."""
    with (folder / "rows.bin").open("wb") as out:
        for column in ledger.rows:
            column.tofile(out)
    words = ledger.words
    head = {
        "format": FORMAT,
        "calls": ledger.calls,
        "rows": len(ledger.rows[0]),
        "joined": sorted(words.joined),
        "surfaces": sorted(words.surfaces),
        "names": sorted(words.names),
    }
    fresh = folder / "ledger.new"
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(head, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / "ledger.json")


def read(folder: Path) -> Ledger | None:
    """Read the ledger; None where there is none that this version of Earshot can trust."""
    try:
        head = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
        if head["format"] != FORMAT:
            return None
        words = Words(joined=set(head["joined"]), surfaces=set(head["surfaces"]), names=set(head["names"]))
        columns: Rows = (array("I"), array("I"), array("I"), array("I"))
        with (folder / "rows.bin").open("rb") as source:
            for column in columns:
                column.fromfile(source, head["rows"])
        calls = tuple(None if call is None else (str(call[0]), str(call[1])) for call in head["calls"])
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    return Ledger(calls, columns, words)

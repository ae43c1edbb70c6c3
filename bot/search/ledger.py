"""What an index in a folder holds, so that the next start can tell whether it still fits the calls.

The ledger is taken away before the index changes and written, last of all, after it did: an index without one, or
with one that does not fit, is built anew.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bot import packing
from bot.call import Call
from bot.search.passages import Passages
from bot.search.vocabulary import Words

FORMAT = 3
"""Changes whenever an index written by older code must not be read: another schema, stemmer or way to cut."""


def digest(call: Call) -> str:
    """Return a fingerprint of all that the index holds of a call: another parse is another call, even of one source."""
    slots = repr([(each.question_turns, each.answer_turns) for each in call.exchanges])
    return blake2b(f"{packing.digest(call.turns)} {slots}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The calls of an index by number (None: removed since) with their digests, its passages, and its words.

    The words are kept with their stems: to ask the index for them and to stem them again takes a second.
    """

    calls: tuple[tuple[str, str] | None, ...]
    passages: Passages
    words: Words

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
    ledger.passages.write(folder / "rows.bin")
    words = ledger.words
    head = {
        "format": FORMAT,
        "calls": ledger.calls,
        "rows": len(ledger.passages),
        "turns": words.turns,
        "words": _row(words.counts),
        "counts": list(words.counts.values()),
        "stems": _row([words.stems[word] for word in words.counts]),
        "joined": _row(words.joined),
        "surfaces": _row(words.surfaces),
        "names": _row(words.names),
    }
    fresh = folder / "ledger.new"
    with fresh.open("w", encoding="utf-8") as out:
        out.write(json.dumps(head, ensure_ascii=False))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / "ledger.json")


def read(folder: Path) -> Ledger | None:
    """Read the ledger; None where there is none that this version of Earshot can trust."""
    try:
        head = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
        if head["format"] != FORMAT:
            return None
        passages = Passages.read(folder / "rows.bin", head["rows"])
        words, joined, surfaces, names, stems = (
            head[name].split("\n")[:-1] for name in ("words", "joined", "surfaces", "names", "stems")
        )
        counts = Counter(dict(zip(words, head["counts"], strict=True)))
        held = dict(zip(words, stems, strict=True))
        calls = tuple(None if call is None else (str(call[0]), str(call[1])) for call in head["calls"])
        kept = Words(counts, set(joined), set(surfaces), set(names), int(head["turns"]), held)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Ledger(calls, passages, kept)


def _row(words: Iterable[str]) -> str:
    """Write words, one a line, as one string: half the time of a list of them, both ways."""
    return "".join([f"{word}\n" for word in words])

"""What an index in a folder holds, so that the next start can tell whether it still fits the calls.

The ledger is taken away before the index changes and written, last of all, after it did: an index without one, or
with one that does not fit, is built anew. The words of the calls that came last may be missing: all of them are written
anew only once some calls came, and a start counts those of the last ones itself.
"""

import json
import os
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, chain
from pathlib import Path

from bot import turns
from bot.call import Call
from bot.search.passages import Passages
from bot.search.vocabulary import Words

FORMAT = 11
"""Changes whenever an index written by older code must not be read: another schema, stemmer or way to cut."""


def digest(call: Call) -> str:
    """Return a fingerprint of all that the index holds of a call: another parse is another call, even of one source."""
    slots = [slot for each in call.exchanges for slot in (each.question_turns, each.answer_turns)]
    held = array("i", [*map(len, slots), *chain.from_iterable(slots)]).tobytes()
    return blake2b(turns.digest(call.turns).encode() + held, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The calls of an index by number, with their digests, its passages, and the words of the first `worded` calls.

    The words are kept by their stems: to ask the index for them and to stem them again takes a second. `collocations`
    is the digest of the phrases that it holds as words (see `bot.search.collocations`).
    """

    calls: tuple[tuple[str, str], ...]
    passages: Passages
    words: Words
    worded: int
    collocations: str

    def fits(self, digests: Mapping[str, str]) -> bool:
        """Whether the index holds only calls that are there, unchanged: then the others need but be added."""
        return all(digests.get(id_) == known for id_, known in self.calls)


def forget(folder: Path) -> None:
    """Take the ledger away: until a new one is written, the index is not to be trusted."""
    (folder / "ledger.json").unlink(missing_ok=True)


def write(
    folder: Path,
    calls: Sequence[tuple[str, str]],
    passages: Passages,
    collocations: str,
    *,
    written: int,
    worded: int,
) -> None:
    """Write the ledger; the file that makes it count comes last and whole.

    `written` passages are in their file already, and `worded` calls have their words in theirs.
    """
    passages.write(folder / "rows.bin", written)
    _whole(
        folder,
        "ledger",
        {
            "format": FORMAT,
            "calls": calls,
            "rows": len(passages),
            "worded": worded,
            "collocations": collocations,
        },
    )


def write_words(folder: Path, words: Words) -> None:
    """Write all words. Only where there is no ledger, which would tell of other ones."""
    numbers = {word: number for number, word in enumerate(words.counts)}
    _whole(
        folder,
        "words",
        {
            "turns": words.turns,
            "words": _row(words.counts),
            "counts": list(words.counts.values()),
            "stems": _row(words.forms),
            "forms": [numbers[word] for forms in words.forms.values() for word in forms],
            "sizes": list(map(len, words.forms.values())),
            "joined": _row(words.joined),
            "surfaces": _row(words.surfaces),
            "names": _row(words.names),
        },
    )


def _whole(folder: Path, name: str, held: Mapping[str, object]) -> None:
    fresh = folder / f"{name}.new"
    with fresh.open("w", encoding="utf-8") as out:
        out.write(json.dumps(held, ensure_ascii=False))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / f"{name}.json")


def read(folder: Path) -> Ledger | None:
    """Read the ledger; None where there is none that this version of Earshot can trust."""
    try:
        head = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
        if head["format"] != FORMAT:
            return None
        passages = Passages.read(folder / "rows.bin", head["rows"])
        calls = tuple((str(id_), str(known)) for id_, known in head["calls"])
        words, worded, collocations = _words(folder), int(head["worded"]), str(head["collocations"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    return Ledger(calls, passages, words, worded, collocations)


def _words(folder: Path) -> Words:
    held = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    words, joined, surfaces, names, stems = (
        held[name].split() for name in ("words", "joined", "surfaces", "names", "stems")
    )
    counts = Counter(dict(zip(words, held["counts"], strict=True)))
    grouped, edges = list(map(words.__getitem__, held["forms"])), list(accumulate(held["sizes"], initial=0))
    forms = map(tuple, map(grouped.__getitem__, map(slice, edges, edges[1:])))
    known = dict(zip(stems, forms, strict=True))
    return Words(counts, set(joined), set(surfaces), set(names), int(held["turns"]), known)


def _row(words: Iterable[str]) -> str:
    """Write words, which hold no blank, as one string: half the time of a list of them, both ways."""
    return " ".join(words)

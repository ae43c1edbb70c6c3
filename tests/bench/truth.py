"""Faults of the true turns that the bench is given, mended by rule; figures against both truths are printed.

A label's mark left in the name (`Q – NAME`), a double-barrelled name cut at its hyphen (the rest of it opens the words), and
XML that was never interpreted: escapes, and the tags after the last words.
"""

import html
import re
from collections.abc import Iterable, Mapping

MARK = re.compile(r"[QA]\s[-–—]\s")
REST = re.compile(r"(-\w{2,20})\.\s")  # as it is printed: "NANCY MARSH-QUILL. Hello" cut before the hyphen
AFTER = re.compile(r"\s*\]\]></Body>.*\Z", re.DOTALL)


def mended(turns: Iterable[Mapping[str, str | None]]) -> list[dict[str, str | None]]:
    """Give the turns with such faults mended; a sound truth comes back as it is."""
    return [_mended(turn) for turn in turns]


def _mended(turn: Mapping[str, str | None]) -> dict[str, str | None]:
    text = turn.get("text") or "\n".join(turn.get("paragraphs") or ())
    speaker = turn.get("speaker")
    if speaker:
        speaker = MARK.sub("", speaker, count=1) if MARK.match(speaker) else speaker
        rest = REST.match(text)
        if rest is not None:
            speaker, text = speaker + rest[1], text[rest.end() :]
    return {**turn, "speaker": speaker, "text": html.unescape(AFTER.sub("", text)), "paragraphs": None}

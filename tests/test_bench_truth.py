"""Faults of a given truth are mended by rule; a sound one is left alone."""

import pytest

from tests.bench.truth import mended


@pytest.mark.parametrize(
    ("speaker", "text", "name", "words"),
    [
        ("Q – Ada Quill", "Thank you.", "Ada Quill", "Thank you."),
        ("ADA MARSH", "-QUILL. Hello there.", "ADA MARSH-QUILL", "Hello there."),
        ("Operator", "R&amp;D.\n\n]]></Body>\n <city>Aldgate</city>", "Operator", "R&D."),
        ("Ada Marsh-Quill", "- and then R&D rose.", "Ada Marsh-Quill", "- and then R&D rose."),
        (None, "Q – what is it?", None, "Q – what is it?"),
    ],
)
def test_mending(speaker: str | None, text: str, name: str | None, words: str) -> None:
    (turn,) = mended([{"speaker": speaker, "text": text}])
    assert (turn["speaker"], turn["text"]) == (name, words)

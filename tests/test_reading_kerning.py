"""Kerned pieces of a PDF's text are joined; what parts words, or is not understood, stays byte for byte."""

import pytest
from hypothesis import strategies as st

from bot.reading.kerning import joined
from tests.sampling import sampled


@pytest.mark.parametrize(
    ("content", "after"),
    [
        (b"[(W) 60 (or) -3 (d)]TJ", b"[(Word) 57.000]TJ"),
        (b"[ (one) -280 (t) 10 (wo) ] TJ", b"[(one) -280 (two) 10.000]TJ"),
        (b"[(a) 50 (b) 50 (c)]TJ", b"[(ab) 50.000 50 (c)]TJ"),
        (b"[-.5 (a\\)) 1. (b)]TJ", b"[-.5 (a\\)b) 1.000]TJ"),
        (b"[(\\1) 2 (2)]TJ", b"[(\\1) 2.000 (2)]TJ"),
        (b"[(a(b)c) 2 (d)]TJ", b"[(a(b)c) 2 (d)]TJ"),
        (b"[<0041>2.5<00420043> -300 <00>]TJ", b"[<004100420043> 2.500 -300 <00>]TJ"),
        (b"[<0041> 2 (b)]TJ", b"[<0041> 2.000 (b)]TJ"),
        (b"[<004> 2 <0042>]TJ", b"[<004> 2 <0042>]TJ"),
        (b"(a) Tj [3 2] 0 d", b"(a) Tj [3 2] 0 d"),
        (b"[(a) 2 (b)", b"[(a) 2 (b)"),
    ],
)
def test_joining(content: bytes, after: bytes) -> None:
    assert joined(content) == after


@pytest.mark.parametrize(
    ("content", "after"),
    [
        (b"0.01 Tw [(a b) 2 (c d)]TJ", b"0.01 Tw [(a bc d) 2.000 -20.000]TJ"),
        (b"\n/F1 2 Tf 0.01 Tw (a b c) Tj", b"\n/F1 2 Tf 0.01 Tw [(a b c) -10.000]TJ"),
        (b"\n0.1 Tw (a b) Tj", b"\n0.1 Tw [(a b) -50.000 -50.000]TJ"),
        (b"\n0.01 Tw q 0 Tw (a b)Tj Q (a b)Tj", b"\n0.01 Tw q 0 Tw (a b)Tj Q [(a b) -10.000]TJ"),
        (b"\n0.01 Tw (ab)Tj (a b) ' <0020>Tj [<0020>]TJ", b"\n0.01 Tw (ab)Tj (a b) ' <0020>Tj [<0020>]TJ"),
        (b"0.01 Tw [<0041> 2 (b c)]TJ", b"0.01 Tw [<0041> 2.000 (b c)]TJ"),
        (b"\n0.01 Tw (\\000 b)Tj", b"\n0.01 Tw (\\000 b)Tj"),
        (b"\n0 Tw (a b)Tj Q (a 1 Tw b)Tj (a b)Tj", b"\n0 Tw (a b)Tj Q (a 1 Tw b)Tj (a b)Tj"),
    ],
)
def test_the_pen_moves_by_what_stands_between_words(content: bytes, after: bytes) -> None:
    assert joined(content) == after


@sampled(
    20, 60, st.lists(st.tuples(st.text("ab ", min_size=1, max_size=4), st.integers(-400, 400)), min_size=1, max_size=9)
)
def test_letters_and_the_pens_way_are_kept(pieces: list[tuple[str, int]]) -> None:
    content = b"[" + b" ".join(b"(%s) %d" % (text.encode(), moved) for text, moved in pieces) + b"]TJ"
    inside = joined(content)[1:-3].decode()
    texts = [part.split(")")[0] for part in inside.split("(")[1:]]
    assert "".join(texts) == "".join(text for text, _ in pieces)
    moves = [float(each) for part in inside.split("(") for each in part.split(")")[-1].split()]
    assert sum(moves) == pytest.approx(sum(moved for _, moved in pieces))


@pytest.mark.parametrize(
    "bait",
    [
        b"[" * 200_000,
        b"[(a)" * 100_000,
        b"[(" + b"a" * 300_000,
        b"[" + b"1" * 300_000,
        b"[(a) 1 " * 90_000,
        b"[<" + b"0" * 300_001,
        b"0 Tw" + b" 1" * 150_000,
        b"0 Tw " + b"1" * 300_000,
        b"0 Tw (" + b"(a" * 100_000,
        b"0 Tw (a)" + b" " * 300_000,
    ],
)
def test_baits_end(bait: bytes) -> None:
    assert joined(bait) == bait

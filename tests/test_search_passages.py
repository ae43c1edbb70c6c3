"""Where a long remark is cut, held to the plain walk from sentence to sentence."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.passages import LAP, LONG, ROOM, SENTENCE_END, cut
from tests.sampling import sampled

PIECES = st.sampled_from(
    ["word ", "word. ", "Longer-word? ", "\n\n", '. . ."  ', "x" * 40 + " ", "3,000.5 ", "... ", " \n", '".)  ', "é… "]
)


PLAINLY = re.compile(r"[.?!…][\"'”’)]*\s+|\n+")
"""A sentence's end in two ways to begin, which takes `re` twice as long."""


@sampled(40, 300, st.text(alphabet=".!?… \n\"')A”", max_size=40))
def test_a_sentence_ends_at_a_stop_or_a_line_break(text: str) -> None:
    assert [end.span() for end in SENTENCE_END.finditer(text)] == [end.span() for end in PLAINLY.finditer(text)]


def walked(text: str) -> tuple[tuple[int, int], ...]:
    """Cut by looking at the end of every sentence."""
    if len(text) <= LONG:
        return ((0, len(text)),)
    passages, start, last = [], 0, 0
    for match in SENTENCE_END.finditer(text):
        end = match.end()
        if end - start >= ROOM:
            passages.append((start, end))
            start = last if start < last and end - last <= LAP else end
        last = end
    return (*passages, (start, len(text))) if start < len(text) else tuple(passages)


@given(st.lists(PIECES, max_size=30), st.integers(1, 60))
@example(["."], 3_000)
@example([" "], 3_000)
@example(["\n"], 3_000)
@example(["." * 700 + " a"], 9)
@example(["a" * 500 + ". "], 9)
def test_a_remark_is_cut_where_a_walk_over_its_sentences_cuts_it(pieces: list[str], times: int) -> None:
    text = "".join(pieces) * times
    assert cut(text) == walked(text)

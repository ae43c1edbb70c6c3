"""Names joined by `and` or `vs`: however many there are, each run of words is looked up once."""

from collections import Counter
from collections.abc import Sequence

import pytest

from bot.query.joint import sides
from bot.query.query import Party
from bot.query.tokens import Token, tokens

KNOWN = {"cfo", "ceo", "harbor and lane"}


def read(text: str) -> tuple[Party | None, Counter[str]]:
    looked: Counter[str] = Counter()

    def known(cut: Sequence[Token]) -> Party | None:
        said = " ".join(token.word for token in cut)
        looked[said] += 1
        return Party(said, titles=(said,)) if said in KNOWN else None

    return sides(tokens(text), known), looked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cfo and ceo", "cfo and ceo"),
        ("cfo, ceo and harbor and lane", "cfo, ceo and harbor and lane"),
        ("harbor and lane vs cfo", "harbor and lane vs cfo"),
        ("cfo and nobody", None),
        ("cfo", None),
    ],
)
def test_names_side_by_side(text: str, said: str | None) -> None:
    party, _ = read(text)
    assert (party and party.said) == said


@pytest.mark.parametrize("times", [2, 3, 12, 40])
@pytest.mark.parametrize("text", ["cfo and ceo and ", "cfo vs ", "cfo, ceo, ", "a b and "])
def test_many_names_of_which_one_is_nobodys_cost_no_more_than_their_runs(text: str, times: int) -> None:
    party, looked = read(text * times + "nobody and nobody")
    assert party is None
    words = len(tokens(text * times)) + 3
    assert looked.total() <= words * 8  # as many as there are runs of a name's words, for each word

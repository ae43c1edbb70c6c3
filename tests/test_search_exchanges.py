"""The exchange rule: which questions go on with the subject of the one before."""

import pytest

from bot.search.exchanges import points_back, says_nothing_new
from bot.search.stems import stem
from bot.search.words import keys


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("And do you expect that to continue?", True),
        ("So is it fair to say they are larger than last time you gave it?", False),  # "last": elsewhere
        ("When will they open?", True),
        ("Thank you, that's helpful.", False),  # asks nothing
        ("My second question is on that tax rate?", False),
        ("Shifting gears, what about it?", False),
        ("How is steel?", False),  # points at nothing
        (f"Is that right? {'word ' * 200}", False),  # long enough to say what it is about
    ],
)
def test_what_points_back(text: str, back: bool) -> None:
    assert points_back(text) is back


@pytest.mark.parametrize(
    ("text", "nothing_new"),
    [
        ("Could they open earlier?", True),
        ("Is that so?", True),
        ("And is that premium persistency with lapse waivers?", False),
    ],
)
def test_what_says_nothing_new(text: str, nothing_new: bool) -> None:
    said = {
        stem(word) for word in keys("How many superchargers open this year? We open forty, some earlier than planned.")
    }
    assert says_nothing_new(text, said) is nothing_new

"""Whether the end of a turn calls upon a colleague to speak, or gives somebody the floor."""

import pytest

from bot.parsing.asking import plainly, thanks
from bot.parsing.calls import upon


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("That is the market. Ben?", True),
        ("Ben, I'll let you do the rest.", True),
        ("I'd ask Ben to begin here.", True),
        ("I'll turn it over to Ben.", True),
        ("Ben, do you want to take that one?", True),
        ("Anything to add to that, Ben?", True),
        ("We go to Ben Foster. Ben?", False),
        ("Ben, please go ahead.", False),
        ("Ben, could you repeat that?", False),
        ("Thanks for that, Ben.", False),
        ("As Ben said, it is on time.", False),
    ],
)
def test_a_colleague_is_called_upon_by_his_given_name(text: str, called: bool) -> None:
    assert upon(text, "Ben Foster") is called


def test_a_name_of_one_word_is_nobodys_given_name() -> None:
    assert not upon("Operator?", "Operator")


@pytest.mark.parametrize(
    ("text", "thanked"),
    [
        ("Hi. Thanks for taking my question.", True),
        ("Good morning. Thank you so much for taking the questions.", True),
        ("Thanks a lot for fitting me in.", True),
        ("Thanks for the question, Ada.", False),
        ("Thank you for joining our call today.", False),
        ("Thank you for taking the time to join us.", False),
    ],
)
def test_an_asker_thanks_for_being_heard(text: str, thanked: bool) -> None:
    assert thanks(text) is thanked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How is freight?", True),
        ("Operator, may we have the first question, please?", False),
        ("Here is more. Ib?", False),
        ("Freight is fine.", False),
    ],
)
def test_whoever_opens_the_floor_or_calls_upon_somebody_asks_nothing(text: str, asked: bool) -> None:
    assert plainly(text) is asked

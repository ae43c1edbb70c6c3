"""Who stands in for the one who was announced is not taken for him; who gives himself that name is."""

import pytest

from bot.parsing import parse
from bot.parsing.deputies import stands_in
from bot.reading.document import Document
from bot.reading.line import Line

ANOTHER = (
    "Hi. This is Jonas for Ida Brandt. Thanks for letting me ask.",
    "This is Jonas for Ida. How is freight?",
    "Hey guys, this is Jonas, on behalf of Ida.",
    "Hi, this is Sarah from Aldgate on the line for Ida. Quick question.",
    "Hi. This is actually Jonas on from Ida here. Thanks for squeezing me in.",
    "This is [Jonas Vale] [ph] on Ida Brandt's line. Thank you for your time.",
    "This is Jonas. They got my name wrong. How is freight?",
    "This is Jonas, Ida's associate. How is freight?",
    "Jonas Vale here in Ida's place. How is freight?",
    "Ida couldn't make it, this is Jonas. How is freight?",
    "Good morning. Jonas on behalf of Ida Brandt. So how is freight?",
    "[Indiscernible] for Ida. Thank you for taking the questions.",
    "Good morning. It's [indiscernible] for Ida. How are you?",
    "Hi, just [indiscernible] on behalf of Ida. How is freight?",
    "Hey, it's actually [indiscernible]. How is freight?",
    "Hey, good morning. It's Jonas Vale here with Ida. How is freight?",
    "Hey, sorry. This is actually Jonas here on Ida.",
    "Hi. This is Jonas calling on behalf Ida. How is freight?",
    "Hi, good morning. It is Jonas. How is freight?",
    "Hey, guys. It's Jonas actually. How are you?",
    "This is Jonas [ph]. How is freight?",
    "This is Ida's colleague. How is freight?",
)
HIMSELF = (
    "Hi, this is Ida. How is freight?",
    "This is Ida Brandt. How is freight?",
    "Hi, it's Brandt from Aldgate. How is freight?",
    "It's Ida on for Priya Raman. How is freight?",
    "I'm on for Priya Raman. How is freight?",
    "How is freight?",
    "This is a good quarter. It's China that I wonder about.",
    "Yes. Maybe for Marta. How is freight?",
    "A question for Ida Quill, on freight in for December. How is it?",
    "Great. This is Aldgate's first call. How is freight?",
    "On freight, it's China, right?",
    "Yes, on freight, it's China, right?",
    "Good morning, [indiscernible] I apologize. How is freight?",
    "Jonas, thanks for the time. This is Ida. How is freight?",
)
SPELT = (
    ("Robert Vale", "Hi, it's Bob. How is freight?"),
    ("Marc Vale", "Hi, this is Mark. How is freight?"),
    ("Derik Vale", "Hi, this is Derrick. How is freight?"),
    ("Sumeet Vale", "Hi, this is Sumit. How is freight?"),
    ("Bryan Vale", "Hi, this is Brian Veil. How is freight?"),
)  # fmt: skip


@pytest.mark.parametrize("words", ANOTHER)
def test_somebody_else_than_the_one_announced_says_so(words: str) -> None:
    assert stands_in(words, "Ida Brandt", "Aldgate")


@pytest.mark.parametrize("words", HIMSELF)
def test_the_one_announced_is_not_doubted(words: str) -> None:
    assert not stands_in(words, "Ida Brandt", "Aldgate")


@pytest.mark.parametrize(("announced", "words"), SPELT)
def test_a_name_may_be_short_or_misheard(announced: str, words: str) -> None:
    assert not stands_in(words, announced, "Aldgate")


@pytest.mark.parametrize(
    ("words", "person", "asker"),
    [
        pytest.param("Hi, this is Ida. How is freight?", "Ida Brandt", "Ida Brandt", id="himself"),
        pytest.param("Hi, this is Jonas for Ida. How is freight?", None, "Unidentified Analyst", id="a deputy"),
    ],
)
def test_nobody_is_inferred_for_a_deputy(words: str, person: str | None, asker: str) -> None:
    lines = (
        "Operator: Good day and welcome to the Harbor Metals call. I would now like to turn it over to Marta Quill.",
        "Marta Quill: Thank you and good morning. We had a good quarter, and the plant is on time and on cost.",
        "Operator: Our first question is from Ida Brandt with Aldgate. Please go ahead.",
        "Unidentified Analyst: Hello?",
        "Marta Quill: We hear you.",
        f"Unidentified Analyst: {words}",
        "Marta Quill: It is cheap, and it will stay so, as we said when we opened the books in the spring.",
        "Unidentified Analyst: Great, thank you.",
    )
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    call = parse(document, name="x.txt")
    assert [turn.person for turn in call.turns if turn.speaker == "Unidentified Analyst"] == [person] * 3
    assert [(each.asker, each.firm) for each in call.exchanges] == [(asker, "Aldgate")]


def test_a_numbered_speaker_who_stands_in_is_not_named_by_the_announcement() -> None:
    lines = (
        "Speaker 1: Good day and welcome to the Harbor Metals call. I'm your operator. Please press star one.",
        "Speaker 2: Thank you and good morning. We had a good quarter, and the plant is on time and on cost.",
        "Speaker 1: Our first question is from Ida Brandt with Aldgate. Please go ahead.",
        "Speaker 3: Hi, this is Jonas for Ida. How is freight?",
        "Speaker 2: It is cheap, and it will stay so, as we said when we opened the books in the spring.",
        "Speaker 1: Our next question is from Priya Raman with Larch Bank. Please go ahead.",
        "Speaker 4: Thank you. How is the plant?",
        "Speaker 2: It is on time, and it will stay so, as we said when we opened the books in the spring.",
    )
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    people = {turn.speaker: turn.person for turn in parse(document, name="x.txt").turns}
    assert (people["Speaker 3"], people["Speaker 4"]) == (None, "Priya Raman")

"""Who is given the floor, in the wordings operators and hosts use."""

import pytest

from bot.kind import Kind
from bot.parsing import floor, handoff
from bot.parsing.handoff import Handoff
from bot.parsing.people import People, Person
from bot.parsing.speech import Speech

ASKED = [
    ("Our next question is from Tobias Brandt of Aldgate.", "Tobias Brandt", "Aldgate"),
    ("Our next is from Priya Raman of Harbor & Lane.", "Priya Raman", "Harbor & Lane"),
    (
        "The first question comes from the line of Suki McAllister with Northmoor. Please go ahead.",
        "Suki McAllister",
        "Northmoor",
    ),
    ("We'll go next to A. B. Sorel with A. B. Sorel & Co. Please go ahead.", "A. B. Sorel", "A. B. Sorel & Co."),
    ("Thank you. We'll go next to Tobias Brandt, Aldgate.", "Tobias Brandt", "Aldgate"),
    ("Next, we have Tobias Brandt with Aldgate Research. Please proceed.", "Tobias Brandt", "Aldgate Research"),
    ("Tobias Brandt with Aldgate has our next question.", "Tobias Brandt", "Aldgate"),
    ("From Aldgate Securities, Tobias Brandt.", "Tobias Brandt", "Aldgate Securities"),
    ("That'd be from Tobias Brandt from Aldgate.", "Tobias Brandt", "Aldgate"),
    ("We'll take Tobias Brandt with Aldgate.", "Tobias Brandt", "Aldgate"),
    ("Tobias Brandt, Aldgate Securities", "Tobias Brandt", "Aldgate Securities"),
    ("Howard from Northmoor.", "Howard", "Northmoor"),
    ("Great, thank you. Victoria.", "Victoria", None),
    ("Your next question comes from C.J. Mills with Aldgate. Your line is open.", "C.J. Mills", "Aldgate"),
    ("Our next question is from St. John Halloway of Aldgate.", "St John Halloway", "Aldgate"),
    ("Our next question is from Tobias Brandt with +Larch Research.", "Tobias Brandt", "+Larch Research"),
    ("Our next question is from Tobias Brandt with Larch &Co. Please go ahead.", "Tobias Brandt", "Larch &Co"),
    ("Next caller, your line is being unmuted.", None, None),
    ("There is a line open from a participant at Pell & Stroud. Please state your name.", None, "Pell & Stroud"),
]
INTRODUCED = [
    "I would now like to turn the call over to Marta Quill, Vice President of Investor Relations. Please go ahead.",
    "I'd like to turn it back over to Marta Quill for closing remarks.",
    "Ms. Quill, you may begin.",
]
PASSED = [
    "I will turn the second part of the question over to Jean.",
    "Let me give that question to Jean Remy.",
]
NOBODY = [
    "We have from here one more month to go.",
    "Thank you.",
    "Thanks, Steve.",
    "Please stand by.",
    "Revenue was up 4% in the quarter.",
    # Longer than what is looked at, which begins at the name.
    "It was so well put by Tobias Brandt from Northern Research Larch Pell Stroud Harbor Aldgate Capital Hou.",
    "",
]


@pytest.mark.parametrize(("words", "name", "firm"), ASKED)
def test_an_asker_is_named(words: str, name: str | None, firm: str | None) -> None:
    found = handoff.find(words)
    assert found is not None
    assert (found.name, found.firm, found.asks) == (name, firm, True)


@pytest.mark.parametrize("words", INTRODUCED)
def test_an_introduction_is_no_question(words: str) -> None:
    found = handoff.find(words)
    assert found is not None
    assert not found.asks


@pytest.mark.parametrize("words", NOBODY)
def test_nobody_is_given_the_floor(words: str) -> None:
    assert handoff.find(words) is None


@pytest.mark.parametrize(
    ("words", "name", "firm"),
    [
        ("Leila Ardan of Meridale Partners is up next.", "Leila Ardan", "Meridale Partners"),
        ("We go now to Robert Tilling, who's with Crestmoor Securities.", "Bob Tilling", "Crestmoor Securities"),
        ("One more, and he's with Pell & Stroud, Matteo Brand.", "Matteo Brand", "Pell & Stroud"),
        ("We've got Jerome Hall again, St. Aldric Capital.", "Jerome Hall", "St. Aldric Capital"),
        ("We have Tom Vale of A.B. Whitcombe. Sir, Tom, your line is open.", "Tom Vale", "A.B. Whitcombe"),
        ("The next one is from Pell & Co. Good morning, Ann Marsh.", "Ann Marsh", "Pell & Co."),
        ("And that's from Pell in Paris, Ann Marsh.", "Ann Marsh", "Pell"),
        ("It's from Keel, Bruyn & Woods, Ann Marsh.", "Ann Marsh", "Keel, Bruyn & Woods"),
    ],
)
def test_whoever_speaks_next_is_found_in_any_wording(words: str, name: str, firm: str) -> None:
    assert handoff.to(words, name) == Handoff(name, firm, asks=True, sure=True)


def test_words_that_go_on_are_no_firm() -> None:
    found = handoff.to("And what of Q1 onwards, is that right, Ann?", "Ann Marsh", given_name=True)
    assert found is not None
    assert found.firm is None


@pytest.mark.parametrize(
    ("words", "closes"),
    [
        ("There are no further questions at this time.", True),
        ("This concludes today's call. You may now disconnect.", True),
        ("Our next question is from Tobias Brandt.", False),
    ],
)
def test_the_end_of_the_questions_is_heard(words: str, closes: bool) -> None:  # a column of the table
    assert handoff.closes(words) is closes


@pytest.mark.parametrize("words", PASSED)
def test_a_question_passed_to_a_colleague_gives_him_none(words: str) -> None:
    found = handoff.find(words)
    assert found is None or not found.asks
    assert handoff.passes_on(words)


def test_an_operator_who_passes_the_call_on_passes_no_question_on() -> None:
    assert not handoff.passes_on("I'll turn the call over for the first question to Tobias Brandt.")


@pytest.mark.parametrize("words", ["Our next question is from Tobias Brandt, I'm told.", "Tobias, I’ll let you begin."])
def test_what_somebody_says_of_himself_is_no_firm(words: str) -> None:
    found = handoff.find(words)
    assert found is None or found.firm is None


def test_where_no_question_is_left_nobody_is_given_one() -> None:
    found = handoff.to(
        "There are no further questions. The CEO, Jean Remy, I'll turn it back over to you.", "Jean Remy"
    )
    assert found is not None
    assert not found.asks


def test_words_are_read_once_and_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(handoff, "find", read.append)
    heard = floor.Heard([Speech(None, words, None, None, "line 1") for words in ("One.", "Two.", "Three.")])
    for index in (1, 1, 2):
        heard[index]
    assert read == ["Two.", "Three."]


def test_words_are_believed_anew_where_a_speaker_turns_out_to_be_another() -> None:
    speeches = [Speech(None, words, None, None, "line 1") for words in ("Tobias Brandt, go ahead.", "Thanks.")]
    host, asker = Person("Marta Quill"), Person("Tobias Brandt")
    people, heard = People([host, asker], [host, asker], []), floor.Heard(speeches)
    assert floor.handoffs(speeches, people, heard)[0] == floor.handoffs(speeches, people, floor.Heard(speeches))[0]
    host.kind, asker.kind = Kind.OPERATOR, Kind.ANALYST
    again = floor.handoffs(speeches, people, heard)
    assert again == floor.handoffs(speeches, people, floor.Heard(speeches))
    assert again[0] is not None
    assert again[0].name == "Tobias Brandt"

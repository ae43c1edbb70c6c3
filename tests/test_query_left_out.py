"""What a topic leaves out is told, and so is a `not` that leaves nothing out; each is undone by the other."""

import pytest

from bot.directory import Directory
from bot.query import understand
from bot.query.errors import DeclinedError, NotUnderstoodError
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "told", "undo"),
    [
        ("margin without gross", "turns without ‹gross›", 'topic:(margin "without gross")'),
        ("margin excluding gross", "turns without ‹gross›", 'topic:(margin "excluding gross")'),
        ("margin without the gross", "turns without ‹gross›", 'topic:(margin "without gross")'),
        ("margin not gross", "words to look for", "topic:(margin -gross)"),
    ],
)
def test_it_is_told_and_undone(question: str, told: str, undo: str) -> None:
    [reading] = understand(question, DIRECTORY, today=TODAY).readings
    assert (reading.read_as, reading.undo) == (told, undo)
    assert understand(undo, DIRECTORY, today=TODAY).restated == undo


@pytest.mark.parametrize("question", ["margin -gross", "why not raise prices", "freight or not", "margin", "not gross"])
def test_what_says_it_with_a_sign_or_leaves_nothing_out_needs_no_telling(question: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).readings == ()


@pytest.mark.parametrize(
    ("question", "topic", "whom"),
    [
        ("freight not from the ceo", "freight", "the CEO"),
        ("freight, not vidal", "freight", "Tomas Vidal"),
        ("freight not mentioned by vidal", "freight", "Tomas Vidal"),
        ("freight OR margin NOT vidal", "freight OR margin", "Tomas Vidal"),
        ("freight not from analysts", "freight", "analysts"),
    ],
)
def test_a_not_before_a_name_leaves_it_out_and_is_told(question: str, topic: str, whom: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert query.topic.text == topic
    assert [party.said for party in query.without] == [whom]
    assert f"without the turns of {whom}" in [reading.read_as for reading in query.readings]


@pytest.mark.parametrize("question", ["why not vidal", "is not vidal", "freight costs did not vidal"])
def test_a_not_behind_a_verb_leaves_nobody_out(question: str) -> None:
    assert not understand(question, DIRECTORY, today=TODAY).without


@pytest.mark.parametrize(
    "question",
    [
        "who has not mentioned freight",
        "who didnt mention freight",
        "who hasn't talked about freight",
        "which companies did not mention freight",
        "which companies didn't discuss freight",
    ],
)
def test_whoever_did_not_say_it_is_not_shown(question: str) -> None:
    with pytest.raises(DeclinedError, match="not who didn't: try `who said freight`"):
        understand(question, DIRECTORY, today=TODAY)


@pytest.mark.parametrize("question", ["who said freight would not fall", "who mentioned not raising prices"])
def test_a_not_in_what_is_said_declines_nothing(question: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).intent == "said"


@pytest.mark.parametrize("question", ["freight -voltera", "who asked about freight -northlake"])
def test_a_company_behind_a_minus_is_not_left_out_and_said_so(question: str) -> None:
    with pytest.raises(NotUnderstoodError, match="I can't leave a company out"):
        understand(question, DIRECTORY, today=TODAY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("second question", "I show the first and the last question"),
        ("what was the third question at northlake", "I show the first and the last question"),
        ("how long was the call", "don't say how long"),
        ("who answered the most questions", "I count who asks and who speaks"),
        ("which call was the longest", "don't say how long"),
        ("thanks", "Glad it helped"),
        ("great, thanks!", "Glad it helped"),
        ("Thank you so much.", "Glad it helped"),
        ("ok", "Glad it helped"),
        ("cheers", "Glad it helped"),
        ("that's helpful", "Glad it helped"),
        ("thx a lot :)", "Glad it helped"),
        ("thanks for your help", "Glad it helped"),
    ],
)
def test_what_is_not_known_is_declined_with_what_is(question: str, told: str) -> None:
    with pytest.raises(DeclinedError, match=told):
        understand(question, DIRECTORY, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "how long is the warranty on calls",
        "how long until earnings recover",
        "what did vidal say to the second question",
        "longest answer",
        "which call had the longest answer",
        "who asked the most questions and got no answers",
        "which companies haven't raised prices",
        "who doesn't use cash",
        "sports highlights",
    ],
)
def test_what_only_looks_like_it_is_read(question: str) -> None:
    understand(question, DIRECTORY, today=TODAY)


def test_that_both_companies_means_either_is_told() -> None:
    query = understand("who asked about freight at both northlake and voltera", DIRECTORY, today=TODAY)
    assert [reading.read_as for reading in query.readings] == ["either: what only one of them has is shown, too"]

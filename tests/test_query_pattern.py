"""The language of forms, and the forms that the intents declare in it."""

import pytest

from bot.answers.intent import Intent
from bot.query.intents import intents
from bot.query.keywords import classes, keywords
from bot.query.pattern import Form, Matcher
from bot.query.tokens import tokens

FORMS = [form for intent in intents().values() for form in intent.forms]


def slots(form: str, question: str) -> list[dict[str, str]]:
    cut = tokens(question)
    matcher = Matcher(cut, lambda token: {"askd": "asked"}.get(token.word))
    return [
        {name: " ".join(token.text for token in held) for name, held in matched.slots.items()}
        for matched in matcher.read(Form(form))
    ]


@pytest.mark.parametrize(
    ("form", "question", "read"),
    [
        ("who asked <about> {topic}", "who asked about gross margin", [{"topic": "gross margin"}]),
        ("who asked <about> {topic}", "who askd about margin", [{"topic": "margin"}]),
        ("who asked <about> {topic}", "who asked about", []),
        ("who asked [<about>] {topic}", "who asked margin", [{"topic": "margin"}]),
        ("what did {party} ask [<about> {topic}]", "what did jefferies ask", [{"party": "jefferies"}]),
        (
            "what did {party} ask [<about> {topic}]",
            "what did jefferies ask about fx",
            [{"party": "jefferies", "topic": "fx"}],
        ),
        ("a|b c", "b c", [{}]),
        ("a|b c", "d c", []),
        ("{topic} over time", "margin over time over time", [{"topic": "margin over time"}]),
    ],
)
def test_a_form_reads(form: str, question: str, read: list[dict[str, str]]) -> None:
    assert slots(form, question) == read


@pytest.mark.parametrize("form", ["[a", "a ]", "{nobody}"])
def test_a_malformed_form_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        assert Form(form).parts


@pytest.mark.parametrize("intent", intents().values(), ids=intents())
def test_every_form_of_an_intent_compiles(intent: Intent) -> None:
    for form in intent.forms:
        assert form.parts, form.text
        assert form.default in {None, "management", "analysts", "ceo"}, form.text


def test_no_form_is_declared_twice() -> None:
    texts = [form.text for form in FORMS]
    assert len(set(texts)) == len(texts), {text for text in texts if texts.count(text) > 1}


def test_the_classes_hold_folded_words() -> None:
    assert all(word == word.lower() and word for word in keywords())
    assert all(len(set(members)) == len(members) for members in classes().values())


def test_a_hostile_question_costs_little() -> None:
    cut = tokens("about on over " * 40)
    matcher = Matcher(cut, lambda _: None)
    for form in FORMS:
        list(matcher.read(form))  # bounded by steps: this returns

"""The language of forms, and the forms that the intents declare in it."""

import pytest

from bot.answers.intent import Intent
from bot.query import forms
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
        assert form.default in {None, "management", "analysts", "answers", "ceo"}, form.text


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


def tried(matcher: Matcher) -> list[tuple[str, object, int]]:
    """Try every form, and sort what reads by its score."""
    found = []
    for order, form in enumerate(FORMS):
        for matched in matcher.read(form):
            score = matched.keywords - 0.5 * len(matched.misspelt) + 0.25 * form.soft + form.weight
            if matched.keywords:
                found.append(((-score, order), (form.text, matched.slots, matched.keywords)))
    return [each for _, each in sorted(found, key=lambda each: each[0])]


@pytest.mark.parametrize(
    "words",
    [
        "who asked about superchargers",
        "who askd about freight",  # read before in these forms, the topic aside
        "who askd about on fuel",
        "what did the ceo say about tariffs and fuel",
        "what did the cfo say about tariffs vs fuel",
        "how often was rent mentioned",
        "quote rent by anna",
        "rent",
        "what what what say about",
    ],
)
def test_the_forms_that_read_a_question_are_those_that_read_it_one_by_one(words: str) -> None:
    for cut in (tokens(words), tokens(words.replace("rent", "wages"))):
        matcher = Matcher(cut, lambda token: {"askd": "asked", "rent": "trend"}.get(token.word))
        read = [(each.form.text, each.matched.slots, each.matched.keywords) for each in forms.candidates(matcher)]
        assert read == tried(matcher)

"""A name that is a company's and something else's: a bank that asks and has calls of its own, a product's."""

from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.query import follow_up, understand
from tests.invented_calls import CALLS, TODAY

# Morgan Stanley asks on the first company's calls; here the second company's calls are its own.
OWN = tuple(
    replace(call, company="Morgan Stanley", ticker="MS", aliases=()) if call.ticker == "VLTR" else call
    for call in CALLS
)
DIRECTORY = Directory.of(OWN)


@pytest.mark.parametrize(
    ("question", "restated"),
    [
        ("capex morgan stanley", "topic:(capex) company:MS"),
        ("morgan stanley capex", "topic:(capex) company:MS"),
        ("q3 morgan stanley capex", 'topic:(capex) company:MS period:"Q3 2026"'),
        ("first question morgan stanley", "first question company:MS"),
        ("capex by morgan stanley", 'questions by topic:(capex) firm:"Morgan Stanley"'),
        ("capex from morgan stanley", "topic:(capex) company:MS"),
        ("from morgan stanley", 'questions by firm:"Morgan Stanley"'),
        ("northlake from morgan stanley", 'questions by firm:"Morgan Stanley" company:NLF'),
        ("morgan stanley on northlake", 'questions by firm:"Morgan Stanley" company:NLF'),
        ("capex from morgan stanley at northlake", 'questions by topic:(capex) firm:"Morgan Stanley" company:NLF'),
        ("j.p. morgan vs morgan stanley on capex", 'versus topic:(capex) speaker:"JPMorgan and Morgan Stanley"'),
        ("jefferies and morgan stanley on capex", 'questions by topic:(capex) speaker:"Jefferies and Morgan Stanley"'),
        ("questions from morgan stanley", 'questions by firm:"Morgan Stanley"'),
        ("what did morgan stanley ask", 'questions by firm:"Morgan Stanley"'),
    ],
)
def test_only_beside_a_word_of_asking_it_is_the_firm(question: str, restated: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).restated == restated


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("freight at northlake", "and morgan stanley?", "topic:(freight) company:MS"),
        ("who asked about freight", "from morgan stanley", 'questions by topic:(freight) firm:"Morgan Stanley"'),
        ("freight at northlake", "morgan stanley", "topic:(freight) company:MS"),
        ("who asked about freight", "and morgan stanley?", 'questions by topic:(freight) firm:"Morgan Stanley"'),
        ("questions by galliers", "morgan stanley", 'questions by firm:"Morgan Stanley"'),
    ],
)
def test_in_a_thread_it_is_what_the_question_before_was_about(before: str, said: str, after: str) -> None:
    assert follow_up(before, said, DIRECTORY, today=TODAY).question == after


@pytest.mark.parametrize("typed", ["p&l margin", "g&s margin"])
def test_initials_joined_by_their_sign_are_the_company_unless_they_are_a_term(typed: str) -> None:
    directory = Directory.of(
        [replace(CALLS[0], company="Garlick & Stone, Inc."), replace(CALLS[2], company="Pike & Lark")]
    )
    companies = understand(typed, directory, today=TODAY).companies
    assert companies == (("NLF",) if typed.startswith("g") else ())


@pytest.mark.parametrize(
    ("typed", "restated"),
    [
        ("how often was voltera one mentioned", 'how often topic:("voltera one") company:VLTR'),
        ("who asked about voltera one", 'who asked about topic:("voltera one") company:VLTR'),
        ("voltera one margin", 'topic:("voltera one" margin) company:VLTR'),
        ("voltera drover", 'topic:("voltera drover") company:VLTR'),
        ("voltera deliveries", "topic:(deliveries) company:VLTR"),  # said of itself, and written without its name
        ("voltera margin", "topic:(margin) company:VLTR"),
        ("voltera's drover", "topic:(drover) company:VLTR"),
        ("what happened with Summit Voltera", 'topic:("Summit Voltera") company:VLTR'),
        ("quote summit voltera margin", 'quote topic:("summit voltera" margin) company:VLTR'),
        ("quote beyond voltera", "quote topic:(beyond) company:VLTR"),  # said by itself as often
    ],
)
def test_a_product_that_is_named_after_its_company_is_what_is_asked_about_on_its_calls(
    typed: str, restated: str
) -> None:
    text = (
        "One more: Voltera One and Voltera Drover. Deliveries of Voltera One, of Voltera Drover. Deliveries. Deliveries. "
        "Summit Voltera opened. At Summit Voltera, and beyond Voltera. Beyond Voltera, Beyond Voltera; beyond, beyond, beyond, beyond."
    )
    turns = tuple(replace(turn, text=text) if turn.index == 1 else turn for turn in CALLS[2].turns)
    directory = Directory.of([replace(CALLS[2], turns=turns), *CALLS[:2]])
    assert understand(typed, directory, today=TODAY).restated == restated

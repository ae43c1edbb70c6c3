"""A bank that asks on some calls and has calls of its own: which of the two is meant."""

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

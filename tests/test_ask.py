"""Whole questions over two invented companies: who answers, in which words, with what told."""

import asyncio
import datetime as dt
import io
import itertools
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.ask import ask
from bot.call import Call
from bot.errors import QuestionError
from bot.library import Library
from bot.plain import render
from bot.query import understand
from bot.query.intents import intents
from bot.search.finder import Finder
from bot.search.findings import Findings
from bot.transcripts import load
from bot.turnstile import Turnstile
from tests.invented_calls import CALLS, TODAY

SAMPLES = Path(__file__).parent.parent / "playground" / "calls"


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


ASKERS = [
    ("who asked about superchargers", {"Robert Grant"}),
    ("who asked about freight costs", {"Priya Raman", "John Okafor"}),
    ("who askd about tariffs?", {"Michael Price"}),
    ("what did Morgan Stanley ask", {"Michael Price"}),
    ("harbor & lane", {"Priya Raman"}),
    ("galliers", {"George Galliers"}),
]


@pytest.mark.parametrize(("question", "names"), ASKERS, ids=[question for question, _ in ASKERS])
async def test_askers_are_found(library: Library, question: str, names: set[str]) -> None:
    answer = await ask(library, question, today=TODAY, limit=10)
    assert names <= {hit.quote.turn.person for hit in answer.hits}
    assert {asker.name for asker in answer.facts.askers} >= names
    assert all(hit.quote.turn.kind.value == "analyst" for hit in answer.hits)
    assert all(context.relation.value == "answer" for context in answer.context)


async def test_a_quote_is_managements(library: Library) -> None:
    answer = await ask(library, "quote margin", today=TODAY, limit=10)
    assert {hit.quote.turn.kind.value for hit in answer.hits} == {"executive"}
    assert any(context.relation.value == "also_said" for context in answer.context)
    for hit in answer.hits:
        assert any("margin" in hit.quote.text[start:end].lower() for start, end in hit.quote.spans)


@pytest.mark.parametrize(
    "question", ["", "   ", ":rocket:", "🚀🚀", "x" * 4000, "should i buy voltera", "is voltera a buy", "summarise"]
)
async def test_odd_input_gets_a_sentence(library: Library, question: str) -> None:
    with pytest.raises(QuestionError) as caught:
        await ask(library, question, today=TODAY)
    assert len(caught.value.sentence) > 20


async def test_calls_and_help_have_lines(library: Library) -> None:
    assert len((await ask(library, "calls", today=TODAY)).body) == 4
    assert any("who asked about" in line for line in (await ask(library, "help", today=TODAY)).body)


async def test_calls_are_listed_by_when_they_were_held_however_a_company_counts_its_quarters() -> None:
    held = {
        "ahead": (2027, 1, dt.date(2026, 5, 27)),
        "late": (2026, 3, dt.date(2026, 11, 3)),
        "undated": (2025, 4, None),
    }
    calls = [
        replace(CALLS[0], id=id_, company=id_, ticker=None, year=year, quarter=quarter, date=date)
        for id_, (year, quarter, date) in held.items()
    ]
    answer = await ask(await Library.of(calls), "calls", today=TODAY)
    assert [line.split()[0] for line in answer.body] == ["late", "ahead", "undated"]


async def test_a_title_is_taken_from_another_call_and_told() -> None:
    untitled = [without_titles(call) if call.id == "northlake-2026-q2" else call for call in CALLS]
    library = await Library.of(untitled)
    answer = await ask(library, "what did the CFO say about gross margin at northlake in q2", today=TODAY)
    assert {hit.quote.turn.person for hit in answer.hits} == {"Ingrid Solheim"}
    assert any("by the titles of other calls" in note.text for note in answer.notes)
    assert understand(answer.query.restated, library.directory, today=TODAY).restated == answer.query.restated


async def test_an_unknown_title_never_reads_as_never_said() -> None:
    library = await Library.of([without_titles(call) for call in CALLS])
    answer = await ask(library, "what did the CFO say about gross margin", today=TODAY)
    assert not answer.hits
    assert any("names the CFO" in note.text for note in answer.notes)


async def test_a_change_of_title_is_minded() -> None:
    promoted = [
        _retitled(call, "Ingrid Solheim", "Chief Executive Officer") if call.id == "northlake-2026-q2" else call
        for call in CALLS
    ]
    library = await Library.of(promoted)
    answer = await ask(library, "what did the CFO say about gross margin at northlake", today=TODAY, limit=10)
    assert {hit.quote.call.id for hit in answer.hits} == {"northlake-2026-q1"}


async def test_first_rests_on_the_words_asked(library: Library) -> None:
    answer = await ask(library, "first mention of cold chain", today=TODAY)
    assert answer.facts.first is None
    answer = await ask(library, "first mention of gross margin", today=TODAY)
    assert answer.facts.first is not None
    assert "gross margin" in answer.facts.first.text.lower()


async def test_an_answer_is_followed_by_the_rest_of_its_exchange(library: Library) -> None:
    answer = await ask(library, "answer to raman's question about freight", today=TODAY, limit=10)
    assert [hit.quote.turn.index for hit in answer.hits] == [6, 8]
    assert [(context.of, context.quote.turn.index) for context in answer.context] == [(0, 5), (1, 7)]


async def test_somebody_is_left_out(library: Library) -> None:
    answer = await ask(library, "who asked about freight -priscilla -raman", today=TODAY, limit=10)
    assert "Priya Raman" not in {hit.quote.turn.person for hit in answer.hits}
    assert answer.hits


async def test_an_ambiguous_name_gives_choices_and_a_note(library: Library) -> None:
    answer = await ask(library, "what did john ask", today=TODAY)
    assert {choice.text for choice in answer.choices} == {"John Okafor", "John Lindqvist"}
    assert any(
        "John Okafor or John Lindqvist" in note.text or "John Lindqvist or John Okafor" in note.text
        for note in answer.notes
    )
    for choice in answer.choices:
        assert (await ask(library, choice.question, today=TODAY)).hits


async def test_only_analysts_said_it_is_told(library: Library) -> None:
    answer = await ask(library, 'quote "taking share from brands"', today=TODAY)
    assert {hit.quote.turn.kind.value for hit in answer.hits} == {"analyst"}
    assert any("only analysts" in note.text for note in answer.notes)


async def test_management_comes_first_on_a_bare_topic(library: Library) -> None:
    answer = await ask(library, "superchargers", today=TODAY, limit=10)
    kinds = [hit.quote.turn.kind.value for hit in answer.hits]
    assert kinds == sorted(kinds, key=lambda kind: kind != "executive")
    assert "analyst" in kinds


async def test_the_operator_is_never_a_hit(library: Library) -> None:
    for question in ("welcome", "who said welcome", "quote welcome", "second quarter call", "operator"):
        try:
            answer = await ask(library, question, today=TODAY, limit=20)
        except QuestionError:
            continue
        assert question == "operator" or all(hit.quote.turn.kind.value != "operator" for hit in answer.hits), question


def without_titles(call: Call) -> Call:
    turns = tuple(replace(turn, title=None) for turn in call.turns)
    return replace(call, turns=turns, participants=tuple(replace(each, title=None) for each in call.participants))


def _retitled(call: Call, name: str, title: str) -> Call:
    turns = tuple(replace(turn, title=title) if turn.person == name else turn for turn in call.turns)
    people = tuple(replace(each, title=title) if each.name == name else each for each in call.participants)
    return replace(call, turns=turns, participants=people)


async def test_a_person_of_two_spellings_is_counted_once() -> None:
    spelt = [_renamed(call, "George Galliers", "G. Galliers") if call.ticker == "VLTR" else call for call in CALLS]
    answer = await ask(await Library.of(spelt), "questions by kestrel point", today=TODAY, limit=10)
    assert [(asker.name, asker.questions) for asker in answer.facts.askers] == [("George Galliers", 2)]
    assert answer.headline.startswith("1 analyst, 2 questions")


async def test_what_was_searched_is_told_as_it_was_read(library: Library) -> None:
    answer = await ask(library, "quote frieght", today=TODAY)
    assert any("searched: “freight”" in note.text for note in answer.notes)


def _renamed(call: Call, old: str, new: str) -> Call:
    turns = tuple(replace(turn, person=new, speaker=new) if turn.person == old else turn for turn in call.turns)
    people = tuple(replace(each, name=new) if each.name == old else each for each in call.participants)
    return replace(call, turns=turns, participants=people)


@pytest.mark.parametrize("question", ["who asked about superchargers", "analysts", "how often was margin mentioned"])
async def test_an_answer_made_beside_the_loop_is_the_same(
    library: Library, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = await ask(library, question, today=TODAY)
    monkeypatch.setattr("bot.ask.LIGHT", -1)
    assert await ask(library, question, today=TODAY) == at_once


async def test_a_call_that_leaves_while_its_answer_is_made_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    library = await Library.of(CALLS)
    first = await ask(library, "who asked about superchargers", today=TODAY)
    monkeypatch.setattr("bot.ask.LIGHT", -1)
    asking = asyncio.create_task(ask(library, "who asked about superchargers", today=TODAY))
    while not asking.done():
        await library.remove([first.hits[0].quote.call.id])
        await asyncio.sleep(0)
    assert first.hits[0].quote.call.id not in {hit.quote.call.id for hit in (await asking).hits}


@pytest.mark.parametrize("name", [name for name in intents() if name != "help"])
async def test_a_call_that_comes_while_its_answer_is_made_harms_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = await Library.of(CALLS[1:])
    find = Finder.find
    come = False

    async def found(*args: Any, **options: Any) -> Findings:
        nonlocal come
        if not come:
            come = True
            await library.add([CALLS[0]])
        return await find(*args, **options)

    monkeypatch.setattr(Finder, "find", found)
    lead = intents()[name].lead
    party = ' speaker:"Tomas Vidal and Ingrid Solheim"' if name == "versus" else ""
    for question in (lead, f"{lead} topic:(freight){party}"):
        come = False
        with suppress(QuestionError):  # some need a topic
            answer = await ask(library, question, today=TODAY)
            assert all(hit.quote.call.id in library.calls for hit in answer.hits)
        await library.remove([CALLS[0].id])


SEARCHES = [
    ('who said "zeppelin hangars"', 2),  # and whether the operator says it
    ('voltera: who said "zeppelin hangars"', 2),
    ('quote "zeppelin hangars"', 3),  # management's, and analysts' beside them
    ("what did Robert Grant say about superchargers", 1),  # he asks, and answers nobody's questions
    ("what did Marta Quill say about superchargers", 2),
    ("what did Robert Grant and Marta Quill say about superchargers", 2),
    ("what did the CFO say about superchargers", 2),
]


@pytest.mark.parametrize(("question", "searches"), SEARCHES, ids=[question for question, _ in SEARCHES])
async def test_nothing_is_looked_for_in_vain(
    library: Library, question: str, searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    find = Finder.find

    async def counted(*args: Any, **options: Any) -> Findings:
        made.append(args)
        return await find(*args, **options)

    monkeypatch.setattr(Finder, "find", counted)
    await ask(library, question, today=TODAY)
    assert len(made) == searches


async def test_the_question_before_a_hit_is_not_printed_once_more_as_also_said() -> None:
    samples = await Library.of(load((SAMPLES,)).calls)
    answer = await ask(samples, "quote margin", today=TODAY, limit=3)
    (before,) = [each.quote for each in answer.context if each.relation.value == "question"]
    assert before.turn in [each.quote.turn for each in answer.context if each.relation.value == "also_said"]
    screen = Console(width=10_000, file=io.StringIO(), record=True)
    screen.print(render(answer, {}))
    assert screen.export_text().count(before.text.split("\n")[0]) == 1


def sampled_breaths(count: int) -> list[object]:
    """Every third breath; thorough, each."""
    return [pytest.param(each, marks=pytest.mark.thorough) if each % 3 else each for each in range(count)]


@pytest.mark.parametrize("breath", sampled_breaths(16))
async def test_a_call_that_is_told_of_elsewhere_may_leave_at_every_breath(
    breath: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "did Tomas Vidal say superchargers"
    gone = [call.id for call in CALLS if any("supercharger" in turn.text.lower() for turn in call.turns)]
    assert 0 < len(gone) < len(CALLS)
    library = await Library.of(CALLS)
    first = await ask(library, question, today=TODAY)
    assert not first.hits
    assert any("elsewhere in these calls" in note.text for note in first.notes)
    breaths = itertools.count()

    async def breathe(_: Turnstile) -> None:
        if next(breaths) == breath:
            await library.remove(gone)

    monkeypatch.setattr(Turnstile, "breathe", breathe)
    with suppress(QuestionError):  # nobody of that name is on the calls that are left
        answer = await ask(library, question, today=TODAY)
        assert not answer.hits


@pytest.mark.parametrize("breath", sampled_breaths(8))
@pytest.mark.parametrize("question", ["who asked about superchargers", "compare margin", "how often was margin said"])
@pytest.mark.parametrize("left", ["nothing", "its first turn", "what comes before the turn that was found"])
async def test_a_call_may_leave_at_every_breath_of_an_answer(
    question: str, breath: int, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = await Library.of(CALLS)
    first = await ask(library, question, today=TODAY, limit=50)
    gone = first.hits[0].quote.call
    turns = {"nothing": None, "its first turn": 1}.get(left, first.hits[0].quote.turn.index)
    breaths = itertools.count()

    async def breathe(_: Turnstile) -> None:
        if next(breaths) == breath:
            await library.remove([gone.id])
            if turns is not None:
                await library.add([replace(gone, turns=gone.turns[:turns], exchanges=())])

    monkeypatch.setattr(Turnstile, "breathe", breathe)
    answer = await ask(library, question, today=TODAY, limit=50)
    found = {(hit.quote.call.id, hit.quote.turn.index) for hit in answer.hits}
    if next(breaths) > breath:
        assert not any(call == gone.id and turn >= (turns or 0) for call, turn in found)


async def test_a_plain_word_that_nobody_says_is_no_misspelling_of_another(library: Library) -> None:
    answer = await ask(library, "tone", today=TODAY)
    assert not answer.hits
    assert not any("nearest words" in note.text for note in answer.notes)
    assert all("Look for" not in choice.text for choice in answer.next_questions)


async def test_who_asks_on_is_shown_without_a_question_of_ones_own_before(library: Library) -> None:
    answer = await ask(library, "do they reset next year", today=TODAY)
    shown = answer.hits[0].quote
    assert shown.turn.person == "Priya Raman"
    assert not [each for each in answer.context if each.of == 0 and each.relation.value == "question"]


async def test_the_terminal_has_one_name_for_a_company() -> None:
    calls = (replace(CALLS[0], company="Northlake Foods, Inc."), replace(CALLS[1], company="Northlake Foods"))
    library = await Library.of(calls)
    answer = await ask(library, "private label", today=TODAY)
    screen = Console(width=10_000, file=io.StringIO(), record=True)
    screen.print(render(answer, library.directory.call_names))
    shown = [line for line in screen.export_text().splitlines() if "· line " in line or "· turn " in line]
    names = {library.directory.call_names[hit.quote.call.id].rsplit(" Q", 1)[0] for hit in answer.hits}
    assert len(names) == 1
    assert shown
    assert all(f"  {names.copy().pop()} Q" in line for line in shown)

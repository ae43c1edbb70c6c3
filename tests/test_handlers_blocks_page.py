"""Rendering: exact, within every limit, and never parsed, whatever a transcript or a person wrote."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.answers.answer import About, Answer, Asker, Choice, Facts, Hit, Note, Quote, Scope
from bot.answers.telling import askers
from bot.attribution import Attribution
from bot.directory import Directory
from bot.kind import Kind
from bot.query.query import Query
from bot.query.topic import Topic
from bot.search.findings import Why
from handlers.blocks.asked import asked_table, sentence
from handlers.blocks.cut import cut, parts
from handlers.blocks.limits import broken, parsed, texts
from handlers.blocks.newer import has_newer
from handlers.blocks.page import render
from handlers.blocks.shared import shared
from handlers.blocks.speaker import REASONS, badge
from handlers.blocks.view import View
from handlers.delivery import plain_blocks
from handlers.message import Message
from handlers.ticket import Opened, Ticket
from handlers.turned import Told
from tests.desk import SPOKEN, call
from tests.sampling import sampled

HOSTILE = st.one_of(
    st.text(min_size=1, max_size=300),
    st.sampled_from(
        [
            "<!channel> <!here> <!everyone>",
            "<@U1> <#C1|general> <https://evil.example|click>",
            "*bold* _it_ ~no~ `code` ```pre``` > quote",
            "x" * 40_000,
            "a\n" * 3_000,
            "\u202eright to left\u202c مرحبا",
            "👩‍👩‍👧‍👦" * 400,
            "&amp;&lt;" * 500,
            '"' * 3_000,
            "\\" * 3_000,
            '{"type":"' * 1_100,  # what a block's JSON begins with
        ]
    ),
)


def quoted(text: str, spans: tuple[tuple[int, int], ...] = (), id_: str = "quillon-2026-q1") -> Quote:
    rows = [
        (*SPOKEN[0][:6], "Welcome."),
        ("Mei Tanaka", Kind.ANALYST, "Tidewater", None, SPOKEN[7][4], 0, text),
        (*SPOKEN[8][:5], 0, text),
    ]
    made = call(id_=id_, rows=rows)
    return Quote(made, made.turns[1], 0, len(text), spans)


def answer(quotes: list[Quote], question: str = "quote margin", **more: object) -> Answer:
    query = Query(question, "quote", Topic(question), question, question)
    hits = tuple(Hit(quote, Why.MATCHED, 1.0) for quote in quotes)
    made = Answer(query, "2 turns on margin in 1 call", Scope(1, 10), total=len(hits) + 4, hits=hits)
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]  # a test names the fields it changes


def payload(message: Message) -> dict[str, object]:
    return {"text": message.text, "blocks": message.blocks}


def quotes_in(node: object) -> Iterator[str]:
    """Every quotation of a message, its runs joined."""
    if isinstance(node, dict):
        if node.get("type") == "rich_text_quote":
            yield "".join(texts(node))
        for value in node.values():
            yield from quotes_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes_in(value)


def safe(message: Message) -> bool:
    """Whether nothing that Slack parses holds a live entity: only our own escapes follow & and no < stands."""
    return all("<" not in text and ">" not in text for text in parsed(payload(message)))


UNMODELLED = {"data_table", "data_visualization"}  # slack_sdk 3.47 has no class for these


def known(blocks: list[dict[str, object]]) -> bool:
    """Whether the SDK's own models take every block, as far as it models them."""
    for block in blocks:
        if block["type"] in UNMODELLED:
            continue
        model = Block.parse(block)
        assert model is not None, block["type"]
        model.validate_json()
    return True


@sampled(10, 60, HOSTILE, HOSTILE, st.sampled_from([None, *Opened]), st.integers(0, 4), st.data())
def test_hostile_text_stays_exact_harmless_and_within_limits(
    text: str, other: str, opened: Opened | None, part: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    spans = ((start, min(len(text), start + 7)),)
    quote = quoted(text, spans)
    ticket = Ticket("q", 0, quote.call.id, quote.turn.index, "h", opened, part)
    made = answer(
        [quote, quoted(other), quoted("short")],
        question=other[:500],
        headline=other,
        notes=tuple(
            Note(about, other, undo=text if about is About.READ_AS else None) for about in About for _ in range(3)
        ),
        choices=tuple(Choice(text, other) for _ in range(30)),
        next_questions=tuple(Choice(each, each) for each in (text, other) * 3),
        facts=Facts(
            askers=(Asker(text, other, 3),) * 20, counts={text: 1, other: 2}, by_speaker={other: 3}, words={text: 9}
        ),
    )
    newer = data.draw(st.booleans())
    made = dataclasses.replace(made, query=dataclasses.replace(made.query, intent="count"))
    named = {text: dataclasses.replace(quote.call, ticker=text), other: quote.call}
    message = render(made, View(opened=ticket if opened else None, notice=other, rich=newer), named)
    assert has_newer(message.blocks) == newer
    assert broken(payload(message)) == []
    assert safe(message)
    assert known(message.blocks)
    for found in quotes_in(message.blocks):
        assert any(found in source for source in (text, other, "short", "Welcome.", " "))
    plain = {"text": message.text, "blocks": plain_blocks(message)}
    assert broken(plain) == []
    assert all("<" not in said for said in parsed(plain))


@sampled(10, 60, st.lists(HOSTILE, min_size=1, max_size=4), HOSTILE, st.integers(1, 40))
def test_a_table_of_questions_is_exact_and_within_limits_plain_too(
    questions: list[str], other: str, times: int
) -> None:
    made = answer([quoted(text) for text in questions] * times, question=other[:500], headline=other)
    message = asked_table(made)
    plain = Message(message.text, plain_blocks(message))
    assert not has_newer(plain.blocks)
    for one in (message, plain):
        assert broken(payload(one)) == []
        assert safe(one)
        assert known(one.blocks)
    for block in message.blocks:
        if block["type"] == "data_table":
            assert isinstance(block["rows"], list)
            for row in block["rows"][1:]:
                said = row[3]["text"].removeprefix("⋯ ").removesuffix(" ⋯")
                assert any(said[1:-1] in text for text in questions)


SENTENCES = [
    ("I have one on margin. What is the margin now? Thanks.", "margin", "What is the margin now?"),
    ("I have one on margin. How are you? Thanks.", "margin", "I have one on margin."),
    ("Thanks. How are you? And costs? Bye.", None, "And costs?"),
    ("Only this.", None, "Only this."),
]


@pytest.mark.parametrize(("text", "word", "shown"), SENTENCES)
def test_a_question_is_told_by_the_sentence_that_asks_it(text: str, word: str | None, shown: str) -> None:
    spans = tuple((at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)) if word else ()
    assert sentence(quoted(text, spans)).text == shown


def test_how_often_is_a_chart_in_the_order_of_time_and_lines_that_say_the_same() -> None:
    calls = {f"c{number}": call(f"c{number}", quarter=number, date=dt.date(2026, number, 1)) for number in (2, 1, 3)}
    said = Query("how often was margin mentioned", "count", Topic("margin"), "margin", "margin")
    note = Note(About.COUNTED, "counted: whole words")
    made = answer([], query=said, facts=Facts(counts={"c2": 5, "c1": 0, "c3": 7}), notes=(note,), total=0)
    chart = next(block for block in render(made, View(rich=True), calls).blocks if block["type"] in UNMODELLED)
    assert chart["title"] == "Mentions of margin"
    assert "'label': 'QLM Q1 2026', 'value': 0}, {'label': 'QLM Q2 2026', 'value': 5}" in str(chart)
    assert "Quillon Motors Q2 2026 ×5 · Quillon Motors Q3 2026 ×7" in "".join(texts(render(made, View(), calls).blocks))
    assert not has_newer(render(made, View(), calls).blocks)


@sampled(8, 40, HOSTILE, HOSTILE, st.sampled_from([None, *REASONS]))
def test_a_shared_quote_is_exact_and_harmless(text: str, question: str, why: Why | None) -> None:
    quote = quoted(text)
    message = shared(Told(quote.call, quote.turn, 0, len(text), why=why), user="U1", command="/call", question=question)
    assert broken(payload(message)) == []
    assert safe(message)
    assert all(found in text or not text.strip() for found in quotes_in(message.blocks))
    for told in (message.text, "".join(texts(message.blocks))):
        assert why is None or REASONS[why] in told


@sampled(8, 40, HOSTILE, st.integers(1, 400), st.data())
def test_a_cut_is_one_run_of_the_turn_within_its_room(text: str, room: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    found = cut(quoted(text, ((start, min(len(text), start + 3)),)), room)
    assert len(found.text) <= max(room, 1)
    assert text[found.start : found.end] == found.text
    assert all(0 <= a < b <= len(found.text) for a, b in found.spans)


@sampled(8, 40, HOSTILE, st.integers(1, 400))
def test_parts_of_a_turn_are_the_turn(text: str, room: int) -> None:
    assert "".join(text[start:end] for start, end in parts(text, room)) == text
    assert all(end - start <= room for start, end in parts(text, room))


def test_matches_are_bold_and_nothing_else() -> None:
    message = render(answer([quoted("Our margin is a margin of note.", ((4, 10), (16, 22)))]), View())
    quotation = next(block for block in message.blocks if "rich_text_quote" in str(block))["elements"]
    assert isinstance(quotation, list)
    runs = [(run["text"], run.get("style")) for run in quotation[1]["elements"]]
    bold = {"bold": True}
    assert runs == [("Our ", None), ("margin", bold), (" is a ", None), ("margin", bold), (" of note.", None)]


def test_a_page_shows_who_where_and_the_way_on() -> None:
    message = render(answer([quoted("Our margin is fine.")]), View(offset=3))
    said = "".join(texts(message.blocks))
    assert "4. Mei Tanaka ANALYST Tidewater · Quillon Motors Q1 2026 · Q&A · line 12" in said
    assert "Previous" in said
    assert message.text.startswith("2 turns on margin in 1 call\nMei Tanaka, ANALYST, Tidewater, ")
    assert "Q&amp;A" in message.text


def test_a_question_of_fields_is_named_as_people_say_it() -> None:
    said = Query('topic:(margin) speaker:"Ana"', "said", Topic("margin"), "margin", "margin · Ana")
    made = answer([quoted("Our margin is fine.")], query=said)
    assert "".join(texts(render(made, View()).blocks)).startswith("margin · Ana  2 turns")


def test_an_inferred_name_says_so_and_an_unlabelled_turn_has_none() -> None:
    quote = quoted("Our margin is fine.")
    inferred = dataclasses.replace(quote.turn, attribution=Attribution.INFERRED, basis="line 9")
    said = "".join(texts(render(answer([dataclasses.replace(quote, turn=inferred)]), View()).blocks))
    assert "Mei Tanaka (inferred from line 9)" in said
    turns = [inferred, dataclasses.replace(quote.turn, person="Ada Berg", speaker="Ada Berg")]
    known = Directory.of([dataclasses.replace(quote.call, turns=tuple(turns))])
    made = answer([quote], facts=Facts(askers=askers(known, turns)))
    said = "".join(texts(render(made, View()).blocks))
    assert "Asked by: Mei Tanaka (inferred, Tidewater) · Ada Berg (Tidewater)" in said
    table = asked_table(answer([dataclasses.replace(quote, turn=inferred)]))
    assert "Mei Tanaka (inferred)" in str(table.blocks)
    nobody = dataclasses.replace(
        quote.turn, attribution=Attribution.UNLABELLED, speaker=None, person=None, kind=Kind.UNKNOWN
    )
    said = "".join(texts(render(answer([dataclasses.replace(quote, turn=nobody)]), View()).blocks))
    assert "unlabelled speaker" in said
    assert "Mei" not in said


TITLES = [
    ("Chief Financial Officer", "CFO"),
    ("CFO", "CFO"),
    ("Co-Founder and Chief Executive Officer", "CEO"),
    ("Chairman, CEO", "CEO"),
    ("Vice President, Investor Relations", "IR"),
    ("Senior Vice President, Charging", "EXECUTIVE"),
    (None, "EXECUTIVE"),
]


@pytest.mark.parametrize(("title", "shown"), TITLES)
def test_badges(title: str | None, shown: str) -> None:
    turn = dataclasses.replace(call().turns[1], title=title)
    assert badge(turn) == shown


def test_a_list_is_paged_by_lines() -> None:
    body = tuple(f"call {number}" for number in range(40))
    first = render(answer([], body=body, total=0), View())
    assert "call 23" in "".join(texts(first.blocks))
    assert "call 24" not in "".join(texts(first.blocks))
    second = "".join(texts(render(answer([], body=body, total=0), View(offset=24)).blocks))
    assert "call 24" in second
    assert "Previous" in second


@pytest.mark.parametrize(
    ("total", "shown"), [(3, None), (4, "Next 4 of 4"), (5, "Next 4 to 5 of 5"), (9, "Next 4 to 6 of 9")]
)
def test_the_way_on_says_which_come_next(total: int, shown: str | None) -> None:
    said = texts(render(answer([quoted("Our margin is fine.")], total=total), View()).blocks)
    assert [text for text in said if text.startswith("Next ") and text[5:6].isdigit()] == ([shown] if shown else [])


def test_a_readers_question_reaches_the_answer_of_its_own() -> None:
    """In an exchange of two questions, *Answer* opens what follows the one that was found."""
    rows = [
        ("Mei Tanaka", Kind.ANALYST, "Tidewater", None, SPOKEN[7][4], 0, "First?"),
        ("Bram Okafor", Kind.EXECUTIVE, None, None, SPOKEN[7][4], 0, "First answer."),
        ("Mei Tanaka", Kind.ANALYST, "Tidewater", None, SPOKEN[7][4], 0, "Second?"),
        ("Bram Okafor", Kind.EXECUTIVE, None, None, SPOKEN[7][4], 0, "Second answer."),
    ]
    made = call(rows=rows)
    found = Quote(made, made.turns[2], 0, 7)
    message = render(answer([found]), View(opened=Ticket("q", 0, made.id, 2, "h", Opened.ANSWER)))
    assert "Second answer." in "".join(texts(message.blocks))
    assert "First answer." not in "".join(texts(message.blocks))


@pytest.mark.parametrize(
    ("intent", "above"), [("quote", True), ("count", False), ("compare", False), ("versus", False)]
)
def test_synonyms_that_found_quotes_stand_below_figures_that_dont_count_them(intent: str, above: bool) -> None:
    said = Query("margin", intent, Topic("margin"), "margin", "margin")
    note = Note(About.SYNONYM, "also searched: profitability (for margin)")
    blocks = render(answer([quoted("Our margin is fine.")], query=said, notes=(note,)), View()).blocks
    told = ["".join(texts(block)) for block in blocks]
    place = next(at for at, text in enumerate(told) if "also searched" in text)
    assert (place < next(at for at, text in enumerate(told) if "Our margin" in text)) is above

"""The library: what is loaded is found, what is removed is not."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.library import Library
from bot.participant import Participant
from bot.query.reading import How
from bot.query.topic import Near, Phrase, Term, Topic
from bot.search.engines._documents import Documents
from bot.search.engines.embedded import LATE
from bot.search.findings import Why
from bot.search.wanted import Wanted
from bot.section import Section
from bot.turn import Turn


def turn(
    index: int, text: str, *, kind: Kind = Kind.EXECUTIVE, person: str = "Ada Stone", exchange: int | None = None
) -> Turn:
    return Turn(
        index,
        index + 1,
        None,
        f"line {index + 1}",
        Section.QA,
        person,
        person,
        kind,
        None,
        None,
        Attribution.LABELLED,
        text,
        exchange,
    )


def call(id_: str, *turns: Turn, exchanges: tuple[Exchange, ...] = ()) -> Call:
    return Call(id_, "Harrow Motors", "HRW", 2025, 1, None, None, {}, (), turns, exchanges, ())


def topic(*words: str) -> Topic:
    return Topic(" ".join(words), tuple(Term(word, 0, len(word)) for word in words))


async def found(library: Library, *words: str) -> list[tuple[str, int]]:
    findings = await library.find(topic(*words), Wanted())
    return [(match.call, match.turn) for match in findings.matches]


async def test_what_is_loaded_is_found_and_what_is_removed_is_gone() -> None:
    library = await Library.of([call("a", turn(0, "Our margins rose."), turn(1, "Thank you."))])
    assert await found(library, "margin") == [("a", 0)]
    await library.add([call("b", turn(0, "The margin of the truck business."))])
    assert sorted(await found(library, "margin")) == [("a", 0), ("b", 0)]
    await library.remove(["a"])
    assert await found(library, "margin") == [("b", 0)]
    assert list(library.calls) == ["b"]


async def test_the_calls_of_a_moment_stay_whatever_comes_or_goes() -> None:
    library = await Library.of([call("a", turn(0, "Our margins rose."))])
    before = library.now
    assert library.now is before  # made once
    await library.add([call("b", turn(0, "The margin of the truck business."))])
    both = library.now
    await library.remove(["a"])
    assert (set(before), set(both), set(library.now)) == ({"a"}, {"a", "b"}, {"b"})


async def test_a_call_of_the_same_id_is_replaced() -> None:
    library = await Library.of([call("a", turn(0, "Steel costs."))])
    await library.add([call("a", turn(0, "Copper costs."))])
    assert await found(library, "steel") == []
    assert await found(library, "copper") == [("a", 0)]


async def test_of_calls_that_come_at_once_none_loses_its_names() -> None:
    library = await Library.of([call("a", turn(0, "Steel costs."))])
    crowd = tuple(Participant(f"Ada Stone{at}", Kind.ANALYST, f"House {at}", None) for at in range(2_000))
    long = replace(call("long", turn(0, "Copper costs.")), participants=crowd)  # its names take longer to be made ready
    short = replace(
        call("short", turn(0, "Glass costs.")), participants=(Participant("Una Vale", Kind.ANALYST, None, None),)
    )
    await asyncio.gather(library.add([long]), library.add([short]))
    assert {each.id for each in library.directory.calls} == {*library.calls} == {"a", "long", "short"}
    names = {person.name for person in library.directory.people}
    assert {"Una Vale", *(person.name for person in crowd)} <= names
    assert sorted(await found(library, "cost")) == [("a", 0), ("long", 0), ("short", 0)]


async def test_an_empty_topic_finds_every_turn_that_passes() -> None:
    library = await Library.of([call("a", turn(0, "One."), turn(1, "Two.", person="Bo Reed"))])
    findings = await library.find(Topic(""), Wanted(persons=("bo reed",)))
    assert [(match.turn, match.why) for match in findings.matches] == [(1, Why.FILTER)]
    assert findings.total == 1


async def test_a_phrase_stands_word_for_word() -> None:
    library = await Library.of([call("a", turn(0, "Lean inventories help."), turn(1, "A lean inventory helps."))])
    findings = await library.find(Topic('"lean inventory"', required=(Phrase(("lean", "inventory"), 0, 16),)), Wanted())
    assert [(match.turn, match.spans) for match in findings.matches] == [(1, ((2, 16),))]


SUPERCHARGERS = call(
    "hrw",
    turn(0, "Who has a question on superchargers?", kind=Kind.OPERATOR, person="Operator"),
    turn(1, "How many superchargers will you open, and where?", kind=Kind.ANALYST, person="Ana Lind", exchange=0),
    turn(2, "Forty superchargers, most of them in the north.", exchange=0),
    turn(3, "And could they open earlier?", kind=Kind.ANALYST, person="Ana Lind", exchange=0),
    turn(4, "They could.", exchange=0),
    turn(5, "Got it. On taxes, is that rate lasting?", kind=Kind.ANALYST, person="Ana Lind", exchange=0),
    turn(
        6, "The charging network grew; stock is low. A split of the work helps, and capital spending fell.", exchange=1
    ),
    exchanges=(Exchange(0, "Ana Lind", None, (1, 3, 5), (2, 4)), Exchange(1, None, None, (), (6,))),
)


async def test_who_asked_finds_questions_and_their_follow_ups_alone() -> None:
    library = await Library.of([SUPERCHARGERS])
    findings = await library.find(topic("superchargers"), Wanted(questions=True))
    assert [(match.turn, match.why) for match in findings.matches] == [(1, Why.MATCHED), (3, Why.FOLLOW_UP)]
    assert findings.total == 2
    assert findings.matches[1].spans == ()


async def test_an_answer_to_a_question_about_the_topic_need_not_name_it() -> None:
    answer = "Some thirty-five of them this year, and we are on schedule with all; the sites are leased, the power is there, "
    asked = turn(0, "How many zeppelins do you build?", kind=Kind.ANALYST, person="Ana Lind", exchange=0)
    held = call(
        "z",
        asked,
        turn(1, answer + "and people are hired for each.", exchange=0),
        exchanges=(Exchange(0, "Ana Lind", None, (0,), (1,)),),
    )
    library = await Library.of([held])
    findings = await library.find(topic("zeppelins"), Wanted(kinds=(Kind.EXECUTIVE,)))
    assert [(match.turn, match.why) for match in findings.matches] == [(1, Why.FOLLOW_UP)]
    as_typed = await library.find(topic("zeppelins"), Wanted(kinds=(Kind.EXECUTIVE,)), verbatim=True)
    assert as_typed.matches == ()
    quoted = Topic('"zeppelins"', required=(Phrase(("zeppelins",), 0, 0),))
    assert (await library.find(quoted, Wanted(kinds=(Kind.EXECUTIVE,)))).matches == ()


@pytest.mark.parametrize(
    ("words", "turns", "why"),
    [
        (("superchargers",), [0, 2, 1, 6], Why.MATCHED),
        (("suprchargers",), [0, 2, 1, 6], Why.CORRECTED),
        (("capex",), [6], Why.SYNONYM),
        (("the", "superchargers"), [0, 2, 1, 6], Why.MATCHED),
        (("stock", "split"), [6], Why.MATCHED),
        (("stock", "dividend"), [], None),  # never both: nothing relevant stays nothing
        (("blockchain",), [], None),
    ],
)
async def test_what_a_topic_finds_and_why(words: tuple[str, ...], turns: list[int], why: Why | None) -> None:
    library = await Library.of([SUPERCHARGERS])
    findings = await library.find(topic(*words), Wanted())
    assert sorted(match.turn for match in findings.matches) == sorted(turns)
    assert (findings.matches[0].why if findings.matches else None) == why
    for match in findings.matches:
        text = SUPERCHARGERS.turns[match.turn].text
        assert match.spans
        assert all(text[start:end].strip() for start, end in match.spans)


async def test_what_was_done_to_the_words_is_told() -> None:
    library = await Library.of([SUPERCHARGERS])
    findings = await library.find(topic("suprchargers"), Wanted())
    told = {reading.how: (reading.typed, reading.read_as) for reading in findings.readings}
    assert told[How.CORRECTED] == ("suprchargers", "superchargers")
    assert told[How.SYNONYM][0] == "superchargers"
    assert findings.explain
    as_typed = await library.find(topic("suprchargers"), Wanted(), verbatim=True)
    assert (as_typed.matches, as_typed.readings, as_typed.nearest) == ((), (), ("superchargers",))


async def test_what_was_typed_comes_before_what_it_is_also_called() -> None:
    library = await Library.of([SUPERCHARGERS])
    findings = await library.find(topic("superchargers"), Wanted())
    assert findings.matches[-1].turn == 6
    assert findings.matches[-1].why is Why.SYNONYM


async def test_more_than_the_limit_is_counted() -> None:
    library = await Library.of([call("a", *(turn(index, f"Margin {index}.") for index in range(30)))])
    findings = await library.find(topic("margin"), Wanted(), limit=5)
    assert len(findings.matches) == 5
    assert findings.total == 30


async def test_an_exclusion_holds_for_the_whole_of_a_long_turn() -> None:
    filler = "Nothing of note was said in this sentence at all. " * 60
    library = await Library.of([call("a", turn(0, f"Steel is dear. {filler} Tariffs came."), turn(1, "Steel."))])
    asked = Topic("steel -tariffs", (Term("steel", 0, 5),), (), (Term("tariffs", 7, 14),))
    assert [match.turn for match in (await library.find(asked, Wanted())).matches] == [1]


async def test_all_parts_may_stand_far_apart_in_a_long_turn() -> None:
    near = Near(Phrase(("steel", "is"), 0, 0), Phrase(("dear", "now"), 0, 0), 3)
    library = await Library.of(
        [call("a", turn(0, "Steel is, I think, dear now."), turn(1, "Now steel is cheap, not dear."))]
    )
    findings = await library.find(Topic("near", required=(near,)), Wanted())
    assert [match.turn for match in findings.matches] == [0]


class TestFolder:
    """The index in a folder: used again while it fits, built anew when it does not."""

    async def test_the_second_start_finds_the_same_without_indexing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = await Library.of([SUPERCHARGERS], index=tmp_path)
        there = await found(first, "superchargers")
        monkeypatch.setattr(Documents, "of", None)  # would fail if a call were indexed again
        second = await Library.of([SUPERCHARGERS], index=tmp_path)
        assert await found(second, "suprchargers") == there
        assert dict(second.vocabulary) == dict(first.vocabulary)
        assert second.vocabulary.words() == first.vocabulary.words()

    async def test_the_words_of_a_start_are_kept_as_calls_come_and_go(self, tmp_path: Path) -> None:
        others = [call(name, turn(0, f"{text} Nestlé's e-commerce.")) for name, text in (("b", "Oats."), ("c", "Rye."))]
        first = await Library.of([SUPERCHARGERS], index=tmp_path)
        for other in others:
            await first.add([other])
        second = await Library.of([SUPERCHARGERS, *others], index=tmp_path)
        assert second.vocabulary.words() == first.vocabulary.words()
        assert await found(second, "ecommerce") == await found(first, "ecommerce") == [("b", 0), ("c", 0)]

    async def test_the_words_of_the_last_calls_are_counted_by_the_next_start(self, tmp_path: Path) -> None:
        others = [call(f"{number}", turn(0, f"Rye {number} grew, e-commerce too.")) for number in range(2 * LATE + 1)]
        first = await Library.of([SUPERCHARGERS], index=tmp_path)
        for at, other in enumerate(others, start=1):
            await first.add([other])
            if at in {1, LATE, LATE + 1, len(others)}:
                second = await Library.of([SUPERCHARGERS, *others[:at]], index=tmp_path)
                assert second.vocabulary.words() == first.vocabulary.words()
                assert list(second.vocabulary) == list(first.vocabulary)
                assert await found(second, "rye") == await found(first, "rye")

    async def test_a_new_call_is_added_to_what_is_there(self, tmp_path: Path) -> None:
        await Library.of([SUPERCHARGERS], index=tmp_path)
        library = await Library.of([SUPERCHARGERS, call("b", turn(0, "Zeppelins."))], index=tmp_path)
        assert await found(library, "zeppelin") == [("b", 0)]
        assert await found(library, "forty") == [("hrw", 2)]

    @pytest.mark.parametrize("calls", [[], [call("hrw", turn(0, "Another parse."))], [call("b", turn(0, "Forty."))]])
    async def test_what_does_not_fit_is_built_anew(self, tmp_path: Path, calls: list[Call]) -> None:
        await Library.of([SUPERCHARGERS], index=tmp_path)
        library = await Library.of(calls, index=tmp_path)
        assert await found(library, "superchargers") == []
        assert await found(library, "forty") == ([("b", 0)] if calls and calls[0].id == "b" else [])

    async def test_what_was_removed_stays_gone(self, tmp_path: Path) -> None:
        library = await Library.of([SUPERCHARGERS, call("b", turn(0, "Forty zeppelins."))], index=tmp_path)
        await library.remove(["b"])
        again = await Library.of([SUPERCHARGERS], index=tmp_path)
        assert await found(again, "forty") == [("hrw", 2)]
        assert "zeppelins" not in again.vocabulary

    @pytest.mark.parametrize("name", ["ledger.json", "words.json", "rows.bin", "tantivy/meta.json"])
    async def test_a_broken_index_is_built_anew(self, tmp_path: Path, name: str) -> None:
        await Library.of([SUPERCHARGERS], index=tmp_path)
        (tmp_path / name).write_text("{")
        assert await found(await Library.of([SUPERCHARGERS], index=tmp_path), "forty") == [("hrw", 2)]

    @pytest.mark.parametrize("suffix", ["pos", "idx", "term", "store", "fast", "fieldnorm"])
    async def test_an_index_that_misses_a_file_is_built_anew_in_its_folder(
        self, tmp_path: Path, suffix: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        await Library.of([SUPERCHARGERS], index=tmp_path)
        (missed,) = (tmp_path / "tantivy").glob(f"*.{suffix}")
        missed.unlink()
        assert await found(await Library.of([SUPERCHARGERS], index=tmp_path), "forty") == [("hrw", 2)]
        assert list((tmp_path / "tantivy").glob(f"*.{suffix}"))
        caplog.clear()
        await Library.of([SUPERCHARGERS], index=tmp_path)
        assert not caplog.records

    async def test_two_libraries_may_read_one_folder(self, tmp_path: Path) -> None:
        first = await Library.of([SUPERCHARGERS], index=tmp_path)
        second = await Library.of([SUPERCHARGERS], index=tmp_path)
        assert await found(first, "forty") == await found(second, "forty") == [("hrw", 2)]


@pytest.mark.parametrize(
    ("asked", "said", "held"),
    [
        ("layoffs", "Several severances, and severance pay.", ["severances", "severance"]),
        ("superchargers", "He charges for fast charging.", ["fast charging"]),
        ("capex", "Capital expenditures, capitals expended.", ["Capital expenditures"]),
    ],
)
async def test_a_synonym_is_itself_or_its_plural_never_another_word_of_its_stem(
    asked: str, said: str, held: list[str]
) -> None:
    library = await Library.of([call("a", turn(0, said), turn(1, "Other words."), turn(2, "And others."))])
    findings = await library.find(topic(asked), Wanted())
    assert [said[start:end] for match in findings.matches for start, end in match.spans] == held
    assert [match.why for match in findings.matches] == [Why.SYNONYM]

"""The library: what is loaded is found, what is removed is not."""

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.library import Library
from bot.query.topic import Phrase, Term, Topic
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


async def test_a_call_of_the_same_id_is_replaced() -> None:
    library = await Library.of([call("a", turn(0, "Steel costs."))])
    await library.add([call("a", turn(0, "Copper costs."))])
    assert await found(library, "steel") == []
    assert await found(library, "copper") == [("a", 0)]


async def test_an_empty_topic_finds_every_turn_that_passes() -> None:
    library = await Library.of([call("a", turn(0, "One."), turn(1, "Two.", person="Bo Reed"))])
    findings = await library.find(Topic(""), Wanted(persons=("bo reed",)))
    assert [(match.turn, match.why) for match in findings.matches] == [(1, Why.FILTER)]
    assert findings.total == 1


async def test_a_phrase_stands_word_for_word() -> None:
    library = await Library.of([call("a", turn(0, "Lean inventories help."), turn(1, "A lean inventory helps."))])
    findings = await library.find(Topic('"lean inventory"', required=(Phrase(("lean", "inventory"), 0, 16),)), Wanted())
    assert [(match.turn, match.spans) for match in findings.matches] == [(1, ((2, 16),))]

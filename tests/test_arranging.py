"""A call that two files hold is loaded once, from the file that names who speaks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arranging import arrange, named
from bot.outcome import Entry
from tests.invented_calls import CALLS

NAMED = CALLS[0]
NAMELESS = replace(
    NAMED, id="nameless", turns=tuple(replace(turn, person=None, speaker="Executives") for turn in NAMED.turns)
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_file_that_names_who_speaks_is_kept(order: tuple[int, int]) -> None:
    entries = (Entry("a.txt", NAMED, "one"), Entry("b.txt", NAMELESS, "other"))
    calls, files, notes = arrange([entries[at] for at in order])
    assert [call.turns[0].person for call in calls] == [NAMED.turns[0].person]
    assert list(files.values()) == ["a.txt"]
    assert notes == ["b.txt holds the same call as a.txt; it is loaded once."]


def test_a_third_copy_is_held_against_the_one_that_was_kept() -> None:
    third = Entry("c.txt", replace(NAMED, id="third"), "one")
    calls, files, notes = arrange([Entry("b.txt", NAMELESS, "other"), Entry("a.txt", NAMED, "one"), third])
    assert list(files.values()) == ["a.txt"]
    assert len(calls) == 1
    assert notes[-1] == "c.txt holds the same call as a.txt; it is loaded once."


def test_a_known_house_is_one_company_by_all_its_names() -> None:
    calls, _, notes = arrange(
        [
            Entry("a.txt", replace(NAMED, id="a", company="Citigroup Inc.", ticker="C"), "one"),
            Entry("b.txt", replace(NAMELESS, id="b", company="Citi", ticker=None), "other"),
        ]
    )
    assert [call.id for call in calls] == ["a"]
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("JPMorganChase", "JPM"), ("JPMorgan Chase", "JPM")),
        (("Citigroup Inc.", "C"), ("C", "C")),
        (("Larch Inc.", "LRC"), ("Larch Inc.", None)),
        (("Larch Holdings", "LRC"), ("Larch", "LRC")),
    ],
)
def test_one_call_is_one_by_its_ticker_or_its_company(one: tuple[str, str], other: tuple[str, str | None]) -> None:
    first = Entry("a.txt", replace(NAMED, id="a", company=one[0], ticker=one[1]), "one")
    second = Entry("b.txt", replace(NAMELESS, id="b", company=other[0], ticker=other[1]), "other")
    assert [call.id for call in arrange([first, second])[0]] == ["a"]


def part(id_: str, company: str | None, ticker: str | None, named_turns: int) -> Entry:
    """Give the call as a file of its own has it, that names the speakers of some turns."""
    turns = tuple(turn if at < named_turns else replace(turn, person=None) for at, turn in enumerate(NAMED.turns))
    return Entry(f"{id_}.txt", replace(NAMED, id=id_, company=company, ticker=ticker, turns=turns), id_)


LINKED = (
    part("by-name", "Larch Inc.", None, 1),
    part("both", "Larch Inc.", "LRC", 2),
    part("by-ticker", None, "LRC", 3),
)
ELSEWHERE = (
    replace(
        part("other-words", "Larch Inc.", "LRC", 0), call=replace(CALLS[1], id="other-words", company="Larch Inc.")
    ),
    part("other-company", "Alder Inc.", "ALD", 1),
    replace(part("same-words", "Alder", None, 0), words="other-company"),
    replace(part("later", "Larch Inc.", "LRC", 1), call=replace(NAMED, id="later", company="Larch Inc.", year=2019)),
)


@given(st.permutations(range(len(LINKED + ELSEWHERE))))
def test_every_order_of_files_gives_the_same_calls(order: list[int]) -> None:
    calls, _, notes = arrange([(LINKED + ELSEWHERE)[at] for at in order])
    assert {call.id for call in calls} == {"by-ticker", "other-words", "other-company", "later"}
    assert {*notes} == {
        "by-name.txt holds the same call as by-ticker.txt; it is loaded once.",
        "both.txt holds the same call as by-ticker.txt; it is loaded once.",
        "same-words.txt holds the same call as other-company.txt; it is loaded once.",
    }


def of_words(id_: str, words: list[str]) -> Entry:
    turn = replace(NAMED.turns[0], text=" ".join(words))
    return Entry(f"{id_}.txt", replace(NAMED, id=id_, turns=(turn,)), id_)


@pytest.mark.parametrize(("hundredths", "loaded"), [(100, 1), (85, 1), (80, 1), (79, 2), (75, 2), (0, 2)])
def test_two_calls_are_one_where_four_fifths_of_the_shorter_stand_in_the_longer(hundredths: int, loaded: int) -> None:
    words = [f"w{at}" for at in range(103)]  # a hundred runs of four words
    same = words[: hundredths + 3] if hundredths else []
    other = [*same, *(f"x{at}" for at in range(203 - len(same)))]
    for entries in ((words, other), (other, words)):
        calls, _, _ = arrange([of_words(str(at), each) for at, each in enumerate(entries)])
        assert len(calls) == loaded


@pytest.mark.parametrize(("words", "loaded"), [(["thank", "you"], 2), (["thank", "you", "very", "much"], 1)])
def test_calls_too_short_for_a_run_are_told_apart(words: list[str], loaded: int) -> None:
    calls, _, _ = arrange([of_words("a", words), of_words("b", [*words, "indeed"])])
    assert len(calls) == loaded


def test_of_equal_files_the_first_is_kept() -> None:
    one, other = part("one", "Larch Inc.", None, 1), part("other", "Larch Inc.", None, 1)
    assert [[call.id for call in arrange(order)[0]] for order in ((one, other), (other, one))] == [["one"], ["other"]]


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["/calls/q3.txt"], ["q3"]),
        (["/a/x/q3.txt", "/b/x/q3.txt", "/c/q3.txt"], ["a/x/q3", "b/x/q3", "c/q3"]),
        (["/a/x/q3.txt", "/x/q3.txt"], ["a/x/q3", "/x/q3"]),
        (["/a/q3.txt", "/a/q3.md"], ["a/q3.txt", "a/q3.md"]),
        (["/a/q3.txt", "/a/q3.txt"], ["a/q3.txt", "a/q3.txt+"]),
        (["/q3.txt", "/a/q3.txt"], ["/q3", "a/q3"]),
        (["/a/b/q3.txt", "/a/b/q3.md", "/a/c/q3.txt"], ["b/q3.txt", "b/q3.md", "c/q3"]),
    ],
)
def test_calls_of_one_name_get_the_folders_that_tell_them_apart(files: list[str], ids: list[str]) -> None:
    calls, found = named([Entry(file, replace(NAMED, id="q3"), file) for file in files])
    assert [call.id for call in calls] == ids
    assert list(found.values()) == files


def test_many_files_of_one_name_get_the_folder_that_differs() -> None:
    files = [f"/calls/C{at:03}/2026-q3/transcript.txt" for at in range(300)]
    calls, _ = named([Entry(file, replace(NAMED, id="transcript"), file) for file in files])
    assert [call.id for call in calls] == [f"C{at:03}/2026-q3/transcript" for at in range(300)]

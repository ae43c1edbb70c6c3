"""A team's own words: synonyms in the search, aliases in the reading, told, undone, and no other team's."""

import asyncio
import datetime as dt

import pytest

from bot.answers.answer import About
from bot.ask import ask
from bot.library import Library
from bot.query import follow_up, understand
from bot.search.thesaurus import Thesaurus
from bot.team import NOBODYS, Alias, Sort, Synonym, Team
from handlers.answering import Answers
from tests.desk import samples, shelved

TODAY = dt.date(2026, 11, 22)
OURS = Team(
    (Synonym("plugs", ("superchargers",)), Synonym("fs", ("gross margin",)), Synonym("qoute", ("guidance",))),
    (
        Alias("vroom", "VLMR", Sort.COMPANY),
        Alias("the boss", "Desmond Achterberg", Sort.PERSON),
        Alias("lane", "Harbor & Lane", Sort.FIRM),
        Alias("the boss of bosses", "Sunniva Hale", Sort.PERSON),
    ),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return asyncio.run(shelved(samples()))


ALIASES = [
    ("quote tariffs by the boss", 'speaker:"Desmond Achterberg"', "‹the boss› is read as Desmond Achterberg"),
    ("what did our boss say about tariffs", 'speaker:"Desmond Achterberg"', "‹our boss› is read as Desmond Achterberg"),
    ("quote margin by the boss of bosses", 'speaker:"Sunniva Hale"', "‹the boss of bosses› is read as Sunniva Hale"),
    ("quote margin speaker:boss", 'speaker:"Desmond Achterberg"', "‹boss› is read as Desmond Achterberg"),
    ("vroom capex", "company:VLMR", "‹vroom› is read as VLMR"),
    ("capex company:Vroom", "company:VLMR", "‹Vroom› is read as VLMR"),
    ("what did lane ask", 'firm:"Harbor & Lane"', "‹lane› is read as Harbor & Lane"),
    ("answer to lane's question about superchargers", 'asker:"Harbor & Lane"', "‹lane› is read as Harbor & Lane"),
]


@pytest.mark.parametrize(("typed", "held", "told"), ALIASES)
async def test_an_alias_stands_for_its_name_and_is_told(library: Library, typed: str, held: str, told: str) -> None:
    answer = await ask(library, typed, today=TODAY, team=OURS)
    assert held in answer.query.restated
    assert f"{told}, your team's alias" in [note.text for note in answer.notes if note.about is About.ASSUMED]
    again = understand(answer.query.restated, library.directory, today=TODAY)
    assert (again.companies, again.party, again.asker) == (
        answer.query.companies,
        answer.query.party,
        answer.query.asker,
    )


async def test_an_alias_is_undone_by_the_words_as_typed(library: Library) -> None:
    answer = await ask(library, "vroom capex", today=TODAY, team=OURS)
    (undo,) = [note.undo for note in answer.notes if note.about is About.ASSUMED]
    assert undo == '"vroom" capex'
    undone = await ask(library, undo, today=TODAY, team=OURS)
    assert undone.query.companies == ()
    assert "vroom" in undone.query.topic.text


def test_an_alias_is_known_in_a_follow_up(library: Library) -> None:
    followed = follow_up("quote topic:(tariffs)", "and the boss?", library.directory, today=TODAY, team=OURS)
    assert 'speaker:"Desmond Achterberg"' in followed.question


SYNONYMS = [
    ("who asked about plugs", "also searched: superchargers (your team's word for plugs)"),
    ("quote fs", "also searched: gross margin (your team's word for fs)"),
    ("quote FS", "also searched: gross margin (your team's word for fs)"),
]


@pytest.mark.parametrize(("typed", "told"), SYNONYMS)
async def test_a_teams_word_is_searched_and_told_and_nobody_elses(library: Library, typed: str, told: str) -> None:
    ours = await ask(library, typed, today=TODAY, team=OURS)
    assert ours.hits
    assert told in [note.text for note in ours.notes if note.about is About.SYNONYM]
    theirs = await ask(library, typed, today=TODAY)
    assert not any("your team's" in note.text for note in theirs.notes)
    assert {hit.quote.text for hit in ours.hits} != {hit.quote.text for hit in theirs.hits}


async def test_a_word_that_the_calls_do_not_hold_is_not_told_as_searched(library: Library) -> None:
    answer = await ask(library, "quote gross margin", today=TODAY, team=OURS)
    assert not any("fs" in note.text.split() for note in answer.notes)


async def test_a_teams_word_is_neither_corrected_nor_a_keyword_nor_a_ticker(library: Library) -> None:
    guided = await ask(library, "qoute", today=TODAY, team=OURS)
    assert guided.query.topic.text == "qoute"
    ticker = Team((Synonym("vlmr", ("gross margin",)),))
    assert understand("quote vlmr", library.directory, today=TODAY, team=ticker).companies == ()
    assert understand("capex $vlmr", library.directory, today=TODAY, team=ticker).companies == ("VLMR",)
    assert understand("capex vlmr", library.directory, today=TODAY).companies == ("VLMR",)


def test_the_shipped_thesaurus_stays_as_it_is() -> None:
    shipped = Thesaurus.shipped()
    before = len(shipped.groups), shipped.knows("zorble"), shipped.expand(["zorble"])
    ours = shipped.of_team((Synonym("zorble", ("gross margin",)),))
    assert [(one.same, one.own) for one in ours.expand(["zorble"])] == [(("gross margin",), True)]
    assert ours.knows("zorble")
    assert ours.expand(["capex"]) == shipped.expand(["capex"])
    assert (len(shipped.groups), shipped.knows("zorble"), shipped.expand(["zorble"])) == before
    assert shipped.of_team((Synonym("zorble", ("gross margin",)),)) is ours
    assert shipped.of_team(()) is shipped


async def test_an_answer_at_hand_is_no_other_teams(library: Library) -> None:
    answers = Answers()
    ours = await answers.of(library, "who asked about plugs", 0, TODAY, OURS)
    theirs = await answers.of(library, "who asked about plugs", 0, TODAY, NOBODYS)
    assert ours.total > 0
    assert theirs.total == 0
    assert await answers.of(library, "who asked about plugs", 0, TODAY, OURS) is ours
    other = Team((Synonym("plugs", ("tariffs",)),))
    assert (await answers.of(library, "who asked about plugs", 0, TODAY, other)).total != ours.total

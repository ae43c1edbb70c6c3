"""`synonym`, `alias` and their lists: kept for one workspace, told in its answers, refused with a sentence."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from bot.naming import WordError, alias_of, synonym_of, wording
from bot.team import Alias, Sort, Synonym, Team
from handlers.asked import Asked, Surface
from handlers.blocks.limits import broken, texts
from handlers.call import answer
from handlers.desk import Desk
from handlers.place import Place
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests import invented_calls
from tests.desk import desk_at, served

ADA, DESK = "U0ADAWHIT", "C0AUTODESK"


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(slack, tmp_path, invented_calls.CALLS) as desk, served(slack, desk):
        yield desk


async def said(slack: LocalSlack, typed: str) -> str:
    told = (await slack.slash(typed)).json
    assert broken(told) == []
    return "".join(texts(told["blocks"]))


async def test_a_synonym_is_kept_told_listed_changed_and_forgotten(slack: LocalSlack, desk: Desk) -> None:
    assert "no synonyms yet" in await said(slack, "synonyms")
    assert "nothing found" in await said(slack, "quote frozen")
    told = await said(slack, "synonym frozen = cold storage, freight")
    assert "about frozen also look for cold storage, freight" in told
    found = await said(slack, "quote frozen")
    assert "also searched: cold storage, freight (your team's word for frozen)" in found
    assert "• frozen = cold storage, freight" in await said(slack, "synonyms")
    await said(slack, "synonym Frozen = cold storage")
    assert "• Frozen = cold storage" in await said(slack, "synonym")
    assert "is no longer a word of your team's" in await said(slack, "synonym frozen =")
    assert "is no word of your team's" in await said(slack, "synonym frozen =")
    assert "nothing found" in await said(slack, "quote frozen")
    assert slack.refusals == []


async def test_an_alias_is_kept_told_undone_listed_and_forgotten(slack: LocalSlack, desk: Desk) -> None:
    assert "no aliases yet" in await said(slack, "aliases")
    assert "boss stands for Ingrid Solheim" in await said(slack, "alias the boss = ingrid solheim")
    found = await said(slack, "quote margin by the boss")
    assert "‹the boss› is read as Ingrid Solheim, your team's alias" in found
    assert "Undo" in found
    await said(slack, "alias canners = NLF")
    listed = await said(slack, "aliases")
    assert "• the boss = Ingrid Solheim (person)" in listed
    assert "• canners = NLF (company)" in listed
    assert "no longer stands for anybody" in await said(slack, "alias boss =")
    assert "stands for nobody" in await said(slack, "alias boss =")
    assert slack.refusals == []


async def test_no_other_workspace_has_them_nor_a_guest(slack: LocalSlack, desk: Desk) -> None:
    await said(slack, "synonym frozen = cold storage")
    await said(slack, "alias the boss = Ingrid Solheim")
    theirs = Asked("quote frozen", "T0OTHERS", DESK, ADA, Surface.COMMAND)
    told = "".join(texts((await answer(theirs, desk)).message.blocks))
    assert "your team's" not in told
    assert "nothing found" in told
    listed = Asked("synonyms", "T0OTHERS", DESK, ADA)
    assert "no synonyms yet" in "".join(texts((await answer(listed, desk)).message.blocks))
    assert (await desk.teams.team(desk, Place(TEAM, DESK))).synonyms
    guest = await desk.teams.team(desk, Place(TEAM, DESK, outside=True))
    assert (guest.synonyms, guest.aliases) == ((), ())


async def test_a_restart_keeps_them(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, invented_calls.CALLS) as desk, served(slack, desk):
        await said(slack, "synonym frozen = cold storage")
        assert "your team's word" in await said(slack, "quote frozen")
    async with desk_at(slack, tmp_path, invented_calls.CALLS) as desk, served(slack, desk):
        assert "your team's word" in await said(slack, "quote frozen")


async def test_in_a_thread_the_teams_words_are_known(slack: LocalSlack, desk: Desk) -> None:
    await said(slack, "alias the boss = Ingrid Solheim")
    await slack.mention("quote margin")
    await desk.errands.drain(5)
    root = slack.called("chat.postMessage")[-1].arguments["thread_ts"]
    await slack.mention("and the boss?", thread=root)
    await desk.errands.drain(5)
    told = "".join(texts(slack.called("chat.postMessage")[-1].arguments["blocks"]))
    assert "Ingrid Solheim" in told


REFUSED = [
    ("synonym gm", "with an equals sign, such as: /call synonym gm = gross margin"),
    ("synonym = gross margin", "with an equals sign"),
    ("synonym who = margin", "a word that questions are built of"),
    ("synonym margin = margin", "means itself"),
    ("synonym gm = a, b, c, d, e, f", "would mean 6 things"),
    (f"synonym {'x' * 41} = margin", "too long"),
    ('synonym gm = "gross', "holds signs"),
    ("synonym ?? = margin", "no word in that"),
    ("alias boss", "such as: /call alias the boss = NAME"),
    ("alias solheim = NLF", "is understood already: Ingrid Solheim"),
    ("alias boss = Nobody Atall", "is no company, person or firm"),
    ("alias boss = Ingrid Solhiem", "Do you mean Ingrid Solheim?"),
    ("alias quote = NLF", "a word that questions are built of"),
]


@pytest.mark.parametrize(("typed", "told"), REFUSED)
async def test_what_cant_be_a_word_is_told(slack: LocalSlack, desk: Desk, typed: str, told: str) -> None:
    assert told in await said(slack, typed)
    team = await desk.store.team(TEAM)
    assert (team.synonyms, team.aliases) == ((), ())


async def test_words_are_bounded_in_number(slack: LocalSlack, desk: Desk) -> None:
    for number in range(100):
        await desk.store.save_synonym(TEAM, f"w{number}", synonym_of(wording(f"w{number} = margin", "")), ADA)
    assert "100 synonyms already" in await said(slack, "synonym frozen = cold storage")
    assert "also look for freight" in await said(slack, "synonym w7 = freight")
    for number in range(50):
        await desk.store.save_alias(TEAM, f"a{number}", Alias(f"a{number}", "NLF", Sort.COMPANY), ADA)
    assert "50 aliases already" in await said(slack, "alias boss = NLF")


TARGETS = [
    ("canners = NLF", Alias("canners", "NLF", Sort.COMPANY)),
    ("canners = $NLF", Alias("canners", "NLF", Sort.COMPANY)),
    ("canners = Northlake Foods", Alias("canners", "NLF", Sort.COMPANY)),
    ("the boss = ingrid solheim", Alias("the boss", "Ingrid Solheim", Sort.PERSON)),
]


@pytest.mark.parametrize(("typed", "meant"), TARGETS)
async def test_an_alias_names_what_is_loaded(desk: Desk, typed: str, meant: Alias) -> None:
    assert alias_of(wording(typed, ""), desk.library.directory) == meant


async def test_an_alias_of_nothing_loaded_is_refused() -> None:
    empty = (await Library.of(())).directory
    with pytest.raises(WordError, match="is no company, person or firm"):
        alias_of(wording("canners = NLF", ""), empty)


async def test_a_word_that_is_named_during_a_look_is_known_to_the_next_question(desk: Desk) -> None:
    place, looked = Place(TEAM, DESK), desk.store.team

    async def meanwhile(tenant: str) -> Team:
        found = await looked(tenant)
        await desk.store.save_synonym(tenant, "gm", Synonym("gm", ("gross margin",)), ADA)
        desk.teams.forget(tenant)
        return found

    desk.store.team = meanwhile  # type: ignore[method-assign]  # another request, between the look and its end
    assert not (await desk.teams.team(desk, place)).synonyms
    desk.store.team = looked  # type: ignore[method-assign]  # as above
    assert (await desk.teams.team(desk, place)).synonyms


async def test_the_table_of_all_questions_knows_the_team_s_words(slack: LocalSlack, desk: Desk) -> None:
    await said(slack, "synonym zeppelins = freight")
    await slack.slash("who asked about zeppelins")
    assert (await slack.click(slack.workspace.channel(DESK).messages[-1], "table")).status == 200
    await desk.errands.drain(5)
    table = slack.called("response_url")[-1].arguments["blocks"]
    rows = next(block["rows"] for block in table if block["type"] == "data_table")
    assert len(rows) > 1

"""`use`: a channel's company, kept over a restart, told in each answer, and no other channel's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.blocks.limits import broken, texts
from handlers.call import named
from handlers.desk import Desk
from playground.slack import LocalSlack
from tests.desk import SPOKEN, call, desk_at, served

CALLS = (
    call(),
    call(
        id_="harlow-2026-q1",
        rows=[(*row[:6], row[6].replace("superchargers", "stalls")) for row in SPOKEN],
        company="Harlow Foods",
        ticker="HRL",
    ),
)


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with the calls of two companies."""
    async with desk_at(slack, tmp_path, CALLS) as desk, served(slack, desk):
        yield desk


async def said(slack: LocalSlack, typed: str, channel: str = "C0AUTODESK") -> str:
    answer = (await slack.slash(typed, channel=channel)).json
    assert broken(answer) == []
    return "".join(texts(answer["blocks"]))


async def test_a_channels_company_limits_its_questions_and_says_so(slack: LocalSlack, desk: Desk) -> None:
    assert "search every loaded call" in await said(slack, "use")
    assert "are about Harlow Foods from now on" in await said(slack, "use harlow")
    limited = await said(slack, "quote margin")
    assert "Only Harlow Foods" in limited
    assert "Quillon Motors Q1 2026" not in limited
    assert "Quillon Motors Q1 2026" in await said(slack, "quote margin quillon")
    assert "2 calls" in await said(slack, "calls")
    elsewhere = await said(slack, "quote superchargers", channel=slack.workspace.direct("U0ADAWHIT").id)
    assert "Quillon Motors Q1 2026" in elsewhere
    assert "search every loaded call again" in await said(slack, "use off")
    assert "Quillon Motors Q1 2026" in await said(slack, "quote superchargers")


async def test_an_export_holds_what_the_channel_is_shown(slack: LocalSlack, desk: Desk) -> None:
    assert "8 of 8 quotes" in await said(slack, "export quote margin")
    await said(slack, "use QLM")
    limited = await said(slack, "export quote margin")
    assert "4 of 4 quotes: quote margin" in limited
    assert "Only Quillon Motors" in limited
    names = [file.name for file in slack.workspace.files.values()]
    tables = [file.content.decode() for file in slack.workspace.files.values() if file.name == "earshot.csv"]
    assert ["Harlow Foods" in table for table in tables] == [True, False]
    assert names == ["earshot.csv", "earshot.md"] * 2


async def test_a_mention_is_limited_too(slack: LocalSlack, desk: Desk) -> None:
    await said(slack, "use QLM")
    await slack.mention("quote margin")
    await desk.errands.drain(5)
    [sent] = slack.called("chat.postMessage")
    told = "".join(texts(sent.arguments["blocks"]))
    assert "Only Quillon Motors" in told
    assert "Harlow Foods Q1" not in told


async def test_words_that_name_no_company_list_those_there_are(slack: LocalSlack, desk: Desk) -> None:
    told = await said(slack, "use zebra")
    assert told.endswith("Name one of: Harlow Foods · Quillon Motors"), "a name may end with a full stop of its own"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("use", True),
        ("use off", True),
        ("use harlow", True),
        ("use of cash", False),
        ("use cases of the new charging network plan", False),
    ],
)
def test_a_question_that_begins_with_use_is_a_question(typed: str, taken: bool) -> None:
    assert (named(typed) is not None) is taken


async def test_several_companies_are_told_and_undone(slack: LocalSlack, desk: Desk) -> None:
    assert "about Quillon Motors and Harlow Foods from now on" in await said(slack, "use QLM, harlow")
    limited = await slack.slash("quote margin")
    told = "".join(texts(limited.json["blocks"]))
    assert "Only Quillon Motors and Harlow Foods" in told or "Only Harlow Foods and Quillon Motors" in told
    assert "Undo" in texts(limited.json["blocks"])
    assert "about Quillon Motors and Harlow Foods" in await said(slack, "use")
    await said(slack, "use harlow")
    assert "Only Harlow Foods" in await said(slack, "quote margin")
    undone = await said(slack, "quote margin company:all")
    assert "Only" not in undone
    assert "Quillon Motors Q1 2026" in undone
    assert "is not one loaded company" in await said(slack, "use harlow and zebra")
    assert "search every loaded call again" in await said(slack, "use nothing")


async def test_companies_that_are_set_during_a_look_are_known_to_the_next_question(
    slack: LocalSlack, tmp_path: Path
) -> None:
    async with desk_at(slack, tmp_path) as desk:
        looked = desk.store.setting

        async def meanwhile(tenant: str, channel: str, name: str) -> str | None:
            found = await looked(tenant, channel, name)
            await desk.usual.use(desk, tenant, channel, ["QLN"])
            return found

        desk.store.setting = meanwhile  # type: ignore[method-assign]  # another request, between the look and its end
        assert await desk.usual.companies(desk, "T1", "C1") == ()
        desk.store.setting = looked  # type: ignore[method-assign]  # as above
        assert await desk.usual.companies(desk, "T1", "C1") == ("QLN",)

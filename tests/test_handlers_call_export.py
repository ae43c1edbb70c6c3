"""`export`: two files in the asker's direct messages, exact, and harmless in a spreadsheet."""

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import strategies as st

from bot.answers.answer import Answer, Hit, Quote, Scope
from bot.query.query import Query
from bot.query.topic import Topic
from bot.search.findings import Why
from handlers.blocks.limits import texts
from handlers.desk import Desk
from handlers.scopes import SCOPES
from handlers.sheet import COLUMNS, csv_of, markdown_of
from playground.slack import LocalSlack
from tests.desk import SPOKEN, call, desk_at, served
from tests.sampling import sampled


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(payload: object) -> str:
    return "".join(texts(payload))


def answer(text: str) -> Answer:
    made = call(rows=[(*SPOKEN[1][:6], text), (*SPOKEN[3][:6], "Why?")])
    query = Query("quote margin", "quote", Topic("margin"), "quote margin", "quote margin")
    quote = Quote(made, made.turns[0], 0, len(text))
    return Answer(query, "1 turn", Scope(1, 2), 1, (Hit(quote, Why.MATCHED, 1.0),))


@sampled(10, 50, st.text(min_size=1, max_size=200))
def test_a_quote_is_read_back_from_the_table_as_it_was_said(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_of(answer(text)), newline="")))
    assert tuple(rows[0]) == COLUMNS
    cell = rows[1][-1]
    assert cell in (text, f"'{text}")
    assert not cell.startswith(("=", "+", "-", "@"))


def test_the_page_names_speaker_call_and_line() -> None:
    page = markdown_of(answer("Our *margin* is <fine>."))
    assert "> Our \\*margin\\* is \\<fine\\>." in page
    assert (
        "> — Ines Castellan, Chief Financial Officer; Quillon Motors Q1 2026 · prepared remarks · line 10 (quillon-2026-q1)"
        in page
    )


async def test_both_files_come_to_the_askers_direct_messages(slack: LocalSlack, desk: Desk) -> None:
    said = words((await slack.slash("export quote superchargers")).json["blocks"])
    assert "2 of 2 quotes: quote superchargers" in said
    assert "in your direct messages" in said
    [done] = slack.called("files.completeUploadExternal")
    assert done.ok
    assert done.arguments["channel_id"] == slack.workspace.direct("U0ADAWHIT").id
    assert [one["title"] for one in json.loads(done.arguments["files"])] == ["earshot.csv", "earshot.md"]
    assert slack.refusals == []


@pytest.mark.parametrize(
    ("typed", "told"), [("export", "Export what?"), ("export who asked about zebras", "Nothing to export")]
)
async def test_nothing_to_export_is_said(slack: LocalSlack, desk: Desk, typed: str, told: str) -> None:
    assert told in words((await slack.slash(typed)).json["blocks"])
    assert not slack.called("files.getUploadURLExternal", "chat.postMessage")


async def test_without_the_permission_nothing_is_posted(tmp_path: Path) -> None:
    async with LocalSlack(scopes=SCOPES) as slack, desk_at(slack, tmp_path) as desk, served(slack, desk):
        assert "files:write" in words((await slack.slash("export quote superchargers")).json["blocks"])
        assert not slack.called("chat.postMessage")

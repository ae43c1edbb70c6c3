"""Buttons, pressed on real messages: edited in place, after a restart, and candid when the call has changed."""

import asyncio
import dataclasses
import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Quote
from bot.kind import Kind
from bot.library import Library
from bot.section import Section
from handlers.actions import actions
from handlers.blocks.exchange import exchange_blocks
from handlers.blocks.limits import BUTTON_VALUE, broken, texts
from handlers.blocks.newer import has_newer, plainer
from handlers.desk import Desk
from playground.slack import LocalSlack
from playground.workspace import Message
from tests.desk import NOW, SPOKEN, call, desk_at, samples, served


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(payload: object) -> str:
    return "".join(texts(payload))


def newest(slack: LocalSlack) -> Message:
    return slack.workspace.channel("C0AUTODESK").messages[-1]


async def pressed(slack: LocalSlack, desk: Desk, action: str, message: Message | None = None) -> dict[str, object]:
    """Press a button of the newest message and return what was sent to the response URL."""
    before = len(slack.called("response_url"))
    delivered = await slack.click(message or newest(slack), action)
    assert delivered.status == 200
    await desk.errands.drain(5)
    sent = slack.called("response_url")[before:]
    assert sent, "nothing was edited"
    assert all(one.ok for one in sent)
    assert broken(sent[-1].arguments) == []
    return sent[-1].arguments


def buttons(blocks: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if isinstance(blocks, dict):
        if blocks.get("type") == "button":
            found.append(blocks)
        for value in blocks.values():
            found += buttons(value)
    elif isinstance(blocks, list):
        for value in blocks:
            found += buttons(value)
    return found


async def test_next_and_previous_edit_in_place(slack: LocalSlack, desk: Desk) -> None:
    first = (await slack.slash("margin")).json
    second = await pressed(slack, desk, "page:next")
    assert second["replace_original"] is True
    assert "4. " in words(second["blocks"])
    assert "1. " not in words(second["blocks"])
    again = await pressed(slack, desk, "page:previous")
    assert isinstance(again["blocks"], list)
    # In an edit Slack's own thumbs stand for two buttons.
    assert words(plainer(again["blocks"])) == words(first["blocks"])


async def test_answer_opens_under_its_question_and_hides_again(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("who asked about superchargers")
    opened = await pressed(slack, desk, "open:a")
    assert "Answer: " in words(opened["blocks"])
    assert "Hide answer" in words(opened["blocks"])
    hidden = await pressed(slack, desk, "open:a")
    assert "Answer: " not in words(hidden["blocks"])


async def test_context_shows_the_turns_around_without_the_operator(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("who asked about superchargers")
    opened = words((await pressed(slack, desk, "open:c"))["blocks"])
    assert "Before: " in opened
    assert "After: " in opened
    assert "Hide context" in opened
    hidden = words((await pressed(slack, desk, "open:c"))["blocks"])
    assert "Before: " not in hidden
    assert "Hide context" not in hidden


async def test_a_long_turn_is_cut_outside_its_words_and_opens_in_parts(slack: LocalSlack, desk: Desk) -> None:
    first = (await slack.slash("quote charging")).json
    assert "earlier in this turn" in words(first["blocks"])
    whole = await pressed(slack, desk, "open:w")
    assert isinstance(whole["blocks"], list)
    folded = next(block for block in whole["blocks"] if block["type"] == "container")
    assert (folded["is_collapsible"], words(folded["child_blocks"])) == (True, SPOKEN[1][6])
    await pressed(slack, desk, "open:w")
    assert "earlier in this turn" in words(newest(slack).blocks)


async def test_every_match_of_a_whole_turn_is_bold(slack: LocalSlack, desk: Desk) -> None:
    """Those too that stood outside of what was quoted."""
    await slack.slash("quote margin in the prepared remarks")
    whole = await pressed(slack, desk, "open:w")
    assert isinstance(whole["blocks"], list)
    folded = next(block for block in whole["blocks"] if block["type"] == "container")
    (paragraph,) = [each for child in folded["child_blocks"] for each in child["elements"]]
    bold = [run["text"] for run in paragraph["elements"] if run.get("style") == {"bold": True}]
    assert bold == ["margin", "margin"]


async def test_a_turn_too_long_for_one_message_opens_in_parts(slack: LocalSlack, desk: Desk) -> None:
    text = "Charging grew. " + "We kept our costs where we said that they would be. " * 300 + "That is all."
    desk.library = await Library.of((call(rows=[SPOKEN[0], (*SPOKEN[1][:6], text), *SPOKEN[2:]]),))
    await slack.slash("quote charging")
    whole = await pressed(slack, desk, "open:w")
    assert text[:5_000] in words(whole["blocks"])
    for _ in range(2):
        later = await pressed(slack, desk, "open:later")
    assert text[-100:] in words(later["blocks"])


async def test_a_workspace_that_refuses_newer_blocks_gets_plain_ones_and_is_not_asked_twice(
    slack: LocalSlack, desk: Desk
) -> None:
    slack.unknown_blocks = {"context_actions"}
    await slack.mention("quote superchargers")
    await desk.errands.drain(5)
    first, second = slack.called("chat.postMessage")
    assert (has_newer(first.arguments["blocks"]), first.ok) == (True, False)
    assert (has_newer(second.arguments["blocks"]), second.ok) == (False, True)
    assert second.arguments["blocks"] == plainer(first.arguments["blocks"])
    assert "Not helpful" in words(second.arguments["blocks"])
    await slack.mention("quote margin")
    await desk.errands.drain(5)
    assert len(slack.called("chat.postMessage")) == 3
    edited = await pressed(slack, desk, "open:c")
    assert not has_newer(edited["blocks"])  # type: ignore[arg-type]  # blocks are a list


async def test_an_edit_that_a_response_url_refuses_is_made_plain(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("who asked about superchargers")
    slack.unknown_blocks = {"data_table"}
    assert (await slack.click(newest(slack), "table")).status == 200
    await desk.errands.drain(5)
    refused, taken = slack.called("response_url")
    assert (refused.ok, taken.ok) == (False, True)
    assert "data_table" in str(refused.arguments)
    said = words(taken.arguments["blocks"])
    assert "Oskar Lindqvist · Harrow & Pike · Quillon Motors Q1 2026 · “How many superchargers will you open?”" in said
    assert not slack.called("chat.postEphemeral"), "nothing is said twice"


async def test_who_asked_is_a_table_of_each_questions_own_sentence(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("who asked about superchargers")
    shown = await pressed(slack, desk, "table")
    assert isinstance(shown["blocks"], list)
    table = next(block for block in shown["blocks"] if block["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][0]] == ["Who", "Firm", "Call", "Question", "Where"]
    call = "Quillon Motors Q1 2026"
    assert [[cell["text"] for cell in row] for row in table["rows"][1:]] == [
        ["Oskar Lindqvist", "Harrow & Pike", call, "“How many superchargers will you open?”", "line 16"],
        ["Mei Tanaka", "Tidewater", call, "“What is the margin on superchargers?”", "line 24"],
    ]
    assert table["caption"] == "Questions about superchargers"
    turns = await pressed(slack, desk, "page:turns")
    assert "1. " in words(turns["blocks"])


async def test_slacks_own_thumbs_count(slack: LocalSlack, desk: Desk) -> None:
    await slack.mention("quote superchargers")
    await desk.errands.drain(5)
    message = newest(slack)
    for choice, counted in (("negative", "0 helpful, 1 not helpful"), ("positive", "1 helpful, 0 not helpful")):
        assert (await slack.click(message, "feedback", choice=choice)).status == 200
        await desk.errands.drain(5)
        assert counted in words((await slack.slash("stats")).json["blocks"]), "a person's last verdict holds"


async def test_share_posts_the_quote_attributed_and_nothing_more(slack: LocalSlack, desk: Desk) -> None:
    shown = (await slack.slash("quote superchargers")).json
    edited = await pressed(slack, desk, "share")
    posted = slack.called("chat.postMessage")
    assert len(posted) == 1
    sent = posted[0].arguments
    assert sent["channel"] == newest(slack).channel
    assert sent["unfurl_links"] is False
    said = words(sent["blocks"])
    assert said.startswith("Shared by  from /call quote superchargers")
    assert {"type": "user", "user_id": "U0ADAWHIT"} in sent["blocks"][0]["elements"][0]["elements"]
    quote = words([block for block in sent["blocks"][1]["elements"] if block["type"] == "rich_text_quote"])
    assert quote in words(shown["blocks"])
    assert broken(sent) == []
    assert "Shared with this channel" in words(edited["blocks"])


async def test_of_a_cut_turn_the_words_that_were_shown_are_shared_and_copied(slack: LocalSlack, desk: Desk) -> None:
    """The rest of the turn stays with whoever asked, and is told to be there."""
    shown = (await slack.slash("quote charging")).json["blocks"]
    quote = next(
        words(each) for block in shown for each in block.get("elements", []) if each["type"] == "rich_text_quote"
    )
    assert len(quote) < len(SPOKEN[1][6])
    answer = newest(slack)
    await pressed(slack, desk, "share")
    [sent] = slack.called("chat.postMessage")
    quotes = [
        each for block in sent.arguments["blocks"] for each in block["elements"] if each["type"] == "rich_text_quote"
    ]
    assert words(quotes) == quote
    assert "earlier in this turn" in words(sent.arguments["blocks"])
    assert (await slack.click(answer, "copy")).status == 200
    await desk.errands.drain(5)
    copied = words(slack.called("views.open")[-1].arguments["view"]["blocks"])
    assert re.search(f"⋯ [0-9]+ words earlier in this turn\n“{re.escape(quote)}”\n— Ines Castellan", copied)


async def test_words_cut_off_behind_a_copied_quote_are_told_behind_it(slack: LocalSlack, desk: Desk) -> None:
    rows = [SPOKEN[0], (*SPOKEN[1][:6], "Charging grew. " + SPOKEN[1][6]), *SPOKEN[2:]]
    desk.library = await Library.of((call(rows=rows),))
    await slack.slash("quote gross margin")
    copied = words((await opened_view(slack, desk, "copy"))["blocks"])
    assert re.search("”\n⋯ [0-9]+ words more in this turn\n— Ines Castellan", copied)


async def test_a_follow_up_says_that_it_is_one_where_it_is_shared_and_in_the_table(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """It says only "they" or "that", and would read as a question about a word that it doesn't hold."""
    mark = "follow-up in this exchange"
    async with desk_at(slack, tmp_path, samples()) as desk, served(slack, desk):
        await slack.slash("who asked about superchargers")
        table = words((await pressed(slack, desk, "table"))["blocks"])
        await pressed(slack, desk, "page:turns")
        while mark not in words(newest(slack).blocks):
            await pressed(slack, desk, "page:next")
        answer = newest(slack)
        shown = next(number for number, block in enumerate(answer.blocks) if mark in words(block))
        row = next(block for block in answer.blocks[shown:] if block["type"] == "actions")
        await slack.click(answer, "share", block_id=row["block_id"])
        await desk.errands.drain(5)
    [posted] = slack.called("chat.postMessage")
    assert f" · {mark}" in words(posted.arguments["blocks"])
    assert f", {mark}: " in posted.arguments["text"]
    assert f"” ({mark})" in table
    assert "?” (" not in table.partition(f" ({mark})")[0], "the others stand without a mark"
    assert slack.refusals == []


async def test_a_quote_found_by_a_button_is_shared_with_its_question_in_words(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash('quote superchargers period:"Q1 2026"')
    await pressed(slack, desk, "share")
    [posted] = slack.called("chat.postMessage")
    assert words(posted.arguments["blocks"]).startswith("Shared by  from /call quote superchargers · Q1 2026")


async def test_share_where_the_app_is_not_a_member_says_what_to_type(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    slack.fault("chat.postMessage", error="not_in_channel")
    told = await pressed(slack, desk, "share")
    assert told.get("replace_original") is False
    assert "/invite @earshot" in words(told["blocks"])


UNCLEAR: list[dict[str, Any]] = [
    {"drop": True},
    {"status": 502},
    {"error": "fatal_error"},
    {"error": "internal_error"},
    {"error": "service_unavailable"},
    {"error": "request_timeout"},
]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("how", UNCLEAR, ids=str)
async def test_where_slack_gives_no_clear_answer_nothing_is_posted_twice_and_the_person_is_told_to_look(
    slack: LocalSlack, desk: Desk, how: dict[str, Any], committed: bool
) -> None:
    await slack.slash("quote superchargers")
    message = newest(slack)
    slack.fault("chat.postMessage", committed=committed, **how)
    told = words((await pressed(slack, desk, "share", message))["blocks"])
    assert "I can't tell whether that was posted. Look at the channel" in told
    assert "nothing was posted" not in told
    again = words((await pressed(slack, desk, "share", message))["blocks"])
    assert "look at the channel, then share it again in two minutes" in again
    assert len(slack.called("chat.postMessage")) == committed
    desk.clock = lambda: NOW + dt.timedelta(minutes=2)
    assert "Shared with this channel" in words((await pressed(slack, desk, "share", message))["blocks"])
    assert len(slack.called("chat.postMessage")) == committed + 1


async def test_a_double_click_shares_once_and_is_told(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    message = newest(slack)
    slack.fault("chat.postMessage", late=0.2)  # both presses are in before the first post is
    await asyncio.gather(slack.click(message, "share"), slack.click(message, "share"))
    await desk.errands.drain(5)
    assert len(slack.called("chat.postMessage")) == 1
    told = [words(one.arguments["blocks"]) for one in slack.called("response_url")]
    assert len([each for each in told if "I posted it once" in each]) == 1
    assert len([each for each in told if "Shared with this channel" in each]) == 1


async def test_another_quote_person_or_hour_is_shared_again(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    await pressed(slack, desk, "share", message := newest(slack))
    for seconds, posts in ((1, 1), (61, 1), (120, 2)):
        desk.clock = lambda later=seconds: NOW + dt.timedelta(seconds=later)  # type: ignore[misc]  # bound at once
        await pressed(slack, desk, "share", message)
        assert len(slack.called("chat.postMessage")) == posts
    await slack.slash("quote volume")
    await pressed(slack, desk, "share")
    assert len(slack.called("chat.postMessage")) == 3
    await slack.slash("quote volume", user="U0BENOKAF")
    await slack.click(newest(slack), "share", user="U0BENOKAF")
    await desk.errands.drain(5)
    assert len(slack.called("chat.postMessage")) == 4


async def test_a_share_that_slack_refused_may_be_tried_again(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    message = newest(slack)
    slack.fault("chat.postMessage", error="not_in_channel")
    await pressed(slack, desk, "share", message)
    assert "Shared with this channel" in words((await pressed(slack, desk, "share", message))["blocks"])
    assert len([one for one in slack.called("chat.postMessage") if one.ok]) == 1


async def test_too_many_requests_are_waited_for_and_posted_once(
    slack: LocalSlack, desk: Desk, waits: list[float]
) -> None:
    await slack.slash("quote superchargers")
    slack.fault("chat.postMessage", status=429, retry_after=7)
    await pressed(slack, desk, "share")
    assert [int(wait) for wait in waits] == [7]
    assert len([one for one in slack.called("chat.postMessage") if one.ok]) == 1


async def test_blocks_that_slack_refuses_are_sent_again_as_plain_text(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    slack.fault("chat.postMessage", error="invalid_blocks")
    await pressed(slack, desk, "share")
    sent = slack.called("chat.postMessage")[-1]
    assert sent.ok
    assert {block["type"] for block in sent.arguments["blocks"]} == {"section"}
    assert {block["text"]["type"] for block in sent.arguments["blocks"]} == {"plain_text"}


async def test_a_button_works_after_a_restart(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        await slack.slash("margin")
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        assert "4. " in words((await pressed(slack, desk, "page:next"))["blocks"])


async def test_a_changed_call_is_told_and_nothing_is_shared(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    rows = [(*row[:6], row[6].replace("superchargers", "superchargers, roughly,")) for row in SPOKEN]
    desk.library = await Library.of((call(rows=rows),))
    message = newest(slack)
    shared = await pressed(slack, desk, "share")
    assert "has changed since this answer was given" in words(shared["blocks"])
    assert not slack.called("chat.postMessage")
    opened = await pressed(slack, desk, "open:c", message)
    assert "has changed since this answer was given" in words(opened["blocks"])
    assert "roughly" in words(opened["blocks"])


async def test_a_call_that_is_gone_is_told(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    desk.library = await Library.of((call(id_="quillon-2026-q2"),))
    assert "is no longer loaded" in words((await pressed(slack, desk, "share"))["blocks"])


TELLING = ("response_url", "chat.postEphemeral", "views.open")
VALUES = ["", "null", "{}", "[]", "x" * BUTTON_VALUE, '{"q":""}', '{"q":"margin","c":"none","t":9,"h":"x"}']


@pytest.mark.parametrize("name", list(actions()))
async def test_every_action_takes_any_value_and_tells_the_person(slack: LocalSlack, desk: Desk, name: str) -> None:
    await slack.slash("quote superchargers")
    message = newest(slack)
    for value in VALUES:
        before = len(slack.calls)
        button = {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": "x"}, "value": value}
        strange = dataclasses.replace(message, blocks=[{"type": "actions", "block_id": "b", "elements": [button]}])
        assert (await slack.click(strange, name)).status == 200, value
        await desk.errands.drain(5)
        told = [one for one in slack.calls[before:] if one.method in TELLING]
        assert told, value
        assert broken(told[-1].arguments.get("view") or told[-1].arguments) == [], value
        assert "Something went wrong" not in words(told[-1].arguments), value


async def test_an_unknown_button_is_acknowledged(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    button = {"type": "button", "action_id": "of:another:age", "text": {"type": "plain_text", "text": "x"}}
    strange = dataclasses.replace(newest(slack), blocks=[{"type": "actions", "block_id": "b", "elements": [button]}])
    assert (await slack.click(strange, "of:another:age")).status == 200


async def opened_view(slack: LocalSlack, desk: Desk, action: str) -> dict[str, object]:
    """Press a button of the newest message and return the modal it opens."""
    assert (await slack.click(newest(slack), action)).status == 200
    await desk.errands.drain(5)
    sent = slack.called("views.open")
    assert [one.ok for one in sent] == [True]
    view = sent[0].arguments["view"]
    assert broken(view) == []
    assert isinstance(view, dict)
    return view


async def test_the_whole_exchange_opens_in_a_modal(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers by Bram Okafor")
    view = await opened_view(slack, desk, "exchange")
    said = words(view["blocks"])
    assert "Oskar Lindqvist ANALYST Harrow & Pike" in said or "Mei Tanaka ANALYST Tidewater" in said
    assert "Bram Okafor CEO" in said
    assert "superchargers" in said


async def test_a_copy_holds_quote_speaker_call_and_line(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("answer to Mei Tanaka's question about superchargers")
    view = await opened_view(slack, desk, "copy")
    lines = [
        "“The margin on superchargers is thin for now.”",
        "— Bram Okafor, Chief Executive Officer",
        "Quillon Motors Q1 2026, 2026-04-21, Q&A, line 26 (quillon-2026-q1)",
    ]
    assert "\n".join(lines) in words(view["blocks"])


async def test_a_verdict_is_kept_and_counted(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    edited = await pressed(slack, desk, "feedback:no")
    assert words(edited["blocks"]).count("Noted as not helpful") == 1
    assert isinstance(edited["blocks"], list)
    told, chips = edited["blocks"][-2:]
    assert "Noted as not helpful" in words(told), "where the thumbs stood, not above an answer longer than the window"
    assert "ask:next0" in str(chips)
    assert "Helpful" not in [button["text"]["text"] for button in buttons(edited["blocks"])]  # type: ignore[index]  # plain JSON
    told = words((await slack.slash("stats")).json["blocks"])
    assert "0 helpful, 1 not helpful" in told
    assert "quote superchargers" in told
    elsewhere = words((await slack.slash("stats", channel=slack.workspace.direct("U0ADAWHIT").id)).json["blocks"])
    assert "quote superchargers" not in elsewhere


async def test_a_verdict_in_a_thread_is_thanked_for_beside_it(slack: LocalSlack, desk: Desk) -> None:
    await slack.mention("quote superchargers")
    await desk.errands.drain(5)
    assert (await slack.click(newest(slack), "feedback")).status == 200
    await desk.errands.drain(5)
    assert "Noted as helpful" in words(slack.called("chat.postEphemeral")[0].arguments["blocks"])
    assert not slack.called("response_url")


@pytest.mark.parametrize(
    ("typed", "chips"),
    [
        (
            "who asked about superchargers",
            ["The answer Mei-Ling Saunderson got", "Management on superchargers", "How often superchargers came up"],
        ),
        ("quote margin", ["Who asked about margin", "Compare margin by call", "Where margin came up first"]),
        (
            "how often was capex mentioned",
            ["Compare capex by call", "Where capex came up first", "Who asked about capex"],
        ),
        ("quote zorbonium", ["Which calls are loaded", "What I can ask"]),
    ],
)
async def test_every_chip_leads_to_an_answer_in_place(
    slack: LocalSlack, tmp_path: Path, typed: str, chips: list[str]
) -> None:
    async with desk_at(slack, tmp_path, samples()) as desk, served(slack, desk):
        for number, chip in enumerate(chips):
            offered = buttons((await slack.slash(typed)).json["blocks"])
            assert [words(each) for each in offered if str(each["action_id"]).startswith("ask:next")] == chips
            edited = await pressed(slack, desk, f"ask:next{number}")
            assert edited["replace_original"] is True
            assert "nothing found" not in words(edited["blocks"]), chip
    assert slack.refusals == []


async def test_one_company_has_one_name_in_all_lines_of_figures(slack: LocalSlack, tmp_path: Path) -> None:
    """However its transcripts write it: one of the samples leaves the *Inc.* out."""
    async with desk_at(slack, tmp_path, samples()) as desk, served(slack, desk):
        blocks = (await slack.slash("compare capex")).json["blocks"]
    by_call = next(line for text in texts(blocks) for line in text.split("\n") if line.startswith("By call: "))
    assert by_call.endswith("Velmere Motors, Inc. Q1 2026 ×3")
    assert "Velmere Motors, Inc. Q1 2026: 3 " in words(blocks)


async def test_a_chip_in_a_thread_answers_in_the_thread(slack: LocalSlack, desk: Desk) -> None:
    await slack.mention("help")
    await desk.errands.drain(5)
    message = newest(slack)
    assert (await slack.click(message, "ask:quote")).status == 200
    await desk.errands.drain(5)
    assert len(slack.called("chat.postMessage")) == 2
    assert slack.called("chat.postMessage")[1].arguments["thread_ts"] == message.thread


async def test_a_choice_edits_in_place(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("stauts")
    edited = await pressed(slack, desk, "ask:choice1")
    assert "1 call loaded" in words(edited["blocks"])


def test_an_exchange_shows_who_spoke_in_between_and_no_operator() -> None:
    asks, operator, answers = SPOKEN[3], SPOKEN[2], SPOKEN[4]
    aside = (None, Kind.UNKNOWN, None, None, Section.QA, 0, "Somebody coughs in between.")
    made = call(rows=(asks, aside, operator, answers))
    shown = "".join("".join(texts(block)) for block in exchange_blocks(Quote(made, made.turns[0], 0, 10)))
    assert "Somebody coughs in between." in shown
    assert "Two hundred superchargers" in shown
    assert operator[-1] not in shown
    alone = "".join("".join(texts(block)) for block in exchange_blocks(Quote(made, made.turns[2], 0, 10)))
    assert operator[-1] in alone

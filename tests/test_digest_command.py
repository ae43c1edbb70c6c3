"""`/call digest`: set up, told, previewed, paused and ended, against the local Slack."""

import asyncio
import contextlib
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.attribution import Attribution
from bot.errors import EarshotError
from bot.kind import Kind
from bot.library import Library
from bot.state.run import Planned
from handlers import daily
from handlers.asked import Asked
from handlers.blocks.limits import broken, parsed, texts
from handlers.call import answer
from handlers.daily import clockwork_of
from handlers.desk import Desk
from handlers.reply import Reply
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests import invented_calls
from tests.desk import desk_at, served, shelved
from tests.moved import MINUTE, Clock

NINE = dt.datetime(2027, 3, 1, 14, 0, tzinfo=dt.UTC)
ADA, DESK, WATER = "U0ADAWHIT", "C0AUTODESK", "C0WATERCOO"
NEW, OLD = invented_calls.CALLS[0], invented_calls.CALLS[2:]
BOTH = invented_calls.CALLS[1:]  # of two companies


@pytest.fixture
async def desk(moved: LocalSlack, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with desk_at(moved, tmp_path, OLD) as desk:
        desk.clock = clock
        yield desk


async def say(desk: Desk, text: str, channel: str = DESK) -> Reply:
    return await answer(Asked(f"digest {text}".strip(), TEAM, channel, ADA), desk)


def words(reply: Reply) -> str:
    assert broken({"text": reply.message.text, "blocks": reply.message.blocks}) == []
    return "\n".join(texts(reply.message.blocks))


def posts(slack: LocalSlack, channel: str = DESK) -> Iterator[str]:
    for message in slack.workspace.channel(channel).messages:
        yield "\n".join(texts(message.blocks)) or message.text


async def test_set_up_takes_the_askers_zone_and_says_in_the_channel_who_did_it(moved: LocalSlack, desk: Desk) -> None:
    told = words(await say(desk, "9:00 weekdays"))
    assert "weekdays at 9:00 (America/New_York)" in told
    assert "Monday 1 March, 9:00 (America/New_York)" in told
    notice = moved.workspace.channel(DESK).messages[-1]
    assert ADA in str(notice.blocks)
    assert "weekdays at 9:00" in notice.text
    assert moved.refusals == []


async def test_a_zone_that_was_named_is_remembered_for_the_next_time(desk: Desk) -> None:
    await say(desk, "9:00 weekdays Tokyo")
    assert "(Asia/Tokyo)" in words(await say(desk, "10:00 daily"))


async def test_where_nobody_knows_the_zone_it_is_asked_for(moved: LocalSlack, desk: Desk) -> None:
    moved.fault("users.info", error="missing_scope")
    with pytest.raises(EarshotError, match=r"In which time zone.*digest 9:00 Europe/London"):
        await say(desk, "9:00")
    assert await desk.store.subscription(TEAM, DESK) is None


async def test_where_the_bot_may_not_post_nothing_is_set_up(desk: Desk) -> None:
    with pytest.raises(EarshotError, match="/invite"):
        await say(desk, "9:00", channel=WATER)
    assert await desk.store.subscription(TEAM, WATER) is None


async def test_where_the_bot_may_not_post_the_channel_is_limited_to_nothing_either(desk: Desk) -> None:
    desk.library = await shelved(BOTH)
    with pytest.raises(EarshotError, match="/invite"):
        await say(desk, "9:00 for Northlake", channel=WATER)
    assert await desk.store.setting(TEAM, WATER, daily.COMPANIES) is None


async def test_what_is_no_schedule_is_pointed_at(desk: Desk) -> None:
    with pytest.raises(EarshotError, match="‹sharpish›"):
        await say(desk, "9:00 sharpish")


async def test_status_pause_resume_off(moved: LocalSlack, desk: Desk) -> None:
    assert "This channel has no digest" in words(await say(desk, ""))
    await say(desk, "9:00 weekdays")
    await desk.store.add_watch(TEAM, DESK, "cold storage", ADA)
    shown = await say(desk, "status")
    status = words(shown)
    assert "The next: Monday 1 March, 9:00 (America/New_York)." in status
    assert "Watched topics: cold storage" in status
    assert "digest watch TOPIC, digest pause, digest off." in status
    assert "Set up by " in status
    assert ADA in str(shown.message.blocks), "who set it up"
    assert "paused" in words(await say(desk, "pause"))
    paused = words(await say(desk, "status"))
    assert "It is paused." in paused
    assert "digest watch TOPIC, digest resume, digest off." in paused
    assert "The digest goes on." in words(await say(desk, "resume"))
    assert "No more digests" in words(await say(desk, "off"))
    assert "This channel has no digest" in words(await say(desk, "off"))
    assert moved.refusals == []


async def test_topics_are_watched_and_quoted_in_the_new_calls_alone(desk: Desk) -> None:
    told = words(await say(desk, "watch Cold storage"))
    assert "quotes what new calls say on Cold storage" in told
    assert "This channel has no digest" in told
    await say(desk, "9:00 weekdays")
    assert "watched here already" in words(await say(desk, "watch cold  storage"))
    desk.library = await shelved((*OLD, NEW))
    preview = words(await say(desk, "preview"))
    assert "Two more " in preview
    assert "Tomas Vidal" in preview
    assert "no longer watched" in words(await say(desk, "unwatch COLD STORAGE"))
    assert "these are: none" in words(await say(desk, "unwatch cold storage"))
    assert "Tomas Vidal" not in words(await say(desk, "preview"))


async def test_topics_are_looked_up_in_the_words_of_the_team_and_with_their_filters(desk: Desk) -> None:
    await answer(Asked("synonym icebox = cold storage", TEAM, DESK, ADA), desk)
    await say(desk, "watch icebox")
    await say(desk, "watch freight by the CEO")
    await say(desk, "9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    preview = words(await say(desk, "preview"))
    assert "icebox" in preview
    assert "Two more " in preview
    assert "We reset in the spring" not in preview
    assert "contract rates" not in preview, "the CFO said that"


async def test_what_cant_be_watched_is_told(desk: Desk) -> None:
    with pytest.raises(EarshotError, match="names nothing to look for"):
        await say(desk, "watch calls")
    for number in range(20):
        await desk.store.add_watch(TEAM, DESK, f"topic {number}", ADA)
    with pytest.raises(EarshotError, match="20 topics are watched"):
        await say(desk, "watch capex")


async def test_a_topic_with_a_for_of_its_own_is_no_company(desk: Desk) -> None:
    assert "quotes what new calls say on guidance for the year" in words(await say(desk, "watch guidance for the year"))
    assert "no longer watched here" in words(await say(desk, "unwatch guidance for the year"))


async def test_a_name_that_is_inferred_says_so(desk: Desk) -> None:
    turns = tuple(
        dataclasses.replace(turn, attribution=Attribution.INFERRED, basis="line 9")
        if turn.kind is Kind.ANALYST
        else turn
        for turn in NEW.turns
    )
    desk.library = await shelved((*OLD, dataclasses.replace(NEW, turns=turns)))
    assert "Priya Raman (inferred), Harbor & Lane: " in words(await say(desk, "preview")).replace("\n", "")


async def test_a_digest_at_its_hour_across_a_restart(moved: LocalSlack, tmp_path: Path, clock: Clock) -> None:
    async with desk_at(moved, tmp_path, OLD) as desk:
        desk.clock = clock
        await say(desk, "9:00 weekdays")
        await desk.store.add_watch(TEAM, DESK, "cold storage", ADA)
    for minutes in (20, 9, 3):  # each time the bot is a new one, over the same database
        clock.time = NINE - minutes * MINUTE
        async with desk_at(moved, tmp_path, (*OLD, NEW)) as desk:
            desk.clock = clock
            await clockwork_of(desk).tick()
    scheduled = list(moved.workspace.scheduled.values())
    assert [dt.datetime.fromtimestamp(one["post_at"], dt.UTC) for one in scheduled] == [NINE]
    said = "\n".join(texts(scheduled[0]["blocks"]))
    assert "1 new call since the last digest" in said
    assert "Priya Raman" in said
    assert "On freight costs, how much of the decline is structural?" in said
    assert "What is the plan for cold storage after Duluth?" in said
    assert "Watched: \ncold storage" in said
    assert broken({"text": scheduled[0]["text"], "blocks": scheduled[0]["blocks"]}) == []
    clock.time = NINE + MINUTE
    moved.post_due()
    assert [text for text in posts(moved) if "On freight costs" in text] == [said]
    async with desk_at(moved, tmp_path, (*OLD, NEW)) as desk:
        desk.clock = clock
        await clockwork_of(desk).tick()
        clock.time = NINE + 24 * 60 * MINUTE - MINUTE
        await clockwork_of(desk).tick()
        assert "Mon 1 Mar: posted" in words(await say(desk, "status"))
        assert "Tue 2 Mar: nothing new" in words(await say(desk, "status"))
    assert moved.workspace.scheduled == {}
    assert moved.refusals == []


async def test_off_takes_back_what_slack_has_already(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await say(desk, "9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 5 * MINUTE
    await clockwork_of(desk).tick()
    assert len(moved.workspace.scheduled) == 1
    assert "on its way" in words(await say(desk, "now"))
    await say(desk, "off")
    assert moved.workspace.scheduled == {}


async def test_another_hour_on_the_same_day_moves_the_digest(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await say(desk, "9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 5 * MINUTE
    await clockwork_of(desk).tick()
    await say(desk, "9:30 weekdays")
    clock.time = NINE + 25 * MINUTE
    await clockwork_of(desk).tick()
    assert [one["post_at"] for one in moved.workspace.scheduled.values()] == [int((NINE + 30 * MINUTE).timestamp())]


async def test_the_first_one_claims_no_earlier_one(desk: Desk) -> None:
    assert "in this channel's first digest" in words(await say(desk, "now"))
    desk.library = await shelved((*OLD, NEW))
    assert "1 new call since the last digest" in words(await say(desk, "now"))


async def test_where_there_is_no_digest_a_preview_says_so(desk: Desk) -> None:
    preview = words(await say(desk, "preview"))
    assert f"{len(OLD)} call" in preview
    assert "since the last digest" not in preview
    assert "says who set this up" not in preview
    assert "This channel has no digest: /call digest 9:00 weekdays sets one up" in preview


async def test_preview_tells_nothing_and_now_tells_once(desk: Desk) -> None:
    await say(desk, "9:00 weekdays")
    assert "would stay silent" in words(await say(desk, "preview"))
    assert "since the last digest" not in words(await say(desk, "preview"))
    desk.library = await shelved((*OLD, NEW))
    preview = await say(desk, "preview")
    assert not preview.in_channel
    assert "Could you talk about tariffs and the gross margin?" in words(preview)
    now = await say(desk, "now")
    assert now.in_channel
    assert words(now).startswith(words(preview))
    assert "Details in the thread" in words(now)
    assert "Details" not in words(preview)
    assert not (await say(desk, "now")).in_channel


FAULTS = [
    {"status": 429, "retry_after": 0},
    {"drop": True, "committed": True},
    {"status": 502},
    {"error": "invalid_blocks"},
]
MORE_FAULTS = [  # each is one of those above in another guise
    {"drop": True},
    {"status": 503, "committed": True},
    {"error": "internal_error", "committed": True},
]


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize(
    "fault", [*FAULTS, *(pytest.param(fault, marks=pytest.mark.thorough) for fault in MORE_FAULTS)], ids=repr
)
async def test_a_troubled_slack_gets_one_digest(
    moved: LocalSlack, desk: Desk, clock: Clock, fault: dict[str, object]
) -> None:
    await say(desk, "9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    moved.fault("chat.scheduleMessage", **fault)  # type: ignore[arg-type]  # a table of faults
    clockwork = clockwork_of(desk)
    for seconds in range(0, 300, 20):
        clock.time = NINE - 9 * MINUTE + dt.timedelta(seconds=seconds)
        await clockwork.tick()
    assert [one["post_at"] for one in moved.workspace.scheduled.values()] == [int(NINE.timestamp())]
    (run,) = await desk.store.open_runs(TEAM, DESK)
    assert run.scheduled in moved.workspace.scheduled


async def test_a_channel_that_refuses_stops_the_digest_and_tells_who_set_it_up(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    await say(desk, "9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    moved.workspace.channel(DESK).members.remove("U0EARSHOT")
    clock.time = NINE - 5 * MINUTE
    await clockwork_of(desk).tick()
    status = words(await say(desk, "status"))
    assert "It is paused." in status
    assert "/invite @earshot" in status
    told = moved.called("chat.postMessage")[-1]
    assert told.arguments["channel"] == ADA


async def test_hostile_names_mention_nobody(moved: LocalSlack, desk: Desk) -> None:
    from dataclasses import replace

    shout = "<!channel> & <@U1> *bold*"
    turns = tuple(replace(turn, text=f"{shout} {turn.text}", firm=shout) for turn in NEW.turns)
    exchanges = tuple(replace(one, asker=shout, firm=shout) for one in NEW.exchanges)
    desk.library = await Library.of((replace(NEW, company=shout, turns=turns, exchanges=exchanges),))
    reply = await say(desk, "preview")
    assert "<!channel>" in words(reply)  # word for word where Slack reads no markup
    for text in parsed({"text": reply.message.text, "blocks": reply.message.blocks}):
        assert "<" not in text


async def test_a_month_of_calls_stays_within_slacks_limits(desk: Desk) -> None:
    from dataclasses import replace

    many = [
        replace(
            NEW,
            id=f"n{number}",
            fingerprint=str(number),
            exchanges=NEW.exchanges * 10,
            turns=tuple(replace(turn, text=turn.text.replace("?", " and so on" * 90 + "?")) for turn in NEW.turns),
        )
        for number in range(60)
    ]
    desk.library = await Library.of(many)
    reply = await say(desk, "preview")
    assert "60 calls" in words(reply)
    assert "Also new:" in words(reply)


async def test_set_up_over_signed_http(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, OLD) as desk, served(slack, desk):
        said = (await slack.slash("digest 9:00 weekdays")).json
        assert "This channel gets a digest weekdays at 9:00" in "".join(texts(said["blocks"]))
        assert said["response_type"] == "ephemeral"
    assert slack.refusals == []
    assert ZoneInfo("America/New_York").key in "".join(posts(slack))


async def test_the_loop_ticks_only_once_calls_are_loaded(
    moved: LocalSlack, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "TICK", (0.0, 0.001))
    await say(desk, "9:00 weekdays")
    desk.ready = False
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 5 * MINUTE
    loop = asyncio.create_task(daily.keep(desk))
    await asyncio.sleep(0.05)
    assert moved.workspace.scheduled == {}
    desk.ready = True
    await moved.until(lambda: moved.workspace.scheduled)
    loop.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await loop


@pytest.mark.parametrize(("days", "ledger"), [(30, 30), (2, 15)])
async def test_what_is_old_is_erased_when_the_settings_say(desk: Desk, clock: Clock, days: int, ledger: int) -> None:
    """The ledger of digests keeps two weeks whatever the settings say: it knows which dates had theirs."""
    desk.settings = dataclasses.replace(desk.settings, keep_days=days)
    desk.store.clock = clock
    await desk.store.save_thread(TEAM, DESK, "1.1", "quote margin", 0)
    await desk.store.save_recent(TEAM, "U1", "quote margin")
    await desk.store.receive(TEAM, "Ev1", "{}")
    await desk.store.plan_runs(TEAM, DESK, [Planned(clock.time.date(), clock.time, "too late")])
    began = clock.time

    async def left() -> tuple[bool, int, bool, int]:
        await daily.erase_old(desk)
        threads = await desk.store.thread(TEAM, DESK, "1.1") is not None
        free = clock.time + 2 * MINUTE
        events = bool(await desk.store.tenants_with_undone(free, began - MINUTE))
        return threads, len(await desk.store.recents(TEAM, "U1")), events, len(await desk.store.runs(TEAM, DESK))

    clock.time = began + dt.timedelta(days=days)
    assert await left() == (True, 1, True, 1)
    clock.time += MINUTE
    assert await left() == (False, 0, False, int(ledger > days))
    clock.time = began + dt.timedelta(days=ledger) + MINUTE
    assert await left() == (False, 0, False, 0)


async def test_that_a_digest_is_of_some_companies_alone_is_told_when_it_is_set_up_anew(desk: Desk) -> None:
    desk.library = await shelved(BOTH)
    for typed in ("9:00 weekdays", "for Northlake", "off"):
        await say(desk, typed)
    assert "Only Northlake Foods, Inc.; to cover every company: /call digest for everything" in words(
        await say(desk, "9:00 weekdays")
    )
    await say(desk, "for everything")
    assert "Only" not in words(await say(desk, "10:00 weekdays"))


async def test_a_digest_is_limited_to_companies_and_what_it_leaves_out_never_comes_as_news(desk: Desk) -> None:
    desk.library = await shelved(BOTH)
    await say(desk, "9:00 weekdays")
    told = words(await say(desk, "for Northlake"))
    assert "The digest now covers only Northlake Foods, Inc." in told
    other = dataclasses.replace(OLD[0], id="voltera-2026-q4", quarter=4, fingerprint="another")
    desk.library = await Library.of((*BOTH, NEW, other))
    preview = words(await say(desk, "preview"))
    assert "1 new call since the last digest" in preview
    assert "Northlake Foods, Inc. Q2 2026" in preview
    assert "Only Northlake Foods, Inc.; to cover every company: /call digest for everything" in preview
    assert "Only Northlake Foods, Inc." in words(await say(desk, "status"))
    assert "covers every company" in words(await say(desk, "for everything"))
    preview = words(await say(desk, "preview"))
    assert "Northlake Foods, Inc. Q2 2026" in preview, "what was wanted all along is still news"
    assert "Voltera" not in preview, "what was left out is none"


async def test_a_schedule_and_companies_in_one_and_what_is_neither(desk: Desk) -> None:
    desk.library = await shelved(BOTH)
    told = words(await say(desk, "9:00 weekdays for NLF and VLTR"))
    assert "weekdays at 9:00" in told
    assert "Only Northlake Foods, Inc., Voltera Motors" in words(await say(desk, "status"))
    with pytest.raises(EarshotError, match="is not one loaded company"):
        await say(desk, "9:30 daily for Zebra Holdings")
    assert "weekdays at 9:00" in words(await say(desk, "status"))


async def test_by_use_a_channels_digest_is_about_its_companies(desk: Desk) -> None:
    await say(desk, "9:00 weekdays")
    await answer(Asked("use Voltera", TEAM, DESK, ADA), desk)
    desk.library = await shelved((*OLD, NEW))
    assert "would stay silent" in words(await say(desk, "preview"))
    await answer(Asked("use nothing", TEAM, DESK, ADA), desk)
    assert "would stay silent" in words(await say(desk, "preview")), "it came while the channel didn't ask about it"

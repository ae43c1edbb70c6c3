"""`watch`, `watches`, `unwatch`, `mute`, `unmute`: over signed HTTP, with a moved clock and restarts."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.call import Call
from bot.digest.digest import Digest, News
from bot.digest.silence import Silence, SilenceError, silence
from bot.digest.watched import subject_of
from bot.errors import EarshotError
from bot.state.run import Run, State
from bot.state.watches import Watch
from handlers import delivery
from handlers.asked import Asked, Surface
from handlers.blocks.details import details
from handlers.blocks.limits import broken, texts
from handlers.call import answer
from handlers.daily import clockwork_of, found_by
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.outbox import message_of
from handlers.ticket import Ticket
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests import invented_calls
from tests.desk import desk_at, served, shelved
from tests.moved import MINUTE, MONDAY, Clock

ADA, DESK, WATER = "U0ADAWHIT", "C0AUTODESK", "C0WATERCOO"
NEW, OLD = invented_calls.CALLS[0], invented_calls.CALLS[2:]


@pytest.fixture
async def desk(moved: LocalSlack, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with desk_at(moved, tmp_path, OLD) as desk:
        desk.clock = clock
        yield desk


async def said(desk: Desk, typed: str, channel: str = DESK, surface: Surface = Surface.COMMAND) -> str:
    """Answer a command under the moved clock, which no signature would bear."""
    try:
        message = (await answer(Asked(typed, TEAM, channel, ADA, surface=surface), desk)).message
    except EarshotError as error:
        message = message_for(error)
    assert broken({"text": message.text, "blocks": message.blocks}) == []
    return "".join(texts(message.blocks))


def posts(slack: LocalSlack, channel: str = DESK) -> list[str]:
    return ["".join(texts(message.blocks)) or message.text for message in slack.workspace.channel(channel).messages]


async def come(desk: Desk, clock: Clock, *calls: Call) -> None:
    """Load calls, a while after what was done before."""
    clock.time += MINUTE
    desk.library = await shelved((*OLD, *calls))


async def pass_by(desk: Desk, slack: LocalSlack, clock: Clock, minutes: float = 6) -> None:
    """Let time go by, with a tick each half minute."""
    clockwork = clockwork_of(desk)
    for _ in range(int(minutes * 2)):
        await clockwork.tick()
        clock.time += MINUTE / 2
        slack.post_due()


async def test_a_watch_says_who_set_it_up_and_posts_what_a_new_call_says_once(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    told = await said(desk, "watch cold storage")
    assert "Watching cold storage" in told
    notice = moved.workspace.channel(DESK).messages[-1]
    assert ADA in str(notice.blocks)
    assert "unwatch cold storage" in "".join(texts(notice.blocks))
    before = len(posts(moved))
    await pass_by(desk, moved, clock)
    assert len(posts(moved)) == before, "what is loaded is no news"
    await come(desk, clock, NEW)
    await pass_by(desk, moved, clock)
    (post,) = posts(moved)[before:]
    message = moved.workspace.channel(DESK).messages[-1]
    assert ADA in str(message.blocks)
    assert " watches cold storage here" in post
    assert "What is the plan for cold storage after Duluth?" in post
    assert {"Answer", "Context", "Whole exchange", "Copy as text"} <= set(texts(message.blocks))
    assert "Share" not in texts(message.blocks)
    assert broken({"text": message.text, "blocks": message.blocks}) == []
    await pass_by(desk, moved, clock, minutes=30)
    assert len(posts(moved)) == before + 1
    listed = await said(desk, "watches")
    assert "cold storage · posted at once" in listed
    assert ": posted" in listed
    shown = (await answer(Asked("watches", TEAM, DESK, "U0BENOKAF"), desk)).message
    assert ADA in str(shown.blocks), "the list says who set it up, whoever asks"
    assert moved.refusals == []


@pytest.mark.parametrize("id_", ['the "final" one', "two  blanks", " lead", "R&amp;D *q3*"])
async def test_whatever_a_new_call_is_called_it_is_found_and_its_questions_are_asked(
    slack: LocalSlack, tmp_path: Path, id_: str
) -> None:
    new = replace(NEW, id=id_)
    async with desk_at(slack, tmp_path, (*OLD, new)) as desk:
        watch = Watch("cold storage", "U1", MONDAY, DESK, "cold storage")
        run = Run(TEAM, DESK, MONDAY.date(), MONDAY, State.DUE, subject=subject_of(watch.key, id_))
        assert not (await found_by(desk, run, watch)).empty
        digest = Digest((News(new, ()),))
        for blocks in (message_of(digest, "/call").blocks, next(details(digest)).blocks):
            actions: list[Any] = [block["elements"] for block in blocks if block["type"] == "actions"]
            (value,) = [each["value"] for row in actions for each in row if each["action_id"].startswith("ask:")]
            ticket = Ticket.decode(value)
            assert ticket is not None
            asked = Asked(ticket.question, TEAM, DESK, "U0BENOKAF")
            assert "No loaded call" not in str((await answer(asked, desk)).message.blocks)


async def test_over_signed_http_it_is_set_up_listed_and_its_buttons_work(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, OLD) as desk, served(slack, desk):
        told = (await slack.slash("watch cold storage")).json
        assert "Watching cold storage" in "".join(texts(told["blocks"]))
        assert told["response_type"] == "ephemeral"
        desk.library = await shelved((*OLD, NEW))
        (watch,) = await desk.store.live_watches(TEAM)
        run = Run(TEAM, DESK, MONDAY.date(), MONDAY, State.DUE, subject=subject_of(watch.key, NEW.id))
        message = message_of(await found_by(desk, run, watch), "/call")
        await delivery.post(desk, TEAM, DESK, message)
        posted = slack.workspace.channel(DESK).messages[-1]
        await slack.click(posted, "open:a")
        await desk.errands.drain(5)
        edited = slack.workspace.channel(DESK).messages[-1]
        assert "Hide question" in texts(edited.blocks)
        assert " watches " in texts(edited.blocks), "who watches stays told"
        await slack.click(edited, "open:a")
        await desk.errands.drain(5)
        twice = texts(slack.workspace.channel(DESK).messages[-1].blocks)
        assert "Hide question" not in twice
        assert twice.count(" watches ") == 1
        listed = (await slack.slash("watches")).json
        assert "1 topic is watched here." in "".join(texts(listed["blocks"]))
    assert slack.refusals == []


async def test_across_restarts_it_is_posted_once(moved: LocalSlack, tmp_path: Path, clock: Clock) -> None:
    async with desk_at(moved, tmp_path, OLD) as desk:
        desk.clock = clock
        await said(desk, "watch cold storage")
    before = len(posts(moved))
    clock.time += MINUTE
    for _ in range(14):  # each time the bot is a new one, over the same database
        async with desk_at(moved, tmp_path, (*OLD, NEW)) as desk:
            desk.clock = clock
            await clockwork_of(desk).tick()
        clock.time += MINUTE / 2
        moved.post_due()
    assert len(posts(moved)) == before + 1


FILTERS = [
    ("cold storage by Tomas Vidal", True),
    ("questions about cold storage", True),
    ("who asked about cold storage", True),
    ("superchargers", False),
    ("cold storage by Priya Raman", False),
]


@pytest.mark.parametrize(("topic", "matches"), FILTERS)
async def test_a_watch_may_hold_any_questions_filters(
    moved: LocalSlack, desk: Desk, clock: Clock, topic: str, matches: bool
) -> None:
    desk.library = await shelved((*OLD, NEW))
    await said(desk, f"watch {topic}")
    await come(desk, clock, *(NEW, replace(NEW, id="northlake-2026-q3", quarter=3)))
    before = len(posts(moved))
    await pass_by(desk, moved, clock)
    assert len(posts(moved)) - before == (1 if matches else 0)


async def test_a_direct_message_is_a_personal_watch(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    own = moved.workspace.direct(ADA).id
    assert "Watching cold storage" in await said(desk, "watch cold storage", own, Surface.DIRECT)
    assert posts(moved, own) == [], "the answer stands there: it needs no notice"
    await come(desk, clock, NEW)
    before = len(posts(moved, own))
    await pass_by(desk, moved, clock)
    assert len(posts(moved, own)) == before + 1
    assert not any("cold storage" in text for text in posts(moved))


async def test_a_misspelt_topic_is_told_how_it_is_read(moved: LocalSlack, desk: Desk) -> None:
    assert "Read as: superchargers (typed: superchrgers)." in await said(desk, "watch superchrgers")
    assert "Read as: superchargers (typed: superchrgrs)." in await said(desk, "digest watch superchrgrs")
    assert "Read as" not in await said(desk, "watch capex")
    assert "quoted in the digest, which is off" in await said(desk, "watches")


async def test_muted_ones_post_nothing_and_the_list_says_so(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    assert "Nothing is watched here" in await said(desk, "watches")
    await said(desk, "watch cold storage")
    await said(desk, "watch freight costs")
    muted = await said(desk, "mute cold storage for 2 days")
    assert "Muted until 3 March 2027, 7:00 (America/New_York): cold storage." in muted
    assert "muted until 3 March 2027, 7:00 (America/New_York)" in await said(desk, "watches")
    await come(desk, clock, NEW)
    before = len(posts(moved))
    await pass_by(desk, moved, clock)
    (post,) = posts(moved)[before:]
    assert "watches freight costs here" in post
    listed = await said(desk, "watches")
    assert "not posted (the watch was muted when the call came)" in listed
    assert "cold storage, freight costs" in await said(desk, "mute")
    assert "cold storage, freight costs" in await said(desk, "unmute")
    assert "muted" not in (await said(desk, "watches")).replace("was muted when", "")
    assert "no longer watched" in await said(desk, "unwatch COLD  storage")
    assert "these are: freight costs" in await said(desk, "unwatch cold storage")
    assert "isn't watched here" in await said(desk, "mute tariffs")


async def test_unwatching_takes_back_what_slack_has_already(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await said(desk, "watch cold storage")
    await come(desk, clock, NEW)
    await clockwork_of(desk).tick()
    assert len(moved.workspace.scheduled) == 1
    await said(desk, "unwatch cold storage")
    assert moved.workspace.scheduled == {}


async def test_a_topic_of_the_digest_becomes_a_live_one(moved: LocalSlack, desk: Desk) -> None:
    await said(desk, "digest watch cold storage")
    assert "quoted in the digest" in await said(desk, "watches")
    assert "The digest no longer repeats it." in await said(desk, "watch cold storage")
    assert "watched here already" in await said(desk, "watch Cold Storage")
    assert "watched here already, and posted at once" in await said(desk, "digest watch cold storage")


REFUSED = [
    ("watch", "Watch what?"),
    ("watch calls", "names nothing to look for"),
    ("watch the", "names nothing to look for"),
    ("watch " + "x" * 300, "up to 200"),
    ("watch what did Nobody Atall say about margin", "I don't know"),
    ("unwatch", "Which topic?"),
    ("mute margin for 0 days", "For how long?"),
    ("mute for 900 days", "For how long?"),
]


@pytest.mark.parametrize(("typed", "told"), REFUSED)
async def test_what_cant_be_watched_is_told(moved: LocalSlack, desk: Desk, typed: str, told: str) -> None:
    assert told in await said(desk, typed)
    assert await desk.store.watches(TEAM, DESK) == ()


async def test_where_the_bot_may_not_post_nothing_is_watched(moved: LocalSlack, desk: Desk) -> None:
    assert "/invite" in await said(desk, "watch margin", channel=WATER)
    assert await desk.store.watches(TEAM, WATER) == ()


async def test_no_more_than_twenty(moved: LocalSlack, desk: Desk) -> None:
    for number in range(20):
        await desk.store.add_watch(TEAM, DESK, f"topic {number}", ADA)
    assert "20 topics are watched" in await said(desk, "watch margin")


async def test_a_channel_that_refuses_mutes_the_watch_and_tells_who_set_it_up(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    await said(desk, "watch cold storage")
    await come(desk, clock, NEW)
    moved.workspace.channel(DESK).members.remove("U0EARSHOT")
    await clockwork_of(desk).tick()
    told = moved.called("chat.postMessage")[-1]
    assert told.arguments["channel"] == ADA
    assert "Your watch on cold storage has stopped" in told.arguments["text"]
    assert "/call unmute cold storage" in told.arguments["text"]


SILENCES = [
    ("", Silence("")),
    ("margin", Silence("margin")),
    ("margin for 2 days", Silence("margin", dt.timedelta(days=2))),
    ("for an hour", Silence("", dt.timedelta(hours=1))),
    ("for a week", Silence("", dt.timedelta(weeks=1))),
    ("guidance for 2022", Silence("guidance for 2022")),
    ("plans for days", Silence("plans for days")),
]


@pytest.mark.parametrize(("typed", "meant"), SILENCES)
def test_how_long_is_read(typed: str, meant: Silence) -> None:
    assert silence(typed) == meant


@pytest.mark.parametrize("typed", ["for 0 days", "x for 13 months", "for 9999 weeks", "for many days"])
def test_a_time_that_is_none_is_told(typed: str) -> None:
    with pytest.raises(SilenceError, match="For how long"):
        silence(typed)

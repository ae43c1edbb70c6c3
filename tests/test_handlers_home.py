"""The Home tab: drawn when opened, with one's own last questions and nobody else's."""

import dataclasses
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.call import Call
from bot.digest.schedule import WORKING_DAYS, Schedule
from bot.turnstile import turnstile
from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from handlers.scopes import SCOPES
from handlers.shelves import reader_of
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import BOT_USER, TEAM, Channel
from tests.canaries import given
from tests.desk import call, desk_at, samples, served


@cache
def many() -> tuple[Call, ...]:
    return tuple(call(id_=f"quillon-{year}-q1", year=year) for year in range(1980, 2026))


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack, with more calls than a Home names."""
    async with desk_at(slack, tmp_path, many()) as desk, served(slack, desk):
        yield desk


async def home(slack: LocalSlack, desk: Desk, user: str = ADA) -> dict[str, object]:
    before = len(slack.called("views.publish"))
    assert (await slack.open_home(user=user)).status == 200
    await desk.errands.drain(5)
    sent = slack.called("views.publish")[before:]
    assert [one.ok for one in sent] == [True]
    view = sent[0].arguments["view"]
    assert broken(view) == []
    assert isinstance(view, dict)
    return view


def words(payload: object) -> str:
    return "".join(texts(payload))


async def test_the_home_shows_what_to_try_the_calls_and_help(slack: LocalSlack, desk: Desk) -> None:
    said = words(await home(slack, desk))
    assert "Calls you can ask (46)" in said
    assert "Quillon Motors Q1 2025" in said
    assert "and 21 more: /call calls" in said
    assert "earshot doctor" in said
    assert "You asked lately" not in said


async def test_a_company_has_one_name_on_the_home(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, samples()) as desk, served(slack, desk):
        said = words(await home(slack, desk))
    assert "Velmere Motors, Inc. Q1 2026, 29 April 2026" in said


async def test_ones_own_last_questions_are_there_and_nobody_elses(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    await desk.errands.drain(5)
    assert "quote superchargers" in words(await home(slack, desk))
    other = next(
        user.id for user in slack.workspace.users.values() if user.id != ADA and not getattr(user, "is_bot", False)
    )
    assert "quote superchargers" not in words(await home(slack, desk, other))


async def test_a_question_that_a_button_asked_stands_there_in_words(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash('quote superchargers period:"Q1 2025"')
    await desk.errands.drain(5)
    view = await home(slack, desk)
    assert "quote superchargers · Q1 2025" in words(view)
    assert "period:" in str(view)  # the button asks the very same


async def test_a_question_on_the_home_is_answered_in_a_modal(slack: LocalSlack, desk: Desk) -> None:
    await home(slack, desk)
    view = slack.workspace.homes[ADA]
    assert (await slack.click_view(view, "ask:try1")).status == 200
    await desk.errands.drain(5)
    [sent] = slack.called("views.open")
    assert sent.ok
    assert "margin" in words(sent.arguments["view"])
    assert broken(sent.arguments["view"]) == []
    modal = next(iter(slack.workspace.views.values()))
    assert (await slack.click_view(modal, "page:next")).status == 200
    await desk.errands.drain(5)
    [turned] = slack.called("views.update")
    assert turned.ok
    assert "4. " in words(turned.arguments["view"])


async def test_the_other_tabs_draw_nothing(slack: LocalSlack, desk: Desk) -> None:
    await slack.open_home(tab="about")
    await desk.errands.drain(5)
    assert not slack.called("views.publish")


async def test_what_one_set_up_stands_there_and_what_others_did_does_not(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("watch superchargers")
    await slack.slash("digest 9:00 weekdays")
    await slack.slash("synonym gm = gross margin")
    await slack.slash("alias the boss = Bram Okafor")
    await desk.store.add_watch(TEAM, "C0SECRET", "a merger", "U0BENOKAF")
    desk.settings = dataclasses.replace(desk.settings, support="#earshot-help")
    view = await home(slack, desk)
    said = words(view)
    assert "• superchargers in " in said
    assert "posted at once" in said
    assert "C0AUTODESK" in str(view)
    assert "weekdays at 9:00" in said
    assert "• gm = gross margin" in said
    assert "• the boss = Bram Okafor" in said
    assert "go to #earshot-help" in said
    assert "merger" not in said
    assert slack.refusals == []


BEN, SECRET = "U0BENOKAF", "C0SECRET"
AROUND = "In your channels"


@pytest.fixture
def secret(slack: LocalSlack) -> Channel:
    """A private channel that the app and Ben are in, and Ada is not."""
    made = Channel(SECRET, "merger", [BEN, BOT_USER], is_private=True)
    slack.workspace.channels[SECRET] = made
    return made


async def set_up(desk: Desk, channel: str) -> None:
    """Let Ben set up in a channel all that a Home tells of."""
    await desk.store.add_watch(TEAM, channel, "a merger", BEN)
    schedule = Schedule(9, 0, WORKING_DAYS, "Europe/Berlin")
    await desk.store.subscribe(TEAM, channel, schedule, user=BEN, now=desk.clock(), calls={})
    await desk.store.give(TEAM, channel, BEN, "quiet-2026-q1.txt", given("T1", "C1"))


async def test_what_others_set_up_shows_to_those_who_are_in_the_channel_now(
    slack: LocalSlack, desk: Desk, secret: Channel
) -> None:
    await set_up(desk, SECRET)
    assert AROUND not in words(await home(slack, desk))
    secret.members.append(ADA)
    view = await home(slack, desk)
    said = words(view)
    assert AROUND in said
    assert "watches a merger, in its digest, by " in said
    assert "digest weekdays at 9:00" in said
    assert "given by " in said
    assert str(view).count(f"'user_id': '{BEN}'") == 3
    secret.members.remove(ADA)
    assert AROUND not in words(await home(slack, desk))
    assert slack.refusals == []


async def test_ones_own_is_not_told_twice(slack: LocalSlack, desk: Desk, secret: Channel) -> None:
    await set_up(desk, SECRET)
    said = words(await home(slack, desk, BEN))
    assert said.count("a merger") == 1
    assert said.count("weekdays at 9:00") == 1
    assert "given by " in said


async def test_a_channel_that_another_organisation_shares_shows_nothing(
    slack: LocalSlack, desk: Desk, secret: Channel
) -> None:
    await set_up(desk, SECRET)
    secret.members.append(ADA)
    secret.is_ext_shared = True
    assert AROUND not in words(await home(slack, desk))


@pytest.mark.parametrize(
    ("granted", "shown"), [((), ()), (("channels:read",), (DESK,)), (("channels:read", "groups:read"), (DESK, SECRET))]
)
async def test_without_a_scope_its_channels_show_nothing(
    slack: LocalSlack, desk: Desk, secret: Channel, granted: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    secret.members.append(ADA)
    for channel in (SECRET, DESK):
        await desk.store.add_watch(TEAM, channel, "a merger", BEN)
    slack.scopes = frozenset({*SCOPES, *granted})
    view = await home(slack, desk)
    assert [one for one in (DESK, SECRET) if one in str(view)] == list(shown)
    assert (AROUND in words(view)) is bool(shown)


async def test_a_slack_that_does_not_tell_costs_no_home(slack: LocalSlack, desk: Desk, secret: Channel) -> None:
    await set_up(desk, SECRET)
    secret.members.append(ADA)
    slack.fault("users.conversations", times=9, error="internal_error")
    said = words(await home(slack, desk))
    assert AROUND not in said
    assert "Calls you can ask (46)" in said


async def test_nobody_is_asked_about_where_there_is_nothing_to_show(slack: LocalSlack, desk: Desk) -> None:
    await home(slack, desk)
    assert slack.called("users.conversations") == []


async def test_how_many_more_were_given_is_told(slack: LocalSlack, desk: Desk, secret: Channel) -> None:
    secret.members.append(ADA)
    name, data = "quiet-2026-q1.txt", given("T1", "C1")
    read = await desk.shelves.parse(data, name)  # once for all of them: each would take a process of its own
    for number in range(13):
        key = await desk.store.give(TEAM, SECRET, BEN, name, data + b"\n" * number)
        await desk.store.save_reading(TEAM, key, reader_of(name), read)
    assert "and 3 more" in words(await home(slack, desk))


async def test_a_button_of_the_home_whose_trigger_has_expired_says_so_in_direct_messages(
    slack: LocalSlack, desk: Desk
) -> None:
    await home(slack, desk)
    slack.fault("views.open", error="trigger_expired", times=2)
    await slack.click_view(slack.workspace.homes[ADA], "ask:try1")
    await desk.errands.drain(5)
    (told,) = slack.called("chat.postMessage")
    assert told.arguments["channel"] == ADA
    assert "That took too long for Slack" in words(told.arguments["blocks"])


async def test_a_button_of_the_home_opens_its_window_though_the_answer_has_to_wait(
    slack: LocalSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.deadline.DEADLINE", 0.01)
    await home(slack, desk)
    async with turnstile():
        await slack.click_view(slack.workspace.homes[ADA], "ask:try1")
        await slack.until(lambda: slack.called("views.open"))
        assert "Searching …" in words(slack.called("views.open")[0].arguments["view"]["blocks"])
    await desk.errands.drain(5)
    (view,) = slack.workspace.views.values()
    assert "Searching …" not in words(view.body["blocks"])
    assert broken(view.body) == []
    assert slack.refusals == []

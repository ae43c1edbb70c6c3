"""The Home tab: drawn when opened, with one's own last questions and nobody else's."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import call, desk_at, served

ADA = "U0ADAWHIT"


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack, with more calls than a Home names."""
    calls = [call(id_=f"quillon-{year}-q1", year=year) for year in range(1980, 2026)]
    async with desk_at(slack, tmp_path, calls) as desk, served(slack, desk):
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

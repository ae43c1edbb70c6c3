"""Watches, a digest with its thread, and a team's own words on the page, in headless Chromium; pictures of them."""

import asyncio
import datetime as dt
import re

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from bot.digest.clockwork import Pace
from handlers.daily import clockwork_of
from playground.run import Playground
from tests.test_playground_page import Take, button, calm, chromium, look, newest, playground, take, write

pytestmark = pytest.mark.browser
__all__ = ["chromium", "playground", "take"]  # fixtures

TOP = "message => message.scrollIntoView({block: 'start'})"
NEWEST = "vlmr-2026-q3"
SECOND = dt.timedelta(seconds=1)
HURRY = Pace(ahead=10 * SECOND, lead=4 * SECOND, sweep=SECOND / 2, closed=SECOND / 4, skew=SECOND / 10)


async def test_a_watch_a_digest_with_its_thread_and_a_teams_words(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    desk = playground.desk
    await desk.errands.drain(5)
    call = desk.library.calls[NEWEST]
    await desk.library.remove([NEWEST])
    page = await look(chromium, playground.url)

    await write(page, "/call watch superchargers")
    await expect(newest(page, ".eph")).to_contain_text("Watching superchargers")
    await write(page, "/call digest 9:00 weekdays")
    await expect(newest(page, ".eph")).to_contain_text("This channel gets a digest")
    await write(page, "/call digest watch tariffs")
    await expect(newest(page, ".eph")).to_contain_text("The digest quotes what new calls say on tariffs")
    await desk.library.add([call])

    clockwork = clockwork_of(desk)
    clockwork.pace = HURRY
    posted = page.locator("#list > .msg:not(.eph)").filter(has_text=re.compile("mute superchargers silences"))
    for _ in range(30):
        await clockwork.tick()
        playground.slack.post_due()
        if await posted.count():
            break
        await asyncio.sleep(0.5)
    await expect(posted).to_have_count(1)
    await expect(button(posted, "Context")).to_be_visible()
    await posted.evaluate(TOP)
    await take(page, "watch")

    await write(page, "/call watches")
    await expect(newest(page, ".eph")).to_contain_text("quoted in the digest")
    await take(page, "watches")

    await write(page, "/call digest now")
    digest = newest(page, ".msg:not(.eph)")
    await expect(digest).to_contain_text("1 new call since the last digest")
    await take(page, "digest")
    await button(digest, "Details in the thread").click()
    await page.locator(".thread-bar").last.click()
    await expect(page.locator("#thread > .msg")).to_have_count(3)
    await take(page, "digest-thread")
    await button(digest, "Details in the thread").click()
    await expect(page.locator("#pane, #list").first).to_be_visible()
    await expect(page.locator("#thread > .msg:not(.eph)")).to_have_count(3)
    assert playground.slack.refusals == []
    calm(page)


async def test_a_teams_words_on_the_page(chromium: Chromium, playground: Playground, take: Take) -> None:
    page = await look(chromium, playground.url)
    await write(page, "/call synonym gm = gross margin")
    await expect(newest(page, ".eph")).to_contain_text("also look for gross margin")
    await write(page, "/call alias the boss = Desmond Achterberg")
    await expect(newest(page, ".eph")).to_contain_text("the boss stands for Desmond Achterberg")
    await write(page, "/call quote gm by the boss")
    answer = newest(page, ".eph")
    await expect(answer).to_contain_text("(your team's word for gm)")
    await expect(answer).to_contain_text("‹the boss› is read as Desmond Achterberg, your team's alias")
    await answer.evaluate(TOP)
    await take(page, "synonym")
    assert playground.slack.refusals == []
    calm(page)

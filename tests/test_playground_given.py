"""A transcript handed over in the page: attached to a mention, or by the form; its card, its forms, and its answers."""

from pathlib import Path

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from playground.run import Playground
from tests.test_playground_page import Take, button, calm, chromium, look, newest, playground, take, write

__all__ = ["chromium", "playground", "take"]  # fixtures
pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parent.parent / "playground" / "given" / "vlmr-2026-q4.txt"


async def test_a_transcript_is_handed_over_with_a_mention(
    chromium: Chromium,
    playground: Playground,
    take: Take,
) -> None:
    page = await look(chromium, playground.url)
    await page.locator(".composer-box input[type=file]").first.set_input_files(SAMPLE)
    await expect(page.locator(".tray-file")).to_contain_text("vlmr-2026-q4.txt")
    await write(page, "@earshot")  # chosen from those it may mean
    await page.locator("#composer-main").press("Enter")
    await page.locator(".thread-bar").last.click()
    card = page.locator("#thread > .msg").last
    await expect(card).to_contain_text("Velmere Motors, Inc. (VLMR), Q4 2026, held 3 February 2027", timeout=20_000)
    await expect(card).to_contain_text("It can be asked in this channel only.")
    await take(page, "given-card")

    await button(card, "Correct").click()
    await expect(page.get_by_text("Fiscal quarter, 1 to 4")).to_be_visible()
    await take(page, "given-correct")
    await page.get_by_role("button", name="Save").click()
    await expect(card).to_contain_text("corrected by hand")
    await button(card, "Show to the workspace").click()
    await expect(card).to_contain_text("The whole workspace can ask it.")

    await write(page, "/call quote superchargers Q4 2026")
    answer = newest(page, ".eph")
    await expect(answer).to_contain_text("Velmere Motors, Inc. Q4 2026")
    await expect(answer).to_contain_text("17,100")
    await take(page, "given-answer")
    calm(page)


async def test_a_transcript_is_handed_over_by_the_form(
    chromium: Chromium,
    playground: Playground,
    take: Take,
) -> None:
    page = await look(chromium, playground.url)
    await playground.slack.shortcut("add_call")
    await expect(page.get_by_role("dialog")).to_contain_text("Transcript")
    await page.get_by_role("dialog").locator("input[type=file]").set_input_files(SAMPLE)
    await expect(page.get_by_role("dialog")).to_contain_text("vlmr-2026-q4.txt")
    await take(page, "given-form")
    await page.get_by_role("dialog").get_by_role("button", name="Add").click()
    direct = playground.slack.workspace.direct("U0ADAWHIT")
    await playground.slack.until(lambda: any("is read" in message.text for message in direct.messages), 20)
    calm(page)

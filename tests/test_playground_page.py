"""The page in headless Chromium: the mission's questions typed, buttons pressed, follow-ups asked, pictures taken.

`pytest -m browser --pictures` renews the pictures in docs/pictures; they show the sample calls only.
"""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Browser as Chromium
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.config import Settings
from playground.browser import Browser
from playground.driving import ADA, DESK
from playground.offer import Offer
from playground.run import Playground, opened
from playground.slack import LocalSlack
from playground.workspace import BOT, BOT_USER, Message
from tests.test_playground_blocks import GOOD
from tests.test_playground_slack import echo

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDE = {"width": 1440, "height": 1180}  # tall enough for a whole answer
PHONE = {"width": 390, "height": 844}
Take = Callable[[Page, str], Awaitable[None]]


@pytest.fixture
async def chromium() -> AsyncIterator[Chromium]:
    """The system's Chromium; skips where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the page was not tried in a browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
def take(request: pytest.FixtureRequest, tmp_path: Path) -> Take:
    """Take a picture: into docs/pictures with --pictures or where it is missing, else into a passing folder."""

    async def picture(page: Page, name: str) -> None:
        kept = PICTURES / f"{name}.png"
        renew = request.config.getoption("--pictures") or not kept.exists()
        kept.parent.mkdir(exist_ok=True)
        await page.mouse.move(0, 0)
        await page.wait_for_timeout(250)  # hover and spinners fade
        await page.screenshot(path=kept if renew else tmp_path / f"{name}.png", animations="disabled")

    return picture


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    """The real bot over the sample calls, behind the page."""
    async with opened(Settings(home=tmp_path / "home")) as running:
        yield running


async def look(chromium: Chromium, url: str, *, dark: bool = False, size: dict[str, int] | None = None) -> Page:
    """Open the page; whatever it writes to its console as an error fails the test at the end."""
    context = await chromium.new_context(
        color_scheme="dark" if dark else "light",
        viewport={"width": (size or WIDE)["width"], "height": (size or WIDE)["height"]},
        device_scale_factor=2 if size == PHONE else 1,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.wrong = wrong  # type: ignore[attr-defined]  # read by `calm`
    await page.goto(url)
    await page.wait_for_selector("body[data-ready]")
    return page


def calm(page: Page) -> None:
    """Nothing went wrong inside the page."""
    assert page.wrong == []  # type: ignore[attr-defined]  # set by `look`


async def write(page: Page, text: str, *, where: str = "#composer-main") -> None:
    box = page.locator(where)
    await box.click()
    await box.press_sequentially(text)
    await box.press("Escape") if "@" not in text else None
    await box.press("Enter")


def button(inside: Locator, text: str) -> Locator:
    """Return the first button that shows `text`; a screen reader may hear more of it."""
    return inside.locator("button.btn").filter(has_text=re.compile(f"^{text}")).first


def newest(page: Page, kind: str = ".msg") -> Locator:
    return page.locator(f"#list > {kind}").last


async def test_who_asked_is_answered_opened_paged_and_shared(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url)
    await page.locator("#composer-main").press_sequentially("/ca")
    await expect(page.get_by_role("option").first).to_contain_text("/call")
    await take(page, "command")
    await page.locator("#composer-main").press("Enter")
    await page.locator("#composer-main").press_sequentially("who asked about superchargers")
    await page.locator("#composer-main").press("Enter")
    answer = newest(page, ".eph")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer.locator("strong", has_text=re.compile("supercharger", re.IGNORECASE)).first).to_be_visible()
    await take(page, "who-asked")

    await button(answer, "Answer").click()
    await expect(button(answer, "Hide answer")).to_be_visible()
    await take(page, "answer")
    await button(answer, "Hide answer").click()
    await expect(button(answer, "Hide answer")).to_have_count(0)

    before = await answer.inner_text()
    await button(answer, "Next").click()
    await expect(button(answer, "Previous")).to_be_visible()
    assert await answer.inner_text() != before
    assert await page.locator("#list > .eph").count() == 1, "paging edits in place"

    await button(answer, "Share").click()
    shared = newest(page, ".msg:not(.eph)")
    await expect(shared).to_contain_text("@ada")
    await expect(shared).to_contain_text("/call who asked about superchargers")
    await take(page, "share")
    other = await look(chromium, f"{playground.url}?as=U0BENOKAF")
    await expect(newest(other)).to_contain_text("/call who asked about superchargers")
    assert await other.locator(".eph").count() == 0, "an answer is its asker's alone until it is shared"
    calm(page)
    calm(other)


@pytest.mark.parametrize(
    ("name", "dark", "size"),
    [
        ("quote", False, WIDE),
        ("quote-dark", True, WIDE),
        ("quote-phone", False, PHONE),
        ("quote-phone-dark", True, PHONE),
    ],
)
async def test_a_quote_reads_well_everywhere(
    chromium: Chromium, playground: Playground, take: Take, name: str, dark: bool, size: dict[str, int]
) -> None:
    page = await look(chromium, playground.url, dark=dark, size=size)
    if size == PHONE:
        await page.locator(f"[data-channel={DESK}]").click()
    await write(page, "/call quote margin")
    answer = newest(page, ".eph")
    await expect(answer.locator("blockquote").first).to_contain_text(re.compile("margin", re.IGNORECASE))
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"], "nothing runs out of the window"
    await take(page, name)
    calm(page)


async def test_a_mention_is_answered_in_its_thread_and_followed_up_twice(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url)
    box = page.locator("#composer-main")
    await box.press_sequentially("@ear")
    await expect(page.get_by_role("option").first).to_contain_text("Earshot")
    await box.press("Enter")
    await box.press_sequentially("who asked about superchargers?")
    await box.press("Enter")
    await page.locator(".thread-bar").click()
    pane = page.locator("#pane")
    replies = pane.locator("#thread > .msg")
    await expect(replies).to_have_count(2)
    await write(page, "@earshot more", where="#composer-thread")
    await expect(replies).to_have_count(4)
    await write(page, "@earshot and on theft?", where="#composer-thread")
    await expect(replies).to_have_count(6)
    await expect(replies.last).to_contain_text("theft")
    await take(page, "thread")
    calm(page)


async def test_a_mention_by_name_pasted_whole_is_answered(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url)
    await page.locator("#composer-main").fill("@Earshot who asked about superchargers?")
    await page.locator("#composer-main").press("Enter")
    await expect(newest(page).locator(".mention")).to_have_text("@Earshot")
    await page.locator(".thread-bar").click()
    await expect(page.locator("#thread > .msg").last).to_contain_text("4 analysts, 8 questions")
    calm(page)


async def test_a_direct_message_is_answered_without_a_mention(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url)
    await page.get_by_role("button", name="Earshot", exact=True).first.click()
    await write(page, "quote margin")
    await expect(page.locator("#list")).to_contain_text(re.compile("calls searched|reply"))
    await take(page, "direct-message")
    calm(page)


async def test_newer_blocks_are_drawn_as_slack_draws_them(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url)
    await write(page, "/call who asked about superchargers")
    answer = newest(page, ".eph")
    await button(answer, "All 8 in a table").click()
    await expect(answer.locator(".blk-data_table tbody tr")).to_have_count(8)
    await take(page, "table")
    await button(answer, "Show the turns").click()
    await expect(answer.locator("blockquote")).to_have_count(3)
    await write(page, "/call quote margin")
    answer = newest(page, ".eph")
    await button(answer, "Whole turn").click()
    await expect(answer.locator(".blk-container")).to_be_visible()
    await answer.locator(".blk-container").scroll_into_view_if_needed()
    await take(page, "whole-turn")
    assert playground.slack.refusals == []
    calm(page)


async def test_nothing_of_a_table_is_out_of_sight_on_a_phone(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url, size=PHONE)
    await page.locator(f"[data-channel={DESK}]").click()
    await write(page, "/call who asked about superchargers")
    answer = newest(page, ".eph")
    await button(answer, "All 8 in a table").click()
    row = answer.get_by_role("row").nth(1)
    await expect(row.get_by_role("cell")).to_have_count(4)
    await expect(row.get_by_role("rowheader")).to_have_text("Mei-Ling Saunderson")
    table = answer.locator(".table-wrap")
    assert await table.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    calm(page)


async def test_a_verdict_is_thanked_for_where_it_was_given(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url, size={"width": 1280, "height": 620})
    await write(page, "/call quote margin")
    answer = newest(page, ".eph")
    for press in (button(answer, "Helpful"), answer.get_by_label("This answer did not help")):
        await press.click()
        await expect(answer.get_by_text(re.compile("^Noted as"))).to_be_in_viewport()
        await button(answer, "Next").click()
        await expect(answer.get_by_label("This answer did not help")).to_be_visible()
    assert playground.slack.refusals == []
    calm(page)


async def test_how_often_is_a_chart_in_a_thread(chromium: Chromium, playground: Playground, take: Take) -> None:
    page = await look(chromium, playground.url)
    await write(page, "@earshot how often was superchargers mentioned")
    await page.locator(".thread-bar").click()
    pane = page.locator("#pane")
    await expect(pane.locator(".blk-data_visualization")).to_be_visible()
    await expect(pane.locator(".blk-task_card")).to_contain_text("Done")
    await pane.locator(".blk-task_card").scroll_into_view_if_needed()
    await take(page, "chart")
    calm(page)


@pytest.mark.parametrize(
    ("question", "shows", "name"),
    [
        ("the CEO vs the CFO on margin", "the CFO: ", "versus"),
        ("who asks most about tariffs", "1. Robert Tillinghast", "askers"),
        ("who was on the velmere q3 call", "Management: ", "participants"),
        ("quote zorbonium", "Which calls are loaded", "nothing-found"),
    ],
)
async def test_a_question_typed_on_the_page(
    chromium: Chromium, playground: Playground, take: Take, question: str, shows: str, name: str
) -> None:
    page = await look(chromium, playground.url)
    await write(page, f"/call {question}")
    answer = newest(page, ".eph")
    await expect(answer).to_contain_text(shows)
    await answer.evaluate("message => message.scrollIntoView({block: 'start'})")
    await take(page, name)
    assert playground.slack.refusals == []
    calm(page)


async def test_the_agent_view_offers_prompts_and_answers(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url)
    await page.get_by_role("button", name="Earshot", exact=True).first.click()
    await page.get_by_role("tab", name="Messages").click()
    prompts = page.locator(".prompts")
    await expect(prompts).to_contain_text("Ask the calls")
    await take(page, "agent")
    await prompts.get_by_role("button").first.click()
    await expect(page.locator("#list")).to_contain_text("calls searched")
    await expect(page.locator(".status")).to_have_count(0)
    assert playground.slack.refusals == []
    calm(page)


async def test_the_keyboard_alone_is_enough(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url)
    await page.keyboard.type("/call who asked about superchargers")
    await page.keyboard.press("Enter")
    answer = newest(page, ".eph")
    await button(answer, "Answer").focus()
    await page.keyboard.press("Enter")
    await expect(button(answer, "Hide answer")).to_be_visible()
    assert await page.evaluate("!!document.activeElement.closest('.eph')"), "the focus stays in the message"
    await page.keyboard.press("Control+k")
    await page.keyboard.type("deal")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("deal-room")
    await page.keyboard.press("Control+k")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    calm(page)


async def test_each_toolbar_is_one_stop_of_the_tab_key_and_arrows_move_in_it(
    chromium: Chromium, drawn: LocalSlack
) -> None:
    drawn.workspace.post(Message(drawn.workspace.fresh_ts(), DESK, ADA, "hello"))
    page = await look(chromium, drawn.root)
    focused = page.locator(":focus")

    async def presses(*keys: str) -> None:
        for key in keys:
            await page.keyboard.press(key)

    await presses("Shift+Tab")
    await expect(focused).to_have_accessible_name("Bold")
    await presses("ArrowRight", "ArrowRight")
    await expect(focused).to_have_accessible_name("Strikethrough")
    await presses("End")
    await expect(focused).to_have_accessible_name("Code block")
    await presses("ArrowRight", "Tab", "Tab")
    await expect(focused).to_have_accessible_name("Attach or use a shortcut")
    await presses("ArrowLeft")
    await expect(focused).to_have_accessible_name("Mention someone")
    await presses("ArrowLeft", "Enter", "Enter")
    await expect(page.locator("#composer-main")).not_to_have_value("")
    await presses("Tab", "Tab")
    await expect(focused).to_have_accessible_name("Send now")
    await page.locator("#list").focus()
    for _ in range(10):
        if await page.evaluate("Boolean(document.activeElement.closest('.tools'))"):
            break
        await presses("Tab")
    await expect(focused).to_have_accessible_name(re.compile("^React with"))
    await expect(page.locator(".tools")).to_have_css("opacity", "1")
    await presses("End", "Enter")
    await expect(page.get_by_role("menuitem", name="Copy link")).to_be_visible()
    calm(page)


async def test_an_answer_in_a_window_begins_at_its_top(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url, size={"width": 1280, "height": 420})
    slack = playground.slack
    await slack.message_shortcut("find_in_calls", slack.workspace.channel(DESK).messages[0])
    window = page.locator("dialog[open] .modal-body")
    await expect(window).to_contain_text("4 analysts, 8 questions")
    assert await window.evaluate("one => [one.scrollTop, one.scrollHeight > one.clientHeight]") == [0, True]
    await page.keyboard.press("Tab")
    await expect(page.locator(":focus")).to_have_text("Answer")
    calm(page)


async def test_home_and_about_begin_at_their_top(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url, size={"width": 1280, "height": 420})
    await page.get_by_role("button", name="Earshot", exact=True).first.click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator(".home")).to_contain_text("Calls you can ask")
    assert await page.locator("#list").evaluate("list => [list.scrollTop, list.scrollHeight > list.clientHeight]") == [
        0,
        True,
    ]
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.get_by_role("tab", name="About").click()
    await expect(page.locator(".about")).to_be_visible()
    gap = await page.evaluate(
        "document.querySelector('.about').getBoundingClientRect().top - document.getElementById('list').getBoundingClientRect().top"
    )
    assert gap == 0
    calm(page)


async def test_search_shows_a_message_as_people_read_it(chromium: Chromium, drawn: LocalSlack) -> None:
    drawn.workspace.post(
        Message(drawn.workspace.fresh_ts(), DESK, ADA, f"<@{BOT_USER}> quote *margin*\n&amp; <#{DESK}|x>")
    )
    page = await look(chromium, drawn.root)
    found = page.locator(".jump-row")
    for typed in ("@earshot quote", "quote margin & #autos"):
        await page.keyboard.press("Control+k")
        await page.keyboard.type(typed)
        await expect(found).to_have_text("Ada Whitcombe: @Earshot quote margin & #autos-desk")
        await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.keyboard.type(BOT_USER)
    await expect(found).to_have_count(0)
    calm(page)


async def test_escape_leaves_the_box_first_and_then_the_thread(chromium: Chromium, drawn: LocalSlack) -> None:
    parent = drawn.workspace.post(Message(drawn.workspace.fresh_ts(), DESK, ADA, "hello"))
    page = await look(chromium, f"{drawn.root}#{DESK}/{parent.ts}")
    box = page.locator("#composer-thread")
    await box.fill("half a tho")
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_focused()
    await expect(box).to_have_value("half a tho")
    await page.keyboard.press("Escape")
    await expect(page.locator("#pane")).to_be_hidden()
    calm(page)


async def test_further_surfaces_are_drawn(chromium: Chromium, playground: Playground, take: Take) -> None:
    page = await look(chromium, playground.url)
    await write(page, "/call who asked about superchargers")
    answer = newest(page, ".eph")
    for text, name in (("Whole exchange", "exchange"), ("Copy as text", "copy")):
        await button(answer, text).click()
        await expect(page.locator("dialog[open]")).to_contain_text("line")
        await take(page, name)
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_have_count(0)
    await write(page, "/call help")
    await expect(newest(page, ".eph")).to_contain_text("/call who asked about")
    await write(page, "/call digest 9:00 weekdays")
    await expect(page.locator("#list")).to_contain_text("digest")
    assert playground.slack.refusals == []
    calm(page)


async def test_shortcuts_the_form_and_the_home_tab_work(chromium: Chromium, playground: Playground, take: Take) -> None:
    page = await look(chromium, playground.url)
    await page.locator("#composer-main").press_sequentially("/search")
    await page.locator("#composer-main").press("Enter")
    form = page.get_by_role("dialog", name="Search calls")
    await form.get_by_role("combobox").first.fill("v")
    option = form.get_by_role("option").first
    await expect(option).to_be_visible()
    await take(page, "search-form")
    await option.click()
    await form.locator("input.in").first.fill("superchargers")
    await form.get_by_role("button", name="Search", exact=True).click()
    await expect(page.locator("dialog[open] blockquote").first).to_be_visible()
    await take(page, "search-found")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    assert await page.locator("#composer-main").input_value() == ""

    spoken = page.locator("#list > .msg", has_text="superchargers").first
    await spoken.hover()
    await spoken.get_by_role("button", name="More actions").click()
    await take(page, "shortcut")
    await page.get_by_role("menuitem", name="Find in calls").click()
    await expect(page.locator("dialog[open]")).to_contain_text("calls searched")
    await page.keyboard.press("Escape")

    for text in ("watch tariffs", "digest 8:30 weekdays"):
        await playground.slack.slash(text, user="U0BENOKAF")
    await page.get_by_role("button", name="Earshot", exact=True).first.click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator(".home")).to_contain_text("Velmere")
    around = page.locator(".home").get_by_text("In your channels")
    await around.scroll_into_view_if_needed()
    await expect(page.locator(".home")).to_contain_text("watches tariffs, posted at once, by @")
    await take(page, "home")
    assert playground.slack.refusals == []
    calm(page)


async def test_a_thread_on_a_phone_has_the_window_to_itself(
    chromium: Chromium, playground: Playground, take: Take
) -> None:
    page = await look(chromium, playground.url, size=PHONE)
    await page.locator(f"[data-channel={DESK}]").click()
    await write(page, "@earshot quote margin")
    await page.locator(".thread-bar").click()
    await expect(page.locator("#thread > .msg")).to_have_count(2)
    await expect(page.locator("#main")).to_be_hidden()
    await take(page, "thread-phone")
    await page.locator("#pane").get_by_role("button", name="Back").click()
    await expect(page.locator("#main")).to_be_visible()
    await page.get_by_role("button", name="Back to channels").click()
    await expect(page.locator("#side")).to_be_visible()
    calm(page)


HOSTILE = '<img src=x onerror="document.title=1"> <!channel> <script>document.title=1</script> javascript:alert(1)'


async def test_hostile_text_stays_text(chromium: Chromium, playground: Playground) -> None:
    page = await look(chromium, playground.url)
    await write(page, HOSTILE)
    said = newest(page)
    await expect(said).to_contain_text('<img src=x onerror="document.title=1">')
    assert await said.locator("img:not(.face), script, .loud").count() == 0
    await write(page, f"/call quote {HOSTILE}")
    await expect(newest(page, ".eph")).to_be_visible()
    assert await newest(page, ".eph").locator(".loud, script").count() == 0
    assert "autos-desk" in await page.title()
    playground.slack.workspace.post(Message(playground.slack.workspace.fresh_ts(), DESK, ADA, "W" * 40_000))
    await expect(newest(page)).to_contain_text("WWWW")
    wide = await page.evaluate("[document.documentElement.scrollWidth, list.scrollWidth - list.clientWidth]")
    assert wide == [WIDE["width"], 0], "nothing runs out of the window"
    assert playground.slack.shouts == []
    calm(page)


# --- drawing, with a small bot of its own -------------------------------------------------------------------------


@pytest.fixture
async def drawn() -> AsyncIterator[LocalSlack]:
    """A local Slack with its page, and the echo as its bot."""
    shortcut = {"name": "Search calls", "type": "global", "callback_id": "search", "description": "Find exact words"}
    offer = Offer(shortcuts=(shortcut,), prompts=({"title": "Margins", "message": "quote margin"},))
    slack = LocalSlack()
    Browser(slack, offer).mount(slack.app)
    async with slack:
        runner = web.AppRunner(echo(slack).web_app(path="/slack/events", port=0))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield slack
        await runner.cleanup()


def post(slack: LocalSlack, *blocks: dict[str, Any], text: str = "x") -> Message:
    from playground.posting import identified

    ts = slack.workspace.fresh_ts()
    return slack.workspace.post(Message(ts, DESK, BOT_USER, text, identified(list(blocks), ts), bot=BOT))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_block_is_drawn_and_named(chromium: Chromium, drawn: LocalSlack, dark: bool) -> None:
    for block in GOOD:
        shown = {**block}
        if block["type"] == "image" or "image_url" in str(block):
            continue  # an address outside; pictures are tried below
        post(drawn, shown)
    page = await look(chromium, drawn.root, dark=dark)
    kinds = {block["type"] for block in GOOD if "image_url" not in str(block)}
    for kind in kinds:
        assert await page.locator(f".blk-{kind}").count() > 0, kind
    assert await page.locator(".unsupported").count() == 0
    unnamed = await page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, textarea, img, [role=combobox]')].filter(one =>
          !one.textContent.trim() && !one.getAttribute('aria-label') && !one.labels?.length
          && one.getAttribute('alt') === null && !one.getAttribute('aria-labelledby')).map(one => one.outerHTML)"""
    )
    assert unnamed == []
    calm(page)


CONTRAST = """() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return text.includes('srgb') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a]; };
  const over = (top, under) => [0, 1, 2].map(n => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (one) => { const stack = []; for (; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor); if (c[3]) { stack.push(c); if (c[3] === 1) break; } } return stack.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]); };
  const poor = [];
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const style = getComputedStyle(one);
    if (!own || !one.offsetParent || style.visibility === 'hidden' || one.closest('.unseen, svg, [disabled], .emoji')) continue;
    const under = ground(one), ink = over(parse(style.color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 18.66 || (parseFloat(style.fontSize) >= 14 && Number(style.fontWeight) >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) poor.push([one.className, one.textContent.slice(0, 30), ((a + 0.05) / (b + 0.05)).toFixed(2)].join(' | '));
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_text_stands_out_from_its_ground(chromium: Chromium, drawn: LocalSlack, dark: bool) -> None:
    """WCAG 2.2's level AA: 4.5 to 1, and 3 to 1 for large text."""
    for block in GOOD:
        if "image_url" not in str(block):
            post(drawn, {**block})
    await drawn.slash("quote margin")
    for user in drawn.workspace.users:
        drawn.workspace.post(Message(drawn.workspace.fresh_ts(), DESK, user, "hello"))
    drawn.workspace.post(Message(drawn.workspace.fresh_ts(), DESK, "USLACKBOT", "hello", seen_by=ADA))
    page = await look(chromium, drawn.root, dark=dark)
    await page.locator("#composer-main").press_sequentially("/")
    assert await page.evaluate(CONTRAST) == []


async def test_text_is_read_as_slack_reads_it(chromium: Chromium, drawn: LocalSlack) -> None:
    cases = {
        "*bold* _it_ ~no~ `code`": "<strong>bold</strong> <em>it</em> <s>no</s> <code>code</code>",
        "snake_case_name 2*3*4 a~b~c": "snake_case_name 2*3*4 a~b~c",
        "*_both_* and * not *": "<strong><em>both</em></strong> and * not *",
        "`*raw*` &lt;b&gt; &amp;amp;": "<code>*raw*</code> &lt;b&gt; &amp;amp;",
        "one\n&gt; said *so*\ntwo": "one<blockquote>said <strong>so</strong></blockquote>two",
        "<https://a.example|here>": '<a href="https://a.example" target="_blank" rel="noopener noreferrer">here</a>',
        "<javascript:alert(1)|x>": "<span>x</span>",
        "*a*, (*b*) “*c*” *d*.": "<strong>a</strong>, (<strong>b</strong>) “<strong>c</strong>” <strong>d</strong>.",
        "```a *b*\nc```": "<pre>a *b*\nc</pre>",
    }
    for text in cases:
        post(drawn, {"type": "section", "text": {"type": "mrkdwn", "text": text}})
    page = await look(chromium, drawn.root)
    found = await page.locator(".blk-section .txt").evaluate_all("all => all.map(one => one.innerHTML)")
    assert found == list(cases.values())


async def test_a_long_channel_shows_its_end_and_earlier_on_request(chromium: Chromium, drawn: LocalSlack) -> None:
    for number in range(150):
        drawn.workspace.post(Message(drawn.workspace.fresh_ts(), DESK, ADA, f"number {number}"))
    page = await look(chromium, drawn.root)
    await expect(page.locator("#list > .msg")).to_have_count(100)
    await expect(newest(page)).to_be_in_viewport()
    await drawn.say("one more")
    await expect(newest(page)).to_contain_text("one more")
    await page.get_by_role("button", name="Show earlier messages").click()
    await expect(page.locator("#list > .msg")).to_have_count(151)
    calm(page)


async def test_a_live_shout_is_seen(chromium: Chromium, drawn: LocalSlack) -> None:
    post(drawn, {"type": "section", "text": {"type": "mrkdwn", "text": "hear <!channel>"}})
    page = await look(chromium, drawn.root)
    await expect(page.locator(".loud")).to_have_text("@channel")


async def test_a_form_is_opened_filled_in_and_sent(chromium: Chromium, drawn: LocalSlack) -> None:
    page = await look(chromium, drawn.root)
    await page.locator("#composer-main").press_sequentially("/sea")
    await page.locator("#composer-main").press("Enter")
    form = page.get_by_role("dialog", name="Search")
    await expect(form).to_be_visible()
    await form.get_by_role("button", name="Go").click()
    await expect(form.get_by_role("alert").first).to_have_text("Please complete this required field.")
    await form.get_by_label("Topic").fill("margin")
    await form.get_by_role("combobox", name="Firm").fill("Mor")
    await expect(form.get_by_role("option", name="Mor & Co")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_be_visible()
    await form.get_by_role("combobox", name="Firm").fill("Mor")
    await form.get_by_role("option", name="Mor & Co").click()
    async with page.expect_request("**/do/submit**") as sent:
        await form.get_by_role("button", name="Go").click()
    given = (await sent.value).post_data_json
    assert given is not None
    assert given["values"]["words"] == "margin"
    assert given["values"]["firms"]["value"] == "one"
    await expect(form).to_have_count(0)
    calm(page)


async def test_the_home_tab_and_prompts_are_there(chromium: Chromium, drawn: LocalSlack) -> None:
    page = await look(chromium, drawn.root)
    await page.get_by_role("button", name="Earshot", exact=True).first.click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator(".home")).to_contain_text("Echo")
    await page.get_by_role("tab", name="Messages").click()
    await page.get_by_role("button", name="Margins quote margin").click()
    await expect(newest(page)).to_contain_text("direct quote margin")
    calm(page)


async def test_a_button_waits_then_tells_of_trouble(chromium: Chromium, drawn: LocalSlack) -> None:
    message = post(
        drawn,
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "next", "text": {"type": "plain_text", "text": "Next"}, "value": "2"}
            ],
        },
    )
    assert message.user == BOT_USER
    page = await look(chromium, drawn.root)
    drawn.bot_url = "http://127.0.0.1:1/slack/events"
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator(".trouble")).to_contain_text("did not respond")
    calm(page)


async def test_a_lost_playground_is_told_and_found_again(chromium: Chromium, drawn: LocalSlack) -> None:
    page = await look(chromium, drawn.root)
    post(drawn, {"type": "section", "text": {"type": "mrkdwn", "text": "first"}})
    await expect(newest(page)).to_contain_text("first")
    drawn.reset()
    await page.wait_for_selector("body[data-ready]")
    await expect(page.locator("#list > .msg")).to_have_count(0)
    await drawn.say("second", user=ADA)
    await expect(newest(page)).to_contain_text("second")

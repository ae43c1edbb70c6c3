"""Shortcuts and the search form: from a message or from anywhere, with type-ahead, answered in a modal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from bot.turnstile import turnstile
from handlers.blocks.form import question_of
from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from handlers.shortcuts import shortcuts
from handlers.shortcuts.find import asked_in
from handlers.typeahead import Name, Shelf, TypeAhead
from playground.scene import LINES, enact
from playground.slack import LocalSlack
from playground.workspace import View
from tests.desk import call, desk_at, samples, served


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(payload: object) -> str:
    return "".join(texts(payload))


async def opened(slack: LocalSlack, desk: Desk) -> View:
    await desk.errands.drain(5)
    sent = slack.called("views.open")[-1]
    assert sent.ok
    assert broken(sent.arguments["view"]) == []
    return list(slack.workspace.views.values())[-1]


@pytest.mark.parametrize("callback", list(shortcuts()))
def test_every_shortcut_fits_slacks_menu(callback: str) -> None:
    shortcut = shortcuts()[callback]
    assert shortcut.kind in ("global", "message")
    assert len(shortcut.name) <= 24
    assert len(shortcut.about) <= 150
    assert shortcut.name.split()[0] in ("Find", "Search", "Add")  # a verb first


async def test_the_form_suggests_names_and_is_answered_in_its_place(slack: LocalSlack, desk: Desk) -> None:
    assert (await slack.shortcut("search_calls")).status == 200
    view = await opened(slack, desk)
    [firm] = await slack.suggest(view, "pick:firm", "harr")
    assert firm["text"]["text"] == "Harrow & Pike"
    speakers = await slack.suggest(view, "pick:speaker", "tanak")
    assert [one["value"] for one in speakers] == ["Mei Tanaka"]
    assert len(await slack.suggest(view, "pick:company", "")) == 1
    [quarter] = await slack.suggest(view, "pick:period", "2026")
    values = {"words": "superchargers", "pick:speaker": speakers[0], "pick:period": quarter}
    delivered = await slack.submit(view, values)
    answer = delivered.json
    assert answer["response_action"] == "update"
    assert broken(answer["view"]) == []
    assert "What is the margin on superchargers?" in words(answer["view"])
    assert "How many superchargers" not in words(answer["view"])
    assert slack.refusals == []


async def test_an_empty_form_says_what_to_type_at_its_field(slack: LocalSlack, desk: Desk) -> None:
    await slack.shortcut("search_calls")
    delivered = await slack.submit(await opened(slack, desk))
    assert delivered.json["response_action"] == "errors"
    assert "Ask me something" in delivered.json["errors"]["words"]


async def sent_late(slack: LocalSlack, desk: Desk, question: str, **meanwhile: object) -> View:
    """Send the form while the bot is busy with another's answer; return the window once all is done."""
    await slack.shortcut("search_calls")
    view = await opened(slack, desk)
    async with turnstile():
        delivered = await slack.submit(view, {"words": question})
        assert delivered.json["response_action"] == "update"
        assert broken(delivered.json["view"]) == []
        assert f"{question}  Searching …" in words(slack.workspace.views[view.id].body["blocks"])
        if meanwhile.get("closed"):
            await slack.close(slack.workspace.views[view.id])
        if meanwhile.get("unknown"):
            slack.fault("views.update", error="not_found", times=2)
    await desk.errands.drain(5)
    return slack.workspace.views.get(view.id, view)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for."""
    monkeypatch.setattr("handlers.deadline.DEADLINE", 0.01)
    monkeypatch.setattr("handlers.search.PAUSES", (0.0, 0.0, 0.0))


@pytest.mark.usefixtures("hasty")
async def test_a_form_that_takes_long_is_acknowledged_and_answered_in_its_place(slack: LocalSlack, desk: Desk) -> None:
    view = await sent_late(slack, desk, "quote superchargers")
    assert "Two hundred superchargers by June." in words(view.body["blocks"])
    assert broken(view.body) == []
    assert slack.refusals == []


@pytest.mark.usefixtures("hasty")
async def test_an_answer_waits_for_the_view_that_slack_was_told_of(slack: LocalSlack, desk: Desk) -> None:
    view = await sent_late(slack, desk, "quote superchargers", unknown=True)
    assert "Two hundred superchargers by June." in words(view.body["blocks"])
    assert slack.faults.waiting == [], "it was tried until Slack knew the view"


@pytest.mark.usefixtures("hasty")
async def test_what_is_wrong_with_a_form_is_told_late_with_its_words_kept(slack: LocalSlack, desk: Desk) -> None:
    view = await sent_late(slack, desk, "margin -quillon")
    assert view.body["callback_id"] == "search"
    assert "I can't leave a company out" in words(view.body["blocks"])
    assert "margin -quillon" in str(view.body["blocks"])


@pytest.mark.usefixtures("hasty")
async def test_a_window_that_was_closed_meanwhile_stays_closed(slack: LocalSlack, desk: Desk) -> None:
    view = await sent_late(slack, desk, "quote superchargers", closed=True)
    assert view.id not in slack.workspace.views
    assert {one.answer["error"] for one in slack.called("views.update")} == {"not_found"}


async def test_a_message_in_a_thread_is_looked_up(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.say("superchargers")
    reply = await slack.say("margin on superchargers", thread=said.message.ts)
    assert (await slack.message_shortcut("find_in_calls", reply.message)).status == 200
    view = await opened(slack, desk)
    assert "margin on superchargers" in words(view.body["blocks"])
    assert "'share'" not in str(view.body)


SAID = [
    ("Who asked about margin?", "Who asked about margin?"),
    ("Morning. Who was it that asked about margin?", "Who was it that asked about margin?"),
    ("Morning all\nwho asked about margin?\nThanks", "who asked about margin?"),
    ("How are you? Who asked about the margin? Anyone?", "Who asked about the margin?"),
    (
        "I heard (did anyone ask about Mr. Smith's margin?) it fell.",
        "I heard (did anyone ask about Mr. Smith's margin?) it fell.",
    ),
    ("morning. who asked about margin? anyone?", "who asked about margin?"),
    ("They spoke of margin. And of costs.", "They spoke of margin. And of costs."),
    ("margin\n\ncosts", "margin costs"),
    ("", ""),
]


@pytest.mark.parametrize(("said", "question"), SAID)
def test_of_several_sentences_the_question_is_looked_up(said: str, question: str) -> None:
    assert asked_in(said) == question


async def test_the_question_in_a_message_of_several_sentences_is_answered(slack: LocalSlack, tmp_path: Path) -> None:
    """The first line that the playground shows."""
    async with desk_at(slack, tmp_path, samples()) as desk, served(slack, desk):
        enact(slack)
        await slack.message_shortcut("find_in_calls", slack.workspace.channel(LINES[0][0]).messages[0])
        view = await opened(slack, desk)
    assert "Who was it that asked about the superchargers?  4 analysts, 8 questions" in words(view.body["blocks"])


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("closed", [False, True])
async def test_a_message_that_takes_long_opens_its_window_while_the_trigger_lasts(
    slack: LocalSlack, desk: Desk, caplog: pytest.LogCaptureFixture, *, closed: bool
) -> None:
    said = await slack.say("Morning. Who asked about superchargers?")
    async with turnstile():
        await slack.message_shortcut("find_in_calls", said.message)
        await slack.until(lambda: slack.workspace.views)
        [view] = slack.workspace.views.values()
        assert "Who asked about superchargers?  Searching …" in words(view.body["blocks"])
        if closed:
            await slack.close(view)
    await desk.errands.drain(5)
    [updated] = slack.called("views.update")
    assert "How many superchargers will you open?" in words(updated.arguments["view"])
    assert broken(updated.arguments["view"]) == []
    assert updated.ok is not closed
    assert caplog.text == "", "that somebody closed it is no trouble"


@pytest.mark.parametrize("code", ["expired_trigger_id", "trigger_expired", "exchanged_trigger_id"])
async def test_a_message_shortcut_whose_trigger_has_expired_says_so_beside_the_message(
    slack: LocalSlack, desk: Desk, code: str
) -> None:
    said = await slack.say("margin")
    slack.fault("views.open", error=code, times=2)
    await slack.message_shortcut("find_in_calls", said.message)
    await desk.errands.drain(5)
    (told,) = slack.called("response_url")
    assert told.ok
    assert (told.arguments["response_type"], told.arguments["replace_original"]) == ("ephemeral", False)
    assert "That took too long for Slack" in words(told.arguments["blocks"])


@pytest.mark.parametrize("callback", ["search_calls", "add_call"])
async def test_a_global_shortcut_whose_trigger_has_expired_says_so_in_direct_messages(
    slack: LocalSlack, desk: Desk, callback: str
) -> None:
    slack.fault("views.open", error="expired_trigger_id", times=2)
    await slack.shortcut(callback)
    await desk.errands.drain(5)
    (told,) = slack.called("chat.postMessage")
    assert told.arguments["channel"] == "U0ADAWHIT"
    assert "That took too long for Slack" in words(told.arguments["blocks"])


async def test_a_message_that_is_no_question_opens_the_form_with_its_words(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.say("margin " * 300)
    await slack.message_shortcut("find_in_calls", said.message)
    view = await opened(slack, desk)
    assert view.body["callback_id"] == "search"
    assert "ask in up to 500" in words(view.body["blocks"])
    assert "margin margin" in str(view.body["blocks"])


SENT = [
    ({}, ""),
    ({"words": {"words": {"value": " margin "}}}, "margin"),
    (
        {"words": {"words": {"value": None}}, "firm": {"pick:firm": {"selected_option": {"value": "Harrow & Pike"}}}},
        'firm:"Harrow & Pike"',
    ),
    ({"speaker": {"pick:speaker": {"selected_option": {"value": 'a "quoted" name'}}}}, 'speaker:"a quoted name"'),
    ({"company": {"pick:company": {"selected_option": None}}, "words": 5}, ""),
]


@pytest.mark.parametrize(("values", "question"), SENT)
def test_a_form_is_read_as_a_question(values: dict[str, object], question: str) -> None:
    assert question_of(values) == question


SHELF = Shelf.of(
    [Name(text, text) for text in ("Harrow & Pike", "Pike Brothers", "Tidewater", "Zoë Marchetti", "x" * 400, 'a"b')]
)
TYPED = [
    ("", ["Harrow & Pike", "Pike Brothers", "Tidewater", "Zoë Marchetti"]),
    ("pik", ["Pike Brothers", "Harrow & Pike"]),
    ("HARROW", ["Harrow & Pike"]),
    ("zoe", ["Zoë Marchetti"]),
    ("tidewatr", ["Tidewater"]),
    ("qqqqq", []),
    ("*", []),
]


@pytest.mark.parametrize(("typed", "names"), TYPED)
def test_type_ahead(typed: str, names: list[str]) -> None:
    assert [name.text for name in SHELF.suggest(typed)] == names


async def test_type_ahead_follows_the_library() -> None:
    ahead, empty, full = TypeAhead(), await Library.of(()), await Library.of((call(),))
    assert await ahead.suggest(empty, "speaker", "mei") == ()
    assert [name.value for name in await ahead.suggest(full, "speaker", "mei")] == ["Mei Tanaka"]
    assert await ahead.suggest(full, "shoe size", "4") == ()

"""The slash command, from signed HTTP (and the socket) to blocks; and what every sub-command keeps to."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.turnstile import turnstile
from handlers import deadline
from handlers.asked import Asked
from handlers.blocks.limits import broken, parsed, texts
from handlers.call import _listener, answer, nearly, subcommands
from handlers.desk import Desk
from handlers.reply import Reply
from handlers.server import build
from playground.choosing import elements
from playground.slack import LocalSlack
from tests.desk import SPOKEN, call, connected, desk_at, served


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(payload: object) -> str:
    return "".join(texts(payload))


async def test_a_question_is_answered_in_the_acknowledgement(slack: LocalSlack, desk: Desk) -> None:
    delivered = await slack.slash("quote superchargers")
    assert delivered.status == 200
    assert delivered.headers["Content-Type"].startswith("application/json")  # else Slack shows it as it is
    said = delivered.json
    assert said["response_type"] == "ephemeral"
    assert said["unfurl_links"] is False
    assert "Two hundred superchargers by June." in words(said["blocks"])
    assert "Bram Okafor" in words(said["blocks"])
    assert broken(said) == []
    assert slack.refusals == []
    assert not slack.called("chat.postMessage", "chat.postEphemeral", "response_url")


async def test_both_example_commands_of_the_mission_over_the_socket(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, connected(slack, desk):
        asked = await slack.slash("who asked about superchargers")
        assert "Oskar Lindqvist" in words(asked.json["blocks"])
        quoted = await slack.slash("quote margin")
        assert "And margin follows volume." in words(quoted.json["blocks"])
    assert slack.refusals == []


QUESTIONS = [
    ("", "help"),
    ("   ", "help"),
    ("x" * 4000, "ask in up to 500"),
    ("😀🎉", "Ask me something: /call who asked about margins"),
    ("*_~`", "Ask me something"),
    ("status", "1 call loaded, with 10 turns to search."),
    ("stauts", "/call status?"),
    ("help qoute", "No help on “qoute”. Did you mean quote?"),
    ("hello", "Ask earnings calls for the exact words that were said."),
    ("hlep", "Read as: help (typed: hlep)."),
    ("how do i quote", "quote TOPIC"),
    ("help zzz", "No help on “zzz”. This is what there is:"),
]


@pytest.mark.parametrize(("typed", "told"), QUESTIONS)
async def test_what_is_no_question_gets_a_helpful_line(slack: LocalSlack, desk: Desk, typed: str, told: str) -> None:
    said = (await slack.slash(typed)).json
    assert told in words(said["blocks"])
    assert broken(said) == []
    assert slack.refusals == []


async def test_another_command_name_is_answered_and_named_in_examples(slack: LocalSlack, desk: Desk) -> None:
    said = (await slack.slash("😀", command="/calls")).json
    assert "/calls who asked about margins" in words(said["blocks"])


async def test_hostile_words_mention_nobody_and_are_quoted_to_the_letter(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("<!channel> <!here> *superchargers*")
    said = (await slack.slash("who asked about superchargers")).json
    assert "And <!channel> what of *margin*?" in words(said["blocks"])
    assert slack.shouts == []


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every answer pass the deadline."""
    prompt = answer

    async def late(asked: Asked, desk: Desk) -> Reply:
        await asyncio.sleep(0.05)
        return await prompt(asked, desk)

    monkeypatch.setattr(deadline, "DEADLINE", 0.01)
    monkeypatch.setattr(_listener, "answer", late)


async def test_past_the_deadline_it_is_acknowledged_and_finished_through_the_response_url(
    slack: LocalSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    delivered = await slack.slash("quote superchargers")
    assert delivered.status == 200
    assert delivered.body == ""
    await slack.until(lambda: slack.called("response_url"))
    sent = slack.called("response_url")[0].arguments
    assert sent["response_type"] == "ephemeral"
    assert "Two hundred superchargers by June." in words(sent["blocks"])
    assert broken(sent) == []


async def test_behind_a_crowd_it_is_acknowledged_at_once(slack: LocalSlack, desk: Desk) -> None:
    async def stand() -> None:
        async with turnstile():
            pass

    async with turnstile():
        crowd = [asyncio.create_task(stand()) for _ in range(deadline.CROWD + 1)]
        await asyncio.sleep(0)
        delivered = await slack.slash("quote superchargers")
        assert (delivered.status, delivered.body) == (200, "")
        assert not any(each.done() for each in crowd)
    await slack.until(lambda: slack.called("response_url"))
    assert "Two hundred superchargers by June." in words(slack.called("response_url")[0].arguments["blocks"])


async def test_a_dead_response_url_becomes_an_ephemeral_message(
    slack: LocalSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    slack.fault("response_url", status=404)
    await slack.slash("quote superchargers")
    await slack.until(lambda: slack.called("chat.postEphemeral"))
    sent = slack.called("chat.postEphemeral")[0]
    assert sent.ok
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])


async def test_the_unforeseen_is_an_apology_in_the_acknowledgement(
    slack: LocalSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken_answer(*_: object) -> None:
        raise RuntimeError("the shelf fell over")

    monkeypatch.setattr(_listener, "answer", broken_answer)
    delivered = await slack.slash("quote canaryword")
    assert delivered.status == 200
    assert "Something went wrong on my side" in words(delivered.json["blocks"])
    assert "the shelf fell over" in caplog.text
    assert "canaryword" not in caplog.text


@pytest.mark.parametrize("name", list(subcommands()))
async def test_every_subcommand_keeps_the_contract(slack: LocalSlack, desk: Desk, name: str) -> None:
    subcommand = subcommands()[name]
    assert subcommand.name == name
    assert subcommand.usage.split()[0] == name
    assert subcommand.example.split()[0] == name
    assert subcommand.about
    ways = (subcommand.example, f"{name} " + "x" * 400, f"{name} 😀 <!channel>", f"{name} &lt;!channel&gt; margin")
    for typed in (name, *ways):
        delivered = await slack.slash(typed)
        assert delivered.status == 200, typed
        said = delivered.json
        assert said["text"].strip()
        assert broken(said) == [], typed
        assert "Something went wrong" not in said["text"], typed
    for one in slack.calls:  # what it posts besides its answer, too
        assert not any("<" in text for text in parsed(one.arguments.get("view") or one.arguments)), one.method
    assert slack.refusals == []
    assert slack.shouts == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("stauts", ["stats", "status"]), ("hlep", ["help"]), ("status", []), ("margin", []), ("stauts of it", [])],
)
def test_a_near_miss_is_recognised(typed: str, meant: list[str]) -> None:
    assert [near.name for near in nearly(typed)] == meant


SHOW = {"aliases", "stats", "status", "synonyms", "watches"}


async def test_help_offers_no_deed_as_a_button(slack: LocalSlack, desk: Desk) -> None:
    """One press in the help erases nothing, posts nothing and sets nothing: what acts is typed."""
    offered = {}
    for name, subcommand in subcommands().items():
        blocks = (await slack.slash(f"help {name}")).json["blocks"]
        assert subcommand.example in words(blocks)
        offered[name] = [each["text"]["text"] for block in blocks for each in elements(block)]
    assert offered == {name: [subcommands()[name].example] if name in SHOW else [] for name in offered}
    assert "quote margin" in [
        each["text"]["text"] for block in (await slack.slash("help quote")).json["blocks"] for each in elements(block)
    ]


@pytest.mark.parametrize(
    ("typed", "meant"), [("wacth costs", "/call watch costs?"), ("exprot margin", "/call export margin?")]
)
async def test_a_misspelt_sub_command_is_told_beside_what_was_found_for_it(
    slack: LocalSlack, tmp_path: Path, typed: str, meant: str
) -> None:
    spoken = [*SPOKEN[:-1], (*SPOKEN[-1][:-1], "We watch our costs, and export what we make at a margin.")]
    async with desk_at(slack, tmp_path, calls=(call(rows=spoken),)) as desk, served(slack, desk):
        blocks = (await slack.slash(typed)).json["blocks"]
    assert f"Did you mean {meant}" in words(blocks)
    assert words(blocks).index("Did you mean") < words(blocks).index("Copy as text"), "told above what was found"
    assert meant.removesuffix("?") in [each["text"]["text"] for block in blocks for each in elements(block)]


async def test_a_long_start_is_told(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, calls=()) as desk, served(slack, desk):
        desk.ready = False
        said = (await slack.slash("quote margin")).json
        assert "still reading the calls" in words(said["blocks"])


def test_asked_reads_an_organisation_wide_install() -> None:
    command = {
        "is_enterprise_install": "true",
        "enterprise_id": "E1",
        "team_id": "T1",
        "channel_id": "C",
        "user_id": "U",
    }
    assert _listener.asked_of(command) == Asked("", "E1", "C", "U", command="", team="T1")


async def test_every_door_is_given_the_arguments_it_asks_for(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A misspelt listener argument is None, with no more than a warning: so there must be none."""
    async with desk_at(slack, tmp_path) as desk:
        app = build(desk, level=logging.WARNING)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await slack.slash("margin")
        message = slack.workspace.channel("C0AUTODESK").messages[-1]
        said = await slack.mention("margin")
        await slack.direct("margin")
        await slack.click(message, "page:next")
        await slack.open_home()
        await slack.shortcut("search_calls")
        await slack.message_shortcut("find_in_calls", said.message)
        await desk.errands.drain(5)
        view = next(view for view in slack.workspace.views.values() if view.body.get("callback_id") == "search")
        await slack.suggest(view, "pick:firm", "h")
        await slack.submit(view, {"words": "margin"})
        await slack.event({"type": "team_join", "user": "U1", "event_ts": "1.1"})
        await runner.cleanup()
    assert [record.getMessage() for record in caplog.records] == []

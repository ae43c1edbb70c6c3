"""Every state of every surface, walked, before three judges: our limits, the SDK's models, and the strict double of Slack.

The official TypeScript types and the other renderer judge the same states in tests/test_playground_npm.py.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from slack_sdk.models.blocks import Block

from bot.config import Settings
from bot.query.intents import intents
from handlers.actions import actions
from handlers.blocks.limits import broken, parsed
from handlers.blocks.newer import NEWER, has_newer
from handlers.call import subcommands
from handlers.delivery import plain_blocks
from handlers.message import Message
from handlers.shortcuts import shortcuts
from playground.choosing import elements
from playground.given import Recorded
from playground.run import opened
from playground.slack import LocalSlack
from playground.workspace import BOT_USER
from tests.desk import SPOKEN, call, desk_at, served
from tests.states import State, walked

UNMODELLED = {"data_table", "data_visualization"}  # slack_sdk 3.47 has no class for these


@cache
def states() -> tuple[tuple[State, ...], tuple[Recorded, ...]]:
    """Return every state over the sample calls, and the calls that the local Slack refused."""

    async def walk() -> tuple[tuple[State, ...], tuple[Recorded, ...]]:
        with TemporaryDirectory() as home:
            async with opened(Settings(home=Path(home))) as playground:
                found = await walked(playground.slack, playground.desk)
                return tuple(found), tuple(playground.slack.refusals)

    return asyncio.run(walk())


def every_state_keeps_slacks_limits() -> None:
    wrong = {state.way: found for state in states()[0] if (found := broken(state.payload))}
    assert wrong == {}
    assert len(states()[0]) > 150, "a walk that finds little proves little"


def the_strict_double_refuses_none_of_it() -> None:
    assert [(one.method, one.answer) for one in states()[1]] == []


def the_sdks_models_take_every_block_they_know() -> None:
    """Blocks that many states share, as the row of buttons under each answer, are judged once."""
    known = {
        json.dumps(block): (state.way, block)
        for state in states()[0]
        for block in state.blocks
        if block["type"] not in UNMODELLED
    }
    for way, block in known.values():
        model = Block.parse(block)
        assert model is not None, (way, block["type"])
        model.validate_json()


def the_walk_reaches_every_family() -> None:
    ways = " ".join(state.way for state in states()[0])
    for name in (*subcommands(), *(shortcut.name for shortcut in shortcuts().values())):
        assert name in ways, name
    assert all(intent.example[:40] in ways for intent in intents().values())
    pressed = {way.split(" › ")[-1].partition(":")[0] for way in (state.way for state in states()[0]) if " › " in way}
    assert set(actions()) - pressed == set()
    assert {block["type"] for state in states()[0] for block in state.blocks} >= NEWER


def newer_blocks_stand_on_messages_that_tell_of_a_refusal_only() -> None:
    for state in states()[0]:
        if state.surface != "message" or state.method == "ack":
            assert not has_newer(state.blocks), (state.way, state.method)


def every_message_has_a_plain_version_within_limits() -> None:
    for state in states()[0]:
        if state.surface == "message" and has_newer(state.blocks):
            text = str(state.payload.get("text", "streamed"))
            plain = plain_blocks(Message(text, state.blocks))
            assert not has_newer(plain)
            assert broken({"text": text, "blocks": plain}) == [], state.way


def everything_can_be_read_aloud() -> None:
    """A text for notifications, letters on every button, what a picture shows, a caption over a table."""
    for state in states()[0]:
        if state.surface == "message" and state.method != "chat.stopStream":
            assert state.payload["text"].strip(), state.way
        for element in (one for block in state.blocks for one in elements(block) if one["type"] == "button"):
            assert any(char.isalpha() for char in element["text"]["text"]), (state.way, element)
        shown = [one for block in state.blocks for one in elements(block) if one["type"] == "button"]
        often = Counter(one["text"]["text"] for one in shown)  # *Share* stands under each turn: heard, it says whose
        unlabelled = [one for one in shown if often[one["text"]["text"]] > 1 and not one.get("accessibility_label")]
        assert unlabelled == [], state.way
        for node in _nodes(state.blocks):
            assert node.get("type") != "image" or node["alt_text"]
            assert node.get("type") != "data_table" or node["caption"]


def no_message_sets_loose_what_slack_reads_as_a_link_or_a_mention() -> None:
    for state in states()[0]:
        assert not any("<" in text for text in parsed(state.payload)), state.way
        if state.method in ("chat.postMessage", "ack"):
            assert (state.payload.get("unfurl_links"), state.payload.get("unfurl_media")) == (False, False), state.way


JUDGES = (
    every_state_keeps_slacks_limits,
    the_strict_double_refuses_none_of_it,
    the_sdks_models_take_every_block_they_know,
    the_walk_reaches_every_family,
    newer_blocks_stand_on_messages_that_tell_of_a_refusal_only,
    every_message_has_a_plain_version_within_limits,
    everything_can_be_read_aloud,
    no_message_sets_loose_what_slack_reads_as_a_link_or_a_mention,
)


def test_every_state_stands_before_every_judge() -> None:
    """One test, for the walk takes longer than all of them, and processes that share tests would each walk."""
    failed: list[AssertionError] = []
    for judge in JUDGES:
        try:
            judge()
        except AssertionError as error:
            error.add_note(f"said by: {judge.__name__}")
            failed.append(error)
    if failed:
        raise ExceptionGroup("some judges object", failed)


EVIL = (
    pytest.param("<!channel> *x* <https://evil.example|margin> &amp; `margin` @here margin", id="markup"),
    pytest.param("\u202eهامش margin\u202c 👩‍👩‍👧‍👦 " + "margin " * 400, id="right to left", marks=pytest.mark.thorough),
    pytest.param("margin " + "a\u0301" * 20_000, id="40,000 characters", marks=pytest.mark.thorough),
)


@pytest.mark.parametrize("evil", EVIL)
async def test_a_hostile_call_is_harmless_on_every_surface(slack: LocalSlack, tmp_path: Path, evil: str) -> None:
    rows = [
        (row[0] and f"{row[0]} <!here>", row[1], evil[:80], evil[:80], row[4], row[5], f"{row[6]} {evil}")
        for row in SPOKEN
    ]
    hostile = call(rows=rows, company="<!channel> & Co", id_="quillon <!here>")
    async with desk_at(slack, tmp_path, (hostile,)) as desk, served(slack, desk):
        found = await walked(slack, desk, asked=(evil[:400], "margin", f"quote {evil[:300]}"))
    assert {state.way: wrong for state in found if (wrong := broken(state.payload))} == {}
    assert [state.way for state in found if any("<" in text for text in parsed(state.payload))] == []
    assert [(one.method, one.answer) for one in slack.refusals] == []
    assert [message.text for message in slack.shouts if message.user == BOT_USER] == []


def _nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)

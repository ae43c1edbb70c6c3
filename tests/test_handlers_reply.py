"""What acknowledges a command is JSON that says all of the message, to whom, and that no link unfurls."""

import dataclasses
import json
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.message import Block, Message
from handlers.reply import Reply
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import desk_at

SECTION: Block = {"type": "section", "text": {"type": "mrkdwn", "text": 'said “5 %” of "it" \\ {}\n'}}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        pytest.param(Reply(Message("an answer", [SECTION])), "ephemeral", id="to who asked"),
        pytest.param(Reply(Message("{an answer", [SECTION] * 3), in_channel=True), "in_channel", id="to the channel"),
    ],
)
def test_reply_says_its_message_and_to_whom(reply: Reply, kind: str) -> None:
    message = {"text": reply.message.text, "blocks": reply.message.blocks}
    told = {"response_type": kind, "unfurl_links": False, "unfurl_media": False}
    assert json.loads(reply.json) == {**told, **message}


@given(st.text())
def test_any_text_reads_back(text: str) -> None:
    message = Message(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}])
    assert json.loads(Reply(message).json)["blocks"] == message.blocks


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_is_kept_as_json_is_the_same_message(text: str) -> None:
    message = Message(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}, SECTION], [SECTION])
    packed = message.packed()
    assert packed.json == message.json
    assert (packed.text, packed.blocks, packed.plain) == (message.text, message.blocks, message.plain)
    led = dataclasses.replace(packed, blocks=[SECTION, *packed.blocks])
    assert json.loads(led.json)["blocks"] == [SECTION, *message.blocks]


def test_a_sentence_is_kept_without_blocks() -> None:
    assert Message("a sentence").packed().blocks == []


def test_half_of_a_character_is_escaped() -> None:
    assert json.loads(Message("cut \ud83d").json)["text"] == "cut \ud83d"


def test_reply_without_blocks_names_none() -> None:
    assert "blocks" not in json.loads(Reply(Message("a sentence")).json)


async def test_a_response_url_that_leads_elsewhere_is_not_followed(slack: LocalSlack, tmp_path: Path) -> None:
    """The answer would go to whoever is named there."""
    reached: list[str] = []

    async def hop(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"location": "/elsewhere"})

    async def elsewhere(request: web.Request) -> web.Response:
        reached.append(await request.text())
        return web.Response(text="ok")

    app = web.Application()
    app.add_routes([web.post("/hop", hop), web.post("/elsewhere", elsewhere)])
    async with desk_at(slack, tmp_path) as desk, TestServer(app) as server:
        asked = Asked("", TEAM, DESK, ADA, response_url=str(server.make_url("/hop")))
        await delivery.finish(desk, asked, sentences("an answer"))
    assert reached == []
    (told,) = slack.called("chat.postEphemeral")
    assert "an answer" in str(told.arguments["blocks"])

"""What acknowledges a command is JSON that says all of the message, to whom, and that no link unfurls."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.message import Block, Message
from handlers.reply import Reply

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


def test_half_of_a_character_is_escaped() -> None:
    assert json.loads(Message("cut \ud83d").json)["text"] == "cut \ud83d"


def test_reply_without_blocks_names_none() -> None:
    assert "blocks" not in json.loads(Reply(Message("a sentence")).json)

"""What is done to the bot's three doors: bytes to the parser, words to a question, requests to the gate; and what must hold.

Each target has a strategy for Hypothesis, and a check that raises where something other than an answer or a refusal came.
"""

import asyncio
import copy
import datetime as dt
import json
import logging
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from hypothesis import strategies as st

from bot.errors import EarshotError
from bot.library import Library
from bot.transcript import load_each
from bot.transcripts import load
from bot.wire import answer_json, call_json
from handlers.answering import Answers
from handlers.blocks.limits import broken
from handlers.blocks.view import View
from handlers.typed import question as checked
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.bombs import docx, pdf, zipped
from tests.chaos.bot import QUESTIONS, SAMPLES
from tests.desk import desk_at, served

CANARY = "canary-k7"
SLOW = 20.0  # seconds that one small example may take before it is a finding
TODAY = dt.date(2026, 11, 23)
numbers = st.integers(0, 2**48)


class SlowError(AssertionError):
    """An example took far longer than its size explains."""


# --- bytes ----------------------------------------------------------------------------------------------------------

PARTS = (
    b"\n", b"\n\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b":", b"Operator:", b" - ", b"--", b"Q - ", b"A - ", b"[", b"]", b"(", b")",
    b"<", b">", b"</", b"&amp;", b"{", b"}", b'"', b",", b"\t", b"\x0c", b"Question-and-Answer Session", b"Page 2 of 9", b"\xe2\x80\xa9",
    b"Company Participants", b"%PDF-1.4", b"PK\x03\x04", b"WEBVTT\n\n", b"00:00:01.000 --> 00:00:02.000", b"{\\rtf1 ", b"\x1f\x8b",
)  # fmt: skip


def corpus() -> list[tuple[str, bytes]]:
    """Return small good files of many kinds."""
    text = (SAMPLES / "vlmr-2026-q1.txt").read_text(encoding="utf-8")
    head, tail = text[:3000], text[-3000:]
    lines = [line for line in (head + tail).splitlines() if line]
    records = [{"speaker": line[:20], "text": line} for line in lines[:30]]
    cues = "".join(f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n<v A>{line}\n\n" for n, line in enumerate(lines[:50]))
    page = "".join(f"<p><b>{line[:20]}</b></p><p>{line}</p>" for line in lines)
    body = "".join(f"<w:p><w:r><w:t>{line.replace('&', '')}</w:t></w:r></w:p>" for line in lines).replace("<<", "")
    return [
        ("a.txt", head.encode()),
        ("b.txt", tail.encode("utf-16")),
        ("c.txt", (head + tail).encode("cp1252", "replace")),
        ("d.json", json.dumps(records).encode()),
        ("e.jsonl", "\n".join(map(json.dumps, records)).encode()),
        ("f.csv", ("speaker,text\n" + "\n".join(f'"{line[:9]}","{line}"' for line in lines)).encode()),
        ("g.vtt", f"WEBVTT\n\n{cues}".encode()),
        ("h.html", f"<html><body>{page}</body></html>".encode()),
        ("i.docx", docx(body)),
        ("j.zip", zipped("a.txt", head.encode())),
        ("k.rtf", ("{\\rtf1 " + "\\par ".join(lines) + "}").encode()),
        ("l.xml", ("<?xml version='1.0'?><Event>" + page.replace("&", "") + "</Event>").encode()),
        ("m.pdf", pdf(b"BT /F 12 Tf (Operator: Good day) Tj ET", "")),
    ]


def mutated_bytes(number: int, seeds: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return one of the seeds, changed in a few places: what `number` says, always the same."""
    dice = random.Random(number)
    name, data = dice.choice(seeds)
    held = bytearray(data)
    for _ in range(dice.choice((1, 2, 4, 8, 32))):
        at, length = dice.randrange(len(held) + 1), dice.choice((0, 1, 3, 20, 400))
        part = dice.choice(
            (dice.choice(PARTS) * dice.choice((1, 1, 2, 50)), dice.randbytes(4), bytes(held[at : at + length]))
        )
        held[at : at + dice.choice((0, length))] = part
    if dice.random() < 0.2:
        name = dice.choice(seeds)[0]
    return name, bytes(held)


def parse(name: str, data: bytes, folder: Path) -> None:
    """Load a file: calls that hold together, or failures with a sentence."""
    file = folder / name
    file.write_bytes(data)
    began = time.monotonic()
    outcome = load_each(file)
    if time.monotonic() - began > SLOW:
        raise SlowError(f"{time.monotonic() - began:.0f} s for {len(data)} bytes")
    assert outcome.entries or outcome.failures
    assert all(failure.error for failure in outcome.failures)
    for entry in outcome.entries:
        assert [turn.index for turn in entry.call.turns] == list(range(len(entry.call.turns)))
        assert all(turn.line is None or turn.line > 0 for turn in entry.call.turns)
        for exchange in entry.call.exchanges:
            assert all(
                0 <= index < len(entry.call.turns) for index in (*exchange.question_turns, *exchange.answer_turns)
            )
        json.dumps(call_json(entry.call)).encode()


# --- words ----------------------------------------------------------------------------------------------------------

BITS = (
    "who asked about", "quote", "by", "CFO", '"', "'", "NEAR/3", "NOT", "AND", "OR", "-", "(", ")", "*", "~", "q3", "2026", "FY26", "Q0", "q9 1066",
    "last year", "since", "between", "compare", "across quarters", "how often", "first", "calls", "list", "answer to", "in Q&A", "firm:", "speaker:",
    "<!channel>", "<@U1>", "margin", "margn", "Velmere", "VLMR", "Oskar", "more", "all", "limit 0", "limit 99999999999", "page", "#", "\n", "\0", "\u202e",
    "é", "\u0301" * 20, "\ud83d", "👩‍👩‍👧‍👦", "ﬁ", "İ", "ß", "  ", "x" * 200, "a b " * 50, "\\", "(?:", "[a-", "^$", "%s", "{0}", "0x", "½", "٣",
)  # fmt: skip


def words() -> st.SearchStrategy[str]:
    """Return questions: words that mean something and words that mean harm, in any order; and any text at all."""
    mixed = st.lists(st.sampled_from([*BITS, *QUESTIONS[::17]]), min_size=1, max_size=12).map(" ".join)
    return st.one_of(mixed, st.text(max_size=200), st.tuples(mixed, st.text(max_size=40)).map("".join))


class Asking:
    """Questions over the sample calls, up to the message that Slack would get."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.library = self.runner.run(Library.of(load([SAMPLES]).calls))
        self.answers = Answers()

    def check(self, question: str) -> None:
        """Ask: an answer whose every quote is the source's and whose message Slack takes, or a sentence."""
        began = time.monotonic()
        try:
            shown = self.runner.run(self.answers.shown(self.library, checked(question), View(), TODAY))
        except EarshotError as error:
            if error.sentence:
                return
            raise
        if time.monotonic() - began > SLOW:
            raise SlowError(f"{time.monotonic() - began:.0f} s for {len(question)} characters")
        assert broken({"text": shown.message.text, "blocks": shown.message.blocks}) == []
        json.dumps(answer_json(shown.answer, 0.0))
        for hit in shown.answer.hits:
            turn = self.library.calls[hit.quote.call.id].turns[hit.quote.turn.index]
            assert hit.quote.text in turn.text

    def close(self) -> None:
        """End the event loop."""
        self.runner.close()


# --- requests -------------------------------------------------------------------------------------------------------


def payloads() -> list[dict[str, Any]]:
    """Return a good payload of each kind that Slack sends."""
    who = {"team": {"id": TEAM}, "user": {"id": ADA, "team_id": TEAM}, "trigger_id": "1.2.x", "token": CANARY}
    place = {
        "channel": {"id": DESK},
        "response_url": "http://127.0.0.1:9/x",
        "message": {"ts": "1.1", "text": CANARY, "blocks": []},
    }
    action = {"action_id": "more", "block_id": "b", "type": "button", "value": json.dumps({"q": CANARY})}
    view = {"callback_id": "ask", "id": "V1", "state": {"values": {"b": {"a": {"type": "plain_text_input", "value": CANARY}}}},
            "private_metadata": "{}", "blocks": [], "hash": "h"}  # fmt: skip
    event = {
        "type": "app_mention",
        "user": ADA,
        "channel": DESK,
        "ts": "1.1",
        "text": f"<@U> {CANARY}",
        "event_ts": "1.1",
    }
    outer = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event_time": 1, "api_app_id": "A",
             "authorizations": [{"team_id": TEAM, "enterprise_id": None, "is_enterprise_install": False}]}  # fmt: skip
    command = {"command": "/call", "text": f"quote {CANARY}", "team_id": TEAM, "channel_id": DESK, "user_id": ADA,
               "response_url": "http://127.0.0.1:9/x", "trigger_id": "1"}  # fmt: skip
    return [
        command,
        {"type": "block_actions", **who, **place, "actions": [action]},
        {"type": "block_suggestion", **who, "action_id": "question", "block_id": "b", "value": CANARY},
        {"type": "view_submission", **who, "view": view},
        {"type": "view_closed", **who, "view": view},
        {"type": "shortcut", **who, "callback_id": "ask"},
        {"type": "message_action", **who, **place, "callback_id": "quote"},
        {**outer, "event": event},
        {**outer, "event": {**event, "type": "message", "channel_type": "im"}},
        {**outer, "event": {"type": "app_home_opened", "user": ADA, "tab": "home", "channel": "D1"}},
        {**outer, "event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}},
        {**outer, "event": {"type": "file_shared", "file_id": "F1", "user_id": ADA, "channel_id": DESK}},
        {"type": "url_verification", "challenge": CANARY, "token": "t"},
    ]


ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, "", "x", CANARY, "é\u0301", "\u0000", "\ud83d", [], {}, [[]], [None], {"": ""}, [CANARY] * 3, {"id": 5}, "9" * 400, 2**70,
)  # fmt: skip


def mutated_body(number: int) -> tuple[bytes, str, bool]:
    """Return a body, its content type, and whether Slack signed it: what `number` says, always the same."""
    dice = random.Random(number)
    payload = json.loads(json.dumps(dice.choice(payloads())))
    for _ in range(dice.choice((0, 1, 1, 2, 3, 6))):
        _change(payload, dice)
    signed = dice.random() < 0.8
    text = json.dumps(payload)
    if payload.get("type") == "event_callback" or "challenge" in payload:
        body, kind = text.encode(), "application/json"
    elif "command" in payload:
        flat = {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()}
        body, kind = urlencode(flat, errors="replace").encode(), "application/x-www-form-urlencoded"
    else:
        body, kind = urlencode({"payload": text}).encode(), "application/x-www-form-urlencoded"
    if dice.random() < 0.2:
        _, body = mutated_bytes(number, [("", body)])
    if dice.random() < 0.1:
        kind = dice.choice(
            ("text/plain", "application/json; charset=klingon", "multipart/form-data", "*/*", "application/json")
        )
    return body, kind, signed


def _change(node: Any, dice: random.Random) -> None:
    """Replace, drop or add something somewhere below."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    if not keys:
        return
    key = dice.choice(keys)
    if isinstance(node[key], dict | list) and node[key] and dice.random() < 0.6:
        _change(node[key], dice)
    elif dice.random() < 0.3:
        del node[key]
    else:
        node[key] = copy.deepcopy(dice.choice(ODD))  # what is put in may be changed next


class Gate:
    """A bot behind its gate, in this process, with every log line caught."""

    def __init__(self, folder: Path) -> None:
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.logged: list[str] = []
        handler = _Catcher(self.logged)
        logging.getLogger().addHandler(handler)
        self.stack.callback(logging.getLogger().removeHandler, handler)
        self.slack = self.runner.run(self._open(folder))

    async def _open(self, folder: Path) -> LocalSlack:
        slack = await self.stack.enter_async_context(LocalSlack())
        self.desk = await self.stack.enter_async_context(desk_at(slack, folder))
        await self.stack.enter_async_context(served(slack, self.desk))
        self.session = await self.stack.enter_async_context(aiohttp.ClientSession())
        return slack

    def check(self, body: bytes, kind: str, *, signed: bool) -> None:
        """Post: what Slack didn't sign is 4xx, nothing is 5xx, and no word of it is logged."""
        self.logged.clear()
        status, said = self.runner.run(self._post(body, kind, signed=signed))
        assert status < 500, (status, said)
        assert signed or 400 <= status < 500, status
        assert "Traceback" not in said
        assert not any(CANARY in line for line in self.logged), self.logged
        if len(self.slack.calls) > 500:
            self.slack.reset()

    async def _post(self, body: bytes, kind: str, *, signed: bool) -> tuple[int, str]:
        port = str(self.slack.port).encode()
        body = body.replace(b"127.0.0.1%3A9%2F", b"127.0.0.1%3A" + port + b"%2F").replace(
            b"127.0.0.1:9/", b"127.0.0.1:" + port + b"/"
        )
        if signed:
            delivered = await self.slack.raw(body, {"Content-Type": kind})
            status, said = delivered.status, delivered.body
        else:
            assert self.slack.bot_url is not None
            headers = {"Content-Type": kind}
            async with self.session.post(self.slack.bot_url, data=body, headers=headers) as response:
                status, said = response.status, await response.text()
        await self.desk.errands.drain(5)
        return status, said

    def close(self) -> None:
        """Stop the bot."""
        self.runner.run(self.stack.aclose())
        self.runner.close()


class _Catcher(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def temporary() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that goes with its context."""
    return tempfile.TemporaryDirectory(prefix="earshot-fuzz-")


Check = Callable[[Any], None]

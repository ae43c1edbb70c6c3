"""The gate: nobody but Slack gets past it, hostile bodies are 4xx, and no log line holds a body."""

import asyncio
import gzip
import json
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from handlers.desk import Desk
from handlers.gate import LARGEST
from handlers.server import drain
from handlers.shape import fitted, well_formed
from playground.delivery import sign
from playground.slack import LocalSlack
from tests.desk import desk_at, served

CANARY = "canary-4711"
FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
COMMAND = urlencode({"command": "/call", "text": CANARY, "team_id": "T", "channel_id": "C", "user_id": "U"}).encode()


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


async def post(slack: LocalSlack, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """Post to the bot as anybody can, without signing."""
    assert slack.bot_url is not None
    async with aiohttp.ClientSession() as session, session.post(slack.bot_url, data=body, headers=headers) as response:
        return response.status, await response.text()


def now() -> int:
    return int(time.time())


UNSIGNED: list[tuple[str, bytes, dict[str, str]]] = [
    ("no signature", COMMAND, FORM),
    ("malformed JSON", b'{"type": ' + CANARY.encode(), JSON),
    ("a list", b'["' + CANARY.encode() + b'"]', JSON),
    ("a number", b"4711", JSON),
    ("a payload that is no JSON", b"payload=xx" + CANARY.encode(), FORM),
    ("100,000 nested lists", b"[" * 100_000, JSON),
    ("invalid UTF-8", b"\xff\xfe" + CANARY.encode(), FORM),
    ("a bogus charset", COMMAND, {"content-type": "application/x-www-form-urlencoded; charset=klingon"}),
    ("an event that is a number", b'{"type":"event_callback","event":5}', JSON),
    ("an empty body", b"", FORM),
    ("many parameters", b"&".join(b"a%d=1" % n for n in range(20_000)), FORM),
    ("ssl_check", b"ssl_check=1&token=" + CANARY.encode(), FORM),
    (
        "a forged signature",
        COMMAND,
        FORM | {"x-slack-request-timestamp": str(now()), "x-slack-signature": "v0=" + "0" * 64},
    ),
    (
        "a signature that is no text of hex",
        COMMAND,
        FORM | {"x-slack-request-timestamp": str(now()), "x-slack-signature": "é"},
    ),
    ("a timestamp of letters", COMMAND, FORM | {"x-slack-request-timestamp": "abc", "x-slack-signature": "v0=0"}),
    ("a timestamp with a point", COMMAND, FORM | {"x-slack-request-timestamp": "1.5", "x-slack-signature": "v0=0"}),
    ("a timestamp without end", COMMAND, FORM | {"x-slack-request-timestamp": "9" * 4000, "x-slack-signature": "v0=0"}),
    ("a gzip bomb", gzip.compress(b"0" * 20_000_000, 1), FORM | {"content-encoding": "gzip"}),
    ("too large", b"x" * (LARGEST + 1), FORM),
    (
        "a file in parts",
        b"--x\r\n\r\n" + CANARY.encode() + b"\r\n--x--",
        {"content-type": "multipart/form-data; boundary=x"},
    ),
    ("NUL in between", b"command=\0&text=" + CANARY.encode(), FORM),
    ("50,000 nested objects", b'{"a":' * 50_000, JSON),
    ("a number without end", b"1" * 200_000, JSON),
    ("a query for a challenge", b'{"type":"url_verification","challenge":"' + CANARY.encode() + b'"}', JSON),
]


def test_there_are_forty_hostile_bodies() -> None:
    assert len(UNSIGNED) + len(SIGNED) >= 40


async def test_what_slack_did_not_sign_is_turned_away(
    slack: LocalSlack, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for what, body, headers in UNSIGNED:
        status, said = await post(slack, body, headers)
        assert 400 <= status < 500, what
        assert CANARY not in said, what
        assert CANARY not in caplog.text, what
        assert "Traceback" not in caplog.text, what


SIGNED: list[tuple[str, bytes, dict[str, str]]] = [
    ("malformed JSON", b'{"type": ' + CANARY.encode(), JSON),
    ("a list", b'["' + CANARY.encode() + b'"]', JSON),
    ("a list in a payload", urlencode({"payload": "[1]"}).encode(), FORM),
    ("a payload that is no JSON", b"payload=xx" + CANARY.encode(), FORM),
    ("100,000 nested lists", b"[" * 100_000, JSON),
    ("invalid UTF-8", b"\xff\xfe" + CANARY.encode(), FORM),
    ("an empty body", b"", FORM),
    ("an event that is a number", b'{"type":"event_callback","event":5}', JSON),
    ("an event without a type", b'{"type":"event_callback","event":{}}', JSON),
    ("a type that is a list", b'{"type":["event_callback"]}', JSON),
    ("a click without actions", urlencode({"payload": '{"type":"block_actions","user":{"id":"U"}}'}).encode(), FORM),
    (
        "a click on a number",
        urlencode({"payload": '{"type":"block_actions","user":{"id":"U"},"actions":[5]}'}).encode(),
        FORM,
    ),
    (
        "a view that is text",
        urlencode({"payload": '{"type":"view_submission","user":{"id":"U"},"view":"x"}'}).encode(),
        FORM,
    ),
    (
        "a view without a type",
        urlencode({"payload": '{"type":"view_submission","user":{"id":"U"},"view":{"callback_id":"x"}}'}).encode(),
        FORM,
    ),
    (
        "authorizations of numbers",
        b'{"type":"event_callback","event":{"type":"app_mention"},"authorizations":[5]}',
        JSON,
    ),
    ("a form of something else", b"a=1&b=2", FORM),
    ("50,000 nested objects", b'{"a":' * 50_000, JSON),
    ("an answer's address that is none", b"command=/call&text=x&team_id=T&user_id=U&channel_id=C&response_url=x", FORM),
]


async def test_what_is_signed_but_malformed_is_400(
    slack: LocalSlack, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for what, body, headers in SIGNED:
        status = (await slack.raw(body, headers)).status
        assert status == (401 if body.startswith(b"\xff") else 400), what  # what is no text can't be signed, either
        assert CANARY not in caplog.text, what
        assert "Traceback" not in caplog.text, what


@pytest.mark.parametrize(("off", "status"), [(-290, 200), (-302, 401), (302, 401), (290, 200)])
async def test_a_request_is_good_for_five_minutes(slack: LocalSlack, desk: Desk, off: int, status: int) -> None:
    body = urlencode({"command": "/call", "text": "status", "team_id": "T", "channel_id": "C", "user_id": "U"}).encode()
    assert (await slack.raw(body, FORM, timestamp=now() + off)).status == status


async def test_a_wrong_secret_is_401_and_leaves_no_body_in_the_log(
    slack: LocalSlack, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert (await slack.raw(COMMAND, FORM, secret="another")).status == 401
    assert CANARY not in caplog.text


async def test_without_a_secret_nothing_is_let_in(slack: LocalSlack, tmp_path: Path) -> None:
    import dataclasses

    async with desk_at(slack, tmp_path) as desk:
        desk.settings = dataclasses.replace(desk.settings, signing_secret=None)
        async with served(slack, desk):
            assert (await post(slack, COMMAND, FORM | sign("", COMMAND, now())))[0] == 401


async def test_slacks_challenge_is_answered(slack: LocalSlack, desk: Desk) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    delivered = await slack.raw(body, JSON)
    assert (delivered.status, delivered.json) == (200, {"challenge": "abc"})


async def test_an_event_nobody_subscribed_to_is_200(slack: LocalSlack, desk: Desk) -> None:
    assert (await slack.event({"type": "reaction_added", "user": "U1", "event_ts": "1.1"})).status == 200


@pytest.mark.parametrize("unfit", ["\\ud83d", "\\u0000"])
async def test_text_that_no_database_can_hold_is_answered_without_it(
    slack: LocalSlack, desk: Desk, unfit: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Half a character, as an editor's cut leaves it, or NUL: in an event's id, in its text, in a command."""
    event = (
        f'{{"type":"app_mention","user":"U0ADAWHIT","channel":"C0AUTODESK","ts":"1{unfit}","text":"{unfit} margin"}}'
    )
    body = f'{{"type":"event_callback","team_id":"T0EARSHOT","event_id":"E{unfit}","event":{event}}}'
    assert (await slack.raw(body.encode(), JSON)).status == 200
    payload = f'{{"type":"block_suggestion","action_id":"question","user":{{"id":"U{unfit}"}},"value":"mar{unfit}"}}'
    assert (await slack.raw(urlencode({"payload": payload}).encode(), FORM)).status < 500
    assert "Traceback" not in caplog.text


async def test_a_workspace_that_is_not_installed_gets_no_answer(slack: LocalSlack, desk: Desk) -> None:
    body = urlencode(
        {"command": "/call", "text": "quote margin", "team_id": "TSTRANGER", "channel_id": "C", "user_id": "U"}
    )
    delivered = await slack.raw(body.encode(), FORM)
    assert delivered.status == 200
    assert "margin follows" not in delivered.body


async def test_health_routes_tell_ready_from_alive(slack: LocalSlack, desk: Desk) -> None:
    assert slack.bot_url is not None
    root = slack.bot_url.removesuffix("/slack/events")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{root}/healthz") as response:
            assert response.status == 200
        async with session.get(f"{root}/readyz") as response:
            assert (response.status, await response.text()) == (200, "ready: 1 calls\n")
        await drain(desk)
        async with session.get(f"{root}/readyz") as response:
            assert response.status == 503
        async with session.get(f"{root}/healthz") as response:
            assert response.status == 200


async def test_twenty_answers_in_flight_are_finished_before_the_end(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        async with served(slack, desk):
            slack.fault("chat.postMessage", times=20, late=0.2)
            said = await asyncio.gather(*(slack.mention(f"quote margin {n}") for n in range(20)))
            assert all(one.delivered[0].status == 200 for one in said)
        assert len([one for one in slack.called("chat.postMessage") if one.ok]) == 20


async def test_start_up_warns_of_nothing(slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from handlers.app import build_app

    async with desk_at(slack, tmp_path) as desk:
        build_app(desk, level=logging.WARNING)
    assert caplog.text == ""


SHAPES = [
    ({"command": "/call"}, True),
    ({"ssl_check": "1"}, True),
    ({}, False),
    ([], False),
    (None, False),
    ({"type": "event_callback", "event": {"type": "app_mention"}}, True),
    ({"type": "something_new"}, True),
    ({"type": "something_new", "event": [[]]}, False),
    ({"type": "block_actions", "user": {"id": "U"}, "actions": [{"action_id": "a"}]}, True),
    ({"type": "block_actions", "user": {"id": "U"}, "actions": []}, False),
    ({"type": "view_submission", "user": {"id": "U"}, "view": {"callback_id": "v", "type": "modal"}}, True),
    ({"type": "view_submission", "user": {"id": "U"}, "view": {"callback_id": "v"}}, False),
    ({"command": "/call", "response_url": "https://hooks.slack.com/commands/T1/2/x"}, True),
    ({"command": "/call", "response_url": "http://127.0.0.1:9/x"}, True),
    ({"command": "/call", "response_url": "http:///x"}, False),
    ({"command": "/call", "response_url": "http://%2\t127.0.0.1:9/x"}, False),
    ({"command": "/call", "response_url": ["https://hooks.slack.com/x"]}, False),
    ({"type": "a kind of tomorrow", "user": {"id": "U"}, "view": {}}, True),
    (fitted({"type": "a kind of tomorrow", "user": {"id": "U"}, "view": None}), True),
    ({"type": "a kind of tomorrow", "user": {"id": "U"}, "view": "x"}, False),
    ({"type": "block_actions", "user": {"id": "U"}, "actions": [{"action_id": "a"}], "message": "x"}, False),
    ({"type": "shortcut", "user": {"id": "U"}}, False),
]


@pytest.mark.parametrize(("body", "good"), SHAPES)
def test_shapes(body: object, good: bool) -> None:
    assert well_formed(body) is good

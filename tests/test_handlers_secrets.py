"""What people say and what opens doors: neither stands in a log line, and no secret stands in the database."""

import logging
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.exc import SQLAlchemyError

from bot.state.installations import Installation
from bot.state.vault import Vault
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import desk_at, served

SAID = "zebracanary"
TOKEN = "xoxb-canary-of-another"


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_a_days_work_leaves_no_word_and_no_secret_in_the_log_nor_a_secret_in_the_database(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        desk.store.vault = Vault((Fernet.generate_key().decode(),))
        await desk.store.install("T0OTHER", Installation("T0OTHER", "T0OTHER", None, TOKEN, "B", "U"))
        for typed in (f"quote {SAID}", f"digest {SAID}", f"watch {SAID}", f"use {SAID}", "status", "forget me"):
            assert (await slack.slash(typed)).status == 200
        await slack.mention(f"who asked about {SAID}")
        slack.fault("chat.postMessage", times=3, status=500)
        await slack.direct(f"{SAID} and superchargers")
        slack.revoke(slack.bot_token)
        await slack.mention(f"quote {SAID}")
        await desk.errands.drain(5)
        assert caplog.records  # something was logged, or the test says nothing
    for word in (SAID, TOKEN, slack.bot_token, slack.signing_secret):
        assert word not in caplog.text, word
    kept = everything_in(tmp_path)
    assert b"T0OTHER" in kept
    for secret in (TOKEN, slack.bot_token, slack.signing_secret):
        assert secret.encode() not in kept


async def test_an_error_of_the_database_is_told_without_what_was_to_be_kept(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        async with desk.store.database.writing(TEAM) as connection:
            await connection.exec_driver_sql("DROP TABLE inbox")
        with pytest.raises(SQLAlchemyError) as raised:
            await desk.store.receive(TEAM, "Ev1", SAID)
        assert SAID not in str(raised.value)
        await slack.mention(f"quote {SAID}")
        assert "no such table" in caplog.text
        assert SAID not in caplog.text

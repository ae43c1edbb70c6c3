"""The doctor finds what is wrong, and its sentence says what to do."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.config import Settings
from bot.state.installations import Installation
from bot.state.migrations import VERSION_TABLE, VERSIONS
from bot.state.store import Store
from bot.state.vault import Vault
from handlers.doctor import Finding, examine
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from handlers.serve import utc_now
from playground.slack import LocalSlack

CALLS = Path(__file__).parent.parent / "playground" / "calls"
PICTURE = Path(__file__).parent / "data" / "dot.png"
LASTING = "/dev/sda1 / ext4 rw 0 0\n"


def now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


def sick(findings: tuple[Finding, ...]) -> dict[str, str]:
    return {finding.what: finding.sentence for finding in findings if finding.ok is False}


def well(slack: LocalSlack, home: Path, **changes: str) -> Settings:
    env = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": f"http://127.0.0.1:{slack.port}/api/",
        "EARSHOT_HOME": str(home),
        "EARSHOT_CALLS": str(CALLS / "vlmr-2026-q3.txt"),
    }
    return Settings.from_env({**env, **changes})


async def test_a_whole_installation_is_well(slack: LocalSlack, tmp_path: Path) -> None:
    findings = await examine(well(slack, tmp_path), now, LASTING)
    assert sick(findings) == {}
    assert {"settings", "disk", "database", "calls", "token"} <= {finding.what for finding in findings}


@pytest.mark.parametrize(
    ("changes", "mounts", "what", "says"),
    [
        ({"SLACK_SIGNING_SECRET": ""}, LASTING, "settings", "SLACK_SIGNING_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-revoked"}, LASTING, "token", "SLACK_BOT_TOKEN"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, LASTING, "token", "SLACK_API_URL"),
        ({"EARSHOT_CALLS": ""}, LASTING, "calls", "EARSHOT_CALLS"),
        ({"EARSHOT_CALLS": str(PICTURE)}, LASTING, "calls", "earshot check"),
        ({}, "overlay / overlay rw 0 0\n", "disk", "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"}, LASTING, "database", "DATABASE_URL"),
    ],
)
@pytest.mark.usefixtures("waits")
async def test_what_is_wrong_is_named(
    slack: LocalSlack, tmp_path: Path, changes: dict[str, str], mounts: str, what: str, says: str
) -> None:
    found = sick(await examine(well(slack, tmp_path, **changes), now, mounts))
    assert says in found[what]


async def test_keys_that_open_no_stored_token_are_told(slack: LocalSlack, tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings = well(slack, tmp_path, EARSHOT_KEYS=old)
    store = await Store.open(settings.database_url, keys=(old,), clock=utc_now)
    await store.install("T1", Installation("T1", "T1", None, "xoxb-1", "B", "U"))
    await store.close()
    assert "database" not in sick(await examine(settings, now, LASTING))
    found = sick(await examine(well(slack, tmp_path, EARSHOT_KEYS=new), now, LASTING))
    assert "EARSHOT_KEYS" in found["database"]


async def test_looking_at_a_database_makes_and_upgrades_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    settings = well(slack, tmp_path / "home")
    findings = {finding.what: finding for finding in await examine(settings, now, LASTING)}
    assert "no tables yet" in findings["database"].sentence
    assert not settings.home.exists()

    settings.home.mkdir()
    await (await Store.open(settings.database_url, clock=utc_now)).close()
    file = settings.home / "earshot.db"
    oldest = min(path.stem for path in VERSIONS.glob("v*.py"))[1:5]
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = ?", (oldest,))
    before = file.read_bytes()
    findings = {finding.what: finding for finding in await examine(settings, now, LASTING)}
    assert findings["database"].ok
    assert f"from version {oldest} to" in findings["database"].sentence
    assert file.read_bytes() == before
    assert not list(settings.home.glob("*.before-*"))


async def test_looking_seals_no_token_anew(slack: LocalSlack, tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings = well(slack, tmp_path, EARSHOT_KEYS=f"{new},{old}")
    store = await Store.open(settings.database_url, keys=(old,), clock=utc_now)
    await store.install("T1", Installation("T1", "T1", None, "xoxb-1", "B", "U"))
    await store.close()
    assert "database" not in sick(await examine(settings, now, LASTING))
    store = await Store.open(settings.database_url, clock=utc_now)
    store.vault = Vault((old,))
    assert (await store.installation("T1")) is not None
    await store.close()


async def test_all_that_is_missing_is_told_at_once(slack: LocalSlack, tmp_path: Path) -> None:
    settings = well(slack, tmp_path, SLACK_BOT_TOKEN="", SLACK_SIGNING_SECRET="")
    found = [one.sentence for one in await examine(settings, now, LASTING) if one.what == "settings" and not one.ok]
    assert [sentence.split(" ")[0] for sentence in found] == ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"]


async def test_a_clock_that_is_off_is_told(slack: LocalSlack, tmp_path: Path) -> None:
    found = sick(await examine(well(slack, tmp_path), lambda: now() + dt.timedelta(minutes=6), LASTING))
    assert "NTP" in found["clock"]


async def test_the_nearest_mount_decides(slack: LocalSlack, tmp_path: Path) -> None:
    mounts = f"overlay / overlay rw 0 0\n/dev/sdb {tmp_path} ext4 rw 0 0\n"
    assert "disk" not in sick(await examine(well(slack, tmp_path), now, mounts))


async def test_scopes_that_lack_are_told_with_what_they_are_for(tmp_path: Path) -> None:
    async with LocalSlack(scopes={*SCOPES, "users:read"}) as slack:
        told = {each.what: each for each in await examine(well(slack, tmp_path), now, LASTING)}["scopes"]
        assert told.ok is True
        assert all(
            f"{scope} ({why})" in told.sentence for scope, why in OPTIONAL_SCOPES.items() if scope != "users:read"
        )
        assert "users:read" not in told.sentence
        slack.scopes = frozenset(SCOPES) - {"im:history"}
        assert "missing: im:history" in sick(await examine(well(slack, tmp_path), now, LASTING))["scopes"]


@pytest.mark.usefixtures("waits")
async def test_a_longer_mount_elsewhere_is_not_the_disk(slack: LocalSlack, tmp_path: Path) -> None:
    other = f"overlay {tmp_path.parent / 'elsewhere' / ('x' * 200)} overlay rw 0 0\n"
    beside = f"tmpfs {str(tmp_path)[:-1]} tmpfs rw 0 0\n"
    assert "disk" not in sick(await examine(well(slack, tmp_path), now, LASTING + other + beside))
    own = f"tmpfs {tmp_path} tmpfs rw 0 0\n"
    assert "tmpfs" in sick(await examine(well(slack, tmp_path), now, own + LASTING))["disk"]

"""Settings: each complaint names its variable; what is set is read; secrets stay out of repr."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.errors import SettingsError

KEY = "A" * 43 + "="
APP = {"SLACK_CLIENT_ID": "111.222", "SLACK_CLIENT_SECRET": "secret"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "oops"),
        ("SLACK_BOT_TOKEN", "xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_SIGNING_SECRET", "zz"),
        ("SLACK_SIGNING_SECRET", "two words"),
        ("SLACK_SIGNING_SECRET", "secr\x07et"),
        ("SLACK_SIGNING_SECRET", "s\u00e9cret"),
        ("SLACK_API_URL", "slack.test/api"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "99999999999999999999"),
        ("EARSHOT_COMMAND", "call"),
        ("EARSHOT_COMMAND", "/two words"),
        ("EARSHOT_COMMAND", "/" + "x" * 32),
        ("EARSHOT_CALLS", "/nowhere/at/all"),
        ("EARSHOT_HOME", __file__),
        ("DATABASE_URL", "mysql://x"),
        ("EARSHOT_SEARCH_URL", "http://127.0.0.1:9200"),
        ("EARSHOT_KEYS", "short"),
        ("EARSHOT_THESAURUS", "/nowhere/ours.toml"),
        ("EARSHOT_THESAURUS", __file__),
        ("EARSHOT_THESAURUS", str(Path(__file__).parent)),
        ("EARSHOT_SUPPORT", "x" * 201),
        ("EARSHOT_KEEP_DAYS", "0"),
        ("EARSHOT_KEEP_DAYS", "3651"),
        ("EARSHOT_KEEP_DAYS", "for ever"),
        ("EARSHOT_PERSON_FILES", "-1"),
        ("EARSHOT_PERSON_MB", "9" * 5000),
        ("EARSHOT_PROCESSES", "0"),
        ("EARSHOT_PROCESSES", "33"),
        ("EARSHOT_PROCESSES", "auto"),
    ],
)
def test_a_malformed_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"SLACK_CLIENT_ID": "111.222"}, "SLACK_CLIENT_SECRET is missing"),
        ({"SLACK_CLIENT_SECRET": "secret"}, "SLACK_CLIENT_ID is missing"),
        ({**APP, "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID does not look right"),
        ({**APP, "SLACK_CLIENT_SECRET": "x"}, "SLACK_CLIENT_SECRET does not look right"),
    ],
)
def test_half_of_an_app_s_identity_is_told(env: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        Settings.from_env(env)


@pytest.mark.parametrize("secret", ["secret", "0123456789abcdef0123456789abcdef"])
def test_a_secret_as_slack_gives_it_or_as_tests_do_is_taken(secret: str) -> None:
    settings = Settings.from_env({"SLACK_SIGNING_SECRET": secret, **APP})
    assert (settings.signing_secret, settings.client_id) == (secret, "111.222")


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "secret"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "secret", **APP}, "EARSHOT_KEYS"),
    ],
)
def test_what_http_needs_is_named_when_missing(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(env).needs_slack()


@pytest.mark.parametrize(("env", "name"), [({}, "SLACK_APP_TOKEN"), ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN")])
def test_what_sockets_need_is_named_when_missing(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(env).needs_socket()


def test_everything_set_is_read(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    settings = Settings.from_env(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "secret",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": "http://127.0.0.1:9/api",
            "PORT": "8080",
            "EARSHOT_COMMAND": "/calls",
            "EARSHOT_CALLS": f"{one}:{two}",
            "EARSHOT_HOME": str(tmp_path),
            "DATABASE_URL": "postgres://u@h/db",
            "EARSHOT_KEYS": f"{KEY},{KEY}",
            "EARSHOT_KEEP_DAYS": "30",
            "EARSHOT_PERSON_FILES": "10",
            "EARSHOT_PERSON_MB": "40",
            "EARSHOT_PROCESSES": "2",
        }
    )
    settings.needs_slack()
    settings.needs_socket()
    assert settings.api_url == "http://127.0.0.1:9/api/"
    assert settings.port == 8080
    assert settings.command == "/calls"
    assert settings.calls == (one, two)
    assert settings.database_url == "postgresql+asyncpg://u@h/db"
    assert settings.keys == (KEY, KEY)
    assert (settings.keep_days, settings.person_files, settings.person_mb) == (30, 10, 40)
    assert settings.processes == 2


def test_without_a_database_it_is_sqlite_under_home(tmp_path: Path) -> None:
    settings = Settings.from_env({"EARSHOT_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/earshot.db"


def test_a_managed_host_s_sslmode_is_taken() -> None:
    settings = Settings.from_env({"DATABASE_URL": "postgresql://h/db?sslmode=require"})
    assert settings.database_url == "postgresql+asyncpg://h/db?ssl=require"


def test_no_secret_is_in_repr() -> None:
    env = {
        "SLACK_BOT_TOKEN": "xoxb-canary",
        "SLACK_SIGNING_SECRET": "canary",
        "SLACK_APP_TOKEN": "xapp-canary",
        "SLACK_CLIENT_ID": "111.222",
        "SLACK_CLIENT_SECRET": "canary",
        "DATABASE_URL": "postgres://u:canary@h/db",
        "EARSHOT_KEYS": KEY,
    }
    shown = repr(Settings.from_env(env))
    assert "canary" not in shown
    assert KEY not in shown

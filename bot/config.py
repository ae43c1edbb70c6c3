"""Every setting, read once from the environment; each complaint names its variable and says what to do."""

import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.errors import WrongSettingsError
from bot.search.thesaurus import ThesaurusError, groups_of

SLACK_API = "https://slack.com/api/"
METRICS = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's: a folder in which processes add up what they count
MOST_PROCESSES = 32  # more than hosts for one bot have cores
LINE = 200  # characters of a setting that people are shown
COMMAND = re.compile(r"/[^\s/]{1,31}")  # Slack: a command is a slash and at most 31 characters without spaces
COMMAND_RULE = "must be a slash and up to 31 characters without spaces, such as /call."
SECRET = re.compile(r"[!-~]{6,}")  # Slack's have 32 hexadecimal digits; what is shorter than this was typed by mistake
CLIENT = re.compile(r"[!-~]{5,}")  # Slack's have two numbers of ten digits and more with a point between


def is_address(text: str) -> bool:
    """Tell whether a text is an address that Slack can call: https://, and a host."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # a port that is none raises
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and re.search(r"\s", text) is None


def metrics_of(environment: MutableMapping[str, str], *, member: bool) -> Path | None:
    """Return the folder in which a `member` of a crew counts. To anybody else the variable means nothing, and goes.

    It goes before the library is imported, which would act on it.
    """
    folder = environment.get(METRICS) if member else environment.pop(METRICS, None)
    return Path(folder) if member and folder else None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides. Secrets stay out of `repr`, so that no log line can show them.

    Built by `from_env`; `serve` calls `needs_slack` or `needs_socket` for what only it needs.
    """

    bot_token: str | None = field(default=None, repr=False)  # SLACK_BOT_TOKEN
    signing_secret: str | None = field(default=None, repr=False)  # SLACK_SIGNING_SECRET
    app_token: str | None = field(default=None, repr=False)  # SLACK_APP_TOKEN
    client_id: str | None = None  # SLACK_CLIENT_ID
    client_secret: str | None = field(default=None, repr=False)  # SLACK_CLIENT_SECRET
    api_url: str = SLACK_API  # SLACK_API_URL
    port: int = 3000  # PORT
    command: str = "/call"  # EARSHOT_COMMAND
    calls: tuple[Path, ...] = ()  # EARSHOT_CALLS: folders or files, parted by ":" (";" on Windows) or a new line
    home: Path = field(default_factory=lambda: user_data_path("earshot"))  # EARSHOT_HOME
    database: str | None = field(default=None, repr=False)  # DATABASE_URL; None: SQLite under `home`
    keys: tuple[str, ...] = field(default=(), repr=False)  # EARSHOT_KEYS: Fernet keys, the newest first
    thesaurus: tuple[Path, ...] = ()  # EARSHOT_THESAURUS: files of one's own groups, parted as EARSHOT_CALLS is
    support: str | None = None  # EARSHOT_SUPPORT: whom to ask about Earshot itself
    keep_days: int = 90  # EARSHOT_KEEP_DAYS: after that threads, events, verdicts, questions, ended digests go
    person_files: int = 50  # EARSHOT_PERSON_FILES: how many files one person may have given in a workspace
    person_mb: int = 200  # EARSHOT_PERSON_MB: how much they may hold together
    processes: int = 1  # EARSHOT_PROCESSES: how many answer, on one port
    metrics: Path | None = None  # no variable: where the processes of a crew add up what they count

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy's async engines take it."""
        if self.database is None:
            return f"sqlite+aiosqlite:///{self.home / 'earshot.db'}"
        return self.database

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read settings from `env` (variables by name). Raises WrongSettingsError with every malformed one's name."""
        read = _Reader(env)
        if read.text("EARSHOT_SEARCH_URL") is not None:
            read.refuse(
                "EARSHOT_SEARCH_URL is set, but searching on another machine is not supported yet: unset it; the "
                "search within the bot serves a million turns."
            )
        default = cls(home=Path())
        settings = cls(
            bot_token=read.token("SLACK_BOT_TOKEN", "xoxb-"),
            signing_secret=read.secret("SLACK_SIGNING_SECRET"),
            app_token=read.token("SLACK_APP_TOKEN", "xapp-"),
            client_id=read.client("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
            client_secret=read.secret("SLACK_CLIENT_SECRET"),
            api_url=read.url("SLACK_API_URL") or default.api_url,
            port=read.number("PORT", 1, 65535) or default.port,
            command=read.command("EARSHOT_COMMAND") or default.command,
            calls=read.paths("EARSHOT_CALLS"),
            home=read.home("EARSHOT_HOME") or user_data_path("earshot"),
            database=read.database("DATABASE_URL"),
            keys=read.keys("EARSHOT_KEYS"),
            thesaurus=read.thesaurus("EARSHOT_THESAURUS"),
            support=read.line("EARSHOT_SUPPORT"),
            keep_days=read.number("EARSHOT_KEEP_DAYS", 1, 3650) or default.keep_days,
            person_files=read.number("EARSHOT_PERSON_FILES", 1, 100_000) or default.person_files,
            person_mb=read.number("EARSHOT_PERSON_MB", 1, 100_000) or default.person_mb,
            processes=read.number("EARSHOT_PROCESSES", 1, MOST_PROCESSES) or default.processes,
        )
        if read.wrong:
            raise WrongSettingsError(read.wrong)
        return settings

    def needs_slack(self) -> None:
        """Check what answering over HTTP needs. Raises WrongSettingsError, which names all that is missing."""
        missing = []
        if self.signing_secret is None:
            missing.append(
                "SLACK_SIGNING_SECRET is missing: copy it from your app's page, Basic Information, App Credentials."
            )
        if self.bot_token is None and self.client_id is None:
            missing.append(
                "SLACK_BOT_TOKEN is missing: install the app to your workspace and copy the token from OAuth & "
                "Permissions (or set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to let workspaces install it)."
            )
        if self.client_id is not None and self.client_secret is None:
            missing.append("SLACK_CLIENT_SECRET is missing: it belongs to SLACK_CLIENT_ID, on the same page.")
        if self.client_id is not None and not self.keys:
            missing.append(
                "EARSHOT_KEYS is missing: tokens of installed workspaces are encrypted with it; make one with "
                "`earshot doctor --new-key`."
            )
        if missing:
            raise WrongSettingsError(missing)

    def needs_socket(self) -> None:
        """Check what Socket Mode needs. Raises WrongSettingsError, which names all that is missing."""
        missing = []
        if self.app_token is None:
            missing.append(
                "SLACK_APP_TOKEN is missing: make an app-level token with connections:write under Basic Information."
            )
        if self.bot_token is None:
            missing.append("SLACK_BOT_TOKEN is missing: copy it from your app's page, OAuth & Permissions.")
        if missing:
            raise WrongSettingsError(missing)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one variable at a time; an empty variable counts as not set, and so does a malformed one, which is told."""

    env: Mapping[str, str]
    wrong: list[str] = field(default_factory=list)

    def refuse(self, sentence: str) -> None:
        """Note what is wrong with a variable."""
        self.wrong.append(sentence)

    def text(self, name: str) -> str | None:
        return self.env.get(name, "").strip() or None

    def token(self, name: str, start: str) -> str | None:
        value = self.text(name)
        if value is not None and not (value.startswith(start) and SECRET.fullmatch(value)):
            self.refuse(f"{name} does not look right: it starts with {start}…; copy it again from Slack.")
        return value

    def secret(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not SECRET.fullmatch(value):
            self.refuse(f"{name} does not look right: it is 32 characters without spaces; copy it again from Slack.")
        return value

    def client(self, name: str, secret: str) -> str | None:
        """Read an app's identity, which `secret` belongs to: neither is of use alone."""
        value, belongs = self.text(name), self.text(secret)
        if value is not None and not CLIENT.fullmatch(value):
            self.refuse(
                f"{name} does not look right: it is two numbers with a point between; copy it again from Slack."
            )
        if value is not None and belongs is None:
            self.refuse(f"{secret} is missing: it belongs to {name}, on the same page.")
        if value is None and belongs is not None:
            self.refuse(f"{name} is missing: it belongs to {secret}, on the same page.")
        return value

    def url(self, name: str) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        if not value.startswith(("http://", "https://")):
            self.refuse(f"{name} must be an address that starts with http:// or https://.")
        return value.rstrip("/") + "/"

    def number(self, name: str, least: int, most: int) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and least <= int(value[: len(str(most)) + 1]) <= most:
            return int(value)
        self.refuse(f"{name} must be a number from {least} to {most}.")
        return None

    def command(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not COMMAND.fullmatch(value):
            self.refuse(f"{name} {COMMAND_RULE}")
        return value

    def paths(self, name: str) -> tuple[Path, ...]:
        parts = re.split(rf"[{os.pathsep}\n]", self.env.get(name, ""))
        paths = tuple(Path(part.strip()).expanduser() for part in parts if part.strip())
        for path in paths:
            if not path.exists():
                self.refuse(f"{name} names {path}, which is not there: make it, or mend the setting.")
        return paths

    def thesaurus(self, name: str) -> tuple[Path, ...]:
        paths = self.paths(name)
        for path in filter(Path.exists, paths):
            try:
                groups_of(path)
            except ThesaurusError as error:
                self.refuse(f"{name}: {error.sentence}")
        return paths

    def line(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and (len(value) > LINE or "\n" in value):
            self.refuse(f"{name} must be one line of up to {LINE} characters: a name, an address or a channel.")
        return value

    def home(self, name: str) -> Path | None:
        value = self.text(name)
        if value is None:
            return None
        path = Path(value).expanduser()
        if path.exists() and not path.is_dir():
            self.refuse(f"{name} names {path}, which is not a folder: name a folder that Earshot may fill.")
        return path

    def database(self, name: str) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        for given, driver in _DRIVERS.items():
            if value.startswith(given):
                # Managed hosts write libpq's sslmode; asyncpg calls the same thing ssl.
                return driver + value.removeprefix(given).replace("sslmode=", "ssl=")
        self.refuse(f"{name} must start with postgresql://, postgres:// or sqlite:///.")
        return None

    def keys(self, name: str) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in self.env.get(name, "").split(",") if key.strip())
        if not all(map(_FERNET.fullmatch, keys)):
            self.refuse(
                f"{name} holds something that is not a key (44 characters each, parted by commas); make one with "
                "`earshot doctor --new-key`."
            )
        return keys


# Heroku and others say postgres://; asyncpg and aiosqlite are the drivers SQLAlchemy's async engines use.
_DRIVERS = {
    "postgresql+asyncpg://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "postgres://": "postgresql+asyncpg://",
    "sqlite+aiosqlite://": "sqlite+aiosqlite://",
    "sqlite://": "sqlite+aiosqlite://",
}
_FERNET = re.compile(r"[A-Za-z0-9_-]{43}=")  # 32 bytes in URL-safe base64: the Fernet specification

"""`earshot doctor`: what is wrong with an installation, and what to do about it."""

import asyncio
import datetime as dt
import email.utils
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.config import Settings
from bot.errors import EarshotError, WrongSettingsError
from bot.library import Library
from bot.query.topic import Topic
from bot.search.wanted import Wanted
from bot.state.looking import Standing, look
from bot.transcripts import load
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from handlers.speaking import Speaking

SIGNATURE_WINDOW = 300  # seconds; Slack's signed requests older or newer than this are refused
FLEETING = frozenset({"tmpfs", "overlay", "ramfs"})  # file systems that a container's restart empties


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `ok` None: it could not be looked at, which is no fault by itself."""

    what: str
    ok: bool | None
    sentence: str


async def examine(settings: Settings, now: Callable[[], dt.datetime], mounts: str) -> tuple[Finding, ...]:
    """Look at everything the bot needs. `mounts` is the text of /proc/mounts ("" where there is none)."""
    return (
        *_settings(settings),
        _disk(settings, mounts),
        await _database(settings),
        await _calls(settings),
        *await _slack(settings, now),
    )


def _settings(settings: Settings) -> tuple[Finding, ...]:
    try:
        if settings.app_token is not None:
            settings.needs_socket()
        else:
            settings.needs_slack()
    except WrongSettingsError as error:
        return tuple(Finding("settings", ok=False, sentence=sentence) for sentence in error.sentences)
    way = "Socket Mode (earshot serve --socket)" if settings.app_token else "HTTP (earshot serve)"
    return (Finding("settings", ok=True, sentence=f"complete for {way}; the command is {settings.command}"),)


def _disk(settings: Settings, mounts: str) -> Finding:
    if settings.database is not None and not settings.database.startswith("sqlite"):
        return Finding("disk", ok=True, sentence="not needed: DATABASE_URL names a database server")
    kind = _file_system(settings.home, mounts)
    if kind is None:
        return Finding("disk", ok=None, sentence=f"could not tell what {settings.home} is on")
    if kind in FLEETING:
        sentence = (
            f"EARSHOT_HOME ({settings.home}) is on {kind}, which a restart may empty: mount a volume there, or set "
            "DATABASE_URL to a PostgreSQL, or digests and threads are forgotten"
        )
        return Finding("disk", ok=False, sentence=sentence)
    return Finding("disk", ok=True, sentence=f"EARSHOT_HOME ({settings.home}) is on {kind}")


def _file_system(folder: Path, mounts: str) -> str | None:
    """Give the type of the file system that holds `folder`: the longest mount point above it."""
    best, kind = "", None
    here = str(folder.absolute())
    for line in mounts.splitlines():
        _, point, file_system, *_rest = [*line.split(" "), "", "", ""][:4]
        if (here == point or here.startswith(point.rstrip("/") + "/")) and len(point) > len(best):
            best, kind = point, file_system
    return kind


async def _database(settings: Settings) -> Finding:
    try:
        standing = await look(settings.database_url, settings.keys)  # do they open what is stored?
    except EarshotError as error:
        return Finding("database", ok=False, sentence=error.sentence)
    except Exception as error:  # noqa: BLE001  # whatever a driver raises is a finding here, not a crash
        sentence = f"can't be opened ({error.__class__.__name__}): check DATABASE_URL and that the server answers"
        return Finding("database", ok=False, sentence=sentence)
    where = "DATABASE_URL" if settings.database else str(settings.home / "earshot.db")
    if standing.passes:
        sentence = (
            f"{where} opens, but its role passes PostgreSQL's row-level security (a superuser, or BYPASSRLS): give "
            "Earshot a role and a database of its own, so that the server keeps workspaces apart too"
        )
        return Finding("database", ok=None, sentence=sentence)
    return Finding("database", ok=True, sentence=f"{where} {_version(standing)}")


def _version(standing: Standing) -> str:
    """Say what the next start will do to the tables."""
    if standing.found is None:
        return f"has no tables yet: `earshot serve` makes them (version {standing.newest})"
    if standing.found != standing.newest:
        return f"opens; `earshot serve` will upgrade its tables from version {standing.found} to {standing.newest}"
    return f"opens, and its tables are up to date (version {standing.newest})"


async def _calls(settings: Settings) -> Finding:
    if not settings.calls:
        return Finding("calls", ok=False, sentence="none: set EARSHOT_CALLS to a folder of transcripts")
    loaded = await asyncio.to_thread(load, settings.calls)
    if not loaded.calls:
        sentence = "no file could be read: run `earshot check` on the folder to see each file's reason"
        return Finding("calls", ok=False, sentence=sentence)
    library = await Library.of(loaded.calls[:1])
    found = await library.find(Topic(""), Wanted(), limit=1)
    unread = f"; {len(loaded.failures)} files could not be read (see `earshot check`)" if loaded.failures else ""
    return Finding("calls", ok=bool(found.matches), sentence=f"{len(loaded.calls)} read, and search answers{unread}")


async def _slack(settings: Settings, now: Callable[[], dt.datetime]) -> tuple[Finding, ...]:
    if settings.bot_token is None:
        return (Finding("token", ok=None, sentence="SLACK_BOT_TOKEN is not set, so Slack was not asked"),)
    speaking = Speaking(settings.api_url)
    try:
        answer = await speaking.reading(settings.bot_token).auth_test()
    except SlackApiError as error:
        reason = error.response.get("error", "an error")
        sentence = f"Slack refuses SLACK_BOT_TOKEN ({reason}): install the app again and copy the new token"
        return (Finding("token", ok=False, sentence=sentence),)
    except (SlackClientError, OSError, TimeoutError) as error:
        sentence = f"Slack could not be reached ({error.__class__.__name__}): check the network and SLACK_API_URL"
        return (Finding("token", ok=False, sentence=sentence),)
    finally:
        await speaking.close()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    who = Finding("token", ok=True, sentence=f"works in the workspace {answer.get('team')}")
    return (who, _scopes(headers.get("x-oauth-scopes", "")), _clock(headers.get("date", ""), now()))


def _scopes(granted: str) -> Finding:
    if not granted:
        return Finding("scopes", ok=None, sentence="Slack did not say which scopes the token has")
    held = {scope.strip() for scope in granted.split(",")}
    missing = sorted(set(SCOPES) - held)
    if missing:
        sentence = f"missing: {', '.join(missing)}; paste the manifest again (`earshot manifest`) and reinstall the app"
        return Finding("scopes", ok=False, sentence=sentence)
    without = [f"{scope} ({why})" for scope, why in OPTIONAL_SCOPES.items() if scope not in held]
    optional = f"; optional ones that were not granted: {'; '.join(without)}" if without else ""
    return Finding("scopes", ok=True, sentence=f"all that are needed are there{optional}")


def _clock(date: str, now: dt.datetime) -> Finding:
    try:
        theirs = email.utils.parsedate_to_datetime(date)
    except ValueError:
        return Finding("clock", ok=None, sentence="Slack did not say what time it is")
    apart = abs((now - theirs).total_seconds())
    if apart >= SIGNATURE_WINDOW:
        sentence = f"{apart:.0f} s off Slack's; requests are refused from {SIGNATURE_WINDOW} s on: set it by NTP"
        return Finding("clock", ok=False, sentence=sentence)
    return Finding("clock", ok=True, sentence=f"within {apart:.0f} s of Slack's")

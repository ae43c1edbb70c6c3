"""The front door: reads settings and arguments once, and starts what was asked for."""

import argparse
import asyncio
import datetime as dt
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from cryptography.fernet import Fernet
from rich.text import Text

from bot import terminal
from bot.config import COMMAND, COMMAND_RULE, Settings, is_address, metrics_of
from bot.errors import EarshotError, SettingsError, WrongSettingsError
from bot.terminal.command import Command, ReadSettings
from bot.terminal.screen import Screen, UnwrittenError

WRONG_SETTINGS = 2
UNWRITTEN = 1
INTERRUPTED = 130  # what a shell reports for Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `earshot`; give the exit code: 0 answered, 1 no file could be read, 2 wrong settings or arguments."""
    _write_utf8()
    screen = Screen()
    commands = {command.name: command for command in (*_found(), *_OWN)}
    parser = _parser(commands)
    parsed = parser.parse_args(arguments)
    try:
        code = commands[parsed.command].run(parsed, partial(Settings.from_env, os.environ), screen)
        screen.flush()
    except UnwrittenError as error:
        _write_no_more()
        screen.tell(error.sentence)
        return UNWRITTEN
    except EarshotError as error:
        screen.tell(error.sentence)
        return WRONG_SETTINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _write_no_more()  # whoever read our output has seen enough (`| head`): end quietly
        return 0
    return code


def _write_no_more() -> None:
    """Keep the interpreter from writing what is left once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8() -> None:
    """Have stdout take any text: programs read UTF-8 from it, whatever the locale of the shell says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _found() -> tuple[Command, ...]:
    """Every module of bot/terminal that holds a `command`."""
    modules = (
        importlib.import_module(f"bot.terminal.{found.name}") for found in pkgutil.iter_modules(terminal.__path__)
    )
    return tuple(module.command for module in modules if isinstance(getattr(module, "command", None), Command))


def _parser(commands: dict[str, Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="earshot", description="Ask earnings calls: the exact words, who said them, and where to check."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands.values():
        command.fill(subparsers.add_parser(command.name, help=command.help, description=command.help))
    return parser


def _fill_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", action="store_true", help="Socket Mode: for teams behind a firewall")
    parser.add_argument("--calls", nargs="+", type=Path, metavar="PATH", help="instead of EARSHOT_CALLS")
    # Of a crew: over which file this process is tied to the one that started it, and whether it opens its door late.
    parser.add_argument("--line", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--late", action="store_true", help=argparse.SUPPRESS)


def _serve(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    del screen
    read = replace(settings(), metrics=metrics_of(os.environ, member=arguments.line is not None))
    from handlers.crew import Member, own_command
    from handlers.serve import check, lead, run

    calls = tuple(arguments.calls or read.calls)
    if arguments.line is None and read.processes > 1:
        check(read, calls, socket=arguments.socket)
        return asyncio.run(lead(read, own_command(), os.environ, socket=arguments.socket))
    member = None if arguments.line is None else Member(arguments.line, late=arguments.late)
    return asyncio.run(run(read, calls=calls, socket=arguments.socket, member=member))


def _fill_playground(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8400, help="the page's port (8400)")
    parser.add_argument("--calls", nargs="+", type=Path, metavar="PATH", help="your own calls instead of the samples")
    parser.add_argument("--welcome", action="store_true", help="answer two examples in the terminal first")


def _playground(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    from playground.run import run

    del screen
    calls = tuple(arguments.calls or ())
    for path in calls:
        if not path.exists():
            raise SettingsError(f"{path} is not there: name a folder of transcripts.")
    return asyncio.run(run(settings(), calls, port=arguments.port, welcome=arguments.welcome))


def _fill_manifest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--command", dest="slash", metavar="/NAME", help="the slash command's name")
    parser.add_argument("--agent", action="store_true", help="with the agent view (scope assistant:write)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", help="where Slack reaches the bot: https://…")
    where.add_argument("--socket", action="store_true", help="for Socket Mode, which needs no address")


def _manifest(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    from handlers.manifest import EXAMPLE_URL, manifest_text

    if arguments.slash is not None and not COMMAND.fullmatch(arguments.slash):
        raise SettingsError(f"--command {COMMAND_RULE}")
    if arguments.url is not None and not is_address(arguments.url):
        raise SettingsError("--url must be where Slack reaches the bot, such as https://bot.example.com.")
    if arguments.url is None and not arguments.socket:
        screen.tell(
            f"{EXAMPLE_URL} stands in for your own address: print the manifest with --url https://your.host, or with "
            "--socket where Slack can't reach you."
        )
    slash = arguments.slash or settings().command
    screen.write(manifest_text(command=slash, url=arguments.url, socket=arguments.socket, agent=arguments.agent))
    return 0


def _fill_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-key", action="store_true", help="print a fresh key for EARSHOT_KEYS, and nothing else")


def _doctor(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    from handlers.doctor import examine

    if arguments.new_key:
        screen.write(Fernet.generate_key().decode() + "\n")
        return 0
    mounts = Path("/proc/mounts")
    text = mounts.read_text(encoding="utf-8", errors="replace") if mounts.exists() else ""
    try:
        read = settings()
    except WrongSettingsError as error:
        for sentence in error.sentences:
            screen.show(Text(f"MEND     settings: {sentence}"))
        screen.show(Text("unknown  the rest: run this again once the settings can be read"))
        return WRONG_SETTINGS
    findings = asyncio.run(examine(read, lambda: dt.datetime.now(tz=dt.UTC), text))
    for finding in findings:
        mark = {True: "ok     ", False: "MEND   ", None: "unknown"}[finding.ok]
        screen.show(Text(f"{mark}  {finding.what}: {finding.sentence}"))
    return WRONG_SETTINGS if any(finding.ok is False for finding in findings) else 0


_OWN = (
    Command("serve", "run the bot", _fill_serve, _serve),
    Command("playground", "open a local Slack in a browser page, without an account", _fill_playground, _playground),
    Command("manifest", "print the Slack app's manifest to paste", _fill_manifest, _manifest),
    Command("doctor", "say what is wrong with the installation, and what to do", _fill_doctor, _doctor),
)

if __name__ == "__main__":
    sys.exit(main())

"""One sub-command of the command line."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from bot.config import Settings
from bot.terminal.screen import Screen

Fill = Callable[[argparse.ArgumentParser], None]
ReadSettings = Callable[[], Settings]  # raises SettingsError; a sub-command that needs no settings does not call it
Run = Callable[[argparse.Namespace, ReadSettings, Screen], int]


@dataclass(frozen=True, slots=True)
class Command:
    """A sub-command: `fill` adds its arguments to a parser, `run` acts and gives the exit code."""

    name: str
    help: str
    fill: Fill
    run: Run

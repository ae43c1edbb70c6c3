"""Who and what the loaded calls hold: names, firms, positions, companies, periods."""

from bot.directory.directory import Directory
from bot.directory.found import Found
from bot.directory.rolls import newest_first

__all__ = ["Directory", "Found", "newest_first"]

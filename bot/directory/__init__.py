"""Who and what the loaded calls hold: names, firms, positions, companies, periods."""

from bot.directory.directory import Directory
from bot.directory.found import Found

__all__ = ["Directory", "Found"]

"""Loading calls for the command line, with a bar for those who wait and a line for every file that failed."""

from collections.abc import Sequence
from pathlib import Path

from bot.errors import SettingsError
from bot.terminal.screen import Screen
from bot.transcripts import Loaded, load


def load_calls(paths: Sequence[Path], screen: Screen) -> Loaded:
    """Load what is at `paths`, telling progress, failures and notes on stderr. A wrong path raises SettingsError."""
    for path in paths:
        if not path.exists():
            raise SettingsError(f"{path} is not there: name a file or a folder of transcripts.")
    with screen.progress("Reading calls") as report:
        loaded = load(paths, progress=report)
    for failure in loaded.failures:
        screen.tell(f"{failure.file}: {failure.error}")
    for note in loaded.notes:
        screen.tell(note)
    if not loaded.calls:
        unread = "No file could be read as a transcript: see above, or name another folder."
        screen.tell(
            unread if loaded.failures else "No file there is a transcript: name one, or a folder that holds some."
        )
    return loaded

"""Where the command line writes: answers to stdout, progress and notes to stderr."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.errors import EarshotError
from bot.harmless import Harmless, harmless
from bot.wire import Json

HALF = re.compile("[\ud800-\udfff]")


class UnwrittenError(EarshotError):
    """stdout takes no more; `why` is what the system says."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The answer can't be written ({why}): make room, or send it elsewhere.")


@contextmanager
def _told() -> Iterator[None]:
    """Raise UnwrittenError where stdout takes no more; one whose reader has gone is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwrittenError(error.strerror or type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class Screen:
    """stdout (`out`) holds the answer only; everything else goes to stderr (`err`)."""

    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=False))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    def json(self, value: Json) -> None:
        """Write one JSON value on a line of its own to stdout; half of a character (no UTF-8) as its escape."""
        written = json.dumps(value, ensure_ascii=False)
        self.write(HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", written) + "\n")

    def write(self, text: str) -> None:
        """Write text to stdout as it stands."""
        with _told():
            self.out.file.write(text)

    def show(self, renderable: RenderableType) -> None:
        """Write something readable to stdout, without control characters out of transcripts."""
        with _told():
            self.out.print(Harmless(renderable))

    def flush(self) -> None:
        """Have everything written before the process ends."""
        with _told():
            self.out.file.flush()

    def tell(self, sentence: str) -> None:
        """Write a note to stderr, as it stands (no markup is read in it)."""
        self.err.print(harmless(sentence), markup=False)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Give a callback (done, of how many) that draws a bar on stderr where somebody is looking."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.err, transient=True, disable=not self.err.is_terminal) as progress:
            task = progress.add_task(what, total=None)

            def report(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            yield report

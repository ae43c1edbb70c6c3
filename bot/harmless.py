"""Text as a terminal may have it: what a transcript holds must not steer the screen of whoever reads it."""

import re
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # Unicode's Cc (ECMA-48), but for a tab and a new line


def harmless(text: str) -> str:
    """Leave control characters out; what follows them (`[31m`) stays, to be seen."""
    return CONTROLS.sub("", text)


@dataclass(frozen=True, slots=True)
class Harmless:
    """Something to print whose words lose their control characters; its own styles stay."""

    shown: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of what is shown, their text made harmless."""
        for segment in console.render(self.shown, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)

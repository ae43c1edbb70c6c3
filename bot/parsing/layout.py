"""What every layout offers: how well a sheet fits it and why, and how it reads the sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure a layout is that a sheet is its own (0: not mine, 1: nobody else's), and the sentence that says why."""

    score: float
    because: str = ""


NONE = Evidence(0.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. Its module in `bot.parsing.layouts` holds it under the name `layout`.

    `recognise(sheet)` is quick and never raises; `read(sheet)` gives the draft; `most` is the highest score that
    `recognise` can give.
    """

    name: str
    recognise: Callable[[Sheet], Evidence]
    read: Callable[[Sheet], Draft]
    most: float

"""What every format offers: how sure it is of some bytes, and how it reads them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.reading.document import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. Its module in `bot.reading.formats` holds it under the name `reader`.

    `recognise(data, name)` says from the bytes (the name is a tie-break at most) how sure the format is that they are
    its own: 0 (not mine) to 1 (nobody else's); it is quick and never raises. `read(data, name)` gives the Document or
    raises UnreadableError with its sentence. `several(data, name)`, where a format may hold more than one call, gives
    each with what names it ("" where there is but one).
    """

    name: str
    recognise: Callable[[bytes, str], float]
    read: Callable[[bytes, str], Document]
    several: Callable[[bytes, str], tuple[tuple[str, Document], ...]] | None = None

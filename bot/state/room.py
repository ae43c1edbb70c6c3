"""How much one person may keep of what they give."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.confined import MEGABYTE
from bot.errors import EarshotError


class FullError(EarshotError):
    """A person keeps as much already as one may."""

    def __init__(self, mine: Mapping[str, int], room: "Room") -> None:
        super().__init__(
            f"you have given {len(mine)} files with {sum(mine.values()) // MEGABYTE} MB, and {room.files} files with "
            f"{room.megabytes} MB are what one person may keep here. Delete one that is not needed, on its card."
        )


@dataclass(frozen=True, slots=True)
class Room:
    """The files that one person may keep in a workspace, and how much they may hold together."""

    files: int
    megabytes: int

    def check(self, mine: Mapping[str, int], size: int) -> None:
        """See that one more file has room beside a person's own (id -> bytes). Raises FullError."""
        if len(mine) >= self.files or sum(mine.values()) + size > self.megabytes * MEGABYTE:
            raise FullError(mine, self)

"""What people asked lately, written down a little later and together: no answer waits for it."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

PAUSE = 1.0  # seconds in which questions gather


class Recent:
    """Gathers questions and writes them to the store, in one errand at a time."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._waiting: dict[tuple[str, str, str], None] = {}
        self._writing = False

    def note(self, desk: "Desk", tenant: str, user: str, question: str) -> None:
        """Remember that a person asked this."""
        self._waiting[tenant, user, question] = None
        if not self._writing:
            self._writing = True
            desk.errands.start(self._write(desk), "write down recent questions")

    async def _write(self, desk: "Desk") -> None:
        try:
            await asyncio.sleep(self._pause)
            while self._waiting:
                tenant, user, question = next(iter(self._waiting))
                del self._waiting[tenant, user, question]
                await desk.store.save_recent(tenant, user, question)
        finally:
            self._writing = False

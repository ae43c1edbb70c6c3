"""What people asked lately, written down a little later and together: no answer waits for it."""

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

PAUSE = 20.0  # seconds in which questions gather; a Home that is opened, and the process's end, cut it short
KEPT = 5  # of one person's, as many as the Home shows


class Recent:
    """Gathers questions and writes them to the store, in one errand at a time."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._waiting: dict[tuple[str, str], dict[str, float]] = {}  # with the loop's time when it was asked
        self._hurry = asyncio.Event()
        self._writing = False

    def note(self, desk: "Desk", tenant: str, user: str, question: str) -> None:
        """Remember that a person asked this."""
        mine = self._waiting.setdefault((tenant, user), {})
        mine.pop(question, None)
        mine[question] = asyncio.get_running_loop().time()
        if len(mine) > KEPT:
            del mine[next(iter(mine))]
        if not self._writing:
            self._writing = True
            desk.errands.start(self._later(desk), "write down recent questions")

    def forget(self, tenant: str, user: str | None = None) -> None:
        """Drop what has gathered of a person, or of a whole tenant: it is to be forgotten, not written down later."""
        for key in [key for key in self._waiting if key[0] == tenant and user in {None, key[1]}]:
            del self._waiting[key]

    def hurry(self) -> None:
        """Write what has gathered now: the process is about to end."""
        self._hurry.set()

    async def write(self, desk: "Desk") -> None:
        """Write what has gathered."""
        while self._waiting:
            tenant, user = next(iter(self._waiting))
            asked, now = self._waiting.pop((tenant, user)), asyncio.get_running_loop().time()
            # Whoever has asked another process to be forgotten since then is so here, too.
            ages = {question: dt.timedelta(seconds=now - at) for question, at in asked.items()}
            await desk.store.save_recent(tenant, user, *asked, ages=ages)

    async def _later(self, desk: "Desk") -> None:
        try:
            async with asyncio.timeout(self._pause):
                await self._hurry.wait()
        except TimeoutError:
            pass
        self._writing = False
        await self.write(desk)

"""What people asked lately, written down a little later and together: no answer waits for it."""

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

PAUSE = 20.0  # seconds in which questions gather; a Home that is opened, and the process's end, cut it short
OLDEST = 1_800.0  # seconds for which what can't be written is tried again: moments of forgetting are kept for longer
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
        self._begin(desk)

    def forget(self, tenant: str, user: str | None = None) -> None:
        """Drop what has gathered of a person, or of a whole tenant: it is to be forgotten, not written down later."""
        for key in [key for key in self._waiting if key[0] == tenant and user in {None, key[1]}]:
            del self._waiting[key]

    def hurry(self) -> None:
        """Write what has gathered now: the process is about to end."""
        self._hurry.set()

    async def write(self, desk: "Desk") -> None:
        """Write what has gathered. What can't be written waits for the next time, and the store's error is raised."""
        while self._waiting:
            tenant, user = next(iter(self._waiting))
            asked, now = self._waiting.pop((tenant, user)), asyncio.get_running_loop().time()
            # Whoever has asked to be forgotten since then, here or at another process, is so: the store compares.
            ages = {question: dt.timedelta(seconds=now - at) for question, at in asked.items()}
            try:
                await desk.store.save_recent(tenant, user, *asked, ages=ages)
            except BaseException:
                self._put_back((tenant, user), {each: at for each, at in asked.items() if now - at < OLDEST})
                raise

    def _put_back(self, key: tuple[str, str], asked: dict[str, float]) -> None:
        """Put back what could not be written, below what the person has asked meanwhile."""
        later = self._waiting.pop(key, {})
        mine = {question: at for question, at in asked.items() if question not in later} | later
        if mine:
            self._waiting[key] = dict(list(mine.items())[-KEPT:])  # last of all: nobody waits for this one

    def _begin(self, desk: "Desk") -> None:
        if not self._writing:
            self._writing = True
            desk.errands.start(self._later(desk), "write down recent questions")

    async def _later(self, desk: "Desk") -> None:
        try:
            async with asyncio.timeout(self._pause):
                await self._hurry.wait()
        except TimeoutError:
            pass
        self._writing = False
        try:
            await self.write(desk)
        except Exception:
            if self._waiting and not self._hurry.is_set():
                self._begin(desk)
            raise

"""Faults on order: the local Slack answers the next calls of a method as a troubled Slack would."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Fault:
    """How to answer the next `times` calls of a method ("*": any method; "response_url": response URLs).

    Where several are set, `late` comes first. `committed` says whether the work is done before the fault shows.
    """

    method: str
    times: int = 1
    status: int | None = None  # answer with this HTTP status; 429 brings Retry-After
    retry_after: int = 1  # seconds
    error: str | None = None  # answer 200 with "ok": false and this code
    drop: bool = False  # close the connection without an answer
    hang: bool = False  # never answer
    late: float = 0.0  # seconds to wait before the answer, which is otherwise as it should be
    committed: bool = False


@dataclass(slots=True)
class Faults:
    """The faults on order, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str) -> Fault | None:
        """Return the fault for this call of `method`, and use it up once."""
        for fault in self.waiting:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

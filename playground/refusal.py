"""What the local Slack says when it refuses a request."""

from collections.abc import Sequence

from playground.payload import Payload


class Refusal(Exception):  # noqa: N818  # Slack answers it with HTTP 200 and "ok": false: a refusal, not a failure
    """A request that Slack would refuse: its error code, and the reasons as Slack lists them."""

    def __init__(self, error: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(error, *reasons)
        self.error = error
        self.reasons = tuple(reasons)

    @property
    def answer(self) -> Payload:
        """The body Slack answers with."""
        answer: Payload = {"ok": False, "error": self.error}
        if self.reasons:
            answer["errors"] = list(self.reasons)
            answer["response_metadata"] = {"messages": [f"[ERROR] {reason}" for reason in self.reasons]}
        return answer

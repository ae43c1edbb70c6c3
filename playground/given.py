"""What the local Slack remembers of a bot: the calls it made, the triggers and response URLs it was given."""

from dataclasses import dataclass, field

from playground.payload import Payload

RESPONSE_USES = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call the bot made: the method ("response_url" and "ack" too), what it gave, what it was answered."""

    method: str
    arguments: Payload
    answer: Payload
    token: str = field(default="", repr=False)

    @property
    def ok(self) -> bool:
        """Whether Slack took it."""
        return self.answer.get("ok") is True


@dataclass(slots=True)
class Trigger:
    """A trigger_id: whose action gave it, from which view, until when it lives."""

    user: str
    until: float
    view: str | None = None


@dataclass(slots=True)
class ResponseUrl:
    """A response URL: where it writes, which message it may replace, how often and until when."""

    user: str
    channel: str
    until: float
    thread: str | None = None
    ts: str | None = None  # of the message whose button was clicked
    uses: int = RESPONSE_USES

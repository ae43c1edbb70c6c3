"""What is sent to Slack: the one-line text of notifications and the blocks that people see."""

from dataclasses import dataclass, field

Block = dict[str, object]  # Block Kit, as plain data


@dataclass(frozen=True, slots=True)
class Message:
    """A message, ready for any method that takes `text` and `blocks`.

    `text` is mrkdwn, already escaped, never empty: it stands in notifications, in screen readers, and wherever the
    blocks are refused. `plain` is the version of section and text alone for clients that refuse newer blocks.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    plain: list[Block] | None = None

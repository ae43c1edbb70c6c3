"""What is sent to Slack: the one-line text of notifications and the blocks that people see."""

import json
from dataclasses import dataclass, field
from functools import cached_property

import orjson

Block = dict[str, object]  # Block Kit, as plain data


@dataclass(frozen=True)  # no slots: its JSON is kept beside the fields
class Message:
    """A message, ready for any method that takes `text` and `blocks`. Nobody changes its blocks; another is made.

    `text` is mrkdwn, already escaped, never empty: it stands in notifications, in screen readers, and wherever the
    blocks are refused. `plain` is the version of section and text alone for clients that refuse newer blocks.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    plain: list[Block] | None = None

    @cached_property
    def json(self) -> bytes:
        """Its text and blocks as a JSON object, written once: a page at hand is sent to whoever asks for it next."""
        told = {"text": self.text, **({"blocks": self.blocks} if self.blocks else {})}
        try:
            return orjson.dumps(told)
        except TypeError:  # half of a character, cut by whoever wrote the transcript: escaped, as JSON allows
            return json.dumps(told).encode()

    def packed(self) -> "Message":
        """Return the same message, kept as its JSON alone: its blocks are read from that where somebody wants them.

        A page at hand is a hundred dictionaries otherwise, which take ten times the room and, time and again, the
        collector's attention.
        """
        return _Packed.of(self)


class _Packed(Message):
    """A message that is kept as its JSON."""

    @classmethod
    def of(cls, message: Message) -> "_Packed":
        """Keep a message so."""
        packed = cls.__new__(cls)
        vars(packed).update(text=message.text, plain=message.plain, json=message.json)
        return packed

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks, as they were."""
        try:
            told = orjson.loads(self.json)
        except orjson.JSONDecodeError:  # half of a character, as above
            told = json.loads(self.json)
        blocks: list[Block] = told.get("blocks", [])
        return blocks

"""What a sub-command answers."""

from dataclasses import dataclass

from slack_bolt.response import BoltResponse

from handlers.message import Message

_NO_LINKS = b'"unfurl_links": false, "unfurl_media": false, '
_EPHEMERAL = b'{"response_type": "ephemeral", ' + _NO_LINKS
_IN_CHANNEL = b'{"response_type": "in_channel", ' + _NO_LINKS


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to the person who asked; `in_channel` shows it to the whole channel instead."""

    message: Message
    in_channel: bool = False

    @property
    def json(self) -> bytes:
        """The reply as a command's acknowledgement, or its response URL, takes it: JSON. No link of it unfurls."""
        return (_IN_CHANNEL if self.in_channel else _EPHEMERAL) + self.message.json.removeprefix(b"{")


class Written(BoltResponse):
    """Bolt's response where the body is JSON already, as bytes (`raw`): 8 kB that are read and written for nothing."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(status=200, headers={"content-type": "application/json;charset=utf-8"})
        self.raw = raw

    @property
    def body(self) -> str:
        """The body as text."""
        return self.raw.decode()

    @body.setter
    def body(self, body: str) -> None:
        self.raw = body.encode()

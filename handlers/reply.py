"""What a sub-command answers."""

from dataclasses import dataclass

from handlers.message import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to the person who asked; `in_channel` shows it to the whole channel instead."""

    message: Message
    in_channel: bool = False

    @property
    def json(self) -> str:
        """The reply as a command's acknowledgement, or its response URL, takes it: JSON. No link of it unfurls."""
        kind = "in_channel" if self.in_channel else "ephemeral"
        how = f'{{"response_type": "{kind}", "unfurl_links": false, "unfurl_media": false, '
        return how + self.message.json.removeprefix("{")

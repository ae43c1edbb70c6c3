"""What a sub-command answers."""

from dataclasses import dataclass

from handlers.message import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to the person who asked; `in_channel` shows it to the whole channel instead."""

    message: Message
    in_channel: bool = False

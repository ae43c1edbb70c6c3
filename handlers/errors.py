"""The one place where errors become replies.

EarshotError            its own sentence
├── QuestionError       … which says what to type next
│   ├── TooLongError
│   └── NothingAskedError
anything else           an apology; the log has the rest
"""

import logging
from collections.abc import Iterator

from bot.errors import EarshotError, QuestionError
from bot.query.errors import AmbiguousError
from handlers.blocks.buttons import button, row
from handlers.blocks.sentences import sentences
from handlers.message import Block, Message
from handlers.ticket import Ticket

_log = logging.getLogger(__name__)


class TooLongError(QuestionError):
    """A question longer than a button can carry."""

    def __init__(self, length: int, longest: int) -> None:
        super().__init__(
            f"That question has {length:,} characters; ask in up to {longest}, such as: who asked about margins"
        )


class NothingAskedError(QuestionError):
    """Words without a question in them: none at all, or nothing but signs."""

    def __init__(self, command: str) -> None:
        super().__init__(f"Ask me something: {command} who asked about margins, or {command} help for more.")


class StillLoadingError(QuestionError):
    """A question before the calls are loaded."""

    def __init__(self) -> None:
        super().__init__("I have just started and am still reading the calls. Please ask again in a minute.")


CHOICES = 10  # buttons of one question that is asked back


def _choices(error: AmbiguousError) -> Iterator[Block]:
    """Render each way to read a question as a button, as an answer that asks back has them."""
    for number, way in enumerate(error.ways[:CHOICES]):
        yield button(f"ask:choice{number}", way.text or way.question, Ticket(way.question), label=way.question)


def message_for(error: BaseException) -> Message:
    """Say what went wrong and what to type next. The unforeseen is logged with its trace, and told as an apology."""
    if isinstance(error, AmbiguousError):
        return sentences(error.sentence, blocks=[row(*_choices(error))] if error.ways else ())
    if isinstance(error, EarshotError):
        return sentences(error.sentence)
    _log.error("unforeseen: %s", type(error).__name__, exc_info=error)
    return sentences(
        "Something went wrong on my side, and nothing was posted. It is written down; please try again, or ask "
        "in other words."
    )

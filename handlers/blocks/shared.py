"""A shared quote: who shared it and from which question, what found it, then the exact words, and nothing more."""

from handlers.blocks import speaker
from handlers.blocks.cut import cut
from handlers.blocks.drawn import quoted
from handlers.blocks.escaping import escape
from handlers.blocks.rich import person, piece, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Message
from handlers.turned import Told

ROOM = 3_000  # characters; what was shown was never more
FALLBACK = 1_500
QUESTION = 200


def shared(quote: Told, *, user: str, command: str, question: str) -> Message:
    """Render a quote for a channel, attributed to `user` and to the question it answered.

    One that doesn't hold the question's own words says what it was found by, as it did in the answer.
    """
    shown = cut(quote, ROOM)
    asked = clip(f"{command} {question}".strip(), QUESTION)
    by = section(piece("Shared by "), person(user), piece(" from "), piece(asked, code=True))
    words = escape(f"{speaker.plainly(shown, quote.why)}: {cut(quote, FALLBACK // 3).text}")[:FALLBACK]
    return Message(words, [rich(by), rich(section(*speaker.line(shown, why=quote.why)), *quoted(shown))])

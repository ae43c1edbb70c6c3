"""Messages of plain sentences: help, settings, errors. Whatever they quote is never parsed as markup."""

from collections.abc import Iterator, Sequence

from handlers.blocks.escaping import escape
from handlers.blocks.rich import piece, rich, section
from handlers.message import Block, Message

ROOM = 6_000  # characters of all lines; what is left of a message's 10,000 is for buttons
FALLBACK = 1_500


def sentences(first: str, *more: str, blocks: Sequence[Block] = ()) -> Message:
    """Render literal lines, then any blocks. What stands between backticks is shown as typed: `like this`."""
    lines: list[Block] = []
    text = "\n".join([first, *more])
    if len(text) > ROOM:
        text = f"{text[: ROOM - 1]}…"
    for number, line in enumerate(text.split("\n")):
        lines += [piece("\n")] if number else []
        lines += _pieces(line)
    said = escape(text)
    return Message(said if len(said) <= FALLBACK else escape(first[: FALLBACK // 5]), [rich(section(*lines)), *blocks])


def _pieces(line: str) -> Iterator[Block]:
    parts = line.split("`")
    if len(parts) % 2 == 0:  # a backtick without its fellow is a backtick
        parts = [line]
    for number, part in enumerate(parts):
        if part:
            yield piece(part, code=number % 2 == 1)

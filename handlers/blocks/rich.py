"""Rich text: the one kind of text that Slack shows as it stands, with our formatting and nobody else's."""

from collections.abc import Iterable, Sequence

from handlers.message import Block

Spans = Sequence[tuple[int, int]]


def piece(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Block:
    """Return a run of literal text. Slack refuses an empty one, so give it something."""
    if not (bold or italic or code):  # as most are
        return {"type": "text", "text": text}
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic), ("code", code)) if wanted}
    return {"type": "text", "text": text, "style": style}


def person(user: str) -> Block:
    """Return the mention of a person by id."""
    return {"type": "user", "user_id": user}


def section(*pieces: Block) -> Block:
    """Return a paragraph."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def quote(text: str, spans: Spans = ()) -> Block:
    """Return `text` word for word in a quotation's bar, the half-open `spans` of it in bold."""
    return {"type": "rich_text_quote", "elements": list(highlighted(text, spans))}


def preformatted(text: str) -> Block:
    """Return `text` in a box of its own, its line breaks kept."""
    return {"type": "rich_text_preformatted", "elements": [piece(text)]}


def rich(*elements: Block) -> Block:
    """Return the block that holds paragraphs and quotations."""
    return {"type": "rich_text", "elements": list(elements)}


def highlighted(text: str, spans: Spans) -> Iterable[Block]:
    """Cut `text` into runs, bold within `spans`. Joined, the runs are `text`, whatever the spans are."""
    place = 0
    for start, end in sorted(spans):
        start, end = max(start, place), min(end, len(text))  # noqa: PLW2901  # a span that overlaps the last is shortened
        if start >= end:
            continue
        if start > place:
            yield piece(text[place:start])
        yield piece(text[start:end], bold=True)
        place = end
    if place < len(text):
        yield piece(text[place:])


def plain(text: str) -> Block:
    """Return a literal text object, for the places that take no rich text."""
    return {"type": "plain_text", "text": text, "emoji": False}

"""The Home tab's blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.answers.answer import Choice
from bot.call import Call
from handlers.blocks.around import Around, around_blocks
from handlers.blocks.buttons import button, row
from handlers.blocks.rich import piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.blocks.standing import Standing, standing_blocks
from handlers.message import Block
from handlers.ticket import Ticket

CALLS = 25  # calls by name; `calls` lists them all
LINE = 150
TRY = ("who asked about superchargers", "quote margin", "what did the CFO say about costs")


@dataclass(frozen=True, slots=True)
class Hosted:
    """What a Home shows: the loaded calls, what to call them by id, and the person's own last questions."""

    command: str
    calls: tuple[Call, ...]
    recent: tuple[Choice, ...]
    standing: Standing = field(default_factory=Standing)
    around: Around = field(default_factory=Around)
    names: Mapping[str, str] = field(default_factory=dict)


def home_blocks(hosted: Hosted) -> list[Block]:
    """Render a person's Home."""
    return [
        _header("Earnings calls, word for word"),
        _text(
            f"Ask with {hosted.command}, mention @earshot in a channel, or write to it in Messages. You get the exact "
            "words, who said them, and where to check."
        ),
        row(
            button("search", "Search calls", Ticket("calls"), label="Open the search form", style="primary"),
            *(button(f"ask:try{n}", text, Ticket(text), label=f"Ask: {text}") for n, text in enumerate(TRY)),
        ),
        *_recent(hosted),
        {"type": "divider"},
        _header(f"Calls you can ask ({len(hosted.calls):,})"),
        _text("\n".join(_lines(hosted)) or "None are loaded yet."),
        _text(
            "To add one, hand over its transcript: here, in Messages, or with a mention of me in the channel that "
            "should see it."
        ),
        row(button("add", "Add a call", Ticket("calls"), label="Open the form that takes a transcript")),
        {"type": "divider"},
        *around_blocks(hosted.around),
        *standing_blocks(hosted.standing),
    ]


def _recent(hosted: Hosted) -> list[Block]:
    if not hosted.recent:
        return []
    buttons = [
        button(f"ask:recent{number}", choice.text, Ticket(choice.question), label=f"Ask again: {choice.text}")
        for number, choice in enumerate(hosted.recent)
    ]
    return [_header("You asked lately"), row(*buttons)]


def _lines(hosted: Hosted) -> list[str]:
    newest = sorted(hosted.calls, key=lambda call: (call.date is not None, str(call.date), call.name), reverse=True)
    lines = [
        clip(f"• {hosted.names.get(call.id, call.name)}{f', {call.date:%-d %B %Y}' if call.date else ''}", LINE)
        for call in newest[:CALLS]
    ]
    if len(newest) > CALLS:
        lines.append(f"• and {len(newest) - CALLS:,} more: {hosted.command} calls")
    return lines


def _header(text: str) -> Block:
    return {"type": "header", "text": plain(clip(text, LINE))}


def _text(text: str) -> Block:
    return rich(section(piece(text)))

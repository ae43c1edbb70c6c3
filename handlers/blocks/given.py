"""The card of a given call: what was understood of the file, who sees it, and what its giver may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.call import Call
from bot.given import BY_HAND
from bot.kind import Kind
from bot.state.uploads import WORKSPACE, Upload
from handlers.blocks.buttons import button, row
from handlers.blocks.escaping import escape
from handlers.blocks.modal import modal
from handlers.blocks.rich import person, piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Block, Message
from handlers.ticket import Ticket

SHOWN = 3  # problems and failures by name
CALLS = 5  # of an archive
NAME = 80  # characters of a file's name
LINE = 200
CORRECTING = "given_correct"
ADDING = "given_add"
FIELDS: Mapping[str, tuple[str, str]] = {
    "company": ("Company", "Velmere Motors"),
    "ticker": ("Ticker", "VLMR"),
    "year": ("Fiscal year", "2026"),
    "quarter": ("Fiscal quarter, 1 to 4", "3"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A given file and what it holds. `rival` is an earlier gift of the same call, `rivals` what else holds it."""

    upload: Upload
    calls: tuple[Call, ...]
    failures: tuple[str, ...] = ()
    rival: Upload | None = None
    rivals: tuple[str, ...] = ()
    notice: str | None = None
    settled: bool = False  # the giver has said that it is right

    @property
    def wide(self) -> bool:
        """Whether the whole workspace sees it."""
        return self.upload.channel == WORKSPACE


def card(shown: Card, *, direct: bool) -> Message:
    """Render the card of a given file; `direct`: it was given in a direct conversation with the bot."""
    name = clip(shown.upload.name, NAME)
    lines = [line for call in shown.calls[:CALLS] for line in _understood(call)]
    if len(shown.calls) > CALLS:
        lines.append(f"and {len(shown.calls) - CALLS} more calls")
    lines += _problems(shown)
    if shown.rivals:
        lines.append(f"The same quarter is here already: {', '.join(shown.rivals[:SHOWN])}.")
    pieces = [
        piece(name, bold=True),
        piece(" is read. "),
        *([piece(shown.notice, italic=True)] if shown.notice else []),
    ]
    pieces += [piece(f"\n{clip(line, LINE)}") for line in lines]
    pieces += [piece("\nGiven by "), person(shown.upload.user), piece(f". {_seen_by(shown, direct=direct)}")]
    what = shown.calls[0].name if shown.calls else name
    return Message(
        escape(f"{name} is read: {what}. {shown.notice or ''}".strip()), [rich(section(*pieces)), _row(shown)]
    )


def reading(name: str) -> Message:
    """Say that a file is being read."""
    said = f"Reading {clip(name, NAME)} …"
    return Message(escape(said), [rich(section(piece(said, italic=True)))])


def _understood(call: Call) -> list[str]:
    company = call.company or "a company that the file does not name"
    ticker = f" ({call.ticker})" if call.ticker else ""
    period = str(call.period) if call.period else "quarter unknown"
    date = f"held {call.date.day} {call.date:%B %Y}" if call.date else "date unknown"
    by_hand = " (corrected by hand)" if BY_HAND in call.learnt_from.values() else ""
    kinds = [each.kind for each in call.participants if each.kind is not Kind.OPERATOR]
    people = f"{_count(len(kinds), 'person', 'people')}, of them {_count(kinds.count(Kind.ANALYST), 'analyst')}"
    turns = f"{_count(len(call.turns), 'turn')}, {_count(len(call.exchanges), 'exchange')} of question and answer"
    return [f"• {company}{ticker}, {period}, {date}{by_hand}", f"• {people}; {turns}"]


def _problems(shown: Card) -> list[str]:
    problems = [
        f"line {each.line}: {each.what}" if each.line else each.what for call in shown.calls for each in call.problems
    ]
    lines = [f"• {_count(len(problems), 'thing')} to look at: {problems[0]}"] if problems else ["• No problems"]
    if shown.failures:
        lines.append(f"• Not read: {'; '.join(shown.failures[:SHOWN])}")
    return lines


def _seen_by(shown: Card, *, direct: bool) -> str:
    if shown.wide:
        return "The whole workspace can ask it."
    return "Only you can ask it, here." if direct else "It can be asked in this channel only."


def _row(shown: Card) -> Block:
    key = Ticket(shown.upload.id)
    buttons = []
    if not shown.settled:
        buttons.append(button("given:right", "Looks right", key, style="primary"))
    if len(shown.calls) == 1:
        buttons.append(button("given:correct", "Correct", key, label="Correct company, quarter or date"))
    if shown.rival is not None:
        held = Ticket(shown.upload.id, call=shown.rival.id)
        buttons.append(button("given:replace", "Replace the earlier one", held))
    if shown.wide:
        buttons.append(button("given:narrow", "Only here", key, label="Show it only where it was given"))
    else:
        buttons.append(button("given:widen", "Show to the workspace", key))
    delete = button("given:delete", "Delete", key, style="danger")
    delete["confirm"] = {
        "title": plain("Delete this call?"),
        "text": plain("It will no longer be searchable, and the file will be erased. Messages that quote it stay."),
        "confirm": plain("Delete"),
        "deny": plain("Keep"),
        "style": "danger",
    }
    return row(*buttons, delete)


def correcting(call: Call, memory: str) -> Block:
    """Return the form that corrects what was understood of a given call."""
    values = {"company": call.company, "ticker": call.ticker, "year": call.year, "quarter": call.quarter}
    blocks: list[Block] = [_input(name, label, hint, values[name]) for name, (label, hint) in FIELDS.items()]
    picker: Block = {"type": "datepicker", "action_id": "date"}
    if call.date:
        picker["initial_date"] = call.date.isoformat()
    blocks.append({"type": "input", "block_id": "date", "optional": True, "label": plain("Date"), "element": picker})
    return modal("Correct this call", blocks, callback=CORRECTING, submit="Save", memory=memory)


def adding(memory: str) -> Block:
    """Return the form that takes a transcript."""
    said = (
        "A transcript as text, Word, PDF, HTML, RTF, CSV or JSON. It is read in your direct messages with me, and only "
        "you can ask it until you show it to the workspace."
    )
    files: Block = {
        "type": "input",
        "block_id": "files",
        "label": plain("Transcript"),
        "element": {"type": "file_input", "action_id": "files", "max_files": 5},
    }
    return modal("Add a call", [rich(section(piece(said))), files], callback=ADDING, submit="Add", memory=memory)


def _input(name: str, label: str, hint: str, value: object) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": 100, "placeholder": plain(hint)}
    if value is not None:
        element["initial_value"] = clip(str(value), 100)
    return {"type": "input", "block_id": name, "optional": True, "label": plain(label), "element": element}


def _count(count: int, noun: str, many: str | None = None) -> str:
    return f"{count:,} {noun if count == 1 else many or f'{noun}s'}"

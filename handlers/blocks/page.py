"""A page of an answer: the headline, at most three exact turns, what was assumed, and where to go next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.answers.answer import About, Answer
from bot.call import Call
from handlers.blocks.asked import MOST
from handlers.blocks.buttons import button, row
from handlers.blocks.drawn import Drawings
from handlers.blocks.escaping import escape
from handlers.blocks.facts import fact_lines
from handlers.blocks.hit import hit_blocks
from handlers.blocks.limits import CHART_LABEL, CHART_POINTS, MESSAGE_BLOCKS, MESSAGE_TEXT, characters
from handlers.blocks.newer import FAILED, HELPED, bars, thumbs
from handlers.blocks.rich import piece, plain, rich, section
from handlers.blocks.speaker import clip
from handlers.blocks.view import PAGE, View
from handlers.message import Block, Message
from handlers.ticket import Ticket
from handlers.worded import composed

HEADLINE = 250
QUESTION = 120  # characters of the question, which an ephemeral answer shows nowhere else
LINE = 240
CHOICES = 10
FALLBACK = 1_500  # characters of the text for notifications and screen readers
OBJECT = b'{"type":"'  # what a block's JSON has beside its text, of each of its parts
UNDO = "Undo"
TABLED = frozenset({"who", "asked"})  # intents whose answers are questions
CHARTED = frozenset({"count", "compare", "versus"})  # intents whose figures are by call


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of each part is shown: characters of a quote and a note, and how many notes, lines, facts and chips."""

    quote: int
    note: int = 300
    notes: int = 5
    lines: int = 24
    facts: int = 4
    chips: int = 4
    chart: bool = True


FITS = (Fit(900), Fit(500), Fit(250), Fit(120, note=150, notes=2, lines=8, facts=2, chips=0, chart=False))


def render(
    answer: Answer,
    view: View,
    calls: Mapping[str, Call] = MappingProxyType({}),
    names: Mapping[str, str] = MappingProxyType({}),
    drawings: Drawings | None = None,
) -> Message:
    """Render a page of `answer` as a message within Slack's limits. `view.offset` is that of the answer's page.

    `calls` are the loaded ones and `names` what to call them, to tell of those that the answer knows by id only;
    `drawings` are the turns that were drawn of them lately. The roomiest fit that stays within the limits is taken; the
    last one always does.
    """
    drawings = drawings or Drawings()
    text = _fallback(answer, drawings)
    message = Message(text, [])
    for fit in FITS:
        blocks = list(_blocks(answer, view, fit, calls, names, drawings))
        message = Message(text, blocks)
        if len(blocks) <= MESSAGE_BLOCKS and _short(message):
            break
    return message


def _short(message: Message) -> bool:
    """Whether a message's text stays within its limit. Its JSON, which is longer, tells nearly always."""
    written = len(message.json) - len(OBJECT) * message.json.count(OBJECT)
    return written <= MESSAGE_TEXT or characters({"text": message.text, "blocks": message.blocks}) <= MESSAGE_TEXT


def _blocks(
    answer: Answer, view: View, fit: Fit, calls: Mapping[str, Call], names: Mapping[str, str], drawings: Drawings
) -> Iterator[Block]:
    question = answer.query.question
    if view.notice is not None:
        yield rich(section(piece(clip(view.notice, fit.note), italic=True)))
    asked = [piece(clip(_asked(answer), QUESTION), code=True), piece("  ")] if _asked(answer).strip() else []
    yield rich(section(*asked, piece(clip(answer.headline, HEADLINE) or "Nothing to say", bold=True)))
    # Synonyms found what is quoted; what is counted are the words themselves: told below the figures, with their rule.
    counts = answer.query.intent in CHARTED
    told = (About.READ_AS, About.ASSUMED, *(() if counts else (About.SYNONYM,)), About.CAUTION)
    yield from _notes(answer, fit, told)
    yield from _body(answer, view, fit)
    if view.rich and fit.chart:
        yield from _chart(answer, calls)
    if lines := fact_lines(answer, calls, names)[: fit.facts]:
        yield rich(section(piece("\n".join(lines))))
    for number, hit in enumerate(answer.hits[:PAGE], start=view.offset + 1):
        yield from hit_blocks(hit, number, view, question, fit.quote, drawings)
    behind = (*((About.SYNONYM,) if counts else ()), About.SEARCHED, About.NEAREST, About.COUNTED)
    yield from _notes(answer, fit, behind)
    yield from _choices(answer)
    yield from _paging(answer, view, fit)
    yield from _chips(answer, fit)


def _asked(answer: Answer) -> str:
    """Return the question as it was typed; one put together from fields (a form, a follow-up), as people say it."""
    query = answer.query
    return query.understood if composed(query.question) and query.understood else query.question


def _notes(answer: Answer, fit: Fit, abouts: tuple[About, ...]) -> Iterator[Block]:
    """Render notes: those that can be undone with their button, the others in one small line each."""
    mine = [note for note in answer.notes if note.about in abouts and note.text][: fit.notes]
    small = [clip(note.text, fit.note) for note in mine if note.undo is None]
    if small:
        # One text: in a row of their own, elements of a context run into each other.
        yield {"type": "context", "elements": [plain(" · ".join(small))]}
    for number, note in enumerate(mine):
        if note.undo is not None:
            yield _undoable(clip(note.text, fit.note), note.undo, number)


def _undoable(text: str, undo: str, number: int) -> Block:
    return {
        "type": "section",
        "text": plain(text),
        "accessory": button(f"ask:undo{number}", UNDO, Ticket(undo), label=f"Search instead: {undo}"),
    }


def _body(answer: Answer, view: View, fit: Fit) -> Iterator[Block]:
    first = min(view.offset, max(0, len(answer.body) - 1)) if not answer.hits else 0
    lines = [clip(line, LINE) for line in answer.body[first : first + fit.lines]]
    if any(lines):
        yield rich(section(piece("\n".join(lines))))


def _chart(answer: Answer, calls: Mapping[str, Call]) -> Iterator[Block]:
    """Draw how often words were said, a bar a call in the order of time; the lines below it say the same."""
    counted = [(call, count) for id_, count in answer.facts.counts.items() if (call := calls.get(id_)) is not None]
    said = any(count for _, count in counted)
    if not said or answer.query.intent not in CHARTED or not 1 < len(counted) <= CHART_POINTS:
        return
    counted.sort(key=lambda one: (str(one[0].date or ""), one[0].name))
    labels = [f"{call.ticker or call.company or call.id} {call.period or ''}".strip() for call, _ in counted]
    if len({clip(label, CHART_LABEL) for label in labels}) == len(labels):  # two bars of one name would mislead
        topic = answer.query.topic.text
        yield bars(f"Mentions of {topic}", "mentions", list(zip(labels, (count for _, count in counted), strict=True)))


def _choices(answer: Answer) -> Iterator[Block]:
    buttons = [
        button(f"ask:choice{number}", choice.text or choice.question, Ticket(choice.question), label=choice.question)
        for number, choice in enumerate(answer.choices[:CHOICES])
    ]
    if buttons:
        yield row(*buttons)


def _paging(answer: Answer, view: View, fit: Fit) -> Iterator[Block]:
    """Render Previous and Next, which carry the question and the offset, and whether the answer helped."""
    size, total = (fit.lines, len(answer.body)) if answer.body and not answer.hits else (PAGE, answer.total)
    question = answer.query.question
    buttons = []
    if view.offset > 0:
        back = max(0, view.offset - size)
        buttons.append(button("page:previous", "Previous", Ticket.asking(question, back), label="Previous page"))
    if view.offset + size < total:
        first, last = view.offset + size + 1, min(total, view.offset + 2 * size)
        text = f"Next {first:,} to {last:,} of {total:,}" if first < last else f"Next {first:,} of {total:,}"
        buttons.append(button("page:next", text, Ticket.asking(question, view.offset + size), label="Next page"))
    if answer.query.intent in TABLED and answer.total > 1 and answer.hits:
        shown = min(answer.total, MOST)
        label = f"All {shown} questions in a table"
        buttons.append(button("table", f"All {shown} in a table", Ticket(question), label=label))
    votes = bool(answer.hits) and view.thanks is None
    if votes and not view.rich:
        ticket = Ticket.asking(question, view.offset)
        for verdict, (text, label) in (("yes", HELPED), ("no", FAILED)):
            buttons.append(button(f"feedback:{verdict}", text, ticket, label=label))
    if buttons:
        yield row(*buttons)
    if votes and view.rich:
        yield thumbs(question, view.offset)
    if view.thanks is not None:  # where the thumbs stood, and not above the answer, which is out of sight
        yield rich(section(piece(clip(view.thanks, fit.note), italic=True)))


def _chips(answer: Answer, fit: Fit) -> Iterator[Block]:
    buttons = [
        button(f"ask:next{number}", choice.text, Ticket.asking(choice.question), label=f"Ask: {choice.text}")
        for number, choice in enumerate(answer.next_questions[: fit.chips])
        if choice.text and choice.question
    ]
    if buttons:
        yield row(*buttons)


def _fallback(answer: Answer, drawings: Drawings) -> str:
    """Say the page as text: what a screen reader reads, and what a notification starts with."""
    parts = [clip(answer.headline, HEADLINE) or "Nothing to say"]
    parts += [clip(line, LINE) for line in answer.body[: FITS[0].lines] if line]
    spoken = [drawings.of(hit.quote, hit.why, FITS[0].quote).spoken for hit in answer.hits[:PAGE]]
    text = ""
    for part in (*map(escape, parts), *spoken):
        if len(text) + len(part) + 1 > FALLBACK:
            break
        text = f"{text}\n{part}" if text else part
    return text or escape(clip(answer.headline, HEADLINE // 5))

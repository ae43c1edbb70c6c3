"""Who asked, as a table: each question's own sentence word for word, with its place."""

from bot.answers.answer import Answer, Hit, Quote
from bot.quoting import sentences
from handlers.blocks import speaker
from handlers.blocks.buttons import button, row
from handlers.blocks.cut import cut, narrow
from handlers.blocks.escaping import escape
from handlers.blocks.limits import DATA_TABLE_ROWS, DATA_TABLE_TEXT
from handlers.blocks.newer import table
from handlers.blocks.rich import piece, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Message
from handlers.ticket import Ticket

COLUMNS = ("Who", "Firm", "Call", "Question", "Where")
MOST = DATA_TABLE_ROWS - 1  # questions in one table
HEADLINE = 250
CAPTION = 150
SENTENCE = 600  # characters of one question


def asked_table(answer: Answer) -> Message:
    """Render every question of an answer (up to MOST) as one table, and the way back to the turns."""
    question = answer.query.question
    rows: list[tuple[str, ...]] = []
    left = DATA_TABLE_TEXT - sum(map(len, COLUMNS))
    for hit in answer.hits[:MOST]:
        cells = _cells(hit)
        left -= sum(map(len, cells)) + len(cells)
        if left < 0:
            break
        rows.append(cells)
    headline = clip(answer.headline, HEADLINE)
    blocks = [rich(section(piece(clip(question, speaker.ROOM), code=True), piece("  "), piece(headline, bold=True)))]
    if rows:
        blocks.append(table(caption(answer, len(rows)), COLUMNS, rows))
    blocks.append(
        row(button("page:turns", "Show the turns", Ticket(question), label="Back to the turns, word for word"))
    )
    return Message(escape(f"{headline}. {caption(answer, len(rows))}"), blocks)


def caption(answer: Answer, shown: int) -> str:
    """Say what the table holds, and of how many."""
    topic = answer.query.topic.text
    what = f"Questions about {topic}" if topic else "Questions"
    many = f", {shown} of {answer.total}" if shown < answer.total else ""
    return f"{clip(what, CAPTION - len(many))}{many}"


def sentence(quote: Quote) -> Quote:
    """Return the one sentence of a quote to show, word for word: one that asks about the match, else one that holds it.

    Without a match it is the last that asks. One longer than SENTENCE is cut to one run of it round the match.
    """
    text = quote.turn.text
    runs = [run for run in sentences(text) if run[0] < quote.end and run[1] > quote.start]
    if not runs:
        return quote
    matches = [quote.start + start for start, _ in quote.spans]
    holding = [run for run in runs if any(run[0] <= match < run[1] for match in matches)]
    asking = [run for run in holding or runs if text[run[0] : run[1]].rstrip('"”’) ').endswith("?")]
    start, end = asking[0 if holding else -1] if asking else (holding or runs)[0]
    return cut(narrow(quote, start, end), SENTENCE)


def _marked(hit: Hit) -> str:
    """Return the sentence as a cell shows it: word for word in quotation marks, a cut and what found it outside."""
    shown = sentence(hit.quote)
    text = hit.quote.turn.text
    reason = speaker.found_by(hit.why)
    inside = any(start < shown.start < end for start, end in sentences(text))
    goes_on = any(start < shown.end < end for start, end in sentences(text))
    return f"{'⋯ ' if inside else ''}“{shown.text}”{' ⋯' if goes_on else ''}{f' ({reason})' if reason else ''}"


def _cells(hit: Hit) -> tuple[str, ...]:
    quote, turn = hit.quote, hit.quote.turn
    return (
        speaker.told(turn),
        clip(turn.firm or "", speaker.ROOM),
        clip(quote.call.name, speaker.ROOM),
        _marked(hit),
        clip(turn.place, speaker.ROOM),
    )

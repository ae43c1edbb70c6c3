"""An answer as files: a table for spreadsheets, and a page for notes. Every quote is word for word, with its place."""

import csv
import io
from collections.abc import Iterator

from bot.answers.answer import Answer, Quote
from handlers.blocks import speaker

COLUMNS = (
    "call", "company", "period", "date", "section", "place", "speaker", "kind", "firm", "title", "quote",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet takes a cell for a formula (OWASP, CSV injection)


def csv_of(answer: Answer) -> str:
    """Return the hits as CSV (RFC 4180) with a header.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets don't show.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for hit in answer.hits:
        writer.writerow([_cell(cell) for cell in _cells(hit.quote)])
    return out.getvalue()


def markdown_of(answer: Answer) -> str:
    """Return the hits as Markdown: the headline, then each quote as a quotation over its source."""
    return "\n".join(_lines(answer)) + "\n"


def _cells(quote: Quote) -> Iterator[str]:
    call, turn = quote.call, quote.turn
    yield call.id
    yield call.company or call.ticker or ""
    yield str(call.period or "")
    yield str(call.date or "")
    yield turn.section.called
    yield turn.place
    yield speaker.name(turn)
    yield turn.kind.value
    yield turn.firm or ""
    yield turn.title or ""
    yield quote.text


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(answer: Answer) -> Iterator[str]:
    yield f"# {_plain(answer.query.question)}"
    yield ""
    yield _plain(answer.headline)
    for hit in answer.hits:
        turn = hit.quote.turn
        yield ""
        yield from (f"> {_plain(line)}" for line in hit.quote.text.split("\n"))
        yield ">"
        who = ", ".join(part for part in (speaker.name(turn), turn.title, turn.firm) if part)
        yield f"> — {_plain(who)}; {_plain(speaker.place(hit.quote))} ({_plain(hit.quote.call.id)})"


def _plain(text: str) -> str:
    """Keep Markdown from reading marks into words: each of its signs gets a backslash, which it doesn't show."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>#|~" else char for char in text)

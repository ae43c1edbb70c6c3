"""A digest: one message that tells the new calls, who asked what first, and what the channel watches for.

The rest of it (every question, each with its own sentence, and more quotes) comes into its thread when somebody asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.attribution import Attribution
from bot.call import Call
from bot.digest.digest import AskedQuestion, Digest, News, Watched
from bot.query.call_ids import call_field
from handlers.blocks import speaker
from handlers.blocks.buttons import button, row
from handlers.blocks.cut import cut
from handlers.blocks.escaping import escape
from handlers.blocks.limits import MESSAGE_BLOCKS, MESSAGE_TEXT, characters
from handlers.blocks.rich import piece, plain, quote, rich, section
from handlers.blocks.speaker import clip
from handlers.message import Block, Message
from handlers.ticket import Ticket

NAMED = 12  # calls that are named without their questions
FALLBACK = 1_500  # characters of the text for notifications and screen readers


@dataclass(frozen=True, slots=True)
class Fit:
    """How much is shown: calls in full, questions of each, characters of a sentence; topics, quotes, theirs."""

    calls: int
    questions: int
    sentence: int
    topics: int = 5
    quotes: int = 2
    quote: int = 400


FITS = (
    Fit(5, 6, 400, quotes=1),
    Fit(5, 4, 300, quotes=1, quote=300),
    Fit(3, 3, 250, topics=3, quotes=1, quote=250),
    Fit(2, 3, 150, topics=2, quotes=1, quote=150),
)
ASKS = 3  # calls with a button of their own
DETAILS = 1_500  # characters of the ids that the button to the details carries, of the 2,000 that a button holds


def render(
    digest: Digest,
    command: str,
    *,
    empty: str = "Nothing new since the last digest.",
    buttons: bool = True,
    trial: bool = False,
) -> Message:
    """Render a digest within Slack's limits: the roomiest fit that stays within them; the last one always does.

    Without `buttons` for a preview, which has no thread; a `trial` is one where no digest is set up.
    """
    text = fallback(digest) or empty
    if digest.empty:
        return Message(escape(text), [rich(section(piece(text)))])
    message = Message(escape(text))
    for fit in FITS:
        message = Message(escape(text), list(_blocks(digest, command, fit, buttons=buttons, trial=trial)))
        if (
            len(message.blocks) <= MESSAGE_BLOCKS
            and characters({"text": message.text, "blocks": message.blocks}) <= MESSAGE_TEXT
        ):
            break
    return message


def fallback(digest: Digest) -> str:
    """Return the digest in a line or two: for notifications, screen readers and clients without blocks."""
    if digest.empty:
        return ""
    calls = [*(news.call for news in digest.news), *digest.also]
    names = ", ".join(clip(call.name, speaker.ROOM) for call in calls[:NAMED])
    more = f" and {len(calls) - NAMED} more" if len(calls) > NAMED else ""
    questions = sum(len(news.questions) for news in digest.news)
    watched = "; ".join(f"{clip(one.topic, speaker.ROOM)}: {_count(one.total, 'turn')}" for one in digest.watched)
    line = f"{_count(len(calls), 'new call')}: {names}{more}. {_count(questions, 'exchange')}."
    return clip(f"{line} Watched: {watched}." if watched else line, FALLBACK)


def _blocks(digest: Digest, command: str, fit: Fit, *, buttons: bool, trial: bool) -> Iterator[Block]:
    total = len(digest.news) + len(digest.also)
    told = (
        f"{_count(total, 'call')}, as a digest would show them"
        if trial
        else f"{_count(total, 'call')}, in this channel's first digest"
        if digest.first
        else f"{_count(total, 'new call')} since the last digest"
    )
    yield {"type": "header", "text": plain(told)}
    for news in digest.news[: fit.calls]:
        yield from call_blocks(news, fit)
    rest = [*(news.call for news in digest.news[fit.calls :]), *digest.also]
    if rest:
        yield rich(section(piece("Also new: ", bold=True), piece(_names(rest))))
    for watched in digest.watched[: fit.topics]:
        yield from watched_blocks(watched, fit)
    notes = [f"‹{clip(topic, speaker.ROOM)}› is watched, but can't be read: {why}" for topic, why in digest.unread]
    if digest.only:
        notes.append(f"Only {', '.join(digest.only)}; to cover every company: {command} digest for everything")
    first = f"This channel has no digest: {command} digest 9:00 weekdays sets one up, for calls loaded from then on."
    notes.append(first if trial else f"{command} digest status says who set this up and how to change it.")
    yield {"type": "context", "elements": [plain(clip(note, 300)) for note in notes[-5:]]}
    if buttons:
        yield row(*_buttons(digest))


def _buttons(digest: Digest) -> Iterator[Block]:
    """Render what can be done with a digest: see all of it in the thread, ask for what is in a call or on a topic."""
    ids: list[str] = []
    for news in digest.news:
        if sum(len(id_) + 1 for id_ in (*ids, news.call.id)) <= DETAILS:
            ids.append(news.call.id)
    yield button(
        "details", "Details in the thread", Ticket("\n".join(ids)), label="Post every question in the thread, once"
    )
    for number, news in enumerate(digest.news[:ASKS]):
        ask = Ticket(f"questions {call_field(news.call.id)}")
        yield button(f"ask:call{number}", f"Questions: {news.call.name}", ask, label=f"Questions of {news.call.name}")


def call_blocks(news: News, fit: Fit) -> Iterator[Block]:
    """Render one call: its name, and one line for each who asked."""
    head = [piece(clip(news.call.name, speaker.ROOM), bold=True)]
    if news.call.date is not None:
        head.append(piece(f" · {news.call.date:%-d %B %Y}"))
    head.append(piece(f" · {_count(len(news.questions), 'exchange')}"))
    blocks = [section(*head)]
    if shown := news.questions[: fit.questions]:
        blocks.append({"type": "rich_text_list", "style": "bullet", "elements": [_question(one, fit) for one in shown]})
    if more := len(news.questions) - len(shown):
        blocks.append(section(piece(f"⋯ and {more} more who asked", italic=True)))
    yield rich(*blocks)


def _question(asked: AskedQuestion, fit: Fit) -> Block:
    """Render who asked, and the sentence word for word; a cut is told outside the quotation marks."""
    who = clip(asked.asker, speaker.ROOM) if asked.asker else speaker.name(asked.quote.turn)
    shown = cut(asked.quote, fit.sentence)
    pieces = [piece(who, bold=True)]
    if asked.quote.turn.attribution is Attribution.INFERRED:
        pieces.append(piece(" (inferred)", italic=True))
    if asked.firm:
        pieces.append(piece(f", {clip(asked.firm, speaker.ROOM)}"))
    before = "⋯ " if shown.start > asked.quote.start else ""
    after = " ⋯" if shown.end < asked.quote.end else ""
    pieces += [piece(f": {before}“"), piece(shown.text or " "), piece(f"”{after}")]
    pieces.append(piece(f" ({clip(shown.turn.place, speaker.ROOM)})", italic=True))
    return section(*pieces)


def watched_blocks(watched: Watched, fit: Fit) -> Iterator[Block]:
    """Render a watched topic: how many turns there are, and the best of them word for word."""
    yield rich(
        section(
            piece("Watched: ", bold=True),
            piece(clip(watched.topic, speaker.ROOM), bold=True),
            piece(f" · {_count(watched.total, 'turn')}"),
        )
    )
    for found in watched.quotes[: fit.quotes]:
        shown = cut(found, fit.quote)
        yield rich(section(*speaker.line(shown)), quote(shown.text or " ", shown.spans))


def _names(calls: list[Call]) -> str:
    named = ", ".join(clip(call.name, speaker.ROOM) for call in calls[:NAMED])
    return f"{named} and {len(calls) - NAMED} more" if len(calls) > NAMED else named


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

"""A turn as it is drawn wherever the same words of it are shown: kept, as many questions find it."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.answer import Quote
from bot.call import Call
from bot.kind import Kind
from bot.search.findings import Why
from bot.turn import Turn
from handlers.blocks import speaker
from handlers.blocks.cut import cut
from handlers.blocks.escaping import escape
from handlers.blocks.rich import piece, quote, section
from handlers.message import Block

KEPT = 512  # turns of a library, of some 4 kB each: those that people ask about at the moment
SPOKEN = 250  # characters of a quote in the fallback text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A quote in so many characters (`shown`), and what is drawn of it whatever the question.

    `line` is what stands over it, `words` are its own, and where it is cut; `spoken` is both as mrkdwn, for who hears
    or previews it. `other` says what the exchange holds beside the turn: an answer to it, the question before it, or
    neither (""). `around`: there are turns before or after it. What else a question marks in the turn is not kept.
    """

    shown: Quote
    line: tuple[Block, ...]
    words: tuple[Block, ...]
    spoken: str
    other: str
    around: bool

    @classmethod
    def of(cls, found: Quote, why: Why, room: int) -> "Drawn":
        """Draw a quote in at most `room` characters."""
        shown, brief = cut(found, room), cut(found, SPOKEN)
        turns, answers = other_side(shown)
        return cls(
            shown,
            tuple(speaker.line(shown, why=why)),
            tuple(quoted(shown)),
            escape(f"{speaker.plainly(brief, why)}: {brief.text}"),
            ("Answer" if answers else "Question") if turns else "",
            next(around(shown), None) is not None,
        )


class Drawings:
    """The last turns that were drawn of one library, for whoever asks about the same things in other words."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Drawn] = OrderedDict()

    def of(self, found: Quote, why: Why, room: int) -> Drawn:
        """Return a quote as it is drawn in at most `room` characters: at hand, or drawn now."""
        # By which objects they are: to compare calls would be to compare all their turns. What is kept holds them, so
        # that no others can be there in their place.
        key = (id(found.call), id(found.turn), found.start, found.end, found.spans, why, room)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        known = self._kept[key] = Drawn.of(found, why, room)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return known


_Key = tuple[int, int, int, int, tuple[tuple[int, int], ...], Why, int]


def quoted(shown: Quote) -> Iterator[Block]:
    """Render the exact words; a cut is told outside them."""
    before, after = cut_marks(shown)
    if before:
        yield section(piece(before, italic=True))
    yield quote(shown.text or " ", shown.spans)
    if after:
        yield section(piece(after, italic=True))


def cut_marks(shown: Quote) -> tuple[str, str]:
    """Return what stands before and after a quote's words: how many more the turn has there, "" for none."""
    text = shown.turn.text
    before, after = text[: shown.start].split(), text[shown.end :].split()
    return (
        f"⋯ {_words(len(before))} earlier in this turn" if before else "",
        f"⋯ {_words(len(after))} more in this turn" if after else "",
    )


def other_side(shown: Quote) -> tuple[list[Turn], bool]:
    """Return the turns that answer this one (or ask it), the nearest first, and whether they answer."""
    exchange, here = shown.call.exchange_of(shown.turn), shown.turn.index
    if exchange is None:
        return [], False
    asks = here in exchange.question_turns
    indices = exchange.answer_turns if asks else exchange.question_turns
    if asks:  # the answer to this question, not to one before it in the same exchange
        indices = tuple([index for index in indices if index > here]) or indices
    elif here in exchange.answer_turns:
        indices = tuple([index for index in reversed(indices) if index < here]) or indices
    return [turn for index in indices if (turn := _at(shown.call, index)) is not None], asks


def around(shown: Quote) -> Iterator[tuple[str, Turn]]:
    """Give the turns before and after one, and what to call each."""
    for lead, step in (("Before: ", -1), ("After: ", 1)):
        turn = _at(shown.call, shown.turn.index + step)
        if turn is not None and turn.kind is Kind.OPERATOR:  # a hand-off says nothing: one further
            turn = _at(shown.call, turn.index + step) or turn
        if turn is not None:
            yield lead, turn


def _at(call: Call, index: int) -> Turn | None:
    if 0 <= index < len(call.turns) and call.turns[index].index == index:
        return call.turns[index]
    return next((turn for turn in call.turns if turn.index == index), None)


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"

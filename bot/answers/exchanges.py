"""An exchange cut into blocks: what was asked at one go, and what was answered to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.substance import hands_over, substantial
from bot.call import Call
from bot.exchange import Exchange
from bot.query.query import Party

Place = tuple[str, int]
"""A call's id and a turn's index in it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Question turns side by side and the answers before the next question, by index."""

    call: Call
    questions: tuple[int, ...]
    answers: tuple[int, ...]

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.call.id, min((*self.questions, *self.answers))


def blocks(call: Call, exchange: Exchange) -> list[Block]:
    """Cut an exchange. An interjection ("Got it.") starts no block of its own."""
    asking = set(exchange.question_turns)
    made: list[tuple[list[int], list[int]]] = []
    for index in sorted({*exchange.question_turns, *exchange.answer_turns}):
        turn = call.turns[index]
        if index in asking:
            if not made or (made[-1][1] and substantial(turn)):
                made.append(([], []))
            made[-1][0].append(index)
        else:
            if not made:
                made.append(([], []))
            made[-1][1].append(index)
    return [Block(call, tuple(questions), tuple(answers)) for questions, answers in made]


def answers_to(call: Call, question: int) -> tuple[int, ...]:
    """Return the telling answers to a question turn, by index."""
    exchange = call.exchange_of(call.turns[question])
    if exchange is None:
        return ()
    block = next((each for each in blocks(call, exchange) if question in each.questions), None)
    return telling(call, block.answers) if block and block.answers else ()


def asked_by(calls: Iterable[Call], asker: Party) -> list[tuple[Call, Exchange]]:
    """Return the exchanges in which a party asks, newest call first as given."""
    return [(call, exchange) for call in calls for exchange in call.exchanges if _asks(call, exchange, asker)]


def _asks(call: Call, exchange: Exchange, asker: Party) -> bool:
    turns = [call.turns[index] for index in exchange.question_turns]
    if asker.persons and not any(name in asker.persons for name in (exchange.asker, *(turn.person for turn in turns))):
        return False
    if asker.firms and not any(firm in asker.firms for firm in (exchange.firm, *(turn.firm for turn in turns))):
        return False
    return bool(asker.persons or asker.firms or asker.kinds)


def telling(call: Call, indexes: Sequence[int]) -> tuple[int, ...]:
    """Return the turns that say something and don't only hand over; all of them where none does."""
    kept = []
    for place, index in enumerate(indexes):
        following = call.turns[indexes[place + 1]] if place + 1 < len(indexes) else None
        if substantial(call.turns[index]) and not hands_over(call.turns[index], following):
            kept.append(index)
    return tuple(kept) or tuple(indexes)

"""Calls and answers as the JSON of the command line: a contract with programs, kept to the letter."""

from collections.abc import Mapping

from bot.answers.answer import Answer, Context, Facts, Hit, Quote
from bot.call import Call
from bot.exchange import Exchange
from bot.participant import Participant
from bot.problem import Problem
from bot.turn import Turn

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def call_json(call: Call) -> dict[str, Json]:
    """Give a call as `earshot parse --json` prints it."""
    return {
        "call": {
            "id": call.id,
            "company": call.company,
            "ticker": call.ticker,
            "year": call.year,
            "quarter": call.quarter,
            "date": call.date.isoformat() if call.date else None,
            "learnt_from": dict(call.learnt_from),
        },
        "participants": [_participant(participant) for participant in call.participants],
        "turns": [_turn(turn) for turn in call.turns],
        "exchanges": [_exchange(exchange) for exchange in call.exchanges],
        "problems": [_problem(problem) for problem in call.problems],
    }


def answer_json(answer: Answer, took_ms: float, *, explain: bool = False) -> dict[str, Json]:
    """Give an answer as `earshot ask --json` prints it; `took_ms` is the whole question's time in milliseconds.

    `choices` stand there only where the question must be asked back, `explain` only where it was asked for.
    """
    told: dict[str, Json] = {
        "question": answer.query.question,
        "understood": answer.query.understood,
        "intent": answer.query.intent,
        "scope": {"calls": answer.scope.calls, "turns": answer.scope.turns},
        "total": answer.total,
        "hits": [_hit(hit) for hit in answer.hits],
        "context": [_context(context) for context in answer.context],
        "facts": _facts(answer.facts),
        "notes": [*(note.text for note in answer.notes), *answer.body],
        "took_ms": round(took_ms, 2),
    }
    if answer.choices:
        told["choices"] = [{"text": choice.text, "question": choice.question} for choice in answer.choices]
    if explain:
        told["explain"] = list(answer.explain)
    return told


def unanswered_json(question: str, sentence: str) -> dict[str, Json]:
    """Give the same shape for a question that can't be answered as typed; `sentence` says what to type instead."""
    return {
        "question": question,
        "understood": "",
        "intent": "none",
        "scope": {"calls": 0, "turns": 0},
        "total": 0,
        "hits": [],
        "context": [],
        "facts": _facts(Facts()),
        "notes": [sentence],
        "took_ms": 0.0,
        "error": sentence,
    }


def _participant(participant: Participant) -> dict[str, Json]:
    return {
        "name": participant.name,
        "kind": participant.kind.value,
        "firm": participant.firm,
        "title": participant.title,
    }


def _turn(turn: Turn) -> dict[str, Json]:
    return {
        "index": turn.index,
        "line": turn.line,
        "page": turn.page,
        "place": turn.place,
        "section": turn.section.value,
        "speaker": turn.speaker,
        "person": turn.person,
        "kind": turn.kind.value,
        "firm": turn.firm,
        "title": turn.title,
        "attribution": turn.attribution.value,
        "text": turn.text,
        "exchange": turn.exchange,
    }


def _exchange(exchange: Exchange) -> dict[str, Json]:
    return {
        "index": exchange.index,
        "asker": exchange.asker,
        "firm": exchange.firm,
        "question_turns": list(exchange.question_turns),
        "answer_turns": list(exchange.answer_turns),
    }


def _problem(problem: Problem) -> dict[str, Json]:
    return {"line": problem.line, "what": problem.what}


def _hit(hit: Hit) -> dict[str, Json]:
    quote = hit.quote
    turn = quote.turn
    return {
        **_where(quote),
        "person": turn.person,
        "firm": turn.firm,
        "title": turn.title,
        "section": turn.section.value,
        "quote": quote.text,
        "spans": _spans(quote),
        "why": hit.why.value,
        "score": round(hit.score, 4),
    }


def _context(context: Context) -> dict[str, Json]:
    return {
        "of": context.of,
        "relation": context.relation.value,
        **_where(context.quote),
        "quote": context.quote.text,
        "spans": _spans(context.quote),
    }


def _where(quote: Quote) -> dict[str, Json]:
    turn = quote.turn
    return {
        "call": quote.call.id,
        "turn": turn.index,
        "line": turn.line,
        "page": turn.page,
        "place": turn.place,
        "speaker": turn.speaker,
        "kind": turn.kind.value,
    }


def _spans(quote: Quote) -> list[Json]:
    return [[start, end] for start, end in quote.spans]


def _facts(facts: Facts) -> dict[str, Json]:
    return {
        "askers": [{"name": asker.name, "firm": asker.firm, "questions": asker.questions} for asker in facts.askers],
        "counts": _numbers(facts.counts),
        "by_speaker": _numbers(facts.by_speaker),
        "first": {**_where(facts.first), "quote": facts.first.text, "spans": _spans(facts.first)}
        if facts.first
        else None,
        "words": _numbers(facts.words),
    }


def _numbers(figures: Mapping[str, int]) -> dict[str, Json]:
    return dict(figures.items())

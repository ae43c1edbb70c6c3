"""From calls and what a channel knows already to the digest it gets: plain functions."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from bot.call import Call
from bot.digest.digest import AskedQuestion
from bot.digest.topic import topic_sentence


def new_calls(calls: Mapping[str, Call], told: Mapping[str, str], hidden: Collection[str] = ()) -> tuple[Call, ...]:
    """Return the calls that a channel hasn't been told of, the newest first.

    `told` is id -> fingerprint. A call that came back under another name, its bytes the same, isn't new; nor is one
    whose transcript was replaced. `hidden` are ids that the channel may not see.
    """
    marks = set(told.values()) - {""}
    fresh = [
        call
        for call in calls.values()
        if call.id not in told and call.fingerprint not in marks and call.id not in hidden
    ]
    return tuple(sorted(fresh, key=lambda call: (-(call.date or dt.date.min).toordinal(), call.name, call.id)))


def questions_of(call: Call) -> Iterator[AskedQuestion]:
    """Yield who asked what in a call: one sentence an exchange, exact; exchanges without a word are left out."""
    for exchange in call.exchanges:
        quote = topic_sentence(call, exchange)
        if quote is not None:
            yield AskedQuestion(exchange.asker, exchange.firm, quote)

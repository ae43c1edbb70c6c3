"""One earnings call: the transcript of one meeting, parsed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.exchange import Exchange
from bot.participant import Participant
from bot.period import Period
from bot.problem import Problem
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Call:
    """A parsed transcript. What wasn't said in the source is None, and `learnt_from` tells where the rest is from.

    `id` is the file's stem, verbatim (`folder/stem` where two stems clash in one library). `year` and `quarter` are
    fiscal, as the company counts. `fingerprint` is the SHA-256 (hex) of the source's bytes.
    """

    id: str
    company: str | None
    ticker: str | None
    year: int | None
    quarter: int | None
    date: dt.date | None
    title: str | None
    learnt_from: Mapping[str, str]  # field name -> "header", "text", "file name", "sidecar"
    participants: tuple[Participant, ...]
    turns: tuple[Turn, ...]
    exchanges: tuple[Exchange, ...]
    problems: tuple[Problem, ...]
    format: str = "txt"  # which reader read it
    layout: str = ""  # which layout recognised it
    evidence: str = ""  # why that layout: one sentence for `earshot check`
    fingerprint: str = ""
    aliases: tuple[str, ...] = field(default=())  # other names of the company: former names, short forms

    @property
    def held(self) -> dt.date | None:
        """When it was held: its date; without one, as calls are as a rule, in the second month after its quarter."""
        if self.date is not None or self.year is None:
            return self.date
        months = 12 * self.year + 3 * (self.quarter or 4) + 1
        return dt.date(months // 12, months % 12 + 1, 1) if dt.MINYEAR <= months // 12 <= dt.MAXYEAR else None

    @property
    def period(self) -> Period | None:
        """The fiscal period, where the year is known."""
        return Period(self.year, self.quarter) if self.year is not None else None

    @property
    def name(self) -> str:
        """What to call this call in a sentence: company (or ticker, or id) and period."""
        company = self.company or self.ticker
        if company is None:
            return self.id
        return f"{company} {self.period}" if self.period else company

    def exchange_of(self, turn: Turn) -> Exchange | None:
        """Give the exchange that a turn of this call asks or answers in."""
        number = turn.exchange
        if number is None:
            return None
        if number < len(self.exchanges) and self.exchanges[number].index == number:  # as a rule
            return self.exchanges[number]
        return next((exchange for exchange in self.exchanges if exchange.index == number), None)


def newest_first(call: Call) -> tuple[int, int, int, str]:
    """Order calls by when they were held, the newest first, however a company counts its quarters."""
    held = call.held
    return (-(held.toordinal() if held else 0), -(call.year or 0), -(call.quarter or 0), call.id)

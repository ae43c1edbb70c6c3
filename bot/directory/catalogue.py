"""The loaded calls by company, newest first, and the questions of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.call import Call
from bot.kind import Kind
from bot.query.entities import Company
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Calls, newest first; those of each company by its key."""

    newest: tuple[Call, ...]
    by_company: Mapping[str, tuple[Call, ...]]
    _asked: dict[str, tuple[Turn, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, newest: tuple[Call, ...], company_by_call: Mapping[str, Company]) -> "Catalogue":
        """Sort calls by their company; `company_by_call` knows it by a call's id."""
        held: dict[str, list[Call]] = defaultdict(list)
        for call in newest:
            company = company_by_call.get(call.id)
            if company is not None:
                held[company.key].append(call)
        return cls(newest, {key: tuple(calls) for key, calls in held.items()})

    def calls_of(self, companies: Sequence[str]) -> tuple[Call, ...]:
        """Return the calls of companies (by key), all where none is given."""
        if not companies:
            return self.newest
        if len(companies) == 1:
            return self.by_company.get(companies[0], ())
        ids = {call.id for key in companies for call in self.by_company.get(key, ())}
        return tuple(call for call in self.newest if call.id in ids)

    def questions_of(self, call: Call) -> tuple[Turn, ...]:
        """Return the turns of one of the calls that ask; where no exchange is known, those of analysts."""
        asked = self._asked.get(call.id)
        if asked is None:
            places = sorted({at for each in call.exchanges for at in each.question_turns})
            asking = (turn for turn in call.turns if turn.kind is Kind.ANALYST)
            asked = self._asked[call.id] = tuple(map(call.turns.__getitem__, places) if call.exchanges else asking)
        return asked

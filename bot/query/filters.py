"""Which tokens of a question limit it: companies, times, sections, figures; with the words that only lead to them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache

from bot.directory import Directory
from bot.query.clock import When
from bot.query.days import range_of
from bot.query.entities import Company
from bot.query.errors import NotUnderstoodError
from bot.query.issuers import Issuers
from bot.query.keywords import classes, keywords, sections
from bot.query.marks import CALL_NOUNS, Mark, apart, plain_words
from bot.query.periods import NUMBERS, times
from bot.query.reading import How, Reading
from bot.query.small_words import AGAINST, ARTICLES
from bot.query.spoken import AUXILIARIES, LEADING, REACHING, spoken_of
from bot.query.strangers import stranger
from bot.query.tokens import Shape, Token, fold, holds
from bot.query.topics import EXCLUDING
from bot.search.english import plain
from bot.section import Section

_ONLY = frozenset({"only", "section", "part", "portion", "session", "just"})
# "prepared" alone is a section only beside one of these.
_PREPARED_BY = frozenset({"only", "section", "part", "in"})

_GLUE = frozenset("and or vs v versus the of in for from during fiscal on at against only with its their to".split())  # noqa: SIM905 - one string wraps as prose
_NOT_ABOUT = frozenset({"over", "around", "mentioning"})
_OUTLOOKS = frozenset(
    "guidance outlook forecast forecasts target targets expectation expectations plan plans guide "  # noqa: SIM905 - one string wraps as prose
    "estimate estimates budget model view goal goals".split()
)
_EXPECTING = frozenset(
    "expect expects expected expecting anticipate anticipates anticipated anticipating guided guiding guides "  # noqa: SIM905 - one string wraps as prose
    "forecasting forecasted project projects projected projecting planned planning".split()
)
LEFT_OUT = EXCLUDING | {"not", "besides", "outside", "apart", "aside", "minus", "ex"}
"""Words that leave out what stands behind them."""
_DURING = frozenset({"in", "during", "for", "by", "the", "fiscal", "year"})
_SIDES = frozenset({"before", "after", "until"})
_ENDS = frozenset({"first", "last", "final", "opening", "closing"})
_WHO = frozenset({"who", "which"})
_ASKERS = frozenset("ask asks asked asking analyst analysts".split())  # noqa: SIM905 - one string wraps as prose
_ENDING = frozenset({"call", "calls", "conference", "meeting"})
_ENDS_BY = frozenset("end ends ended close closes closed conclude concluded finish finished wrap wraps wrapped".split())  # noqa: SIM905 - one string wraps as prose
_COMPANY = "company"
NO_TIME = "I can't leave a time out: name the quarters or years to search instead, as `since Q2 2026`."
NO_COMPANY = "I can't leave a company out: name the companies to search instead, as `calls` lists them."
AHEAD = 3
"""Words before and behind a company's name that may make a time together: "last two … earnings calls"."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What limits a question, and the tokens that are left of it."""

    rest: tuple[Token, ...] = ()
    companies: tuple[Company, ...] = ()
    whens: tuple[When, ...] = ()
    section: Section | None = None
    limit: int | None = None
    kept: tuple[Token, ...] = ()  # times and companies that were left to the topic, for a note
    versus: bool = False  # two times or companies side by side
    stranger: tuple[Token, ...] = ()  # the name of a company that is not loaded (strangers.py)
    corrected: tuple[Reading, ...] = ()  # of companies' names


@dataclass(slots=True)
class Sieve:
    """Takes the filters out of a question's tokens. Tokens with a field of their own are not touched."""

    tokens: tuple[Token, ...]
    directory: Directory
    own: frozenset[str] = frozenset()  # words that the team means otherwise than a ticker
    kept: list[Token] = field(default_factory=list)
    words: tuple[str, ...] = field(init=False)  # of the tokens; "" where one is no plain word
    issuers: tuple[str, ...] = field(init=False, default=())  # the keys of the companies that are named
    companies: frozenset[int] = field(init=False, default=frozenset())  # the tokens that name them

    def __post_init__(self) -> None:
        self.words = plain_words(self.tokens)

    def run(self) -> Filters:
        """Return the filters and what is left."""
        issuers = Issuers(self.tokens, self.words, self.directory, self.own).marks()
        self.companies = frozenset(at for mark in issuers for at in range(mark.start, mark.end))
        self.issuers = tuple(company.key for mark in issuers for company in mark.company)
        whens = self._times(self.issuers)
        whens += self._parted(issuers)
        products = [mark for mark in issuers if mark.product]
        marks = [*(mark for mark in issuers if not mark.product), *whens, *self._sections()]
        if marks:
            marks = apart(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
            ahead = [mark for mark in marks if self._year_to_come(mark)]
            self.kept.extend(token for mark in ahead for token in self.tokens[mark.start : mark.end])
            marks = [mark for mark in marks if mark not in ahead and not self._belongs_to_topic(mark, marks)]
            self._check_left_out(marks)
        limit, limit_at = self._limit(marks)
        dropped = self._widen(marks) | limit_at
        name, around = stranger(self.tokens, self.words, dropped)
        dropped |= around
        glued = {mark.start: mark for mark in products if dropped.isdisjoint(range(mark.start, mark.end))}
        rest = self._rest(dropped, glued) if dropped or glued else self.tokens
        marks = sorted((*marks, *glued.values()), key=lambda mark: mark.start)
        if not marks:
            return Filters(rest, limit=limit, kept=tuple(self.kept), stranger=name)
        companies = tuple(dict.fromkeys(company for mark in marks for company in mark.company))
        beside = any(mark.when is not None and mark.when.beside for mark in marks)
        versus = (
            beside
            or len({mark.company for mark in marks if mark.company}) > 1
            or any(mark.when is not None and len(mark.when.among) > 1 for mark in marks)
        )
        if sum(mark.when is not None for mark in marks) > 1:
            versus = versus or holds(self.tokens, AGAINST)
        return Filters(
            rest,
            companies,
            tuple(mark.when for mark in marks if mark.when),
            next((mark.section for mark in marks if mark.section), None),
            limit,
            tuple(self.kept),
            versus,
            name,
            tuple(self._corrected(mark) for mark in marks if mark.misspelt),
        )

    def _rest(self, dropped: AbstractSet[int], products: Mapping[int, Mark]) -> tuple[Token, ...]:
        """Return what the filters leave; a product's name is one phrase, and its company is searched."""
        left: list[Token] = []
        for at, token in enumerate(self.tokens):
            if at in products:
                last = self.tokens[at + 1]
                text = f"{token.text} {last.text}"
                left.append(replace(last, shape=Shape.PHRASE, text=text, word=fold(text), start=token.start))
            elif at not in dropped and at - 1 not in products:
                left.append(token)
        return tuple(left)

    def _corrected(self, mark: Mark) -> Reading:
        token, company = self.tokens[mark.start], mark.company[0]
        return Reading(How.CORRECTED, token.text, company.name, token.start, token.end)

    def _check_left_out(self, marks: Sequence[Mark]) -> None:
        """Raise NotUnderstoodError for a company or a time that is left out: its calls would be searched instead."""
        for mark in marks:
            start = None if mark.section else self._left_out_from(mark.start)
            if start is None or self._word(start - 1) in AUXILIARIES or (mark.company and self._qualifies(mark)):
                continue
            sentence = NO_COMPANY if mark.company else NO_TIME
            raise NotUnderstoodError(sentence, self.tokens[start].start, self.tokens[mark.end - 1].end)

    def _qualifies(self, mark: Mark) -> bool:
        """Whether a company only says whose something is: `without the velmere recall`, `outside velmere's market`."""
        behind = self._word(mark.end)
        return self.tokens[mark.end - 1].possessive or (behind != "" and behind not in LEADING | _GLUE | CALL_NOUNS)

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _sections(self) -> list[Mark]:
        marks = []
        longest = _longest_section()
        if longest.keys().isdisjoint(self.words):
            return []
        for at, first in enumerate(self.words):
            for length in range(min(longest.get(first, 0), len(self.words) - at), 0, -1):
                words = self.words[at : at + length]
                section = sections().get(words)
                if section and not (
                    words == ("prepared",) and not ({self._word(at - 1), self._word(at + 1)} & _PREPARED_BY)
                ):
                    end = at + length
                    while self._word(end) in _ONLY:
                        end += 1
                    start = self._left_out_from(at)  # "was not in the q&a" leaves it out, too
                    marks.append(Mark(at if start is None else start, end, section=_wanted(section, start)))
                    break
        return marks

    def _left_out_from(self, at: int) -> int | None:
        """Return where the words begin that leave out what stands at a token (`but not in the`); None: they don't."""
        start = at
        while start and self._word(start - 1) in LEADING | ARTICLES - {"only", "just"}:
            start -= 1
        but = start - 1
        if self._word(but) == "than" and self._word(but - 1) == "other":
            return but - 1
        if self._word(but) not in LEFT_OUT or self._word(but - 1) == "or":  # "or not" leaves nothing out
            return None
        return but - (self._word(but - 1) in {"but", "and"})

    def _times(self, companies: Sequence[str]) -> list[Mark]:
        found = [when for when in times(self.tokens) if self._is_time(when, companies)]
        return [Mark(when.start, when.end, when=replace(when, text=self._text(when))) for when in found]

    def _parted(self, issuers: Sequence[Mark]) -> list[Mark]:
        """Find the times that a company's name parts: `the last velmere call`, `latest two finch quarters`."""
        found = []
        for mark in issuers if len(issuers) == 1 else ():  # of several companies it would be said of all
            start = max(0, mark.start - AHEAD)
            before, behind = self.tokens[start : mark.start], self.tokens[mark.end : mark.end + AHEAD]
            for when in times((*before, *behind)):
                at = start + when.start
                reaches = {self._word(at - 1), self._word(at - 2)} & REACHING
                if (when.newest or when.ago) and not (when.vague or reaches) and when.start < len(before) < when.end:
                    text = " ".join(token.text for token in (*before, *behind)[when.start : when.end])
                    found.append(Mark(start + when.start, mark.start, when=replace(when, text=text)))
        return found

    def _text(self, when: When) -> str:
        return " ".join(token.text for token in self.tokens[when.start : when.end])

    def _is_time(self, when: When, companies: Sequence[str]) -> bool:
        """Tell whether it is a time: a lone year is one where a word leads to it, or the companies' calls are of it."""
        if when.month and when.month[1] is None and (ranged := range_of(self.words, when.start)) is not None:
            return self._held_in(ranged, when, companies)
        if when.month and when.side in _SIDES and when.month[1] is None:
            return self._is_side(when, when.month[0], companies)
        moments = [moment for moment in (when.first, when.last, *when.among) if moment]
        if not moments or any(moment.quarter for moment in moments) or when.end - when.start > 1:
            return True
        if self._word(when.start - 1) in {"in", "during", "for", "from", "of"}:
            return True
        years = {call.year for call in self.directory.calls_of(companies)}
        return any(moment.year in years for moment in moments)

    def _held_in(self, ranged: tuple[int, int, int], when: When, companies: Sequence[str]) -> bool:
        """Tell whether a range of months means calls: some loaded one was held in it, or calls are spoken of."""
        begun, first, last = ranged
        if begun == 0 or self._word(begun - 1) in CALL_NOUNS or self._word(when.start) in CALL_NOUNS:
            return True
        months = {call.date.month for call in self.directory.calls_of(companies) if call.date}
        return any((month - first) % 12 <= (last - first) % 12 for month in months)

    def _is_side(self, when: When, month: int, companies: Sequence[str]) -> bool:
        """Tell whether a month means the calls before or after it: where such are loaded, or calls are spoken of.

        `holiday sales after november` is what is asked about, where nobody has a call in December.
        """
        if when.start == 0 or self._word(when.start) in CALL_NOUNS:
            return True
        months = {call.date.month for call in self.directory.calls_of(companies) if call.date}
        return any(each > month if when.side == "after" else each <= month for each in months)

    def _belongs_to_topic(self, mark: Mark, marks: Sequence[Mark]) -> bool:
        """`about Q4 guidance`, `about Amazon`: what stands right after "about" is what is asked about."""
        taken = {index for other in marks for index in range(other.start, other.end)}
        end = next(at for at in range(mark.end, len(self.tokens) + 1) if at not in taken)
        led = mark.when is not None and self._word(mark.start) in LEADING  # "ask about in 2026"
        if led or mark.section is not None or self._word(end) in CALL_NOUNS:  # "on the q3 velmere call"
            return False
        if (mark.when is not None and self._for_outlook(mark)) or self._mentioned(mark):
            return True
        before = self._word(mark.start - 1)
        if before in {"the", "their"}:
            before = self._word(mark.start - 2)
        if (before,) not in classes()["about"] or before in _NOT_ABOUT:
            return False
        following = [index for index in range(mark.end, len(self.tokens)) if index not in taken]
        alone = not following or self._word(following[0]) in LEADING
        if before == "on" and (mark.company or alone):
            return False
        named_time = mark.when is not None and (mark.when.newest or mark.when.ago or mark.when.vague)
        if named_time or (mark.company and not alone):
            return False
        self.kept.extend(self.tokens[mark.start : mark.end])
        return True

    def _for_outlook(self, mark: Mark) -> bool:
        """`guidance for 2022`: a time an outlook is for, not when it was given."""
        near = {self._word(mark.start - 1), self._word(mark.start - 2), self._word(mark.start - 3)}
        leads = self._word(mark.start - 1) == "for" and bool(near & (_OUTLOOKS | _EXPECTING))
        when = self._word(mark.start - 1) in {"in", "during", "at"}
        followed = self._word(mark.end) in _OUTLOOKS and not when
        # "q4 delivery guidance", where no call of any fourth quarter is loaded
        ahead = not when and not _OUTLOOKS.isdisjoint(self.words) and self._to_come(mark.when)
        if leads or followed or ahead:
            self.kept.extend(self.tokens[mark.start : mark.end])
        return leads or followed or ahead

    def _year_to_come(self, mark: Mark) -> bool:
        """Whether a time is a year after those of the calls that are meant, and stands behind what is yet to come.

        `capex in 2027`; of whom, or of which calls, it is said when: `who asked in 2027`, `velmere in 2027`.
        """
        when = mark.when
        moment = when.first if when is not None and when.first == when.last else None
        if moment is None or moment.quarter is not None or moment.year is None:
            return False
        calls = self.directory.calls_of(self.issuers)
        if moment.year <= max((call.year for call in calls if call.year), default=moment.year):
            return False
        before = mark.start - 1
        while self._word(before) in _DURING:
            before -= 1
        word = self._word(before)
        asked = word in keywords() and word not in _EXPECTING | _OUTLOOKS
        if not word or asked or word in CALL_NOUNS or before in self.companies:
            return False
        return plain(word) or not self.directory.person([word]).exact

    def _to_come(self, when: When | None) -> bool:
        """Whether a time is one quarter of which no call is loaded."""
        moment = when.first if when is not None and when.first == when.last else None
        if moment is None or moment.quarter is None:
            return False
        return not any(
            call.quarter == moment.quarter and moment.year in {None, call.year} for call in self.directory.calls
        )

    def _mentioned(self, mark: Mark) -> bool:
        """Whether what is marked is what is said, not where; it is kept as words then."""
        others = self.companies.difference(range(mark.start, mark.end))  # `uber mentioned tesla`: who says it
        words = [_COMPANY if at in others else word for at, word in enumerate(self.words)] if others else self.words
        said = spoken_of(words, mark.start, mark.end, time=mark.when is not None)
        if said:
            self.kept.extend(self.tokens[mark.start : mark.end])
        return said

    def _limit(self, marks: Sequence[Mark]) -> tuple[int | None, set[int]]:
        """`top 3`, `limit 5`, `5 quotes`, `three questions`, `last three questions`."""
        taken: set[int] | None = None
        for at, word in enumerate(self.words):
            number = _figure(word)
            if number is None:
                continue
            if taken is None:  # few questions hold a figure
                taken = {index for mark in marks for index in range(mark.start, mark.end)}
            if at in taken:
                continue
            if self._word(at - 1) in {"top", "limit", "best", "max"} and at - 1 not in taken:
                return number, {at - 1, at}
            if self._word(at - 1) in _ENDS and self._word(at + 1) in {"question", "questions"}:
                return number, {at}
            shown = self._word(at + 1) in {"quotes", "hits", "results", "quotations", "examples"}
            if shown or (at == 0 and number > 1 and self._word(1) == "questions"):
                return number, {at}
        return None, set()

    def _widen(self, marks: Sequence[Mark]) -> set[int]:
        """Return the tokens of the marks and the words that only lead to them or join them."""
        dropped = {index for mark in marks for index in range(mark.start, mark.end)}
        for mark in marks:
            end = mark.end
            while (
                self._only_calls(end)
                or (self._word(end) == "only" and end + 1 == len(self.tokens))
                or (self._word(end) in _GLUE and self._reaches(end, dropped))
            ):
                dropped.add(end)
                end += 1
            start = mark.start - 1
            while start >= 0 and start not in dropped and self._word(start) in ARTICLES and not self._of_each(start):
                start -= 1
            leads = self._word(start) in LEADING and start not in dropped and not self._begins_form(start)
            if leads or start < mark.start - 1:
                dropped.update(range(start if leads else start + 1, mark.start))
        return dropped

    def _of_each(self, at: int) -> bool:
        """Whether a word asks for those who asked on each of the calls: `who asked on every velmere call`."""
        return self._word(at) in {"every", "each"} and self._word(0) in _WHO and not _ASKERS.isdisjoint(self.words)

    def _only_calls(self, at: int) -> bool:
        """Whether a word behind a filter says no more than that it is a call; of one that ends, it is what ends."""
        return self._word(at) in CALL_NOUNS and not (self._word(at) in _ENDING and self._word(at + 1) in _ENDS_BY)

    def _begins_form(self, at: int) -> bool:
        """`questions on Q4`, `trend in 2021`: the preposition belongs to the word before it."""
        return at == 0 and self._word(at) == "on"

    def _reaches(self, at: int, dropped: set[int]) -> bool:
        """Whether only joining words stand between a token and the next mark."""
        while self._word(at) in _GLUE | CALL_NOUNS:
            at += 1
            if at in dropped:
                return True
        return False


@cache
def _longest_section() -> Mapping[str, int]:
    """Return how many words the longest name of a section has, by its first word."""
    longest: dict[str, int] = {}
    for words in sections():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _wanted(section: str, left_out: int | None) -> Section:
    """Return the section that is asked for: the other one where it is left out."""
    if left_out is None:
        return Section(section)
    return Section.QA if section == Section.PREPARED else Section.PREPARED


def _figure(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) < 3:  # noqa: PLR2004 - a small figure that its line explains
        return int(word) or None
    return NUMBERS.get(word)

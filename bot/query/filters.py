"""Which tokens of a question limit it: companies, times, sections, figures; with the words that only lead to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.directory import Directory
from bot.query.entities import Company, bare_site, brand
from bot.query.keywords import classes, ordinary_words, sections
from bot.query.periods import NUMBERS, When, times
from bot.query.tokens import Shape, Token
from bot.search.english import plain
from bot.section import Section

_ONLY = frozenset({"only", "section", "part", "portion", "session", "just"})
# "prepared" alone is a section only beside one of these.
_PREPARED_BY = frozenset({"only", "section", "part", "in"})

_LEADING = frozenset(
    {
        "in",
        "at",
        "for",
        "during",
        "on",
        "from",
        "of",
        "by",
        "within",
        "inside",
        "to",
        "over",
        "across",
        "through",
        "into",
        "with",
    }
)
_ARTICLES = frozenset(
    {
        "the",
        "their",
        "its",
        "his",
        "her",
        "our",
        "each",
        "all",
        "every",
        "this",
        "that",
        "a",
        "both",
        "either",
        "just",
        "only",
    }
)
_CALL_NOUNS = frozenset(
    {
        "call",
        "calls",
        "earnings",
        "conference",
        "transcript",
        "transcripts",
        "results",
        "report",
        "print",
        "concall",
        "meeting",
        "quarter",
        "quarters",
        "qtr",
    }
)
_GLUE = frozenset(
    {
        "and",
        "or",
        "vs",
        "versus",
        "the",
        "of",
        "in",
        "for",
        "from",
        "during",
        "fiscal",
        "on",
        "at",
        "against",
        "only",
        "with",
        "its",
        "their",
        "to",
    }
)
_NOT_ABOUT = frozenset({"over", "around", "mentioning"})
_OUTLOOKS = frozenset(
    {
        "guidance",
        "outlook",
        "forecast",
        "forecasts",
        "target",
        "targets",
        "expectation",
        "expectations",
        "plan",
        "plans",
        "guide",
        "estimate",
        "estimates",
        "budget",
        "model",
        "view",
        "goal",
        "goals",
    }
)
NAME = 4
"""Words that the name of a company before "call" may have."""
# Lower-case tickers that are too often words of a question.
_NOT_TICKERS = frozenset(
    {
        "ir",
        "md",
        "gc",
        "ms",
        "qa",
        "vp",
        "pm",
        "am",
        "us",
        "uk",
        "eu",
        "fx",
        "ai",
        "ev",
        "evs",
        "it",
        "esg",
        "ceo",
        "cfo",
        "coo",
    }
)


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
    stranger: tuple[Token, ...] = ()  # the name before "call" that is no loaded company's


@dataclass(slots=True)
class _Mark:
    """A run of tokens that limits the question."""

    start: int
    end: int
    company: tuple[Company, ...] = ()
    when: When | None = None
    section: Section | None = None


@dataclass(slots=True)
class Sieve:
    """Takes the filters out of a question's tokens. Tokens with a field of their own are not touched."""

    tokens: tuple[Token, ...]
    directory: Directory
    today_year: int
    own: frozenset[str] = frozenset()  # words that the team means otherwise than a ticker
    kept: list[Token] = field(default_factory=list)
    words: tuple[str, ...] = field(init=False)  # of the tokens; "" where one is no plain word

    def __post_init__(self) -> None:
        self.words = tuple(
            token.word if token.shape is Shape.WORD and token.field is None and not token.minus else ""
            for token in self.tokens
        )

    def run(self) -> Filters:
        """Return the filters and what is left."""
        issuers = self._companies()
        whens = self._times([company.key for mark in issuers for company in mark.company])
        marks = sorted([*issuers, *whens, *self._sections()], key=lambda mark: (mark.start, -mark.end))
        marks = _apart(marks)
        marks = [mark for mark in marks if not self._belongs_to_topic(mark, marks)]
        limit, limit_at = self._limit(marks)
        dropped = self._widen(marks) | limit_at
        stranger, around = self._stranger(dropped)
        dropped |= around
        rest = tuple(token for index, token in enumerate(self.tokens) if index not in dropped)
        companies = tuple(dict.fromkeys(company for mark in marks for company in mark.company))
        versus = len(companies) > 1 or any(mark.when is not None and len(mark.when.among) > 1 for mark in marks)
        set_against = any(token.word in {"vs", "versus", "against"} for token in self.tokens)
        versus = versus or (set_against and sum(mark.when is not None for mark in marks) > 1)
        return Filters(
            rest,
            companies,
            tuple(mark.when for mark in marks if mark.when),
            next((mark.section for mark in marks if mark.section), None),
            limit,
            tuple(self.kept),
            versus,
            stranger,
        )

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _sections(self) -> list[_Mark]:
        marks = []
        longest = _longest_section()
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
                    marks.append(_Mark(at, end, section=Section(section)))
                    break
        return marks

    def _companies(self) -> list[_Mark]:
        marks: list[_Mark] = []
        at = 0
        while at < len(self.tokens):
            mark = self._company(at)
            if mark is not None:
                marks.append(mark)
            at = mark.end if mark is not None else at + 1
        return marks

    def _company(self, at: int) -> _Mark | None:
        longest = self.directory.longest_company.get(self.words[at], 0)
        for length in range(min(longest, len(self.words) - at), 0, -1):
            words = self.words[at : at + length]
            if not all(words):
                continue
            if length == 1 and words[0] in self.own and not self.tokens[at].cash:
                continue
            found = self.directory.company(words)
            if found and self._means_company(at, length, found):
                return _Mark(at, at + length, company=found)
        found = self._otherwise(at)
        return _Mark(at, at + 1, company=found) if found else None

    def _otherwise(self, at: int) -> tuple[Company, ...]:
        """Return the company of a word that is none as it stands: `curtiss-wright`, `macy's`, `tesla` for TSLA."""
        word = self._word(at)
        if not word:
            return ()
        joined = self.directory.company((word.replace("-", ""),)) if "-" in word else ()
        owned = self.directory.company((f"{word}s",)) if self.tokens[at].possessive else ()
        unnamed = None if joined or owned else self.directory.abbreviated(word)
        return joined or owned or ((unnamed,) if unnamed else ())

    def _means_company(self, at: int, length: int, found: Sequence[Company]) -> bool:
        token = self.tokens[at]
        if token.cash:
            return True
        if self._also_firm(at, length):
            return self._issuer(at, length)
        if length > 1:
            return True
        word, leads = token.word, _leads(token.word, found)
        ticker = any((company.ticker or "").lower() == word for company in found)
        typed_as_ticker = token.text.isupper() and not all(
            each.text.isupper() for each in self.tokens if each.text.isalpha()
        )
        if ticker and not leads:
            unlike = not plain(word) or (len(word) > 2 and word not in ordinary_words() and self.directory.proper(word))  # noqa: PLR2004 - two letters are too often a word
            return typed_as_ticker or (len(word) > 1 and word not in _NOT_TICKERS and unlike)
        proper = leads and word not in ordinary_words() and self.directory.proper(word)
        if not plain(word) or proper or (leads and self._speaks(at)):
            return True
        beside = (
            self._word(at - 1) in {"at", "for", "from"} or self._word(at + length) in _CALL_NOUNS or token.possessive
        )
        uncommon = beside and not self.directory.ordinary(word)
        return typed_as_ticker or uncommon or (token.capital and (beside or at > 0))

    def _issuer(self, at: int, length: int) -> bool:
        """Whether a house whose own calls are loaded is meant as the company: it speaks, is asked, or has a subject."""
        before, after = self._word(at - 1), self._word(at + length)
        asking = {"ask", "asked", "asks", "asking"}
        if before in {"at", "for", "in", "on"} | asking or after in _CALL_NOUNS:
            return True
        said = {member[0] for name in ("say", "saybare") for member in classes()[name]}
        if before in {"did", "does", "has", "have", "had"} and after in said:
            return True
        words = {self._word(index) for index in range(len(self.tokens))}
        about = {"on", "about", "analyst", "analysts", "re", "from"}
        asks = asking | about | {"question", "questions", "by", "who"}
        leads = at == 0 and length < len(self.tokens) and not words & asks
        return leads and all(each.field is None for each in self.tokens)

    def _speaks(self, at: int) -> bool:
        """Whether somebody is said to speak there: `did target say`."""
        said = {member[0] for name in ("say", "saybare") for member in classes()[name]}
        return self._word(at - 1) in {"did", "does", "has", "have", "had"} and self._word(at + 1) in said

    def _also_firm(self, at: int, length: int) -> bool:
        found = self.directory.firm([self._word(index) for index in range(at, at + length)])
        return found.exact and bool(found.entities)

    def _times(self, companies: Sequence[str]) -> list[_Mark]:
        found = [when for when in times(self.tokens) if self._is_time(when, companies)]
        return [_Mark(when.start, when.end, when=replace(when, text=self._text(when))) for when in found]

    def _text(self, when: When) -> str:
        return " ".join(token.text for token in self.tokens[when.start : when.end])

    def _is_time(self, when: When, companies: Sequence[str]) -> bool:
        """Tell whether it is a time: a lone year is one where a word leads to it, or the companies' calls are of it."""
        moments = [moment for moment in (when.first, when.last, *when.among) if moment]
        if not moments or any(moment.quarter for moment in moments) or when.end - when.start > 1:
            return True
        years = {call.year for call in self.directory.calls_of(companies)}
        return self._word(when.start - 1) in {"in", "during", "for", "from", "of"} or any(
            moment.year in years for moment in moments
        )

    def _belongs_to_topic(self, mark: _Mark, marks: Sequence[_Mark]) -> bool:
        """`about Q4 guidance`, `about Amazon`: what stands right after "about" is what is asked about."""
        if mark.section is not None or self._word(mark.end) in _CALL_NOUNS:
            return False
        if mark.when is not None and self._for_outlook(mark):
            return True
        before = self._word(mark.start - 1)
        if before in {"the", "their"}:
            before = self._word(mark.start - 2)
        if (before,) not in classes()["about"] or before in _NOT_ABOUT:
            return False
        taken = {index for other in marks for index in range(other.start, other.end)}
        following = [index for index in range(mark.end, len(self.tokens)) if index not in taken]
        alone = not following or self._word(following[0]) in _LEADING
        if before == "on" and (mark.company or alone):
            return False
        named_time = mark.when is not None and (mark.when.newest or mark.when.ago or mark.when.vague)
        if named_time or (mark.company and not alone):
            return False
        self.kept.extend(self.tokens[mark.start : mark.end])
        return True

    def _for_outlook(self, mark: _Mark) -> bool:
        """`guidance for 2022`: a time an outlook is for, not when it was given."""
        near = {self._word(mark.start - 1), self._word(mark.start - 2), self._word(mark.start - 3)}
        leads = self._word(mark.start - 1) == "for" and bool(near & _OUTLOOKS)
        followed = self._word(mark.end) in _OUTLOOKS and self._word(mark.start - 1) not in {"in", "during", "at"}
        if leads or followed:
            self.kept.extend(self.tokens[mark.start : mark.end])
        return leads or followed

    def _limit(self, marks: Sequence[_Mark]) -> tuple[int | None, set[int]]:
        """`top 3`, `limit 5`, `5 quotes`, `first three questions`."""
        taken = {index for mark in marks for index in range(mark.start, mark.end)}
        for at in range(len(self.tokens)):
            number = _figure(self._word(at))
            if number is None or at in taken:
                continue
            if self._word(at - 1) in {"top", "limit", "best", "max"} and at - 1 not in taken:
                return number, {at - 1, at}
            if self._word(at + 1) in {"quotes", "hits", "results", "quotations", "examples"}:
                return number, {at}
        return None, set()

    def _widen(self, marks: Sequence[_Mark]) -> set[int]:
        """Return the tokens of the marks and the words that only lead to them or join them."""
        dropped = {index for mark in marks for index in range(mark.start, mark.end)}
        for mark in marks:
            end = mark.end
            while self._word(end) in _CALL_NOUNS or (self._word(end) in _GLUE and self._reaches(end, dropped)):
                dropped.add(end)
                end += 1
            start = mark.start - 1
            while start >= 0 and start not in dropped and self._word(start) in _ARTICLES:
                start -= 1
            leads = self._word(start) in _LEADING and start not in dropped and not self._begins_form(start)
            if leads or start < mark.start - 1:
                dropped.update(range(start if leads else start + 1, mark.start))
        return dropped

    def _begins_form(self, at: int) -> bool:
        """`questions on Q4`, `trend in 2021`: the preposition belongs to the word before it."""
        return at == 0 and self._word(at) == "on"

    def _stranger(self, dropped: set[int]) -> tuple[tuple[Token, ...], set[int]]:
        """`in each Acme Widgets call`: a name before "call" that is not known, and the tokens it stands among."""
        for at in range(len(self.tokens)):
            if self._word(at) not in {"call", "calls", "transcript", "transcripts"} or at in dropped:
                continue
            start = at
            while start and self.tokens[start - 1].capital and start - 1 not in dropped and self._word(start - 1):
                start -= 1
            before = self._word(start - 1)
            lead = self._word(start - 2) if before in _ARTICLES else before
            if start < at and start and at - start <= NAME and lead in _LEADING:
                return self.tokens[start:at], set(range(start - 1 - (lead != before), at + 1))
        return (), set()

    def _reaches(self, at: int, dropped: set[int]) -> bool:
        """Whether only joining words stand between a token and the next mark."""
        while self._word(at) in _GLUE | _CALL_NOUNS:
            at += 1
            if at in dropped:
                return True
        return False


def _leads(word: str, found: Sequence[Company]) -> bool:
    """Whether a word is how a company's name begins (its brand, or the first word of it)."""
    return any(brand(bare_site(name))[:1] == (word,) for company in found for name in company.names)


@cache
def _longest_section() -> Mapping[str, int]:
    """Return how many words the longest name of a section has, by its first word."""
    longest: dict[str, int] = {}
    for words in sections():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _name_ways(company: Company) -> set[tuple[str, ...]]:
    return {tuple(name.lower().split()) for name in company.names}


def _figure(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) < 3:  # noqa: PLR2004 - a small figure that its line explains
        return int(word) or None
    return NUMBERS.get(word)


def _apart(marks: Sequence[_Mark]) -> list[_Mark]:
    """Keep marks that don't overlap, the earlier and longer first."""
    kept: list[_Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def without_fields(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens as bare ones: the value of a field read like a question of its own."""
    return tuple(replace(token, field=None) for token in tokens)

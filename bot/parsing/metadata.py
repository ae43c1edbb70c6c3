"""What a source says of the call itself: company, ticker, fiscal year and quarter, date, title, and where each stands.

The sidecar is believed before the header, the header before the call's own opening words, these before the file's
name. A source that disagrees with the one believed is told. A quarter that is called fiscal is the company's own; a
date never makes a quarter.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.parsing import announcement, file_name, periods
from bot.parsing.company_name import proper, small, without_period
from bot.parsing.sidecar import Value
from bot.problem import Problem

HEADER, TEXT, FILE, SIDECAR = "header", "text", "file name", "sidecar"
ORDER = (SIDECAR, HEADER, TEXT, FILE)
FIELDS = ("company", "ticker", "year", "quarter", "date", "title")
HEAD_ROWS = 25
LONGEST_NAME = 60  # characters of a company's name on a row of its own
NO_LISTED = frozenset({"LODR", "SEBI", "BSE", "NSE"})
NO_TICKERS = NO_LISTED | frozenset(
    {"CEO", "CFO", "COO", "IR", "USD", "EUR", "INR", "GAAP", "IFRS", "ET", "PM", "AM", "PDF"}
)
TITLED = re.compile(
    r"\b(?P<company>[a-z]?[A-Z0-9][\w&.,'’ !+/-]{1,70}?)\s{0,2}(?:\([A-Z][A-Za-z .]{1,24}\)\s{1,2})?"
    r"\((?:[A-Za-z ]{2,14}:\s?)?[A-Z][A-Z.\-]{0,7}(?:[+\-−]?\d{1,3}\.\d{1,2}%)?\)"
)
SMALL = re.compile(  # lululemon: a title line begins with it and its legal form, and its listing stands behind
    r"\A(?P<company>(?-i:[a-z])[\w&.,'’ !+/-]{1,60}?\s(?:inc|corp|ltd|plc|ag|se|co|n\.v|s\.a|group|holdings?"
    r"|company|corporation)\b\.?)"
    r"\s{0,2}\((?:NYSE|NASDAQ|Nasdaq|TSX|LSE)\w{0,3}:\s?[A-Z]",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?P<company>[a-z]?[A-Z0-9][\w&.,'’ !+/()-]{1,70}?)\s{1,3}(?:NYSE|Nasdaq\w{0,3}|NASDAQ\w{0,3}|TSX|LSE|OTC\w{0,4}"
    r"|[A-Z]{3,8})\s?:\s?[A-Z0-9]"
)
ALONE = re.compile(r"\A(?P<company>[a-z][\w.&'’-]{2,30})\s{0,2}\((?:NYSE|NASDAQ|Nasdaq|TSX|LSE)\w{0,3}:\s?[A-Z]")
KEYED = re.compile(r"(?:company(?: name)?)\s?:\s?(?P<company>[A-Z0-9][^|]{1,70})", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(?P<company>[a-z]?[A-Z0-9][\w&.,'’ !+/()-]{1,60}?)\s(?:[Ff]?Q[1-4]\b|[1-4]Q\b|(?:[Ff]irst|[Ss]econd|[Tt]hird"
    r"|[Ff]ourth)[ -][Qq]uarter)"
)
AFTER = re.compile(
    r"\A\W{0,3}(?:[A-Z]?Q[1-4]|[1-4]Q)\s(?:FY\s?|Fiscal\s)?(?:19"
    r"|20)?\d\d\s(?P<company>[A-Z0-9][\w&.,'’ !+/()-]{1,60}?)\s(?:Earnings|Conference|Results|Analyst|Investor"
    r"|Quarterly)"
)
TITLE = re.compile(
    r"\b(?:earnings|results|transcript|conference call|investor call|q[1-4]|[1-4]q|quarter|analyst call)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Metadata:
    """The fields that were found, where each is from, and what disagrees."""

    values: dict[str, str | int | dt.date] = field(default_factory=dict)
    learnt_from: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Give a field that holds words."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int | None:
        """Give a field that holds a number."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    @property
    def date(self) -> dt.date | None:
        """The day of the call."""
        value = self.values.get("date")
        return value if isinstance(value, dt.date) else None


Facts = dict[str, Value]


def learn(
    *, name: str, header: Sequence[str], facts: Mapping[str, str], opening: Sequence[str], sidecar: Facts
) -> Metadata:
    """Gather what sidecar, header, opening words and file name say, believe them in this order, tell disagreement."""
    sources: dict[str, Facts] = {
        SIDECAR: sidecar,
        HEADER: {**from_header([*header, *([facts["title"]] if "title" in facts else [])]), **_typed(facts)},
        FILE: file_name.read(name),
    }
    known = "company" in sources[SIDECAR] or "company" in sources[HEADER]  # believed first, and never contradicted
    sources[TEXT] = from_opening(opening, company=not known)
    if not any("quarter" in facts for facts in sources.values()):
        sources[TEXT] |= _quarter(announcement.reported(opening[: announcement.SPEECHES]))
    found = Metadata()
    found.problems += _implausible(sources)
    for each in FIELDS:
        said = [(source, sources[source][each]) for source in ORDER if each in sources[source]]
        if not said:
            continue
        source, value = said[0]
        found.values[each] = value
        found.learnt_from[each] = source
        found.problems += [
            Problem(
                None,
                f"{each}: the {other} says {_shown(rival)}, the {source} {_shown(value)}; the {source} is believed",
            )
            for other, rival in said[1:]
            if not _agree(each, value, rival)
        ]
    return found


def _implausible(sources: dict[str, Facts]) -> list[Problem]:
    """Drop a period years from the call's date, where another source has one beside it."""
    day = next((sources[source]["date"] for source in ORDER if "date" in sources[source]), None)
    if not isinstance(day, dt.date):
        return []
    years = {source: year for source, facts in sources.items() if isinstance(year := facts.get("year"), int)}
    wrong = {source: year for source, year in years.items() if abs(year - day.year) > 1 and source != SIDECAR}
    if not wrong or len(wrong) == len(years):
        return []
    for source in wrong:
        sources[source] = {key: value for key, value in sources[source].items() if key not in {"year", "quarter"}}
    return [
        Problem(
            None, f"year: the {source} says {year}, the call is dated {day.isoformat()}; the {source} is not believed"
        )
        for source, year in wrong.items()
    ]


def _shown(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _agree(name: str, one: Value, other: Value) -> bool:
    if name == "title":
        return True
    if isinstance(one, str) and isinstance(other, str):
        a, b = _squeezed(one), _squeezed(other)
        return a in b or b in a or a[:4] == b[:4] or name == "company"
    return one == other


def _squeezed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _typed(said: Mapping[str, str]) -> Facts:
    """Give each field of a header its type; what does not fit is left out."""
    found: Facts = {}
    for key, value in said.items():
        if key not in FIELDS or not value or not value.strip():
            continue
        if key == "date":
            day = periods.date(value)
            if day is not None:
                found[key] = day
        elif key in {"year", "quarter"}:
            digits = re.search(r"\d{1,4}", value)
            number = int(digits[0]) if digits else None
            if key == "year" and number is not None:
                number = periods.full_year(digits[0]) if digits and len(digits[0]) in {2, 4} else None
            if number is not None and (key == "year" or 1 <= number <= 4):  # noqa: PLR2004  # four quarters
                found[key] = number
        else:
            found[key] = value.strip()
    return found


ENDING = re.compile(r"\b(?:period|quarter|year|months) end(?:ing|ed)\b", re.IGNORECASE)
OWN = re.compile(r"://|\A(?:scraped|retrieved|downloaded|published|updated)\b", re.IGNORECASE)
"""A row with the date of the page, not of the call."""


def from_header(rows: Sequence[str]) -> Facts:
    """Read the rows before the speech: title lines first, `Key: value` lines, then any date."""
    found: Facts = {}
    for row in rows[:HEAD_ROWS]:
        text = row[:300]
        _period(found, text)
        if "ticker" not in found:
            ticker = periods.ticker(text)
            if ticker is not None and (ticker.re is not periods.TICKERS[-1] or TITLE.search(text)):
                found["ticker"] = ticker["ticker"].rstrip(".-").removesuffix(".PK")  # a mark of where it is traded, too
                listed = ticker.re is periods.TICKERS[0]  # NYSE:PM, NYSE:COO are companies
                if found["ticker"] in (NO_LISTED if listed else NO_TICKERS):
                    del found["ticker"]
        if "company" not in found:
            company = _company(text)
            if company is not None:
                found["company"] = company
                if not text.lower().startswith("company"):
                    found.setdefault("title", text)
    if "ticker" in found and "company" not in found and (name := _beside_ticker(rows[:HEAD_ROWS])) is not None:
        found["company"] = name
    if (day := _dated(rows[:HEAD_ROWS])) is not None:
        found["date"] = day
    return found


def _beside_ticker(rows: Sequence[str]) -> str | None:
    """Read a name alone on its row under a row that is nothing but an exchange and a ticker."""
    for above, row in pairwise(row.strip() for row in rows if row.strip()):
        if periods.TICKERS[0].fullmatch(above) is None:
            continue
        if (
            len(row) <= LONGEST_NAME
            and row[-1] not in ":?!"
            and TITLE.search(row) is None
            and periods.date(row) is None
        ):
            return row if proper(row) else None
    return None


def _dated(rows: Sequence[str]) -> dt.date | None:
    """Return the first date that is not told as a quarter's end; a page's own only where there is no other."""
    doubtful: dt.date | None = None
    for text in (row[:300] for row in rows):
        day = None if ENDING.search(text) else periods.date(text)
        if day is not None and not OWN.search(text):
            return day
        doubtful = doubtful or day
    return doubtful


def _company(text: str) -> str | None:
    titled = TITLE.search(text) is not None
    for pattern in (KEYED, SMALL, ALONE, AFTER, TITLED, LISTED, BEFORE):
        if pattern in {ALONE, AFTER, BEFORE} and not titled:
            continue
        if pattern is TITLED and not titled and ":" not in text:
            continue
        match = pattern.search(text) if pattern is not KEYED else pattern.match(text)
        if match is not None:
            name = _tidied(match["company"], before=pattern is BEFORE)
            if name and (pattern is KEYED or proper(name) or (pattern in {SMALL, ALONE} and small(name))):
                return name
    return None


def _tidied(name: str, *, before: bool) -> str | None:
    name = re.sub(r"\s\([^)]{1,40}\)\Z", "", name.strip(" ,-–—:'’"))
    name = re.sub(r"\A(?:the|The|our|to|with)\s", "", name)
    name = re.sub(r"(Limited|Company|Corporation)['’]s\Z", r"\1", name)
    name = without_period(name, before=before)
    words = name.split()
    if (
        not words
        or name.count("(") != name.count(")")
        or len(words) > 8  # noqa: PLR2004  # a figure that its name says
        or words[0].lower() in {"transcript", "of", "for", "call", "fiscal", "our", "this", "today's", "on"}
    ):
        return None
    return name


def _period(found: Facts, text: str) -> None:
    if "quarter" in found:
        return
    said = periods.period(text)
    if said is not None:
        found["year"], found["quarter"] = said.year, said.quarter


def from_opening(texts: Sequence[str], *, company: bool = True) -> Facts:
    """Read the opening speeches, for the company only where it is not known by what is believed first."""
    found = _quarter(announcement.period(texts[: announcement.SPEECHES]))
    name = announcement.company(texts) if company else None
    return found if name is None else {**found, "company": name}


def _quarter(said: periods.Found | None) -> Facts:
    return {} if said is None else {"year": said.year, "quarter": said.quarter}

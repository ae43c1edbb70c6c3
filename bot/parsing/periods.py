"""Fiscal periods, dates and tickers in print.

All patterns are linear: literals, single classes and bounded repeats, on heads of at most a few hundred characters.
"""

import datetime as dt
import re
from dataclasses import dataclass

from bot.parsing.word_set import word_set

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)(?!\d|[.,]\d|%|-[QK]\b)"
FISCAL = r"(?:fiscal(?:[ -]year)?|financial year|f\.?y\.?)"
GAP = r"[\s,_.'’/-]{0,3}"
PERIODS = (
    # Q3 FY25, quarter 2 2021, FQ1 2023, Q1FY21, Q4 fiscal 2019, Q3 & 9M FY2025, Q4-2024, 3Q24
    re.compile(
        rf"(?<![A-Za-z0-9])(?P<fq>F)?(?:(?:Q|quarter\s(?=\d(?!\d)))(?P<quarter>[1-4])|(?P<other>[1-4])Q)(?:\s?(?:&|and|/)\s?(?:\d{{1,2}}M"
        rf"|H[12]|FY|full[- ]year))?{GAP}(?P<fiscal>{FISCAL})?{GAP}{YEAR}",
        re.IGNORECASE,
    ),
    # 2012-q3, FY2025 Q1, fiscal 2019 Q1
    re.compile(
        rf"(?<![A-Za-z0-9])(?P<fiscal>{FISCAL})?{GAP}(?P<year>(?:19|20)\d\d"
        rf"|(?<=FY)\d\d){GAP}(?P<fq>F)?Q(?P<quarter>[1-4])(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z0-9])(?P<year>20\d\d)[\s_-](?P<quarter>[1-4])Q(?![A-Za-z0-9])(?P<fiscal>)(?P<fq>)", re.IGNORECASE
    ),
    # third quarter (of) (fiscal) (year) 2012; fourth-quarter and full-year fiscal 2019
    re.compile(
        rf"\b(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[\s-](?:fiscal[\s-])?quarter(?:['’]s)?(?:\s(?:and"
        rf"|&)\s(?:the\s)?(?:full|fiscal|entire|whole|twelve|year)[\s-]?(?:fiscal[\s-])?(?:year"
        rf"|months)?(?:[\s-]end)?)?"
        rf"(?:\s(?:of|for|results for|ended|ending))?(?:\s(?:the|our"
        rf"|its))?{GAP}(?P<fiscal>{FISCAL})?(?:\sof)?(?:\syear)?{GAP}{YEAR}",
        re.IGNORECASE,
    ),
    # fiscal (year) 2019 first quarter; 2019 third quarter
    re.compile(
        rf"(?<![A-Za-z0-9])(?P<fiscal>{FISCAL})?{GAP}(?P<year>(?:19|20)\d\d)['’s]{{0,2}}[\s-](?P<word>first|second"
        rf"|third|fourth)[\s-](?:fiscal[\s-])?quarter",
        re.IGNORECASE,
    ),
)
DIGIT = re.compile(r"\d")
QUARTERS = frozenset("1234")
DATES = (
    re.compile(
        r"(?:\b|(?<=[a-z]))(?P<month>[A-Z](?:[a-z]{2,8}|[A-Z]{2,8}))\.?[\s_-]{1,2}(?P<day>\d{1,2})(?:st|nd|rd"
        r"|th)?,?[\s_-]{1,2}(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\sof)?[\s_-](?P<month>[A-Z][a-zA-Z]{2,8}"
        r")\.?,?[\s_-](?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_/.](?P<number>\d{1,2})[-_/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_](?P<month>[A-Z][a-z]{2})[-_](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
)
TICKERS = (
    re.compile(
        r"\b(?:NYSE|NASDAQ|Nasdaq|NasdaqGS|NasdaqGM|AMEX|TSX|TSXV|LSE|OTCPK|OTCQX|OTC|ASX|BSE|NSE|HKEX|SEHK"
        r"|NYSEAM|NYSEARCA|CBOE|ENXTPA|XTRA|SWX|BATS|NYSEMKT|NYSE American|NYSE MKT|Nasdaq[A-Z]{2}|OTCMKTS|BIT"
        r"|BME|TSE|ISE)\s{0,2}:\s{0,2}(?P<ticker>[A-Z][A-Z0-9.\-]{0,9})"
    ),
    re.compile(r"(?:\bTicker|\bSymbol)\s?:\s?(?P<ticker>[A-Z][A-Z0-9.\-]{0,9})\b"),
    re.compile(r"\((?P<ticker>[A-Z]{1,5}(?:\.[A-Z])?)(?:[+\-−]?\d{1,3}\.\d{1,2}%)?\)"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A period in print: year, quarter, whether the text calls it fiscal, and where it stands."""

    year: int
    quarter: int
    fiscal: bool
    start: int
    end: int


def period(text: str) -> Found | None:
    """Find the first period with a quarter in a text."""
    best: Found | None = None
    low = text.lower()
    if "quarter" not in low and not _numbered(low):  # one of these stands in all periods
        return None
    for pattern in PERIODS:
        match = pattern.search(text)
        if match is None or (best is not None and match.start() >= best.start):
            continue
        groups = match.groupdict()
        quarter = groups.get("quarter") or groups.get("other")
        number = int(quarter) if quarter else ORDINALS[groups["word"].lower()]
        year = full_year(match["year"])
        if year is not None:
            best = Found(year, number, bool(groups.get("fiscal") or groups.get("fq")), match.start(), match.end())
    return best


def _numbered(low: str) -> bool:
    """Tell whether a `q` stands beside a quarter's number: one letter is found in a tenth of a pattern's time."""
    at = low.find("q")
    while at >= 0:
        if not QUARTERS.isdisjoint(low[max(0, at - 1) : at + 2]):
            return True
        at = low.find("q", at + 1)
    return False


def full_year(text: str) -> int | None:
    """Read a year of two or four digits; None where it is none that calls were held in."""
    digits = text.strip("'’ ")
    year = int(digits)
    if len(digits) == 2:  # noqa: PLR2004  # '12
        year += 2000 if year < 70 else 1900  # noqa: PLR2004  # no transcript is older
    return year if 1970 <= year <= 2099 else None  # noqa: PLR2004  # a figure that its name says


def date(text: str) -> dt.date | None:
    """Find the first date in a text."""
    best: tuple[int, dt.date] | None = None
    for pattern in DATES if DIGIT.search(text) else ():
        for match in pattern.finditer(text):
            found = _date(match)
            if found is not None:
                if best is None or match.start() < best[0]:
                    best = match.start(), found
                break
    return best[1] if best else None


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    month = (
        MONTHS.get((groups.get("month") or "").lower()[:3]) if groups.get("month") else int(groups.get("number") or 0)
    )
    named = (groups.get("month") or "").lower()
    if named and not any(
        full.startswith(named.rstrip(".")) or named == "sept" for full in FULL if full[:3] == named[:3]
    ):
        return None
    year = full_year(groups["year"])
    if not month or year is None:
        return None
    try:
        return dt.date(year, month, int(groups["day"]))
    except ValueError:
        return None


FULL = tuple(word_set("january february march april may june july august september october november december"))


def ticker(text: str) -> re.Match[str] | None:
    """Find the first ticker in a text, as a match whose group `ticker` holds it."""
    for pattern in TICKERS if ":" in text or "(" in text else ():
        match = pattern.search(text)
        if match is not None:
            return match
    return None

"""What a file's name says of its call."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from bot.parsing import periods
from bot.parsing.word_set import word_set

STEM_NOISE = word_set("""
    earnings call transcript transcripts results conference q1 q2 q3 q4 fy qec concall final edited english the and of
    on translated output ceo cfo inc press pressconf presentation discusses none qnone management update motley fool yes
    no
    """)
BEGINS = word_set("transcript transcripts corrected final edited draft copy raw")
ENDS = BEGINS | word_set("earnings call calls results conference concall audio notes recording webcast document")
"""What a file is: no company's name begins, or ends, with it."""
NO_TICKERS = word_set(  # behind the first word: a country, or which copy it is
    "us usa uk eu hk usd eur gbp draft copy rev raw ocr asr clean old new pdf txt doc html audio video part fixed"
)
EXCHANGES = word_set("nyse nasdaq amex tsx lse otc asx bse nse hkex")
COPIED = re.compile(r"\A(?:copy[\s_]of[\s_]|\(\d{1,2}\)\s?)|(?:[\s_]-?[\s_]?copy|\s?\(\d{1,2}\))\Z", re.IGNORECASE)
BRACKETS = re.compile(r"[\s_-]?\((?P<said>[^()]{0,40})\)")
TICKER = re.compile(r"[A-Z]{1,5}(?:\.[A-Z])?\Z")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERED = re.compile(r"\d{1,3}[A-Z]\w*")  # 3M
PERIOD = re.compile(r"F?Q[1-4]|[1-4]Q|Earnings|Results")


def read(name: str) -> dict[str, str | int | dt.date]:
    """Read a file's name: `tsla-2012-q3`, `2018-Apr-26-MSFT`, `MDB_Q1_2026_…`, `3M_2019_Q3`, `jpm-3q24-…`."""
    stem = name.rsplit("/", 1)[-1]
    stem = COPIED.sub("", stem.rsplit(".", 1)[0] if "." in stem[-6:] else stem)
    found: dict[str, str | int | dt.date] = {}
    said = periods.period(stem.replace("_", " "))
    if said is not None:
        found["year"], found["quarter"] = said.year, said.quarter
    day = periods.date(stem.replace("T00_00_00", "").replace("T12_00", ""))
    if day is not None:
        found["date"] = day
    company = _company(stem)
    if company:
        found["company"] = company
    ticker = next(_tickers(stem, said=said is not None or day is not None), None)
    if ticker is not None:
        found["ticker"] = ticker
    return found


def _company(stem: str) -> str:
    """Return the capitalised words before a period, less what they say of the file; one beside a year or a mark."""
    words = re.split(r"[\s_]+", BRACKETS.sub("", stem))
    at = next((index for index, word in enumerate(words) if PERIOD.fullmatch(word)), 0)
    before = [word.strip("(),") for word in words[:at]]
    named = _trimmed([word for word in before if word and not YEAR.fullmatch(word)])
    alone = len([word for word in before if word.strip("-")]) < 2 and not BRACKETS.search(stem)  # noqa: PLR2004 - `Draft Q3`
    if not named or TICKER.match(named[0]) or alone:
        return ""
    if not all(word[0].isupper() or word in {"of", "-", "&"} or NUMBERED.fullmatch(word) for word in named):
        return ""
    return " ".join(word for word in named if not TICKER.match(word))


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    """Drop what a file is, and dashes, from both ends of a name."""
    while words and words[0].lower() in BEGINS | {"-"}:
        words = words[1:]
    while words and words[-1].lower() in ENDS | {"-"}:
        words = words[:-1]
    return words


def _tickers(stem: str, *, said: bool) -> Iterator[str]:
    """Words that may be a ticker: what is in brackets; all capitals; the first word of any case beside a period."""
    words = [word for word in re.split(r"[\s_\-]+", BRACKETS.sub(" ", stem)) if word]
    plain = [word for word in re.split(r"[\s_\-]+", stem.partition("(")[0]) if word]
    if not (len(plain) == 1 and TICKER.match(plain[0]) and len(plain[0]) > 1):  # `MSFT (USD) Q3 2024`
        yield from _marked(stem)
    for at, word in enumerate(words):
        if len(word) == 1 and not said:
            continue  # `1000046_T` is a number and a mark
        if (
            TICKER.match(word)
            and word.lower() not in STEM_NOISE
            and (at == 0 or word.lower() not in NO_TICKERS | {"hy", "est", "edt", "ir", "qa", "en"})
            and not re.fullmatch(r"Q[1-4]|FY|CEO|CFO|COO|AM|PM|ET|GMT", word)
        ):
            yield word
    if (
        said
        and words
        and words[0].isalpha()
        and 1 <= len(words[0]) <= 5  # noqa: PLR2004  # a figure that its name says
        and words[0].lower() not in STEM_NOISE
        and words[0].islower()
    ):
        yield words[0].upper()


def _marked(stem: str) -> Iterator[str]:
    """Give the tickers in brackets before the period: behind an exchange and its colon, or first of several words."""
    period = re.search(r"\bF?Q[1-4]\b|\b[1-4]Q\b|(?<=[_\s])Q[1-4](?=[_\s])", stem)
    for match in BRACKETS.finditer(stem, 0, period.start() if period else len(stem)):
        said = match["said"].rpartition(":")[2].strip()
        words = [word for word in re.split(r"[\s_\-,/]+", said) if word]
        for word in words:
            single = len(word) == 1 and len(words) > 1  # Class A
            if TICKER.match(word) and not single and word.lower() not in NO_TICKERS | EXCHANGES | STEM_NOISE:
                yield word
                break  # what follows is where it is traded, or another class

"""What a file's name says of its call."""

import datetime as dt
import re
from collections.abc import Iterator

from bot.parsing import periods
from bot.parsing.word_set import word_set

STEM_NOISE = word_set("""
    earnings call transcript transcripts results conference q1 q2 q3 q4 fy qec concall final edited english the and of
    on translated output ceo cfo inc press pressconf presentation discusses none qnone management update motley fool yes
    no
    """)
NO_TICKERS = word_set(
    "us usa uk eu hk ca draft copy rev raw ocr asr clean old new pdf txt doc html audio video part fixed"
)
COPIED = re.compile(r"\A(?:copy[\s_]of[\s_]|\(\d{1,2}\)\s?)|(?:[\s_]-?[\s_]?copy|\s?\(\d{1,2}\))\Z", re.IGNORECASE)
BRACKETS = re.compile(r"[\s_-]?\((?:[A-Za-z ]{2,14}:\s?)?(?P<said>[^()]{0,40})\)")
TICKER = re.compile(r"[A-Z]{1,5}(?:\.[A-Z])?\Z")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERED = re.compile(r"\d{1,3}[A-Z]\w*")  # 3M


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
    words = re.split(r"[\s_]+", BRACKETS.sub("", stem))
    at = next((index for index, word in enumerate(words) if re.fullmatch(r"F?Q[1-4]|[1-4]Q|Earnings|Results", word)), 0)
    named = [word for word in words[:at] if word and not YEAR.fullmatch(word)]
    if (
        named
        and not TICKER.match(named[0])
        and named[0].lower() not in STEM_NOISE
        and all(word[0].isupper() or word == "of" or NUMBERED.fullmatch(word) for word in named)
    ):
        found["company"] = " ".join(word for word in named if not TICKER.match(word))
    ticker = next(_tickers(stem, said=said is not None or day is not None), None)
    if ticker is not None:
        found["ticker"] = ticker
    return found


def _tickers(stem: str, *, said: bool) -> Iterator[str]:
    """Words of a name that may be a ticker: all capitals anywhere; the first word of any case beside a period."""
    marked = [match["said"] for match in BRACKETS.finditer(stem)]
    words = [word for word in re.split(r"[\s_\-]+", BRACKETS.sub(" ", stem)) if word]
    for at, word in enumerate([*words, *marked]):
        if len(word) == 1 and not said:
            continue  # `1000046_T` is a number and a mark
        if (
            TICKER.match(word)
            and word.lower() not in STEM_NOISE
            and (at == 0 or word.lower() not in NO_TICKERS)
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

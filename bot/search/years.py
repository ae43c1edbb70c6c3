"""How else a fiscal year is written: `FY26`, `FY2026`, `2026`. Calls say one, people type another."""

import re

# A figure alone is a year only where calls speak of one: 1950 or 2000 are rather so many stores.
_YEAR = re.compile(r"(?:fy|cy)((?:19|20)\d{2})|(199\d|200[1-9]|20[1-4]\d)|(?:fy|cy)(\d{2})")
_SHORT = 100
_FIRST = 50
"""Two figures from here on are of the last century; there are no transcripts of calls from before."""


_FISCAL = re.compile(r"fy((?:19|20)?)(\d{2})")


def fiscal_ways(text: str) -> tuple[str, ...]:
    """Return how a fiscal year that is typed as one word (`FY26`) is said in several; none for anything else."""
    match = _FISCAL.fullmatch(text.lower())
    if match is None:
        return ()
    short, whole = match[2], f"{match[1] or ('19' if int(match[2]) >= _FIRST else '20')}{match[2]}"
    one = f"fy{short}" if match[1] else f"fy{whole}"
    return (one, *(f"{said} {year}" for said in ("fy", "fiscal", "fiscal year") for year in (short, whole)))


def other_ways(word: str) -> tuple[str, ...]:
    """Return the other ways to write the year that a key (`fy26`, `2026`) is; none for what is no year."""
    match = _YEAR.fullmatch(word)
    if match is None:
        return ()
    whole, short = match[1] or match[2], match[3]
    year = int(whole) if whole else int(short) + (1900 if int(short) >= _FIRST else 2000)
    return tuple(way for way in (str(year), f"fy{year % _SHORT:02}", f"fy{year}") if way != word)

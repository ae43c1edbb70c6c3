"""What publishers print around a call that nobody said: advertisements, notices, lists' heads.

Patterns are anchored at a row's start and linear; rows are matched, never running text.
"""

import re
from functools import lru_cache

from bot.parsing.sheet import Sheet

ADS = re.compile(
    r"(?:image source:?\s"
    r"|need a quote from (?:a|one of our) motley fool"
    r"|10 (?:biggest )?stocks we like better than"
    r"|(?:when investing geniuses )?david and tom (?:gardner have|just revealed)"
    r"|when (?:our )?(?:award-winning )?(?:analyst team|investing geniuses)\b.{0,60}(?:stock|investing) (?:tip|advice)"
    r"|(?:they|the motley fool) just revealed what they (?:believe|think) are the (?:ten|10) best"
    r"|see the 10 stocks|click here to (?:learn|see|find)"
    r"|\*?stock advisor returns as of"
    r"|find out why .{0,80}(?:stock|buy)"
    r"|after all, (?:the|their) newsletter they have run"
    r"|the newsletter they have run for"
    r"|the author has no position|the motley fool (?:has|owns|recommends)"
    r"|motley fool transcribing has|motley fool transcription"
    r"|this article is a transcript of (?:this|the) conference call"
    r"|transcript powered by alphastreet"
    r"|all earnings call transcripts\Z|more .{1,40} analysis\Z"
    r"|\*?average returns of all recommendations"
    r"|stocks mentioned\Z|motley fool money|\[email.protected\]"
    r"|(?:disclaimer:? )?(?:\*new\* )?we are providing this transcript"
    r"|copyright policy|\*?this (?:article|transcript) (?:was|is) (?:produced|provided) (?:by|for) )",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"(?:v\. bearish\Z|\d{1,3} authors? in the last|duration:? \d|call participants:?\Z"
    r"|this article is a transcript of (?:this|the) conference call"
    r"|transcript powered by alphastreet|more .{1,40} analysis\Z|all earnings call transcripts\Z"
    r"|copyright policy|copyright (?:©|\(c\)|20\d\d)|©|stocks mentioned\Z|these materials have been prepared solely"
    r"|(?:legal )?disclaimer:?\Z|definitions:?\Z|forward[- ]looking statements?:?\Z|cautionary statement"
    r"|this transcript (?:may|is provided|has been|was|is)\b|note: this (?:transcript|document|is)\b"
    r"|the information contained in (?:event )?transcripts|\(this document (?:was|has been) edited)",
    re.IGNORECASE,
)
HEADINGS = re.compile(
    r"(?:(?P<qa>(?:analysts?[’']? )?(?:question(?:s)?[- ]?(?:and|&|/)[- ]?answers?(?:[- ](?:session|section))?"
    r"|q ?& ?a(?: session| section)?|questions & answers))"
    r"|(?P<prepared>prepared remarks|presentation(?: session| section| operator message)?"
    r"|management discussion(?: section)?"
    r"|opening remarks|full conference call transcript|transcript|management remarks|operator remarks)"
    r"|contents)\s{0,2}:?\Z",
    re.IGNORECASE,
)


LONGEST_HEADING = 60  # characters
BEGINNING = 3  # characters by which most rows are told from notices without a pattern
ADS_BEGIN = frozenset(
    (
        *(
            "ima",
            "nee",
            "10 ",
            "whe",
            "dav",
            "the",
            "thi",
            "see",
            "cli",
            "*st",
            "sto",
            "fin",
            "aft",
            "mot",
            "tra",
            "all",
        ),
        *("mor", "*av", "ave", "[em", "dis", "*ne", "we ", "cop", "*th"),
    )
)
ENDS_BEGIN = frozenset(
    (
        *(
            "v. ",
            "dur",
            "cal",
            "thi",
            "tra",
            "mor",
            "all",
            "cop",
            "sto",
            "the",
            "leg",
            "dis",
            "def",
            "for",
            "cau",
            "not",
        ),
        "(th",
    )
)


def is_ad(text: str) -> bool:
    """Tell whether a row is a publisher's own, not a speaker's."""
    return text[:BEGINNING].lower() in ADS_BEGIN and ADS.match(text) is not None


def ends(text: str) -> bool:
    """Tell whether a row opens what stands after the call."""
    begins = text[:BEGINNING].lower() in ENDS_BEGIN or text[:1] == "©" or text[:1].isdecimal()
    return begins and ENDS.match(text) is not None


def heading(text: str) -> str | None:
    """Tell which part a row announces by itself: "qa", "prepared" or "other" (a table of contents); None if none."""
    return _heading(text) if len(text) <= LONGEST_HEADING else None


@lru_cache(maxsize=8192)
def _heading(text: str) -> str | None:
    found = HEADINGS.match(text.strip("*#_ =-|<>[]❓📊📌🎤\ufe0f?").strip())
    if not found:
        return None
    return "qa" if found["qa"] else "prepared" if found["prepared"] else "other"


def end_of_call(sheet: Sheet, start: int) -> int:
    """Find the row after the last that was said; what follows is lists, notices and advertisements."""
    rows = sheet.rows
    floor = max(start, len(rows) // 2)
    for at in range(floor, len(rows)):
        if ends(rows[at].text):
            # the vote that Seeking Alpha sets under a page opens with a bare figure
            return at - 1 if rows[at].text == "V. Bearish" and rows[at - 1].text == "1" else at
    return len(rows)

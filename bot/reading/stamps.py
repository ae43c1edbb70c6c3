"""Times that stand beside a speaker's name: `[00:12:33] NAME`, `NAME (00:20):`, `NAME (00:20): words`, `NAME  1:05`.

Patterns are anchored and linear; they only meet a line's first or last characters.
"""

import re

CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
LEAD = re.compile(rf"(?:[\[(<]\s?{CLOCK}\s?[\])>]|{CLOCK})(?:\s?[-–—|:]\s)?\s{{0,4}}(?=[^\W\d_])")
TRAIL = re.compile(rf"(?:\s{{0,4}}[\[(<]\s?{CLOCK}\s?[\])>]|\s{{1,8}}(?:[-–—|@]\s)?{CLOCK})\s?(?P<colon>:?)\Z")
INSIDE = re.compile(rf"(?P<name>[^:()\[\]<>]{{2,60}}?)\s{{0,3}}[\[(<]\s?{CLOCK}\s?[\])>](?=:\s)")
LONGEST = 120  # characters of a line at whose end a time may stand beside a name
NEAR = 24  # characters at either end in which it stands


def bare(text: str) -> str:
    """Give a line without the time before its first word, or after a name that is all it holds."""
    if text[:1] in "[(<0123456789" and ":" in text[:NEAR]:
        found = LEAD.match(text)
        if found is not None:
            return text[found.end() :]
    if "):" in text[:LONGEST] or "]:" in text[:LONGEST] or ">:" in text[:LONGEST]:
        found = INSIDE.match(text)
        if found is not None:
            return found["name"] + text[found.end() :]
    if len(text) <= LONGEST and text[-1:] in ")]>:0123456789" and ":" in text[-NEAR:]:
        found = TRAIL.search(text, max(0, len(text) - NEAR))
        if found is not None and found.start():
            return text[: found.start()] + found["colon"]
    return text

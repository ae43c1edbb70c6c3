"""What an editor sets in brackets between the words, `[indiscernible]`, `[technical difficulty]`, `(ph)`: no name.

The pattern is linear: it is anchored at a bracket and looks at a bounded run of letters.
"""

import re

MARK = re.compile(
    r"[\[(<]\s{0,2}(?:unk|indiscernible|inaudible|unintelligible|unclear|technical[ -]diff?icult?\w{0,5}"
    r"|tech(?:nical)? \w{2,12}|audio \w{2,12}|line \w{2,12}|no audio"
    r"|cross[ -]?talk|multiple speakers|overlapping \w{2,14}|foreign language"
    r"|operator instructions?|call starts abruptly|starts abruptly|break in audio|background noise|silence|laughter"
    r"|music|phonetic|ph|sp|sic)(?:\s[\d:.]{1,10})?\s{0,2}[\])>]",
    re.IGNORECASE,
)
SPELLING = re.compile(r"[\[(]\s{0,2}(?:phonetic|ph|sp|sic)\s{0,2}[\])]", re.IGNORECASE)  # beside words that were heard


def mark(text: str, start: int) -> re.Match[str] | None:
    """Find an editor's mark at an offset; None where what stands there are words."""
    return MARK.match(text, start) if text[start : start + 1] in {"[", "(", "<"} else None


def unheard(text: str, start: int) -> re.Match[str] | None:
    """Find a mark at an offset that stands for words nobody understood, not for how one was spelt."""
    return None if SPELLING.match(text, start) else mark(text, start)

"""What may be a company's name: capitalised words, and no clause, period or kind of call."""

import re

from bot.parsing.word_set import word_set

ORDINALS = frozenset({"first", "second", "third", "fourth"})
LEGAL = frozenset({"plc", "inc", "inc.", "ag", "se", "nv", "sa", "ltd", "ltd."})
NUMBERED = re.compile(r"\d{1,3}[A-Za-z][\w'-]*|\d{1,3}-[A-Z]\w+")
OPENERS = word_set(
    "with i we it he she they and but so as at by for from in on to after before now also please all thank thanks"
)
AROUND = word_set(  # what stands beside it in an announcement
    """
    first second third fourth fiscal full q1 q2 q3 q4 fq1 fq2 fq3 fq4 1q 2q 3q 4q h1 h2 earnings results result
    conference call calls quarter quarters quarterly year year-end yearend webcast teleconference review discussion
    investor investors annual financial business update release and presentation half months month ended ending
    half-year     analyst analysts meeting day fy everyone everybody you us morning afternoon evening virtual
    """
)
KINDS = word_set("earnings results conference call calls webcast teleconference transcript interim preliminary")
BEHIND = KINDS | word_set(
    """
    first second third fourth fiscal full full-year half-year quarter quarterly half year year-end annual fy for - – —
    """
)
YEARLY = frozenset({"fiscal", "fy", "year", "full-year", "half-year", "annual"})
PERIOD_WORD = re.compile(
    r"(?:199\d|200[1-9]|20[1-4]\d)\Z|f?y['’]?\d{2,4}\Z|[qh][1-4](?:['’]?\d\d|(?:fy)?\d{2,4})?\Z|[1-4][qh]\d{0,4}\Z|\d{1,2}m\Z"
)
GENERIC = word_set(  # begins no name: what a call, or a line above it, is called
    "fiscal full earnings q1 q2 q3 q4 investor conference results transcript call operator quarterly presentation"
)


def proper(name: str) -> bool:
    """Tell whether it is a company's name, which is capitalised words; a clause is not."""
    words = name.split()
    low = [
        word
        for word in words
        if not capital(word) and word[0].islower() and word not in {"and", "of", "de", "the", "for", "&"} | LEGAL
    ]
    first = words[0].replace("’", "'")
    if first.lower() in ORDINALS | {"full"}:  # First Republic, First Financial, Full House; no first quarter
        behind = words[1].lower() if len(words) > 1 else ""
        return not low and len(words) > 1 and (behind == "financial" or behind not in AROUND)
    if first[0].isdigit():  # 3M, 21st Century Fox; no 3Q, and no year
        return not low and NUMBERED.fullmatch(first) is not None and first.lower() not in AROUND
    return capital(name) and not low and first.lower() not in GENERIC and not opens(first)


def small(name: str) -> bool:
    """Tell whether a name in small letters with its legal form may be one: no clause, and nothing said of a call."""
    words = name.lower().split()
    return words[0] not in AROUND | GENERIC and not opens(words[0]) and {"to", "our", "the"}.isdisjoint(words)


def without_period(name: str, *, before: bool = False) -> str:
    """Cut what a title says behind a company's name of its period and kind of call: `Oakum plc Half-Year Results`.

    Only where a kind of call is among it, or, `before` a quarter, a fiscal year: Republic First, Studio 2000 end so.
    """
    words = name.split()
    kept = len(words)
    while kept and (words[kept - 1].lower() in BEHIND or PERIOD_WORD.match(words[kept - 1].lower())):
        kept -= 1
    cut = {word.lower() for word in words[kept:]}
    period = before and any(word in YEARLY or PERIOD_WORD.match(word) for word in cut)
    return name if cut.isdisjoint(KINDS) and not period else " ".join(words[:kept]).rstrip(" -–—,")


def capital(word: str) -> bool:
    """Tell whether a word is written as a name's first is: Larch, eBay."""
    return word[0].isupper() or (word[0].islower() and word[1:2].isupper())


def opens(word: str) -> bool:
    """Tell whether a word begins a sentence of its own: `I'd like to`, `We're`, `All lines`."""
    return word.partition("'")[0].lower() in OPENERS

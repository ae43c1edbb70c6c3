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


def proper(name: str) -> bool:
    """Tell whether it is a company's name, which is capitalised words; a clause is not."""
    words = name.split()
    low = [
        word
        for word in words
        if not capital(word) and word[0].islower() and word not in {"and", "of", "de", "the", "for", "&"} | LEGAL
    ]
    first = words[0].replace("’", "'")
    if first.lower() in ORDINALS:  # First Republic, Second Sight; no first quarter
        return not low and len(words) > 1 and words[1].lower() not in AROUND
    if first[0].isdigit():  # 3M, 21st Century Fox; no 3Q, and no year
        return not low and NUMBERED.fullmatch(first) is not None and first.lower() not in AROUND
    generic = {
        "fiscal",
        "full",
        "earnings",
        "q1",
        "q2",
        "q3",
        "q4",
        "investor",
        "conference",
        "results",
        "transcript",
        "call",
        "operator",
        "quarterly",
        "presentation",
    }
    return capital(name) and not low and first.lower() not in generic and not opens(first)


def capital(word: str) -> bool:
    """Tell whether a word is written as a name's first is: Larch, eBay."""
    return word[0].isupper() or (word[0].islower() and word[1:2].isupper())


def opens(word: str) -> bool:
    """Tell whether a word begins a sentence of its own: `I'd like to`, `We're`, `All lines`."""
    return word.partition("'")[0].lower() in OPENERS

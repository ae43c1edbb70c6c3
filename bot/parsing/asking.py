"""Whether words ask: what tells somebody who is given a question from one of the company who is given an answer.

The patterns are linear: fixed words with bounded repeats.
"""

import re
from collections.abc import Sequence

from bot.parsing import handoff
from bot.parsing.lowered import lowered
from bot.parsing.speech import Speech
from bot.parsing.word_start import Behind

LONGEST = 2500  # characters that hardly any question has, and nearly all prepared remarks
NEAR = 6  # turns after a hand-off in which its asker comes to his question
CALLS = re.compile(r"(?<=[.!?])\s[A-Z][\w'’-]{1,20}\?\s{0,3}\Z")
MANY = ("a", "one", "two", "three", "couple", "couple of", "few", "quick", "another")
WANTS = ("wanted", "want", "like", "love")
ASKS = Behind(  # meets lowered text with a blank more in front
    "my (?:first |second |next |other |last )?questions?",
    *(f"{many} (?:quick )?(?:questions?|follow[- ]?ups?|ones?)" for many in MANY),
    *("wonder(?:ing|ed)?", "curious", "taking (?:my|our|the) questions?", "take (?:my|our|the) questions?"),
    *(f"{want} to (?:ask|follow|understand|touch|hear|get|go|dig|drill|come|focus)" for want in WANTS),
    then=r"\b",
)


THANKS = re.compile(
    r"\b(?:thanks|thank you|appreciate you)(?: (?:so|very) much| a lot|,? guys|,? everyone|,? all)?,?"
    r" (?:guys |everyone |all |again )?for (?:taking|fitting|squeezing|letting) (?:in )?(?:my|our|the|me)\b"
    r"(?: in\b| on\b| (?:\w+ ){0,2}(?:questions?|call|follow))"
)
THANKED = 200  # characters in which an asker thanks for being heard


def thanks(text: str) -> bool:
    """Tell whether a turn begins with an asker's thanks for his question."""
    head = lowered(text[:THANKED])
    return " for " in head and THANKS.search(head) is not None


def asks(text: str) -> bool:
    """Tell whether a turn asks: it is no speech, and has a question's mark or words."""
    return len(text) <= LONGEST and ("?" in text or ASKS.search(f" {lowered(text)}") is not None)


def plainly(text: str) -> bool:
    """Tell whether a turn asks and ends with its question, and neither calls upon anybody nor opens the floor."""
    if not (asks(text) and text.rstrip().endswith("?")) or CALLS.search(text) is not None:
        return False
    return not ("operator" in lowered(text) or handoff.opens(text) or handoff.announces(text))


def soon(speeches: Sequence[Speech], of: Sequence[object], person: object, index: int) -> bool:
    """Tell whether a person asks in one of his turns right after the turn `index`; `of` gives whose each speech is.

    Whoever opens the floor ("Operator, can we open up for questions?") asks nothing, nor does "Ada?" at an end.
    """
    following = range(index + 1, min(index + 1 + NEAR, len(speeches)))
    texts = [speeches[later].text for later in following if of[later] is person]
    texts = [CALLS.sub(".", text) if "?" in text[-4:] else text for text in texts]
    return any(asks(text) and not ("operator" in lowered(text) and handoff.opens(text)) for text in texts)

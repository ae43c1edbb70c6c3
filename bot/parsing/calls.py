"""Whether somebody calls upon a colleague, by his given name, to speak next.

The patterns are linear: fixed words with bounded repeats around one name.
"""

import re
from functools import lru_cache

from bot.parsing import matching
from bot.parsing.lowered import holds, lowered
from bot.parsing.nicknames import TOGETHER

ENDING = 240  # characters at the end of a turn in which it hands over
NAMED = 400  # characters in which an asker would be announced by his whole name
SHORTEST = 2  # letters of a given name
GIVES = r"(?:turn|hand|pass|kick|flip|send|give) (?:it|this|that|the call|things)(?: over| off| back)? to"
HERE = r"(?:ask|let|have|over to|to you,?|invite|defer to)"
WISHES = (
    r"(?:i['’]ll|i will|let me|maybe|perhaps|do you|would you|could you|can you|will you|why don['’]t|you want"
    r"|you wanna|want to|anything|any (?:other|additional|thoughts|color|colour|comments?|perspective))"
)
FLOOR = ("your question", "repeat", "go ahead", "unmute", "hear you", "hear me")  # said to an asker
AFTER = r"(?:anything|add to that|add anything|comment|thoughts|color|that one|this one|take that|take this)"


def upon(text: str, name: str) -> bool:
    """Tell whether the end of a turn asks whoever has this name to speak, by the given name or a form of it.

    Whoever is announced by his whole name, or asked for his question, is given the floor instead.
    """
    parts = matching.parts(name)
    given = parts[0] if len(parts) > 1 else ""
    ending = lowered(text[-ENDING:])
    if len(given) < SHORTEST or parts[-1] in lowered(text[-NAMED:]) or holds(ending, FLOOR):
        return False
    names = {given, *TOGETHER.get(given, ())}
    return any(each in ending and _pattern(each).search(ending) is not None for each in names)


@lru_cache(maxsize=1024)
def _pattern(given: str) -> re.Pattern[str]:
    name = re.escape(given)
    return re.compile(rf"\b{name}\?\s*\Z|\b(?:{HERE}|{GIVES}) {name}\b|\b{name}, {WISHES}\b|\b{AFTER}, {name}\b")

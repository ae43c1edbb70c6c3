"""Whether what was parsed is people's talk on a call, or a document in which names seemed to open lines.

Manuals, source code, logs and lists of changes have labels before colons and headings over paragraphs as well. What
they lack is talk: a call's people say *we*, *I* and *you* all the time, and speak of a call's subjects. Of 3,800 real
transcripts the least has .0165 *we*, .034 of the three together and 3 subjects; of a thousand files of documentation
and code that have labels half have .0002 *we* and .004 of the three. The bounds stand at half of the least call's.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.parsing.names import is_name, is_part
from bot.reading.evidence import ABOUT, WE, I, counted
from bot.turn import Turn

YOU = frozenset(("you", "your", "yours", "you're", "you've", "you'll", "you’re", "you’ve", "you’ll"))
WE_SHARE, TALK_SHARE = 0.008, 0.017
STRONG_SHARE = 0.05
LABELLED_SHARE = 0.008  # of a short call whose labels are names, and in which somebody asks
CODE = "{}=<>_;\\|`~^"
CODE_SHARE = 0.02  # of all characters: in text with less talk than any call has
NOBODYS = 0.005  # of all characters: in text without labels
LEAST_TALK = 0.034
SHORT = 120  # words: in fewer, shares say little, and names over words must tell
MANY = 1_000  # words: in fewer, *we* may not come up, and people under their names may say little of themselves
LENGTHS = (600, 2_000, 3_000)  # words from which on a call has come to one of its subjects, to two, and to three
CHARACTERS = 8_000  # that are looked at first


def missing(turns: Sequence[Turn]) -> str | None:
    """Say what keeps turns from being a call's; None where they are one's."""
    told = _judged(_sample(turns), turns)
    return None if told is None else _judged([turn.text for turn in turns], turns)


def _sample(turns: Sequence[Turn]) -> list[str]:
    def texts() -> Iterator[str]:
        room = CHARACTERS
        for turn in turns:
            yield turn.text[:room]
            room -= len(turn.text)
            if room <= 0:
                return

    return list(texts())


def _judged(texts: Sequence[str], turns: Sequence[Turn]) -> str | None:
    whole = "\n".join(texts)
    words = counted(whole)
    total = words.total()
    if total < SHORT:
        return None if _short(words, whole, turns) else "nobody speaks in it; it is too short to tell"
    we = sum(words[each] for each in WE)
    talk = we + sum(words[each] for each in I | YOU)
    code = sum(map(whole.count, CODE))
    nobody = all(turn.speaker is None for turn in turns)
    if code > (NOBODYS if nobody else CODE_SHARE) * len(whole) and (nobody or talk < LEAST_TALK * total):
        return "it reads like code or data, not like speech"
    if total < MANY and _labelled(turns) and talk >= LABELLED_SHARE * total and "?" in whole:
        return None
    enough = talk >= STRONG_SHARE * total and total < MANY
    if talk < TALK_SHARE * total or (we < WE_SHARE * total and not enough):
        return "nobody speaks in it; it reads like other prose or data"
    subjects = sum(each in words for each in ABOUT)
    if subjects < sum(total >= each for each in LENGTHS):
        return "people may speak in it, but not on a call of a company's"
    return None


def _short(words: Counter[str], whole: str, turns: Sequence[Turn]) -> bool:
    """Tell whether few words are a call's: of several under their names, or such as ask or are of its subjects."""
    talk = sum(words[each] for each in WE | I | YOU)
    if _labelled(turns):
        return bool(talk) or "?" in whole
    return talk > 1 and ("?" in whole or any(words[each] for each in ABOUT))


def _labelled(turns: Sequence[Turn]) -> bool:
    """Tell whether most turns stand under a person's name or a part, and more than one does."""
    named = sum(turn.speaker is not None and _is_somebody(turn.speaker) for turn in turns)
    return named > 1 and named * 2 > len(turns)


def _is_somebody(label: str) -> bool:
    return is_part(label) or (" " in label and is_name(label))

"""Words by which a speaker says that he is somebody else than the one who was announced.

`This is Jonas for Ida Brandt`, `It's [indiscernible] on behalf of Ida`, `Ida couldn't make it`, `on Ida's line`, or
just another name about himself: whoever stands in for somebody mustn't be taken for him. A name about himself that may
be the announced one's (a nickname, another spelling, the family name alone) says nothing against it.

The patterns are linear: fixed words with bounded repeats, on a head of bounded length.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from bot.parsing import editorial, matching, spoken_names
from bot.parsing.houses import FIRMS
from bot.parsing.label import is_title
from bot.parsing.names import fold, is_name
from bot.parsing.nicknames import TOGETHER, may_be

HEAD = 400  # characters in which somebody says who he is
LONG_ENOUGH = 5  # letters of a given name that one may be misheard of
STANDS = re.compile(
    r"\b(?:on|in|here|calling|dialing|filling|sitting|stepping|standing|subbing|asking|speaking|up|line)\s(?:in\s"
    r"|today\s)?(?:for|(?P<house>from)|(?:on )?behalf(?: of)?)\s(?=[A-Z])"
    r"|\b[Oo]n behalf (?:of )?(?=[A-Z])"
)
MYSELF = re.compile(
    r"\b(?i:(?P<plain>this is|this['’]s|my name is|my name['’]s)|it['’]s|it is|i['’]m|i am|here is)\s"
    r"(?P<really>(?i:actually|really|just|in fact)\s(?:(?i:actually|really|just)\s)?)?(?=[\[(A-Z])"
)
GREETING = re.compile(
    r"(?:\b(?i:hi|hello|hey|yes|yeah|good (?:morning|afternoon|evening|day)|thanks|thank you|great|okay|sorry|just|so"
    r"|everyone|everybody|guys|all|there|team|gentlemen|(?:very|so) much|for taking (?:my|our|the) questions?"
    r"|actually)\b[\s,.!–-]{0,4}){0,8}"
)
GOES_ON = re.compile(
    r"\s{0,2}(?:\Z|[.,;!?)\]–-]|[\[(]|(?i:for|on|in|from|with|at|here|calling|dialing|filling|sitting|stepping"
    r"|standing|subbing|speaking|asking|again|actually|instead|representing|and|over|today|of)\b)"
)
ENDS = re.compile(r"[.!?]\s")
STANDING = re.compile(
    r",?\s{1,2}(?:here\b|(?:on|in|calling|calling in|dialing in|filling in|sitting in|stepping in|standing in)"
    r" (?:for|from)\s|for\s(?=[A-Z\[])|(?:calling )?on behalf\b|on\s(?=[A-Z]))"
)
DEPUTY = (
    r"['’]s?\s(?:line|associate|assistant|colleague|team|team[- ]?mate|place|behalf|desk|phone|seat|stead|office)\b"
)
AWAY = (
    r"\s(?:could\s?n['’]?t|couldn['’]t|could not|can['’]?t|cannot|is(?:n['’]t| not| out\b| away| travell?ing| unable"
    r"| on (?:vacation|holiday|leave))|was (?:unable|not able)|wasn['’]t able|had to"
    r"|has a conflict|got (?:pulled|stuck))"
)
MISNAMED = re.compile(
    r"\b(?:he|she)(?: is|['’]s) on mute\b|\b(?:got|have|had|said|pronounced) my name (?:wrong|incorrect)"
    r"|\bmy name (?:was|is) wrong"
)
HEARD = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("y", "i"), ("ee", "i"), ("z", "s"), ("w", "v"))


def stands_in(text: str, announced: str, firm: str | None = None) -> bool:
    """Tell whether a speaker says that he is somebody else than the one announced, of the firm announced with him."""
    head = text[:HEAD]
    if MISNAMED.search(head) is not None or _speaks_of(head, announced):
        return True
    claims = [_is_another(head, said, announced, firm) for said in _introduced(head)]
    if False in claims:
        return False
    return True in claims or any(_stands_for(head, said, announced) for said in STANDS.finditer(head))


def _stands_for(head: str, said: re.Match[str], announced: str) -> bool:
    """Tell whether `on for NAME` names the one announced, or stands behind words about oneself."""
    name, _ = spoken_names.read_name(head, said.end())
    if name is None:
        return False
    about = MYSELF.search(head, 0, said.start())
    return _agree(name, announced) or (about is not None and said["house"] is None)


class _Introduced(NamedTuple):
    """Where somebody names himself; whether it is surely of himself; and whether he puts something right."""

    at: int
    sure: bool
    corrects: bool


def _introduced(head: str) -> Iterator[_Introduced]:
    """Give the offsets at which somebody may name himself: behind words about himself, and behind a greeting."""
    for said in MYSELF.finditer(head):
        sure = said["plain"] is not None or _greets(head[: said.start()])
        yield _Introduced(said.end(), sure, said["really"] is not None)
    greeting = GREETING.match(head)
    yield _Introduced(greeting.end() if greeting else 0, sure=False, corrects=False)


def _greets(before: str) -> bool:
    """Tell whether "it's NAME", which is said of much else, begins a sentence or follows a greeting."""
    clause = ENDS.split(before)[-1].strip()
    greeting = GREETING.match(clause)
    rest = clause[greeting.end() if greeting else 0 :].strip(" ,")
    return not rest or (rest != clause and " " not in rest)


def _is_another(head: str, said: _Introduced, announced: str, firm: str | None) -> bool | None:
    """Tell whether the name at an offset is another's than the announced one's; None where no name stands there."""
    mark = editorial.unheard(head, said.at)
    if mark is not None:
        return True if said.corrects or _stands(head, mark.end(), announced) else None
    name, end = spoken_names.read_name(head, said.at)
    if name is None or not is_name(name) or is_title(name) or set(matching.parts(name)) & FIRMS:
        return None
    if firm is not None and set(matching.parts(name)) <= set(matching.parts(firm)):
        return None
    bracketed = head[said.at] in "[(" and head.find("]", said.at) >= 0
    follows = _stands(head, end + bracketed, announced)
    if not (follows or (said.sure and (bracketed or GOES_ON.match(head, end)))):
        return None
    return not _agree(name, announced)


def _stands(head: str, end: int, announced: str) -> bool:
    """Tell whether words behind a name stand in for somebody; a bare "for" only for the one announced."""
    standing = STANDING.match(head, end)
    if standing is None:
        return False
    if standing[0].strip(" ,") == "here":  # "NAME here", and what stands in his place for a name nobody understood
        return head[end - 1] not in "])"
    if standing[0].strip(" ,") != "for":
        return True
    name, _ = spoken_names.read_name(head, standing.end())
    return name is not None and _agree(name, announced)


def _agree(name: str, announced: str) -> bool:
    """Tell whether a name that somebody gives himself may be the announced one's."""
    if matching.best(name, [announced]) is not None or matching.alike(name, announced):
        return True
    said, known = matching.parts(name), matching.parts(announced)
    if len(said) > 1 and len(known) > 1 and _sound(said[-1]) == _sound(known[-1]):
        return True
    return any(_may_be(said[0], each) for each in known) or said[-1] in known


def _may_be(one: str, other: str) -> bool:
    """Tell whether two given names may be one, however they were heard."""
    if may_be(one, other) or _sound(one) == _sound(other):
        return True
    if one in TOGETHER and other in TOGETHER:
        return False
    a, b = _sound(one), _sound(other)
    return min(len(a), len(b)) >= LONG_ENOUGH and a[0] == b[0] and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _sound(name: str) -> str:
    """Write a name as it is heard: `Marc`, `Mark`; `Bryan`, `Brian`; `Derrick`, `Derik`."""
    for written, heard in (
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("q", "k"),
        ("y", "i"),
        ("ee", "i"),
        ("z", "s"),
        ("w", "v"),
    ):
        name = name.replace(written, heard)
    squeezed = re.sub(r"(.)\1", r"\1", name.replace("h", ""))
    return squeezed.rstrip("e")


def _speaks_of(head: str, announced: str) -> bool:
    """Tell whether the announced person is spoken of as somebody else: his line, his place, that he couldn't come."""
    words = [word for word in announced.split() if len(word) > 2]  # noqa: PLR2004  # no initial
    for word in dict.fromkeys((*words, *_short(words[0] if words else ""))):
        if word not in head:
            continue
        name = re.escape(word)
        if re.search(
            rf"\b{name}(?:{DEPUTY}|{AWAY})|\b(?:instead|in place) of (?:\w{{1,20}} )?{name}\b"
            rf"|(?:\]|\b[A-Z][\w'’-]{{1,20}}),? (?:here |on |in )?for (?:\w{{1,20}} )?{name}\b"
            rf"|\b(?:on|here|in|line) (?:for|from) (?:\w{{1,20}} )?{name}\b"
            rf"|\b(?:here|on) (?:on|with) {name}\b",
            head,
        ):
            return True
    return False


def _short(given: str) -> tuple[str, ...]:
    """Give the short forms of a given name, as they are printed."""
    return tuple(each.capitalize() for each in sorted(TOGETHER.get(fold(given), ())))

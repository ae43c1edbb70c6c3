"""Questions that one of the company, or a host, reads out for somebody else: from a webcast, from shareholders."""

import re
from collections.abc import Iterator, Sequence

from bot.kind import Kind
from bot.parsing import handoff, matching
from bot.parsing.lowered import holds, lowered
from bot.parsing.people import People
from bot.parsing.speech import Speech
from bot.parsing.word_start import Behind

HEAD = 600  # characters at a turn's start in which a host says that he reads a question
# These meet lowered text only.
RELAYED = re.compile(
    r"\b(?:next|first|second|third|fourth|fifth|last|final|following|another|other|one(?: more)?|a|top"
    r"|[a-z]{3,8}th)\s(?:[a-z-]{2,16}\s){0,3}question"
    r"(?:,? (?:which|that) [^.?!]{0,30})?(?: (?:here|today|submitted|on [^.?!]{0,30}|we have|we received|we got))?,?\s"
    r"(?:is|comes|came|from|reads|asks|was|relates|concerns|regards|on|for|about|has to do)\b"
    r"|\bquestions? (?:submitted|sent in|received|emailed|e-mailed|asked)\b|\b(?:asks|is asking|wants to know)[,:]"
    r"|\b(?:the |and the )?(?:first|second|third|next|last|other|final)(?: one)? (?:is|comes|came) from\b"
    r"|\bfrom (?:an? )?(?:mr\.? |ms\.? |mrs\.? |dr\.? )?(?P<who>\w)[^?]{0,160}?\b(?:she|he|they"
    r"|who) (?:asks|writes|says|would like to know|wants to know)\b"
)
# What each of these holds.
MAY_READ = ("question", "asks", "is asking", "to know", "is from", "comes from", "came from", " writes", " says")
WHICH = ("next", "last", "final", "another", "first", "one more", "other")
NEXT = re.compile(r" question\b(?:" + "|".join(rf"(?<=\b{which} question)" for which in WHICH) + ")")
FROM = re.compile(r"\b(?:from|submitted|sent in|received|asks|reads)\b")
OUTSIDE = Behind(  # with a blank more in front
    *("webcast", "web", "internet", "online", "e-?mail(?:ed)?", "submitted", "sent in", "shareholders?", "retail"),
    *("private investors?", "individual investors?", r"say\.com", "twitter", "platform", "in writing", "written"),
    *("chat", "portal", "several (?:analysts|people|investors)", "multiple (?:analysts|people|investors)"),
    *("next question (?:is|comes|was|on|about)", "question (?:is|comes|came) from"),
    then=r"\b",
)
DELEGATES = re.compile(
    r"\b(?:turn (?:it )?(?:over )?to|(?:hand|pass|give) (?:it|that|this|over)|(?:do )?you want to"
    r"|(?:i|we|let me|i['’]ll|we['’]ll|i will|we will) (?:\w{2,8} )?"
    r"(?:ask|let|have|take|start|turn|hand|touch|address|answer|cover|speak))\b"
)


def reads(
    speeches: Sequence[Speech], people: People, index: int, *, floor: bool = False, right_after: bool = False
) -> bool:
    """Whether the turn `index` reads somebody else's question out: the words say so, and another of the house answers.

    While an asker has the floor, "the second question" is his, and whoever speaks of it answers or passes it on: then
    only words of a source outside ("from the webcast", "our next question is from") are believed; `right_after` his own
    words, only with a question at their end.
    """
    if index + 1 >= len(people.of):
        return False
    after, person = people.of[index + 1], people.of[index]
    if after is None or after is person or after.kind not in COMPANY:
        return False
    text = speeches[index].text[-HEAD * 3 :]
    tail = lowered(text)
    ends = tail.rstrip()[-1:] == "?"
    if (right_after and not (ends and NEXT.search(tail))) or not holds(tail, MAY_READ):
        return False
    said = next(_said(text, tail), None) if not floor or OUTSIDE.search(f" {tail}") else None
    if said is None:
        return False
    if "?" in tail[said.start() :]:
        return ends or DELEGATES.search(tail, said.start()) is None
    return len(speeches[index].text) < HEAD and FROM.search(said[0]) is not None and DELEGATES.search(tail) is None


def _said(text: str, low: str) -> Iterator[re.Match[str]]:
    """Give the words, found in lowered text, that read a question out; a person "from" whom it is has a capital."""
    at = 0
    while (said := RELAYED.search(low, at)) is not None:
        if said["who"] is None or "A" <= text[said.start("who")] <= "Z":
            yield said
            at = said.end()
        else:
            at = said.start() + 1


def first(speeches: Sequence[Speech], people: People) -> int:
    """Give the index of the first question read out by somebody who reads out several; else the number of turns."""
    found = [at for at, person in enumerate(people.of) if person is not None and person.kind in COMPANY]
    found = [at for at in found if _announces(lowered(speeches[at].text[-HEAD * 3 :])) and reads(speeches, people, at)]
    again = [at for at in found if sum(people.of[other] is people.of[at] for other in found) > 1]
    return again[0] if again else len(speeches)


def _announces(tail: str) -> bool:
    return "question" in tail and NEXT.search(tail) is not None


COMPANY = frozenset((Kind.EXECUTIVE, Kind.HOST))


SENDER = {  # what follows the last of the words that read a question out, where they say whose it is
    "from": re.compile(r"\s"),
    "comes": re.compile(r"\s"),
    "came": re.compile(r"\s"),
    "is": re.compile(r".{0,60}?\b(?:from|by|asked|asks)\b|\s(?=[A-Z])"),
    "for": re.compile(r"\s[\w., ]{1,40}?\b(?:is|comes|came)\s(?:from|by)\s"),
}


def _sent(said: str, rest: str) -> bool:
    """Tell whether the words that follow say who sent the question."""
    follows = SENDER.get(said.rsplit(" ", 1)[-1].lower())
    return follows is not None and follows.match(rest) is not None


def source(text: str) -> tuple[str | None, str | None]:
    """Who sent the question that is read out, where the reader says so."""
    said = None
    for said in _said(text, lowered(text)):  # noqa: B007  # only the last is wanted
        pass
    if said is None or not _sent(said[0].rstrip(), text[said.end() :]):
        return None, None
    found = handoff.find(text[: said.end() + 120][-200:])
    if found is None or found.name is None or not found.asks or len(matching.parts(found.name)) < 2:  # noqa: PLR2004  # a figure that its name says
        return None, None
    return found.name, found.firm

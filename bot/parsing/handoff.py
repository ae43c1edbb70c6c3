"""An operator's (or host's) words that give somebody the floor: to whom, of which firm, and whether to ask.

Patterns are linear: bounded gaps of one class before a literal.
"""

import re
from dataclasses import dataclass

from bot.parsing import editorial
from bot.parsing.label import is_firm, is_title
from bot.parsing.lowered import holds, lowered
from bot.parsing.names import ORDINARY, is_name
from bot.parsing.spoken_names import JOINERS, beside, read_firm, read_name
from bot.parsing.word_start import Behind, any_of

ALONE = 80  # characters of a turn that is nothing but somebody's name
NEAR_END = 250  # characters at the end of a turn in which a hand-off without a name stands
TAIL = 900  # characters at the end of a turn in which a hand-off stands
# These meet lowered text only, those that are `Behind` a mark with a blank more in front.
NUMBERED = r"(?=,? (?:one|up|we|is|comes|in|person|analyst|participant|will|to|from|on|i)\b)"
TO_THE_LINE = r"(?= (?:next |now |on |back |over )?to the (?:line|side|desk)\b)"
COMING = r"(?:['’]ll| will| is|['’]s|['’]d| would)?(?= (?:be|come|comes|coming|from|going)\b)"
QUESTION = Behind(
    *("questions?", "query", "queries", "inquiry", "follow[- ]?ups?", "callers?", "q ?& ?a"),
    *(word + NUMBERED for word in ("next", "first", "last", "final", "second", "third", "another")),
    *(word + TO_THE_LINE for word in ("go", "move", "turn", "moving", "going", "turning", "goes")),
    *(word + r"(?= (?:next|on) to\b)" for word in ("go", "move", "turn", "moving", "going", "turning")),
    *(word + COMING for word in ("that", "this", "it", "which")),
    *(word + r"(?= (?:our|the|a|your) (?:next|first|last)\b)" for word in ("take", "have")),
    r"we(?= have (?P<met>\w))",
    r"we(?:['’]ll| will)(?= (?:now |next )?take (?P<taken>\w))",
    *(word + r"(?= (?:next |now )?from\b)" for word in ("also hear", "now hear", "hear")),
    then=r"(?:[^.?!]{0,80}?\b(?:from|by|is|of|to|with|have|take|invite)\s|,\s(?=[a-z]{2}))",
)
GO = Behind(
    *(word + r"\b" for word in ("go", "turn", "move", "switch", "open", "pass", "hand", "take", "over")),
    *(word + r"\b" for word in ("proceed", "back", "up")),
    then=r"[^.?!]{0,40}?\b(?:to|with|from|for|of)\s",
)
AHEAD = Behind(
    *("please (?:go ahead|proceed|ask|unmute|state|begin)", "go ahead", "you may (?:proceed|begin|ask|go)"),
    *("your line is", "line is (?:now )?(?:open|live|unmuted)", "is on the line", "over to you", "your question"),
    *("floor is yours", "you['’]re (?:live|on)", "you are (?:live|on|now live|unmuted)", "ask your question"),
    "has (?:our|the|a|your) (?:next |first |last |final |follow-up )?question",
    *(r"also asked\b", r"asked\b", r"asks\b", "would like to know", "wants to know"),
)
ASKED = ("also asked", "asked", "asks", "would", "wants")  # of those the ones that read somebody's question out
LEAD = re.compile(
    r"(?:(?:again|now|today|coming|comes|come|will come|(?:going|go|about)(?: to)?(?: come| be)?)\s){0,2}"
    r"(?:(?:from|by|to|with)\s)?(?:the\s"
    r"|our\s)?(?:(?:phone\s)?(?:line|lines|side|desk|team|queue|office|name)s?\sof\s(?:the\s)?|analyst\s|participant\s"
    r"|investor\s|shareholder\s|a\s|private investor\s|individual investor\s|retail investor\s)?",
    re.IGNORECASE,
)
OPENS = re.compile(
    r"\b(?:(?:we(?:['’]ll| will| are)?|i(?:['’]ll| will| would)?|let(?:['’]s| us| me)|at this time"
    r"|ladies and gentlemen)[^.?!]{0,80}?\b(?:now|open|begin|start|conduct|take|move|go)\b[^.?!]{0,60}?"
    r"\b(?:questions?|q ?& ?a)\b|(?:open|begin|start)[^.?!]{0,40}?\b(?:question[- ]and[- ]answer|questions|q ?& ?a)\b)"
)
NONE_LEFT = re.compile(r"\bno (?:further|more|other|additional) (?:\w{1,12} )?questions?\b")
ASKING = re.compile(r"\b(?:questions?|query|queries|line is|lines is|next)\b")
SWAPPED = re.compile(r",?\s(?:we have|we['’]ll hear from|it['’]s|is)\s(?=[A-Z])")
FROM = re.compile(
    r"(?:\A|[.?!)\]]\s)(?:(?:And|Next|Now|Then|First|Okay|Thank you),?\s){0,2}[Ff]rom(?=\s(?:the\s)?[A-Z])\s"
)
MAY_BE_FROM = re.compile(r"rom\s(?:the\s)?[A-Z]")  # what all of those hold, and found much faster
COMMA = re.compile(r",\s(?=[A-Z])")
SOMEBODY = ("participant", "caller", "someone", "investor", "analyst", "representative", "questioner")
SOMEONE = Behind(
    *SOMEBODY,
    then=r"(?=\s(?:at|from|of|with)\s[a-z])",
)
AT_FIRM = re.compile(r"[a-z]+\s(?:at|from|of|with)\s[A-Z]")
ANY = any_of(QUESTION, GO, AHEAD, SOMEONE)
NAMELESS = re.compile(
    r"\b(?:(?:next|first|last|final) (?:caller|question|participant|questioner)\b[^.?!]{0,60}?(?:,|is|has"
    r"|may|your|please|line|comes|coming|come)"
    r"|caller,? (?:your|you|please|the)|line is (?:now )?(?:being )?un-?muted|(?:proceed|go ahead) with your question)"
)
MAY_BE_NAMELESS = ("question", "caller", "mute", "participant")  # what each of those holds
CLOSES = re.compile(
    r"\b(?:no (?:further|more|other|additional|audio) (?:audio |phone |telephone )?(?:questions?|question)|(?:end"
    r"|conclu\w{1,5}|complet\w{1,5}) [^.?!]{0,50}?\b(?:questions?|q ?& ?a|call|conference|presentation|session"
    r"|webcast)\b"
    r"|closing (?:remarks|comments|statements?)|(?:last|final) question (?:has|was)|time (?:for"
    r"|we have)[^.?!]{0,20} (?:questions|today)|you may (?:now )?disconnect|concluding remarks|final remarks)"
)


@dataclass(frozen=True, slots=True)
class Handoff:
    """Who is given the floor.

    `name` None: a question is announced, nobody named. `asks` False: the floor is not given for a question. `sure`: the
    words speak of a question, they don't only say "go ahead".
    """

    name: str | None
    firm: str | None
    asks: bool
    sure: bool = False
    relays: bool = False  # the words read somebody's question out, they don't give the floor


def find(text: str) -> Handoff | None:
    """Find the last hand-off in a turn's text; None where nobody is given the floor."""
    tail = text[-TAIL:]
    marked = f" {tail}"
    low = lowered(marked)
    may = ANY.search(low)
    best: Handoff | None = None
    if may is not None:
        at = may.start()
        best = _named(marked, low, QUESTION, at, asks=True) or _named(marked, low, GO, at, asks=False)
        best = best or _ahead(marked, low, at)
    best = best or _from(tail) or _bare(tail)
    if best is not None and not best.asks and best.firm and not is_title(best.firm) and not closes(tail):
        best = Handoff(best.name, best.firm, asks=True)
    if best is not None and best.asks and best.firm and is_post(best.firm):
        best = Handoff(best.name, best.firm, asks=False)
    if best is None and may is not None and holds(low, SOMEBODY):
        for someone in SOMEONE.finditer(low, may.start()):
            if AT_FIRM.match(marked, someone.start() + 1):
                firm, _ = read_firm(marked, someone.end())
                return Handoff(None, firm, asks=True, sure=True)
    if best is None or not best.asks:
        ending = low[-NEAR_END:]
        if holds(ending, MAY_BE_NAMELESS) and NAMELESS.search(ending):
            return Handoff(None, None, asks=True, sure=True)
    return best


def to(text: str, name: str, *, given_name: bool = False) -> Handoff | None:
    """Find words that mean one known person, however they are worded: his name, and the firm beside it.

    `given_name`: the given name alone may mean him. None where he is not named.
    """
    tail = text[-TAIL:]
    span = _spoken(tail, name, given_name=given_name)
    if span is None:
        return None
    start, end = span
    firm, _ = beside(tail, end)
    if firm is None or is_title(firm):
        before = FIRM_BEFORE.search(tail[max(0, start - 100) : start])
        firm = _firm_alone(before["firm"].strip()) if before else None
    ending = lowered(tail[-NEAR_END:])
    asks = firm is not None or (ASKING.search(ending) is not None and NONE_LEFT.search(ending) is None)
    return Handoff(name, firm, asks, sure=asks)


def _firm_alone(text: str) -> str | None:
    """Return the firm before a name, without a sentence between; None for words that go on: `of Q1 onwards`."""
    firm, _ = read_firm(f" of {text}", 0)
    if firm is None or not text.startswith(firm):
        return text
    rest = text[len(firm) :]
    goes_on = rest.strip(" .").split(" ", 1)[0].strip(",")
    if goes_on and (rest[0] == "." or firm[-1] == "." or goes_on == "in"):
        return firm
    if goes_on.islower() and goes_on not in JOINERS:
        return None if any(letter.isdigit() for letter in firm) else firm
    return text


def _spoken(text: str, name: str, *, given_name: bool) -> tuple[int, int] | None:
    """Where a name is spoken last: whole, its family name after another capital or an honour, or its given name."""
    at = text.rfind(name)
    if at >= 0:
        return at, at + len(name)
    words = name.split()
    at = text.rfind(f" {words[-1]}")
    if len(words) > 1 and at >= 0:
        before = text[:at].rsplit(" ", 1)[-1]
        if (
            before[:1].isupper()
            and before.strip(".").lower() not in ORDINARY
            and not text[at + len(words[-1]) + 1 :][:1].isalpha()
        ):
            return at - len(before), at + 1 + len(words[-1])
    offset = max(0, len(text) - NEAR_END)
    if given_name and words[0] in text[offset:] and (match := re.search(rf"\b{re.escape(words[0])}\b", text[offset:])):
        return offset + match.start(), offset + match.end()
    return None


FIRM_BEFORE = re.compile(r"(?:[Ff]rom|[Ww]ith|[Oo]f|[Aa]t)\s(?:the\s)?(?P<firm>[A-Z0-9][^?!]{1,60}?),\s[^,.?!]{0,30}\Z")


def is_post(beside: str) -> bool:
    """Tell whether what stands beside a name is surely a company's own post, and no house."""
    return POST.search(beside) is not None and ANALYST.search(beside) is None


POST = re.compile(
    r"\b(?:chief|officer|c[efot]o|(?:vice )?president|[es]?vp|treasurer|controller|chair(?:man|woman)?"
    r"|head of|director of|investor relations)\b",
    re.IGNORECASE,
)
ANALYST = re.compile(r"\banalyst\b|\bresearch\b", re.IGNORECASE)


def opens(text: str) -> bool:
    """Tell whether a turn opens the questions and answers now (a greeting only promises them)."""
    return OPENS.search(lowered(text[-TAIL * 2 :])) is not None


def announces(text: str) -> bool:
    """Tell whether words announce a question of somebody's: the next, first or last one, or an open line."""
    return ANNOUNCES.search(lowered(text)) is not None


ANNOUNCES = re.compile(
    r"\b(?:next|first|last|final|another|following|second|third|one more)\b[^.?!]{0,30}?"
    r"\b(?:questions?|caller|one|up|analyst)\b"
    r"|\bunmute\b|\byour line\b|\bgo ahead\b|\bquestion(?: is| comes|s? from)\b"
)


def passes_on(text: str) -> bool:
    """Tell whether a question that was asked goes to a colleague: "I'll turn the second part of it over to NAME"."""
    low = lowered(text)
    return _passes(low, 0, len(low))


def _passes(low: str, start: int, end: int) -> bool:
    return low.find("question", start, end) >= 0 and PASSES.search(low, start, end) is not None


TURNS = 80  # characters before the word "question" in which such words begin
PASSES = re.compile(
    r"\b(?:turn|hand|pass|give|refer|direct|kick|throw|toss)(?:ing)? (?:over )?(?:that|this|the|your|those|these)"
    r"\b(?! (?:call|floor|line|conference))[^.?!,]{0,40}\bquestions?\b[^.?!,]{0,20}\bto\b"
)


def closes(text: str) -> bool:
    """Tell whether a turn says that there are no more questions."""
    return CLOSES.search(lowered(text[-TAIL:])) is not None


def _named(text: str, low: str, pattern: Behind, at: int, *, asks: bool) -> Handoff | None:
    """Find the last hand-off with a name, from `at` on; `text` and `low` open with a blank, which the pattern needs."""
    found: Handoff | None = None
    while (trigger := pattern.search(low, at)) is not None:
        at = trigger.start() + 1
        if asks and (_takes_no_name(text, trigger) or _passes(low, max(0, at - TURNS), trigger.end())):
            continue
        end = trigger.end()
        at = end - 1
        lead = LEAD.match(text, end)
        start = lead.end() if lead else end
        name, end = read_name(text, start)
        if name is None:
            unheard = editorial.unheard(text, start)
            if asks and unheard is not None:  # "from [indiscernible] of FIRM": somebody of that house, whoever it is
                found = Handoff(None, beside(text, unheard.end())[0], asks, sure=asks)
            continue
        firm, stop = beside(text, end)
        if firm is not None and is_firm(name) and not is_firm(firm) and is_name(firm) and " " in firm:
            name, firm = firm, name  # "to FIRM, NAME"
        turned = SWAPPED.match(text, max(end, stop))
        if turned is not None:  # "from FIRM, we have NAME"
            person, _ = read_name(text, turned.end())
            if person is not None:
                name, firm = person, name
        found = Handoff(name, firm, asks, sure=asks)
    return found


def _takes_no_name(text: str, trigger: re.Match[str]) -> bool:
    """Tell whether "we have" or "we'll take" goes on with no capital: "we have one more"."""
    at = max(trigger.start("met"), trigger.start("taken"))
    return at >= 0 and not "A" <= text[at] <= "Z"


def _ahead(text: str, low: str, at: int) -> Handoff | None:
    """`NAME with FIRM, please go ahead`, `NAME, your line is open`."""
    ahead = None
    for ahead in AHEAD.finditer(low, at):  # noqa: B007  # only the last is wanted
        pass
    if ahead is None:
        return None
    before = max(0, ahead.start() - 1)
    start = max(text.rfind(mark, 0, before) for mark in (". ", "? ", "! ", "\n")) + 1
    while start < len(text) and not text[start].isalpha():
        start += 1
    name, end = read_name(text, start)
    if name is None:
        return None
    firm, _ = read_firm(text, end)
    asks = (firm is not None and not is_title(firm)) or ASKING.search(low[-NEAR_END:]) is not None
    asked = ahead[0].startswith(ASKED, 1)
    return Handoff(name, firm, asks, sure=asked, relays=asked)


def _from(text: str) -> Handoff | None:
    """`From FIRM, NAME.`, `And from FIRM, we have NAME.`."""
    if "rom" not in text or MAY_BE_FROM.search(text) is None:
        return None
    for start in FROM.finditer(text):
        firm, stop = read_firm(text, start.end() - len("from "))
        swapped = SWAPPED.match(text, stop) or COMMA.match(text, stop)
        if firm is not None and swapped is not None:
            name, _ = read_name(text, swapped.end())
            if name is not None:
                return Handoff(name, firm, asks=True, sure=True)
    return None


ENDS = re.compile(r"[.?!)\]]\s")


def _bare(text: str) -> Handoff | None:
    """`Howard from Reuters.`, `Thanks. Victoria.`: a last sentence that is nothing but a name (a moderator's)."""
    whole = text.strip()
    if not whole or (whole[-1] not in ".?" and len(whole) > ALONE):
        return None
    last = ENDS.split(whole[-ALONE - 2 :])[-1]
    if not last or len(last) > ALONE or (last[-1] not in ".?" and last != whole):
        return None
    name, end = read_name(last, 0)
    if name is None:
        return None
    firm, stop = read_firm(last, end)
    rest = last[max(end, stop) :].strip(" .?,")
    if rest or is_title(name) or _courtesy(last, name):
        return None
    return Handoff(name, firm, asks=True, sure=firm is not None or len(text) < ALONE)


def _courtesy(text: str, name: str) -> bool:
    """`Thank you, Rod.` and `Tim?` address somebody; they don't hand over."""
    return text.rstrip().endswith("?") and len(name.split()) == 1

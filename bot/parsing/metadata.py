"""What a source says of the call itself: company, ticker, fiscal year and quarter, date, title, and where each stands.

The sidecar is believed before the header, the header before the call's own opening words, these before the file's
name. A source that disagrees with the one believed is told. A quarter that is called fiscal is the company's own; a
date never makes a quarter.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.parsing import file_name, periods
from bot.parsing.lowered import lowered
from bot.parsing.word_set import word_set
from bot.parsing.word_start import Behind
from bot.problem import Problem

HEADER, TEXT, FILE, SIDECAR = "header", "text", "file name", "sidecar"
ORDER = (SIDECAR, HEADER, TEXT, FILE)
FIELDS = ("company", "ticker", "year", "quarter", "date", "title")
OPENING = 3  # speeches in which the call is announced
HEAD_ROWS = 25
NO_LISTED = frozenset({"LODR", "SEBI", "BSE", "NSE"})
NO_TICKERS = NO_LISTED | frozenset(
    {"CEO", "CFO", "COO", "IR", "USD", "EUR", "INR", "GAAP", "IFRS", "ET", "PM", "AM", "PDF"}
)
CALLED = ("call", "webcast", "teleconference", "meeting", "session", "webinar")
POSTS = ("director", "head", "vice president", "president", "officer", "chairman", "vp", "manager")
WELCOME = Behind(  # meets lowered text with a blank more in front
    *("welcome(?: you)?(?: all)?(?: everyone)? to", "standing by for", "go to the"),
    "joining(?: us)?(?: today)?,?(?: for| to| on)",
    *(f"{what} (?:for|of|hosted by)" for what in CALLED),
    *(f"{who} of investor relations (?:for|at|of)" for who in POSTS),
    *(f"{who} (?:of|for|at)" for who in ("ceo", "cfo", "chief (?:executive|financial) officer")),
    "investor relations (?:of|for|at)",
    then=r"(?=\s)",
)
TITLED = re.compile(
    r"(?P<company>[A-Z0-9][\w&.,'’ !+/-]{1,70}?)\s{0,2}(?:\([A-Z][A-Za-z .]{1,24}\)\s{1,2})?\((?:[A-Za-z ]{2,14}:\s?"
    r")?[A-Z][A-Z.\-]{0,7}(?:[+\-−]?\d{1,3}\.\d{1,2}%)?\)"
)
LISTED = re.compile(
    r"(?P<company>[A-Z0-9][\w&.,'’ !+/()-]{1,70}?)\s{1,3}(?:NYSE|Nasdaq\w{0,3}|NASDAQ\w{0,3}|TSX|LSE|OTC\w{0,4}"
    r"|[A-Z]{3,8})\s?:\s?[A-Z0-9]"
)
KEYED = re.compile(r"(?:company(?: name)?)\s?:\s?(?P<company>[A-Z0-9][^|]{1,70})", re.IGNORECASE)
BEFORE = re.compile(
    r"(?P<company>[A-Z0-9][\w&.,'’ !+/()-]{1,60}?)\s(?:[Ff]?Q[1-4]\b|[1-4]Q\b|(?:[Ff]irst|[Ss]econd|[Tt]hird"
    r"|[Ff]ourth)[ -][Qq]uarter)"
)
AFTER = re.compile(
    r"\A\W{0,3}(?:[A-Z]?Q[1-4]|[1-4]Q)\s(?:FY\s?|Fiscal\s)?(?:19"
    r"|20)?\d\d\s(?P<company>[A-Z0-9][\w&.,'’ !+/()-]{1,60}?)\s(?:Earnings|Conference|Results|Analyst|Investor"
    r"|Quarterly)"
)
TITLE = re.compile(
    r"\b(?:earnings|results|transcript|conference call|investor call|q[1-4]|[1-4]q|quarter|analyst call)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Metadata:
    """The fields that were found, where each is from, and what disagrees."""

    values: dict[str, str | int | dt.date] = field(default_factory=dict)
    learnt_from: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Give a field that holds words."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int | None:
        """Give a field that holds a number."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    @property
    def date(self) -> dt.date | None:
        """The day of the call."""
        value = self.values.get("date")
        return value if isinstance(value, dt.date) else None


Value = str | int | dt.date
Facts = dict[str, Value]


def learn(
    *, name: str, header: Sequence[str], facts: Mapping[str, str], opening: Sequence[str], sidecar: Mapping[str, object]
) -> Metadata:
    """Gather what sidecar, header, opening words and file name say, believe them in this order, tell disagreement."""
    sources: dict[str, Facts] = {
        SIDECAR: _typed({key: value for key, value in sidecar.items() if key in FIELDS}),
        HEADER: {**from_header(header), **_typed(facts)},
        FILE: file_name.read(name),
    }
    known = "company" in sources[SIDECAR] or "company" in sources[HEADER]  # believed first, and never contradicted
    sources[TEXT] = from_opening(opening, company=not known)
    found = Metadata()
    for each in FIELDS:
        said = [(source, sources[source][each]) for source in ORDER if each in sources[source]]
        if not said:
            continue
        source, value = said[0]
        found.values[each] = value
        found.learnt_from[each] = source
        found.problems += [
            Problem(
                None,
                f"{each}: the {other} says {_shown(rival)}, the {source} {_shown(value)}; the {source} is believed",
            )
            for other, rival in said[1:]
            if not _agree(each, value, rival)
        ]
    return found


def _shown(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _agree(name: str, one: Value, other: Value) -> bool:
    if name == "title":
        return True
    if isinstance(one, str) and isinstance(other, str):
        a, b = _squeezed(one), _squeezed(other)
        return a in b or b in a or a[:4] == b[:4] or name == "company"
    return one == other


def _squeezed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _typed(said: Mapping[str, object]) -> Facts:
    """Give each field its type; what does not fit is left out."""
    found: Facts = {}
    for key, value in said.items():
        if key not in FIELDS or value is None or value == "":
            continue
        if key == "date":
            day = value if isinstance(value, dt.date) else periods.date(str(value))
            if day is not None:
                found[key] = day if not isinstance(day, dt.datetime) else day.date()
        elif key in {"year", "quarter"}:
            digits = re.search(r"\d{1,4}", str(value))
            number = int(digits[0]) if digits else None
            if key == "year" and number is not None:
                number = periods.full_year(digits[0]) if digits and len(digits[0]) in {2, 4} else None
            if number is not None and (key == "year" or 1 <= number <= 4):  # noqa: PLR2004  # four quarters
                found[key] = number
        else:
            found[key] = str(value).strip()
    return found


def from_header(rows: Sequence[str]) -> Facts:
    """Read the rows before the speech: title lines first, `Key: value` lines, then any date."""
    found: Facts = {}
    for row in rows[:HEAD_ROWS]:
        text = row[:300]
        _period(found, text)
        if "ticker" not in found:
            ticker = periods.ticker(text)
            if ticker is not None and (ticker.re is not periods.TICKERS[-1] or TITLE.search(text)):
                found["ticker"] = ticker["ticker"].rstrip(".-")
                listed = ticker.re is periods.TICKERS[0]  # NYSE:PM, NYSE:COO are companies
                if found["ticker"] in (NO_LISTED if listed else NO_TICKERS):
                    del found["ticker"]
        if "date" not in found:
            day = periods.date(text)
            if day is not None:
                found["date"] = day
        if "company" not in found:
            company = _company(text)
            if company is not None:
                found["company"] = company
                if not text.lower().startswith("company"):
                    found.setdefault("title", text)
    return found


def _company(text: str) -> str | None:
    titled = TITLE.search(text) is not None
    for pattern in (KEYED, AFTER, TITLED, LISTED, BEFORE):
        if pattern in {AFTER, BEFORE} and not titled:
            continue
        if pattern is TITLED and not titled and ":" not in text:
            continue
        match = pattern.search(text) if pattern is not KEYED else pattern.match(text)
        if match is not None:
            name = _tidied(match["company"])
            if name and (pattern is KEYED or _proper(name)):
                return name
    return None


def _tidied(name: str) -> str | None:
    name = re.sub(r"\s\([^)]{1,40}\)\Z", "", name.strip(" ,-–—:'’"))
    name = re.sub(r"\A(?:the|The|our|to|with)\s", "", name)
    name = re.sub(r"(Limited|Company|Corporation)['’]s\Z", r"\1", name)
    words = name.split()
    if (
        not words
        or name.count("(") != name.count(")")
        or len(words) > 8  # noqa: PLR2004  # a figure that its name says
        or words[0].lower() in {"transcript", "of", "for", "call", "fiscal", "our", "this", "today's", "on"}
    ):
        return None
    return name


def _period(found: Facts, text: str) -> None:
    if "quarter" in found:
        return
    said = periods.period(text)
    if said is not None:
        found["year"], found["quarter"] = said.year, said.quarter


def from_opening(texts: Sequence[str], *, company: bool = True) -> Facts:
    """Read the opening speeches: "welcome to FIRM's third quarter 2012 earnings conference call"."""
    found: Facts = {}
    for text in texts[:OPENING]:
        head = text[:1500]
        _period(found, head)
        for match in WELCOME.finditer(f" {lowered(head)}") if company and "company" not in found else ():
            name = _spoken_company(head[match.end() : match.end() + 200])
            if name is not None and _proper(name):
                found.setdefault("company", _whole(name, texts))
                break
    return found


def _spoken_company(text: str) -> str | None:
    """Read a company's name from what follows a welcome; the period and what kind of call it is are not its name."""
    words: list[str] = []
    for token in text.split()[:16]:
        word = token.rstrip(",;:?!").replace("’", "'")
        bare = word.lower().rstrip(".").removesuffix("'s").rstrip("'")
        around = (
            bare in AROUND or bare[:1].isdigit() or bare.split("-")[0] in AROUND or PERIOD_WORD.match(bare) is not None
        )
        if not words and (around or bare in {"the", "our", "today", "this", "a"}):
            continue
        if bare == "conference" and not _a_call(text, token):
            return None  # somebody else's, at which the company speaks
        if around or _opens(word) or not (word[0].isupper() or (words and bare in {"of", "and", "&", "de"})):
            break
        words.append(word)
        if bare in {"inc", "corp", "ltd", "plc", "llc"}:
            break
        ended = (
            token[-1] in ".;:?!,"
            and bare not in {"inc", "corp", "co", "ltd", "st"}
            and INITIALS.fullmatch(bare) is None
        )
        if ended or word.endswith(("'s", "s'")):
            break
    while words and words[-1].lower() in {"of", "and", "&", "de"}:
        words.pop()
    name = " ".join(words)
    name = name.removesuffix("'s")
    name = name.removesuffix("'")
    return name if name.endswith(("Inc.", "Corp.", "Co.", "Ltd.", "N.V.", "S.A.")) else name.rstrip(".,") or None


def _whole(name: str, texts: Sequence[str]) -> str:
    """Give a name the 's that is its own: Lowe's is one where it is said of nothing (`Lowe's is`, `at Lowe's.`)."""
    own = re.compile(rf"\b{re.escape(name)}['’]s(?:\s(?:is|are|has|have|was|will|Companies|Inc)\b|\.)")
    return f"{name}'s" if " " not in name and any(map(own.search, texts[:OPENING])) else name


def _a_call(text: str, word: str) -> bool:
    """Tell whether a conference is a call, as `conference call` is: the word behind it says so."""
    behind = text.partition(word)[2].split(maxsplit=1)
    return bool(behind) and behind[0].lower().startswith(("call", "webcast"))


def _opens(word: str) -> bool:
    """Tell whether a word begins a sentence of its own: `I'd like to`, `We're`, `All lines`."""
    return word.partition("'")[0].lower() in OPENERS


ORDINALS = frozenset({"first", "second", "third", "fourth"})
LEGAL = frozenset({"plc", "inc", "inc.", "ag", "se", "nv", "sa", "ltd", "ltd."})
NUMBERED = re.compile(r"\d{1,3}[A-Za-z][\w'-]*|\d{1,3}-[A-Z]\w+")
INITIALS = re.compile(r"[a-z](?:\.[a-z])*")
PERIOD_WORD = re.compile(r"f?y'?\d{2,4}\Z|[qh][1-4](?:fy)?\d{0,4}\Z")
OPENERS = word_set(
    "with i we it he she they and but so as at by for from in on to after before now also please all thank thanks"
)
AROUND = word_set(
    """
    first second third fourth fiscal full q1 q2 q3 q4 fq1 fq2 fq3 fq4 1q 2q 3q 4q h1 h2 earnings results result
    conference call calls quarter quarters quarterly year year-end yearend webcast teleconference review discussion
    investor investors annual financial business update release and presentation half months month ended ending
    half-year     analyst analysts meeting day fy everyone everybody you us morning afternoon evening virtual
    """
)


def _proper(name: str) -> bool:
    """Tell whether it is a company's name, which is capitalised words; a clause is not."""
    words = name.split()
    low = [word for word in words if word[0].islower() and word not in {"and", "of", "de", "the", "for", "&"} | LEGAL]
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
    return name[0].isupper() and not low and first.lower() not in generic and not _opens(first)

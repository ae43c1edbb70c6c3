"""What is refused before a question is read: advice, summaries, verdicts, the future, quarters that no year has."""

import re
from collections.abc import Callable, Sequence
from itertools import dropwhile, pairwise, takewhile

from bot.query.errors import DeclinedError, NotUnderstoodError
from bot.query.tokens import Shape, Token

_WRONG_QUARTER = re.compile(r"q(?:[05-9]|[1-4](?!(?:\d{2}|20\d{2})$)\d+|[05-9]\d+)")  # Q3'26 is one
# Longer questions that hold such a word are about something else.
_ADVICE, _SCORE, _DATES, _GIST = 12, 8, 8, 8
_GISTS = {
    (first, second)
    for first in ("key", "main", "top", "biggest", "hot", "discussed")
    for second in ("takeaway", "takeaways", "points", "highlights", "messages", "topics", "themes")
} | {(first, second) for first in ("topics", "themes") for second in ("discussed", "covered", "raised")}
_SHORTENED = frozenset({"summarise", "summarize", "summary", "tldr", "recap", "sumarize", "summarization"})
_GIST_ALONE = frozenset({"highlights", "takeaways", "overview", "gist", "topics", "themes"})
_AT_LARGE = tuple(
    tuple(text.split())
    for text in ("what was discussed", "what got discussed", "what was talked about", "what was covered",
                 "what did they discuss", "what did they talk about", "what did they cover", "what happened")
)  # fmt: skip
MOST_NAMED = 3
"""Words of a company's name before "call"."""
_LEADING = frozenset("in on at during of for with about to from end".split())  # noqa: SIM905 - one string wraps as prose
_ANY_CALL = frozenset(
    "the a this that last latest newest most recent conference earnings first second third fourth two three".split()  # noqa: SIM905 - one string wraps as prose
)
_FELT_BY = frozenset({"who", "which", "was", "were", "is", "are", "how"})
_JUDGED = frozenset({"toughest", "hardest", "worst", "smartest", "dumbest", "softest"})
_OF_CALLS = re.compile(r"(?:calls?|quarter|transcripts?|earnings|results|q[1-4].*|20\d\d|fy\d+)")
_WHOLE = ("full", "whole", "entire", "complete")
_ABOUT = frozenset("about on ask asked say said mention mentioned quote question questions".split())  # noqa: SIM905 - one string wraps as prose
_EVADING = re.compile(r"(?:dodg|evad|evasi|duck|deflect|sidestep)\w*")
# Words that judge an answer only where they are said of one: costs are avoided as well, and margins decline.
_UNANSWERED = re.compile(
    r"\bunanswered\b|\b(?:nobody|no one|noone|none of them) (?:\w+ )?answer"
    r"|\b(?:not|never|without|cannot|(?:is|are|was|were|has|have|had|did|do|does|would|could|ca|wo)nt|didn t) "
    r"(?:\w+ly )?answer"
    r"|\b(?:refus|declin)\w+ to (?:answer|respond|comment|take)"
    r"|\b(?:avoid|skirt|skip|ignor)\w* (?:the|a|any|that|this|those|his|her|their|my) (?:\w+ ){0,3}questions?\b"
)
_ANSWERING = ("answer", "refus", "declin", "question")  # one of these is in whatever the pattern finds
_SAID = frozenset({"said", "say", "says", "quote", "mention", "mentioned"})  # words that were said are looked for
_VERBS = frozenset({"did", "got", "that", "was", "went", "were", "which", "who"})  # the subject ends before them
_ASKS = frozenset({"ask", "asks", "asked", "asking"})
_NOT = frozenset("not never didnt hasnt havent dont doesnt didn hasn don doesn".split())  # noqa: SIM905 - one string wraps as prose
_SAYS = frozenset(
    "mention mentioned say said talk talked talking discuss discussed speak spoken".split()  # noqa: SIM905 - one string wraps as prose
)
_SILENT = frozenset({"company", "companies", "calls", "call", "executives", "analysts", "speakers", "people", "firms"})
_OPENING = frozenset({"what", "whats", "was", "were", "is", "the", "a", "show", "me", "and", "list"})
_LENGTH = re.compile(
    r"how long (?:was|is|were|did) (?:(?!on\b|about\b|of\b|to\b|for\b)\w+ ){0,5}calls?(?: (?:last|take|run))?"
    r"(?: (?:in|of) \w+(?: \w+)?)?"
    r"|which (?:\w+ )?calls? (?:was|were|is) (?:the )?(?:longest|shortest)(?: \w+){0,3}"
)
_ANSWERED = re.compile(r"(?:who|which \w+|whose) answer(?:s|ed)? (?:the )?(?:most|fewest)\b")
_COURTESIES = (  # what nobody looks for; who does, types it in quotes
    frozenset(
        f"{before}{thanks}{behind}"
        for before in (
            "",
            "ok ",
            "okay ",
            "great ",
            "perfect ",
            "cool ",
            "nice ",
            "awesome ",
            "many ",
            "no ",
            "very helpful ",
        )
        for thanks in ("thanks", "thank you", "thank u", "thx", "tks", "ty", "tysm", "cheers", "much appreciated")
        for behind in (
            *(
                "",
                " a lot",
                " so much",
                " very much",
                " again",
                " earshot",
                " everyone",
                " all",
                " mate",
                " that helps",
            ),
            *(" for your help", " for the help", " for this", " for that"),
        )
    )
    | {
        "ok",
        "okay",
        "got it",
        "ok great",
        "ok cool",
        "great stuff",
        "well done",
        "good bot",
        "nice one",
        "appreciate it",
    }
    | {
        "great",
        "perfect",
        "awesome",
        "excellent",
        "nice",
        "cool",
        "helpful",
        "very helpful",
        "that helps",
        "that helpful",
    }
    | {"thats great", "thats perfect", "this is helpful", "this is great", "super helpful"}
)
_NUMBERED = frozenset({"second", "third", "fourth", "fifth", "sixth", "2nd", "3rd", "4th", "5th"})
_FEWEST = frozenset({"least", "fewest"})
_RANKED = frozenset("call calls company companies quarter spoke talked asked speaks talks asks analyst firm".split())  # noqa: SIM905 - one string wraps as prose
_AHEAD = frozenset({"next", "upcoming"})
_CALL = frozenset({"call", "calls", "earnings", "report", "reports", "results"})


def refuse(cut: Sequence[Token]) -> None:
    """Raise DeclinedError or NotUnderstoodError for what no form could answer."""
    _check_quarters(cut)
    _decline([token.word for token in cut if token.shape is Shape.WORD])


def thanks(cut: Sequence[Token]) -> bool:
    """Whether somebody only thanks, or agrees. `cut` still holds its courtesies."""
    told = [token for token in cut if token.shape is not Shape.OPEN and token.shape is not Shape.CLOSE]  # less a smile
    if " ".join([token.word for token in told]) not in _COURTESIES:
        return False
    return all(token.shape is Shape.WORD for token in told)


def acknowledge(cut: Sequence[Token]) -> None:
    """Raise DeclinedError where somebody only thanks, or agrees."""
    if thanks(cut):
        raise DeclinedError("Glad it helped. Ask me anything else about the calls: `quote guidance`, say, or `help`.")


def _check_quarters(cut: Sequence[Token]) -> None:
    """Raise for a quarter that no year has."""
    for token in cut:
        if token.word[:1] == "q" and token.shape is Shape.WORD and _WRONG_QUARTER.fullmatch(token.word):
            raise NotUnderstoodError(
                f"I don't know ‹{token.text}›: quarters run from Q1 to Q4, as the company counts.",
                token.start,
                token.end,
            )


def _decline(words: Sequence[str]) -> None:
    """Raise for what Earshot doesn't do: advice, summaries, verdicts, what is to come."""
    for telling, asks, sentence in _DECLINED:
        if words and (telling is None or not telling.isdisjoint(words)) and asks(words):
            raise DeclinedError(sentence.format(subject=_subject(words)))


def _advice(words: Sequence[str]) -> bool:
    back = any(first == "buy" and second in {"back", "backs"} for first, second in pairwise(words))
    held = set(words) - ({"buy"} if back else set())  # to buy back is a company's matter
    if words[0] == "is" and words[-2:] in (["a", "buy"], ["a", "sell"]):
        return True  # "is velmere a buy"
    asked = held & {"should", "shall"} or words[0] in {"buy", "sell"} & held
    return bool(held & {"buy", "sell", "short", "invest"} and asked and len(words) < _ADVICE)


def _summary(words: Sequence[str]) -> bool:
    if _at_large(words):
        return True
    shortened = words[0] in _SHORTENED or words[:2] == ["tl", "dr"]
    of_calls = words[1:2] in (["of"], ["from"], ["for"]) and any(map(_OF_CALLS.fullmatch, words))
    if words[0] in _GIST_ALONE and (len(words) == 1 or of_calls) and not set(words) & _ABOUT:
        return True
    gist = words[:2] == ["sum", "up"] or any(pair in _GISTS for pair in pairwise(words))
    return shortened or (gist and len(words) < _GIST and not set(words) & _ABOUT)


def _at_large(words: Sequence[str]) -> bool:
    """Whether it is asked what a call was about, whatever that is: `what was discussed in q3`."""
    lead = next((lead for lead in _AT_LARGE if tuple(words[: len(lead)]) == lead), None)
    if lead is None:
        return False
    rest = words[len(lead) :]
    if not rest:
        return True
    named = rest[1:]
    if rest[-1] in {"call", "calls"}:  # whose call it was may be any name
        named = named[: max(len(named) - 1 - MOST_NAMED, 0)] if _LEADING.isdisjoint(named) else named
    return rest[0] in {"in", "on", "at", "during"} and len(rest) > 1 and all(map(_of_a_call, named))


def _of_a_call(word: str) -> bool:
    return word in _ANY_CALL or _OF_CALLS.fullmatch(word) is not None


def _everything(words: Sequence[str]) -> bool:
    if set(words) & _ABOUT or len(words) >= _GIST:
        return False
    for place, (first, second) in enumerate(pairwise(words)):
        last = words[place + 2 : place + 3]
        of_one = not last or last[0] in {"of", "at", "for", "from", "in"}
        if first in _WHOLE and (second in {"transcript", "transcripts"} or (second in {"call", "calls"} and of_one)):
            return True
    return False


_NEGATED = frozenset("wasnt werent isnt arent wasn weren isn aren".split())  # noqa: SIM905 - one string wraps as prose


def _not_asked(words: Sequence[str]) -> bool:
    """Whether it is asked who did not ask: `which analysts didn't ask about tariffs`."""
    people = words[0] in {"who", "which", "analysts", "nobody"} or words[:2] == ["what", "analysts"]
    held = next((place for place, word in enumerate(words[:-1]) if word in _NOT), len(words))
    asks = not _ASKS.isdisjoint(words[held + 1 : held + 3]) and _ASKS.isdisjoint(words[:held])
    return people and asks and len(words) < _GIST + len(_WHOLE)


def _not_said(words: Sequence[str]) -> bool:
    """Whether it is asked who did not say something: `who hasn't mentioned tariffs`, `which companies didn't`."""
    people = words[0] in {"who", "nobody"} or (words[0] in {"which", "what"} and not _SILENT.isdisjoint(words[1:3]))
    held = next((place for place, word in enumerate(words[:-1]) if word in _NOT), len(words))
    says = not _SAYS.isdisjoint(words[held + 1 : held + 3]) and _SAYS.isdisjoint(words[:held])
    return people and says and len(words) < _GIST + len(_WHOLE)


def _numbered(words: Sequence[str]) -> bool:
    """Whether a question is asked for by its number, but for the first and the last: `second question`."""
    begun = list(takewhile(_OPENING.__contains__, words))
    return tuple(words[len(begun) + 1 : len(begun) + 2]) == ("question",) and words[len(begun)] in _NUMBERED


def _lengthy(words: Sequence[str]) -> bool:
    """Whether it is asked how long a call was."""
    return _LENGTH.fullmatch(" ".join(words)) is not None


def _answerers(words: Sequence[str]) -> bool:
    """Whether it is asked who answers most: whose turn an answer is, is not counted."""
    return _ANSWERED.match(" ".join(words)) is not None


def _fewest(words: Sequence[str]) -> bool:
    """Whether the least of something is asked for: rankings show the most."""
    held = set(words)
    asks = words[0] in {"who", "which", "what"} and bool(held & _RANKED)
    return asks and bool(held & _FEWEST) and held.isdisjoint({"at", "about"}) and len(words) < _ADVICE


def _linked(words: Sequence[str]) -> bool:
    held = set(words)
    to_call = words[:2] == ["link", "to"] and bool(held & _CALL)
    return len(words) < _GIST and (to_call or bool({"link", "url", "pdf"} & held and "transcript" in held))


def _judged(words: Sequence[str]) -> bool:
    return any(first in _JUDGED and second in {"question", "questions"} for first, second in pairwise(words))


def _to_come(words: Sequence[str]) -> bool:
    held = set(words)
    dated = words[0] == "when" or held & {"date", "dates"}
    return bool(dated and held & _AHEAD and held & _CALL and len(words) < _DATES)


def _verdict(words: Sequence[str]) -> bool:
    held = set(words)
    about = {"question", "questions", "answer", "answers"} & held
    text = " ".join(words)
    judged = any(map(text.__contains__, _ANSWERING)) and not held & _SAID  # few say so; the pattern is slow to tell
    unanswered = judged and _UNANSWERED.search(text)
    return bool((about and any(map(_EVADING.fullmatch, words))) or unanswered)


def _subject(words: Sequence[str]) -> str:
    """Return what a question is about, for an example to type: the plain words behind "on", "about" or "mention"."""
    for leads in ({"on", "about"}, _SAYS):
        cut = max((place for place, word in enumerate(words) if word in leads), default=len(words))
        if cut < len(words):
            break
    named = list(dropwhile({"to", "about", "of", "on"}.__contains__, words[cut + 1 :]))
    behind = list(takewhile(lambda word: word not in _VERBS, named))
    return " ".join(behind) if behind and all(word.isalnum() for word in behind) else "warranty"


def _score(words: Sequence[str]) -> bool:
    felt = words[0] in _FELT_BY and bool({"bullish", "bearish"} & set(words))
    return ("sentiment" in words or felt) and len(words) < _SCORE


# Words without which nothing is so (None: there is no telling), what tells that it is, and what is answered.
_DECLINED: tuple[tuple[frozenset[str] | None, Callable[[Sequence[str]], bool], str], ...] = (
    (
        frozenset({"buy", "sell", "short", "invest"}),
        _advice,
        (
            "I give no advice on what to buy or sell. I can show what was said: try `quote guidance` or "
            "`who asked about demand`."
        ),
    ),
    (
        _SHORTENED
        | _GIST_ALONE
        | {"tl", "sum"}
        | {word for lead in _AT_LARGE for word in lead[-1:]}
        | {first for first, _ in _GISTS},
        _summary,
        (
            "I don't summarise: I quote, word for word. Try `quote guidance`, `questions on margin`, or a name to see "
            "that person's turns."
        ),
    ),
    (
        frozenset({*_WHOLE, "link", "url", "pdf"}),
        lambda words: _everything(words) or _linked(words),
        (
            "I show the turns that answer a question, not whole transcripts: `calls` lists what is loaded, and a name "
            "or `questions` shows turns in their order."
        ),
    ),
    (
        _NEGATED,
        lambda words: words[0] == "who" and words[1] in _NEGATED,
        "I show who was there and what they said, not who wasn't or didn't: try `who was on the call`.",
    ),
    (
        _NOT,
        _not_asked,
        (
            "I show who asked, not who didn't: try `who asked about {subject}`, and `who was on the call` for all who "
            "are listed."
        ),
    ),
    (
        _NOT,
        _not_said,
        "I show who said something, not who didn't: try `who said {subject}`, and `compare {subject}` for each call.",
    ),
    (
        _NUMBERED,
        _numbered,
        (
            "I show the first and the last question of a call, and all of them: try `first question`, `last question`, "
            "or `questions` for all."
        ),
    ),
    (
        frozenset({"long", "longest", "shortest"}),
        _lengthy,
        (
            "Transcripts don't say how long a call was, and I don't guess: `calls` lists each with its turns, and "
            "`who speaks the most` counts words."
        ),
    ),
    (
        frozenset({"answered", "answers", "answer"}),
        _answerers,
        "I count who asks and who speaks, not who answers: try `who speaks the most` or `answers on {subject}`.",
    ),
    (
        _FEWEST,
        _fewest,
        (
            "I rank from the most down, not from the least: try `who speaks the most` or `which call had the most "
            "questions`."
        ),
    ),
    (
        _AHEAD,
        _to_come,
        (
            "I only know the calls that are loaded, not future ones: `calls` lists them, each with its date where the "
            "transcript has one."
        ),
    ),
    (
        None,
        _verdict,
        (
            "I don't judge answers: I show them, word for word. Try `who asked about {subject}`, and look at each "
            "answer."
        ),
    ),
    (
        _JUDGED,
        _judged,
        "I don't judge questions: I show them, word for word. Try `questions on {subject}` or `first question`.",
    ),
    (
        frozenset({"sentiment", "bullish", "bearish"}),
        _score,
        "I give no scores or sentiment, only words that were said. Try `compare demand` to see them from call to call.",
    ),
)

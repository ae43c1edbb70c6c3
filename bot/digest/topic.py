"""The one sentence of a question that says what it is about, verbatim: chosen by rules that can be read here."""

# ruff: noqa: SIM905  # lists of words read best as words
import re

from bot.answers.answer import Quote
from bot.call import Call
from bot.exchange import Exchange
from bot.quoting import sentences
from bot.turn import Turn

ASKS = 2.0  # from this score on a sentence asks something; below, a later turn of the asker may ask it better
MOST = 8  # content words that count; more make a sentence longer, not clearer

# Weights were set by reading the choices over earnings calls, not learnt; each is told by its name.
MARK, OPENER, INDIRECT, CONTENT = 3.0, 1.0, 1.5, 0.4
EMPTY, SMALL_TALK, COUNTING, SHORT, POINTING = -3.0, -6.0, -1.5, -1.0, -1.0
FEW = 4  # words

_WORDS = re.compile(r"[\w'’&%$-]+")
_LEAD = frozenset("so and but or maybe just okay ok well then also yeah yes um uh great hey now first second".split())
_OPENERS = frozenset(
    "can could would will do does did is are was were have has had how what what's why when where which who should may "
    "might any anything".split()
)
_POINTERS = frozenset("that this it they those these there".split())  # "Is that still so?" asks, but not about what
_INDIRECT = re.compile(
    r"\b(?:question (?:is|was|on|about|around|regarding|for)|ask(?:ing)? (?:about|on|you|whether|if)|wonder(?:ing|ed)?"
    r"|curious|talk (?:about|to|through)|walk (?:us|me) through|help (?:us|me) (?:understand|think)"
    r"|(?:colou?r|clarity|detail|update|thoughts|comment|insight)s? (?:on|around|about|as to)|elaborate"
    r"|follow(?:ing)? up on"
    r"|touch on|speak to|quantify|give us|tell us|remind us)\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"\b(?:thank(?:s| you)|good (?:morning|afternoon|evening|day)|congrat\w*|taking (?:my|the|our) question|hear me"
    r"|how are you|appreciate|nice quarter|great quarter|squeeze|hello|hi (?:guys|everyone|there|everybody|all)"
    r"|on behalf of|filling in for|sneak)\b",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\b(?:(?:a )?(?:couple|few|two|three|one|quick|last) (?:of )?(?:quick |more |other )*(?:questions?|ones?|things?)"
    r"|two[- ]part(?:er)?|if i (?:may|could|can|might)|one more)\b",
    re.IGNORECASE,
)
# Words that carry no topic of their own in a question.
_STOP = frozenset(
    "a about actually all also am an and any anything are around as ask asking at be because been being bit but "
    "by can color colour could couple curious detail did do does doing else even few first follow following "
    "follow-up for from further get give given go going got great guess guys had has have having help here how i "
    "i'd i'll i'm i've if in into is it it's its just kind know last let let's like little look looking lot may "
    "maybe me mean might more most my next no not now obviously of off okay on one or other our out over part "
    "please question questions quick really right said sake say second see should so some something sort still "
    "sure take talk talked tell terms than thank thanks that that's the their them then there there's these they "
    "they're thing things think this those thoughts three through to today touch try trying two understand up us "
    "very walk want wanted wants was way we we're well were what what's when where whether which while who why "
    "will with wonder wondering would yeah yes you you'd you're you've your".split()
)


def topic_sentence(call: Call, exchange: Exchange) -> Quote | None:
    """Return the sentence that carries an exchange's question, None where nobody says a word.

    The best sentence of the first turn that asks something; where none does, the best of all. Among equals the first.
    """
    best: tuple[float, Quote] | None = None
    for index in exchange.question_turns:
        found = _best(call, call.turns[index])
        if found is None:
            continue
        if best is None or found[0] > best[0]:
            best = found
        if best[0] >= ASKS:
            break
    return best[1] if best else None


def _best(call: Call, turn: Turn) -> tuple[float, Quote] | None:
    best: tuple[float, Quote] | None = None
    for start, end in sentences(turn.text):
        score = carries(turn.text[start:end])
        if best is None or score > best[0]:
            best = (score, Quote(call, turn, start, end))
    return best


def carries(sentence: str) -> float:
    """Score how well a sentence says what is asked: higher is better, ASKS and more is a question with a topic."""
    words = [word.casefold().replace("’", "'") for word in _WORDS.findall(sentence)]
    content = len({word for word in words if word not in _STOP and not word.isdigit()})
    score = CONTENT * min(content, MOST)
    score += MARK if sentence.rstrip("\"'”’)]").endswith("?") else 0
    opener, after = _opening(words)
    score += OPENER if opener else 0
    score += POINTING if opener and after in _POINTERS else 0
    score += INDIRECT if _INDIRECT.search(sentence) else 0
    score += EMPTY if content <= 1 else 0
    score += SMALL_TALK if _SMALL_TALK.search(sentence) and content <= FEW + 1 else 0
    score += COUNTING if _COUNTING.search(sentence) and content <= FEW - 1 else 0
    return score + (SHORT if len(words) <= FEW else 0)


def _opening(words: list[str]) -> tuple[bool, str]:
    """Return whether the first word that isn't a filler opens a question, and the word behind it."""
    for place, word in enumerate(words):
        if word not in _LEAD:
            return word in _OPENERS, words[place + 1] if place + 1 < len(words) else ""
    return False, ""

"""Whether a turn says something, or only greets, thanks and hands over."""

from bot.search.words import keys
from bot.turn import Turn

FEWEST = 4
"""Telling words below which a turn without a question mark is a courtesy."""

_COURTESY = frozenset(
    "hi hey hello good morning afternoon evening thank thanks you very much so a the all everyone everybody team guys "
    "congrats congratulations on great quarter nice job well done for taking my our question questions i we is that helpful "
    "really appreciate it appreciated okay ok yes yeah yep no right sure perfect got understood wonderful excellent "
    "fair enough just one more from me us here this and to be back in queue will turn over pass leave there best luck of "
    "super makes sense very clear fantastic awesome see talk soon sorry can hear now color colour detail details answer "
    "answers that's it's thats its i'll ill jump hop get off as always again up but operator ladies gentlemen with your "
    "follow time today first then let me if could ask quick two couple have had was".split()
)


def substantial(turn: Turn) -> bool:
    """Whether a turn asks or tells something: a question with a telling word, or several telling words."""
    telling = [word for word in keys(turn.text) if word not in _COURTESY]
    return len(telling) >= FEWEST or (bool(telling) and "?" in turn.text and len(telling) >= FEWEST // 2)

"""Names of speakers that the source only numbers ("Speaker 3"), from words of the text and from nothing else.

Four kinds of words name a speaker: an operator's hand-off to a question (the next to speak), a hand-over ("I'll turn
the call over to …": the next to speak), words about oneself ("this is …", "my name is …"), and thanks to whoever has
just spoken. Each is a vote with the place it stands at; a name is believed when no other name has as many votes, and
when no other speaker has a better claim to it. What is inferred says from which words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.kind import Kind
from bot.parsing import deputies, handoff, matching, spoken_names
from bot.parsing.floor import Heard
from bot.parsing.handoff import Handoff
from bot.parsing.houses import FIRMS
from bot.parsing.lowered import holds, lowered
from bot.parsing.nicknames import TOGETHER
from bot.parsing.people import BRIEF, People, Person, named
from bot.parsing.speech import Speech
from bot.parsing.word_start import Behind

HEAD = 400  # characters in which somebody says who he is
OPERATOR = re.compile(
    r"\b(?:your|the|today['’]s)\s(?:conference\s|call\s|event\s)?(?:operator|coordinator|moderator)\b"
)
KEYPAD = re.compile(r"\bpress (?:\*|star|the star|one\b|zero\b)|\btelephone keypad|\boperator instructions\b")
MYSELF = Behind("my name is", "i am", "i['’]m", "this is", "it['’]s", "it is", "here is", then=r"(?=\s[a-z])")
MAY_BE_MYSELF = (
    "my name is",
    "i am",
    "i'm",
    "this is",
    "it's",
    "it is",
    "here is",
)  # looked for in a third of the time
THANKS = re.compile(r"[Tt](?<!\w.)(?:hank you|hanks)(?:\s(?:very|so) much|\sagain|\sa lot)?,?\s(?=[A-Z])")
ANOTHERS = re.compile(r"\b(?:on for|for|in for|on behalf of|filling in for|dialing in for)\s\Z")
WORDIEST = 3000  # characters that no operator's turn has
FEWEST = 2  # hand-offs that make an operator
MOSTLY = 0.7  # hand-offs a turn of somebody known by a given name only who does nothing else (a firm counts twice)
MORE = 1.5  # times as many as anybody else's
WEIGHTS = {"hand-off": 3, "hand-over": 3, "own words": 4, "thanks": 2}


@dataclass(frozen=True, slots=True)
class Vote:
    """Some words that name a speaker: the name, the firm where they say it, what kind of words, and where."""

    name: str
    firm: str | None
    how: str
    place: str


def operators(speeches: Sequence[Speech], people: People, heard: Heard) -> None:
    """Find the operator among speakers without a name: whoever gives the floor for nearly all questions."""
    given: dict[int, int] = defaultdict(int)
    spoken: dict[int, int] = defaultdict(int)
    said: set[int] = set()
    wordy = {id(person) for speech, person in zip(speeches, people.of, strict=True) if len(speech.text) > WORDIEST}
    unnamed = {  # whoever reads results is no operator
        id(each): each
        for each in people.everybody
        if each.kind is Kind.UNKNOWN and id(each) not in wordy and _may_operate(each, people)
    }
    if not unnamed:
        return
    for index, (speech, person) in enumerate(zip(speeches, people.of, strict=True)):
        if person is None or id(person) not in unnamed:
            continue
        spoken[id(person)] += 1
        hand = heard[index]
        if hand is not None and hand.asks and hand.sure and not hand.relays:
            given[id(person)] += 2 if hand.firm else 1
        if _says_so(speech.text):
            said.add(id(person))
    if not (given or said):
        return
    who = max(unnamed, key=lambda key: (given[key] + 3 * (key in said), -spoken[key]))
    second = max((given[key] for key in unnamed if key != who), default=0)
    enough = given[who] >= FEWEST and given[who] >= MORE * second
    mostly = given[who] >= MOSTLY * spoken[who] and len(unnamed[who].name.split()) == 1
    if (enough and (who in said or mostly or unnamed[who].numbered)) or (
        who in said and given[who] >= second and unnamed[who].numbered
    ):
        unnamed[who].kind = Kind.OPERATOR
        unnamed[who].basis = "gives the floor for the questions"


def _says_so(text: str) -> bool:
    """Tell whether somebody says that he is the operator, or how to press a key; plain words are looked for first."""
    head = lowered(text[:HEAD])
    tail = lowered(text[-HEAD:]) if len(text) > HEAD else head
    if "ator" in head and OPERATOR.search(head):
        return True
    return holds(tail, ("press", "keypad", "operator")) and KEYPAD.search(tail) is not None


def _may_operate(person: Person, people: People) -> bool:
    """Tell whether a numbered speaker may be the operator; a bare name may where nobody is called so."""
    if person.numbered:
        return True
    if person.part or person.listed or person.firm or person.title:
        return False
    return not any(each.kind is Kind.OPERATOR and each.labels for each in people.everybody)


def unlabelled(speeches: Sequence[Speech], people: People, heard: Heard) -> None:
    """Take words that no label stands over for the operator's where they hand over to whoever speaks next, by name."""
    operator = next((each for each in people.everybody if each.kind is Kind.OPERATOR and each.labels), None)
    for index, speech in enumerate(speeches[:-1]):
        after = people.of[index + 1]
        if operator is None or people.of[index] is not None or after is None or after.part or len(speech.text) > BRIEF:
            continue
        hand = heard[index]
        meant = hand is not None and hand.name is not None and hand.asks and named(hand.name, after)
        if meant or handoff.to(speech.text, after.name) is not None:
            people.of[index] = operator


HANDS_OVER = "hands over to whoever speaks next"


def names(speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None]) -> None:
    """Give numbered speakers the names that the text's words give them."""
    numbered = [each for each in people.everybody if each.numbered and each.kind is not Kind.OPERATOR]
    if not numbered:
        return
    found = list(_votes(speeches, people, given))
    shortened = any(len(vote.name.split()) == 1 for _, vote in found)
    known = _full_names(speeches, people) if shortened else {}
    votes: dict[int, list[Vote]] = defaultdict(list)
    for person, vote in found:
        votes[id(person)].append(Vote(_whole(vote.name, known), vote.firm, vote.how, vote.place))
    claims = [(person, *best) for person in numbered if (best := _best(votes[id(person)])) is not None]
    taken: list[str] = [each.name for each in people.everybody if not each.numbered and not each.part]
    for person, vote, _ in sorted(claims, key=lambda claim: -claim[2]):
        if any(matching.same(vote.name, other) for other in taken):
            continue
        taken.append(vote.name)
        person.name = vote.name
        person.inferred = f"{vote.how} at {vote.place}"
        firm = next((each.firm for each in votes[id(person)] if each.firm), None)
        if person.kind is Kind.ANALYST and person.firm is None:
            person.firm = firm


def _best(votes: Sequence[Vote]) -> tuple[Vote, int] | None:
    """Take the name with most votes; None where two names have as many, or the only vote is thanks."""
    weights: dict[str, int] = {}
    first: dict[str, Vote] = {}
    for vote in votes:
        name = next((each for each in weights if _agree(each, vote.name)), None)
        if name is not None and len(vote.name) > len(name):
            weights[vote.name] = weights.pop(name)
            first[vote.name] = Vote(vote.name, vote.firm, first[name].how, first.pop(name).place)
            name = vote.name
        name = name or vote.name
        weights[name] = weights.get(name, 0) + WEIGHTS[vote.how]
        first.setdefault(name, vote)
    if not weights:
        return None
    ranked = sorted(weights, key=lambda name: -weights[name])
    if len(ranked) > 1 and weights[ranked[0]] < 2 * weights[ranked[1]]:
        return None
    if weights[ranked[0]] <= WEIGHTS["thanks"] or len(ranked[0].split()) < 2:  # noqa: PLR2004  # a given name alone
        return None
    return first[ranked[0]], weights[ranked[0]]


def _agree(one: str, other: str) -> bool:
    if matching.same(one, other):
        return True
    a, b = matching.parts(one), matching.parts(other)
    return (len(a) == 1 or len(b) == 1) and (a[0] == b[0] or a[-1] == b[-1])


def _votes(
    speeches: Sequence[Speech], people: People, given: Sequence[Handoff | None]
) -> Iterator[tuple[Person, Vote]]:
    for index, (speech, person) in enumerate(zip(speeches, people.of, strict=True)):
        hand = given[index]
        after = people.of[index + 1] if index + 1 < len(people.of) else None
        if hand is not None and _names_somebody(hand) and after is not None and after is not person:
            at = _asker(people, index) if hand.asks else index + 1
            asker = people.of[at] if at is not None else None
            if (
                at is not None
                and asker is not None
                and asker.numbered
                and asker.kind is not Kind.OPERATOR
                and hand.name
                and not deputies.stands_in(speeches[at].text, hand.name, hand.firm)
            ):
                yield asker, Vote(hand.name, hand.firm, "hand-off" if hand.asks else "hand-over", speech.place)
        if person is not None and person.numbered and person.kind is not Kind.OPERATOR:
            own = _own(speech.text[:HEAD])
            if own is not None:
                yield person, Vote(own, None, "own words", speech.place)
        before = people.of[index - 1] if index else None
        if before is not None and before is not person and before.numbered and before.kind is Kind.EXECUTIVE:
            thanked = _thanked(speech.text[:HEAD])
            if thanked is not None:
                yield before, Vote(thanked, None, "thanks", speech.place)


def _names_somebody(hand: Handoff) -> bool:
    """Tell whether a hand-off names a person, and neither a firm nor a part."""
    if hand.name is None or hand.relays:
        return False
    return not set(matching.parts(hand.name)) & FIRMS


def _asker(people: People, index: int) -> int | None:
    """Find the next to speak, unless he is known to answer for the company."""
    for later in range(index + 1, min(index + 3, len(people.of))):
        person = people.of[later]
        if person is None or person.kind is Kind.OPERATOR:
            return None
        if person.kind is not Kind.EXECUTIVE:
            return later
    return None


def _own(text: str) -> str | None:
    """Read `This is NAME`, `I'm NAME`: a full name, and not somebody else's whom one stands in for."""
    low = lowered(f" {text}")
    for said in MYSELF.finditer(low) if holds(low, MAY_BE_MYSELF) else ():
        name, _ = spoken_names.read_name(text, said.end())
        if name is not None and len(name.split()) > 1 and not ANOTHERS.search(text[: said.start()]):
            return name
    return None


def _thanked(text: str) -> str | None:
    at = text.find("hank")
    said = THANKS.search(text, max(at - 1, 0)) if at >= 0 else None
    if said is None:
        return None
    name, _ = spoken_names.read_name(text, said.end())
    return name


def _full_names(speeches: Sequence[Speech], people: People) -> dict[str, set[str]]:
    """Full names that the opening introduces, by given name and its short forms."""
    found: dict[str, set[str]] = defaultdict(set)
    for speech, person in list(zip(speeches, people.of, strict=True))[:OPENING]:
        if person is not None and person.kind is Kind.ANALYST:
            break
        text = speech.text[:INTRODUCED]
        for match in FULL.finditer(text):
            name, _ = spoken_names.read_name(text, match.start())
            if name is not None and len(name.split()) > 1 and not set(matching.parts(name)) & FIRMS:
                given = matching.parts(name)[0]
                for each in {given, *TOGETHER.get(given, ())}:
                    found[each].add(name)
    return found


OPENING = 6  # speeches in which colleagues are introduced
INTRODUCED = 3000  # characters of each
FULL = re.compile(
    r"[A-Z](?<!\w.)[a-z’'-]{1,15}\s(?:[A-Z]\.\s)?[A-Z][A-Za-z’'-]{1,20}(?=,|;|\sand\b|\.|\sfrom\b|\swith\b)"
)


def _whole(name: str, known: dict[str, set[str]]) -> str:
    """Make a given name whole: it is made whole where the text knows one full name with it."""
    if len(name.split()) > 1:
        return name
    full = known.get(name.lower(), set())
    return next(iter(full)) if len(full) == 1 else name

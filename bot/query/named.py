"""What a name slot means: one party, several to choose from, or nobody; and the parties that have no name."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kind import Kind
from bot.query.entities import Firm, Person
from bot.query.query import Party
from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token

MANAGEMENT = Party("management", kinds=(Kind.EXECUTIVE,))
ANALYSTS = Party("analysts", kinds=(Kind.ANALYST,))

OPERATOR = Party("the operator", kinds=(Kind.OPERATOR, Kind.HOST))
KINDS = {party.said: party for party in (MANAGEMENT, ANALYSTS, OPERATOR)}
KINDS_BY_ROLE = {kind.value: Party(f"{kind.value}s", kinds=(kind,)) for kind in Kind}
ARTICLES = frozenset({"the", "a", "an", "our", "their", "its", "that", "this", "his", "her"})
_SPOKEN = (Shape.WORD, Shape.PHRASE)
_PRONOUNS = frozenset(
    {
        "they",
        "them",
        "he",
        "she",
        "him",
        "her",
        "we",
        "you",
        "it",
        "i",
        "anyone",
        "anybody",
        "everyone",
        "someone",
        "somebody",
        "people",
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name slot means: one party, or several to choose from, or nobody (then `near` resembles it)."""

    party: Party | None = None
    several: tuple[Party, ...] = ()
    readings: tuple[Reading, ...] = ()
    near: tuple[str, ...] = ()
    exact: bool = True


def everyone(tokens: Sequence[Token]) -> bool:
    """Whether a name slot holds only a pronoun: nobody in particular."""
    held = [token.word for token in tokens if token.word not in ARTICLES]
    return bool(held) and all(word in _PRONOUNS for word in held)


def trim(tokens: Sequence[Token]) -> list[Token]:
    """Drop articles and brackets round a name; a word with a minus before it names nobody who is wanted."""
    kept: list[Token] = []
    for token in tokens:
        if token.minus:
            return []
        if token.word and token.shape in _SPOKEN and (kept or token.word not in ARTICLES):
            kept.append(token)
    return kept


def words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the words of tokens as names have them: hyphens part two."""
    return [word for token in tokens for word in token.word.replace("-", " ").split()]


def party_of(entity: Person | Firm) -> Party:
    """Return whose words a person's or a firm's are."""
    if isinstance(entity, Firm):
        return Party(entity.name, firms=entity.names)
    return Party(entity.name, persons=entity.names)


def correction(typed: Sequence[Token], name: str) -> Reading:
    """Tell that a name was typed otherwise."""
    text = " ".join(token.text for token in typed)
    return Reading(How.CORRECTED, text, name, typed[0].start, typed[-1].end)

"""From tokens to a topic, and from a topic back to words that read the same."""

from collections.abc import Sequence

from bot.query.keywords import stop_words
from bot.query.tokens import Shape, Token
from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term, Topic
from bot.search.words import NAMELIKE

NEAR_DISTANCE = 10  # words, where NEAR is typed without a figure
_OPERATORS = frozenset({"OR", "|", "AND", "NOT", "NEAR"})
_ARTICLES = frozenset({"the", "a", "an", "any", "all"})
EXCLUDING = frozenset({"without", "excluding", "except", "excl"})


def topic(tokens: Sequence[Token]) -> Topic:
    """Read a topic.

        topic  = either+
        either = both ("OR" both)*
        both   = near ("AND" near)*
        near   = part ["NEAR" ["/" figure] part]
        part   = ["-" | "NOT"] (word | prefix"*" | phrase | "(" topic ")")

    Operators are upper case; `without X` and `excluding X` read as -X. What can't be read as an operator is a word.
    """
    if all(map(_bare, tokens)):  # as most are
        terms = [Term(token.text, token.start, token.end, token.prefix, token.comma) for token in tokens]
        return _topic(written(tokens), terms)
    return _Reader(tokens).topic()


def written(tokens: Sequence[Token]) -> str:
    """Return tokens as one would type them again: markup gone, quotes straight."""
    out = ""
    for at, token in enumerate(tokens):
        text = _written(token) + "," * (token.comma and at + 1 < len(tokens))
        if out.endswith(" NEAR") and text.isdigit():
            out += f"/{text}"
            continue
        out += text if not out or out.endswith("(") or text == ")" else f" {text}"
    return out


def _written(token: Token) -> str:
    if token.shape is Shape.GROUP:
        return written(token.inside)
    text = f'"{token.text}"' if token.shape is Shape.PHRASE else token.text
    return f"{'-' if token.minus else ''}{text}{'*' if token.prefix else ''}"


def behind_articles(tokens: Sequence[Token], at: int) -> int:
    """Return where the first word stands from a token on that is no article: of `without the gross`, gross."""
    while at + 1 < len(tokens) and tokens[at].shape is Shape.WORD and tokens[at].word in _ARTICLES:
        at += 1
    return at


def _bare(token: Token) -> bool:
    """Whether a token is a word to look for, wherever it stands."""
    operates = token.text in _OPERATORS or token.word in EXCLUDING
    return token.shape is Shape.WORD and not token.minus and not operates


def _topic(text: str, words: Sequence[Term], required: Sequence[Node] = (), excluded: Sequence[Node] = ()) -> Topic:
    """Return the topic of plain words and what stands beside them: ranked are those that carry a topic, if any do."""
    stops = stop_words()
    shouted = all(term.word.isupper() for term in words)
    content = [term for term in words if term.word.lower() not in stops or (term.word in NAMELIKE and not shouted)]
    ranked = content or ([] if required else words)
    plain = _between(words, content) if len(content) < len(words) else ()
    return Topic(text, tuple(ranked), tuple(required), tuple(excluded), plain)


class _Reader:
    """Recursive descent over the tokens of a topic, one method a rule."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = _flat(tokens)
        self.at = 0
        self.ranked: list[Term] = []
        self.required: list[Node] = []
        self.excluded: list[Node] = []

    def topic(self) -> Topic:
        while self.at < len(self.tokens):
            node = self._either()
            if isinstance(node, Term):
                self.ranked.append(node)
            elif isinstance(node, AllOf) and not node.parts:
                continue
            elif node is not None:
                self.required.append(node)
        return _topic(written(self.tokens).strip(), self.ranked, self.required, self.excluded)

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _operator(self, *names: str) -> bool:
        token = self._peek()
        return (
            token is not None and token.shape is Shape.WORD and token.text in names and self.at + 1 < len(self.tokens)
        )

    def _phrase_or(self) -> bool:
        """Whether a small `or` stands beside a phrase: it joins as OR does, since a phrase must be there."""
        if not (0 < self.at < len(self.tokens) - 1) or self.tokens[self.at].word != "or":
            return False
        return Shape.PHRASE in {self.tokens[self.at - 1].shape, self.tokens[self.at + 1].shape}

    def _either(self) -> Node | None:
        parts = [self._both()]
        while self._operator("OR", "|") or self._phrase_or():
            self.at += 1
            parts.append(self._both())
        return _join(parts, AnyOf)

    def _both(self) -> Node | None:
        parts = [self._near()]
        while self._operator("AND"):
            self.at += 1
            parts.append(self._near())
        return _join(parts, AllOf)

    def _near(self) -> Node | None:
        left = self._part()
        distance = self._distance()
        if distance is None:
            return left
        right = self._part()
        if isinstance(left, Term | Phrase) and isinstance(right, Term | Phrase):
            return Near(left, right, distance)
        return _join([left, right], AllOf)

    def _distance(self) -> int | None:
        """Read `NEAR`, `NEAR/5` (the figure is a token of its own) where a word follows."""
        token = self._peek()
        if token is None or token.shape is not Shape.WORD or token.text != "NEAR" or not self.at:
            return None
        figure = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        figured = figure is not None and figure.text.isascii() and figure.text.isdigit() and len(figure.text) < 4  # noqa: PLR2004 - a small figure that its line explains
        if self.at + 1 + figured >= len(self.tokens):
            return None
        self.at += 1 + figured
        return int(figure.text) if figured and figure is not None else NEAR_DISTANCE

    def _part(self) -> Node | None:
        token = self._peek()
        if token is None:
            return None
        if self._operator("NOT") or (
            token.word in EXCLUDING and token.shape is Shape.WORD and self.at and self.at + 1 < len(self.tokens)
        ):
            self.at = behind_articles(self.tokens, self.at + 1)
            self._exclude(self._part())
            return None
        self.at += 1
        if token.shape is Shape.OPEN:
            return self._group(minus=token.minus)
        if token.shape is Shape.CLOSE:
            return None
        node = _node(token)
        if token.minus:
            self._exclude(node)
            return None
        return node

    def _exclude(self, node: Node | None) -> None:
        if node is not None:
            self.excluded.append(node)

    def _group(self, *, minus: bool) -> Node | None:
        """Read up to the closing bracket: words side by side in one are all wanted."""
        parts: list[Node | None] = []
        while (token := self._peek()) is not None and token.shape is not Shape.CLOSE:
            parts.append(self._either())
        self.at += 1
        node = _join(parts, AllOf)
        if minus:
            self._exclude(node)
            return None
        return node


def _between(words: Sequence[Term], content: Sequence[Term]) -> tuple[Term, ...]:
    """Return the words from the first that carries the topic to the last, where small ones stand among them."""
    if not content:
        return ()
    inside = tuple(words[words.index(content[0]) : words.index(content[-1]) + 1])
    return inside if len(inside) > len(content) else ()


def telling(topic: Topic) -> bool:
    """Whether a topic holds anything to look for but small words (the, of)."""
    return bool(topic.required) or any(term.word.lower() not in stop_words() for term in topic.ranked)


def _node(token: Token) -> Node:
    if token.shape is Shape.PHRASE:
        words = tuple(token.text.split())
        return Phrase(words, token.start, token.end)
    return Term(token.text, token.start, token.end, token.prefix, token.comma)


def _join(parts: Sequence[Node | None], kind: type[AllOf] | type[AnyOf]) -> Node | None:
    held = [part for part in parts if part is not None]
    if not held:
        return None
    return held[0] if len(held) == 1 else kind(tuple(held))


def _flat(tokens: Sequence[Token]) -> list[Token]:
    """Open groups: `topic:( … )` inside a topic is its inside."""
    flat: list[Token] = []
    for token in tokens:
        flat.extend(token.inside if token.shape is Shape.GROUP else (token,))
    return _balanced(flat)


def _balanced(tokens: Sequence[Token]) -> list[Token]:
    """Drop brackets without a partner or without words between them."""
    kept: list[Token | None] = []
    opened: list[int] = []
    for token in tokens:
        kept.append(token)
        if token.shape is Shape.OPEN:
            opened.append(len(kept) - 1)
        elif token.shape is Shape.CLOSE:
            start = opened.pop() if opened else None
            if start is None:
                kept[-1] = None
            elif not any(kept[start + 1 : -1]):
                kept[start] = kept[-1] = None
    for start in opened:
        kept[start] = None
    return [token for token in kept if token is not None]

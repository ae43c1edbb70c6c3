"""Topics: words are ranked, phrases and operators are required, and what was read is written the same again."""

import pytest

from bot.query.tokens import tokens
from bot.query.topic import AllOf, AnyOf, Near, Phrase, Term, Topic
from bot.query.topics import topic


def shown(node: object) -> str:
    """A node in short: words, "phrases", (a & b), (a | b), a ~5 b."""
    if isinstance(node, Term):
        return node.word + "*" * node.prefix
    if isinstance(node, Phrase):
        return f'"{" ".join(node.words)}"'
    if isinstance(node, Near):
        return f"{shown(node.left)} ~{node.distance} {shown(node.right)}"
    assert isinstance(node, AllOf | AnyOf)
    return "(" + (" & " if isinstance(node, AllOf) else " | ").join(map(shown, node.parts)) + ")"


def parts(read: Topic) -> tuple[list[str], list[str], list[str]]:
    return (
        [shown(each) for each in read.ranked],
        [shown(each) for each in read.required],
        [shown(each) for each in read.excluded],
    )


READ = [
    ("gross margin", (["gross", "margin"], [], [])),
    ("the margin of the year", (["margin", "year"], [], [])),
    ("the of", (["the", "of"], [], [])),
    ('"pricing power" brands', (["brands"], ['"pricing power"'], [])),
    ("margin -gross", (["margin"], [], ["gross"])),
    ("margin NOT gross", (["margin"], [], ["gross"])),
    ("margin without gross", (["margin"], [], ["gross"])),
    ('margin -"gross margin"', (["margin"], [], ['"gross margin"'])),
    ("freight OR tariffs", ([], ["(freight | tariffs)"], [])),
    ("freight AND tariffs", ([], ["(freight & tariffs)"], [])),
    ("a1 AND b1 OR c1", ([], ["((a1 & b1) | c1)"], [])),
    ("(freight OR tariffs) AND margin", ([], ["((freight | tariffs) & margin)"], [])),
    ("gross NEAR/3 margin", ([], ["gross ~3 margin"], [])),
    ("gross NEAR margin", ([], ["gross ~10 margin"], [])),
    ("super*", (["super*"], [], [])),
    ("OR", (["OR"], [], [])),
    ("margin OR", (["margin"], [], [])),
    ("and or not", (["and", "or", "not"], [], [])),
    ("(margin", (["margin"], [], [])),
    ("margin)", (["margin"], [], [])),
    ("((()))", ([], [], [])),
    ("-(gross margin)", ([], [], ["(gross & margin)"])),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_topic_is_read(text: str, expected: tuple[list[str], list[str], list[str]]) -> None:
    assert parts(topic(tokens(text))) == expected


@pytest.mark.parametrize("text", [text for text, _ in READ])
def test_a_topic_is_written_the_same_again(text: str) -> None:
    read = topic(tokens(text))
    again = topic(tokens(read.text))
    assert again.text == read.text
    assert parts(again) == parts(read)


def test_terms_keep_their_places() -> None:
    (term,) = topic(tokens("the *margin* of")).ranked
    assert "the *margin* of"[term.start : term.end] == "margin"

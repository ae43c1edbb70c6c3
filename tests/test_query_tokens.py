"""A question cut into tokens: markup gone, every place true."""

import pytest
from hypothesis import strategies as st

from bot.query.tokens import Shape, fold, foreign, tokens
from tests.sampling import sampled

FIELDS = frozenset({"speaker", "topic"})

CUT = [
    ("who asked about margins?", ["who", "asked", "about", "margins"]),
    ("*bold* _italic_ ~struck~ `code`", ["bold", "italic", "struck", "code"]),
    ("<@U0ABC> hello <#C1|general> <!channel> there", ["hello", "there"]),
    ("see <https://x.test/a?b=c|the margin> and <https://y.test>", ["see", "the", "margin", "and"]),
    ("@channel <b>margin</b> & co", ["margin", "and", "co"]),
    (":rocket: margin :+1::tada:", ["margin"]),
    ("🚀 margin 📈", ["margin"]),
    ("R&amp;D and AT&T", ["R&D", "and", "AT&T"]),
    ("J.P. Morgan", ["J.P", "Morgan"]),
    ("margin/capex,opex.fx 3.5 2,500 1/2", ["margin", "capex", "opex", "fx", "3.5", "2,500", "1/2"]),
    ("year-over-year e-commerce", ["year-over-year", "e-commerce"]),
    ("Galliers’s O'Shaughnessy's analysts'", ["Galliers", "O'Shaughnessy", "analysts"]),
    ("", []),
    ("¿?!…", []),
]


@pytest.mark.parametrize(("question", "texts"), CUT)
def test_a_question_is_cut_into_words(question: str, texts: list[str]) -> None:
    assert [token.text for token in tokens(question)] == texts


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ('"pricing power"', "pricing power"),
        ("“pricing  power”", "pricing power"),
        ("«pricing power»", "pricing power"),
        ('say "pricing power', "pricing power"),
    ],
)
def test_a_phrase_is_one_token(question: str, phrase: str) -> None:
    found = [token for token in tokens(question) if token.shape is Shape.PHRASE]
    assert [token.text for token in found] == [phrase]


def test_marks_of_a_token_are_kept() -> None:
    minus, prefix, cash, own = tokens("-freight super* $VLTR Vidal's")
    assert minus.minus
    assert prefix.prefix
    assert cash.cash
    assert own.possessive
    assert not tokens("pre-paid")[0].minus
    assert not tokens("*super*")[0].prefix


def test_a_field_takes_the_next_value() -> None:
    found = tokens('speaker: "Tomas Vidal" -speaker:quill other:thing', FIELDS)
    assert [(token.field, token.text, token.minus) for token in found] == [
        ("speaker", "Tomas Vidal", False),
        ("speaker", "quill", True),
        (None, "other", False),
        (None, "thing", False),
    ]


@pytest.mark.parametrize(
    ("word", "folded"),
    [("J.P.", "jp"), ("O’Neill", "oneill"), ("Nestlé", "nestle"), ("2,500", "2500"), ("Ångström", "angstrom")],
)
def test_words_are_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "told"),
    [("кто спросил", True), ("маржа margin", False), ("利益率について", True), ("who asked", False), ("123 !!", False)],
)
def test_another_script_is_told(text: str, told: bool) -> None:
    assert foreign(text) == told


@sampled(30, 200, st.text(alphabet=st.sampled_from("ab é'’.&;amp-*_~`\"“”<>|@#:/$, ()0\n🚀"), max_size=60))
def test_every_place_is_true(question: str) -> None:
    for token in tokens(question, FIELDS):
        assert 0 <= token.start <= token.end <= len(question)
        if token.shape is Shape.WORD and "&" not in question:
            held = question[token.start : token.end]
            assert token.text in held

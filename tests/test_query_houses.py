"""A house that is on no loaded call is a name, but not in small letters where it is a word of the calls: wells."""

from dataclasses import replace

import pytest

from bot.answers.scope import calls_in
from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import understand
from bot.query.parties import Resolver
from bot.query.tokens import tokens
from tests.invented_calls import CALLS, TODAY


def directory_saying(text: str) -> Directory:
    call = CALLS[0]
    turns = tuple(replace(turn, text=text) if turn.index < 3 else turn for turn in call.turns)
    return Directory.of([replace(call, turns=turns), *CALLS[1:]])


DRILLING = directory_saying(
    "We drilled more wells. The wells are deep, and the wells flow. New wells follow old wells."
)
SPOKEN = Directory.of(CALLS)


@pytest.mark.parametrize("question", ["production by wells", "quote production by wells"])
def test_a_house_is_a_word_where_the_calls_say_it_as_one(question: str) -> None:
    query = understand(question, DRILLING, today=TODAY)
    assert query.party is None
    assert query.topic.text == "production by wells"


@pytest.mark.parametrize(
    ("question", "directory"),
    [("quote freight by Wells", DRILLING), ("quote freight by goldman", SPOKEN), ("freight by wells fargo", SPOKEN)],
)
def test_else_it_is_a_name(question: str, directory: Directory) -> None:
    with pytest.raises(QuestionError):
        understand(question, directory, today=TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "harbour lane",
        "harbor land",
        "gross margin",
        "freight",
        "vidal",
        "vidall",
        "ingrid and the cfo",
        "harbour and lane",
    ],
)
def test_plain_words_are_somebodys_misspelt_name_or_certainly_nobodys(typed: str) -> None:
    resolver = Resolver(SPOKEN)
    for cut in (tokens(typed), tokens(f'"{typed}"')):
        named, sure = resolver.otherwise(cut), resolver.misspelt(cut)
        assert (sure is None and named.party is None) or sure == named


PIPELINES = Directory.of([*CALLS, replace(CALLS[0], id="amrg", company="Alder Morgan, Inc.", ticker="AMRG")])


@pytest.mark.parametrize(
    ("question", "said", "companies"),
    [
        ("morgan stanley", "Morgan Stanley", ()),
        ("morgan stanley on freight", "Morgan Stanley", ()),
        ("what did morgan stanley ask alder morgan", "Morgan Stanley", ("AMRG",)),
        ("alder morgan freight", "", ("AMRG",)),
    ],
)
def test_a_companys_word_within_a_longer_name_is_the_names(
    question: str, said: str, companies: tuple[str, ...]
) -> None:
    query = understand(question, PIPELINES, today=TODAY)
    assert (query.party.said if query.party else "") == said
    assert query.companies == companies


LOADED = Directory.of([*PIPELINES.calls, replace(CALLS[0], id="mrgs", company="Morgan Stanley", ticker="MRGS")])


@pytest.mark.parametrize(
    "question", ["quote margin on the morgan stanley call", "morgan stanley margin", "alder morgan margin"]
)
def test_a_house_whose_own_call_is_loaded_is_the_company(question: str) -> None:
    query = understand(question, LOADED, today=TODAY)
    assert query.companies == (("AMRG",) if "alder" in question else ("MRGS",))
    assert query.topic.text == "margin"


BANK = Directory.of(
    [
        replace(CALLS[0], id="c", company="Citigroup Inc.", ticker="C"),
        replace(
            CALLS[1],
            participants=tuple(replace(each, firm="Citi") if each.firm else each for each in CALLS[1].participants),
            turns=tuple(replace(turn, firm="Citi") if turn.firm else turn for turn in CALLS[1].turns),
        ),
        *CALLS[2:],
    ]
)


@pytest.mark.parametrize(
    ("question", "companies", "firms"),
    [
        ("last question on the citigroup q2 2026 call", ("C",), ()),
        ("who was on the citi call", ("C",), ()),
        ("citigroup q2 2026 freight", ("C",), ()),
        ("what did the cfo of citigroup say about freight", ("C",), ()),
        ("who asked about freight at citi", ("C",), ()),
        ("what did morgan stanley ask citi", ("C",), ("Morgan Stanley",)),
        ("what did citi ask", (), ("Citi",)),
        ("questions from citi q1 2026", (), ("Citi",)),
        ("citi vs voltera on freight", ("C", "VLTR"), ()),
        ("freight citi vs voltera", ("C", "VLTR"), ()),
        ("compare citi and voltera on freight", ("C", "VLTR"), ()),
        ("freight at voltera and citi", ("VLTR", "C"), ()),
        ("freight at citi and voltera", ("C", "VLTR"), ()),
        ("the citi cfo on freight", ("C",), ()),
        ("what did citi and morgan stanley ask", (), ("Citi", "Morgan Stanley")),
        ("vltr vs c on freight", ("VLTR", "C"), ()),
        ("which banks cover citi", ("C",), ()),
        ("who follows citi", ("C",), ()),
    ],
)
def test_a_bank_is_a_company_where_its_call_is_meant_and_a_house_where_it_asks(
    question: str, companies: tuple[str, ...], firms: tuple[str, ...]
) -> None:
    query = understand(question, BANK, today=TODAY)
    assert (query.companies, query.party.firms if query.party else ()) == (companies, firms)


def test_two_names_of_a_known_house_are_one_company() -> None:
    calls = [
        replace(CALLS[0], id="group", company="Citigroup Inc.", ticker="C"),
        replace(CALLS[1], id="short", company="Citi", ticker=None),
        replace(CALLS[2], id="bear", company="Citi Trends, Inc.", ticker="CTRN"),
    ]
    directory = Directory.of(calls)
    for question in ("freight at citi", "freight at citigroup"):
        query = understand(question, directory, today=TODAY)
        assert {call.id for call in directory.calls_of(query.companies)} == {"group", "short"}


def test_the_newest_of_a_company_by_two_names_is_one_call() -> None:
    calls = [
        replace(CALLS[0], id="before", company="Citigroup Inc.", ticker="C", quarter=1),
        replace(CALLS[0], id="newest", company="Citi", ticker=None, quarter=4),
    ]
    directory = Directory.of(calls)
    query = understand("freight at citi last quarter", directory, today=TODAY)
    assert [call.id for call in calls_in(query, directory)] == ["newest"]


CHIPS = Directory.of(
    [
        replace(CALLS[0], id="nxp", company="NXQ Semiconductors N.V.", ticker=None),
        replace(CALLS[2], id="net", company="Net Larch Websoft Inc.", ticker=None),
    ]
)


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("nxq gross margin", "NXQ Semiconductors N.V."),
        ("who asked about freight at netlarch", "Net Larch Websoft Inc."),
    ],
)
def test_a_company_goes_by_its_capitals_and_by_two_words_in_one(question: str, company: str) -> None:
    assert understand(question, CHIPS, today=TODAY).companies == (company,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Citigroup Inc.", "Citi", True),
        ("JPMorgan Chase & Co.", "JPMorgan", True),
        ("Bank of America", "Merrill Lynch", False),
        ("Morgan Stanley", "Morgan Stanley Direct Lending Fund", False),
        ("Bernstein", "AllianceBernstein Holding", False),
    ],
)
def test_only_names_of_one_company_are_one(one: str, other: str, same: bool) -> None:
    calls = [
        replace(CALLS[0], id="a", company=one, ticker="AAA"),
        replace(CALLS[1], id="b", company=other, ticker=None),
    ]
    assert (len(Directory.of(calls).companies) == 1) is same

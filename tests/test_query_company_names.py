"""Companies by names that have a sign, a hyphen, an 's or general words in them, or that share a word."""

from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

NAMES = {
    "LT": "L&T Inc.",
    "QBK": "Q&B Bank Corporation",
    "BRL": "Bristow-Larch Squibb Company",
    "QUO": "Quorn One Financial Corporation",
    "DML": "Dunmore's Pizza, Inc.",
    "MRQ": "Marlow & Quince Companies, Inc.",
    "YMB": "Yarrow! Brands, Inc.",
    "SO": "Southmere Company",
    "KSM": "Karst City Southmere",
    "VID": "Vidal Companies, Inc.",
}
DIRECTORY = Directory.of(
    [
        replace(CALLS[at % len(CALLS)], id=f"{key}-1", company=name, ticker=key)
        for at, (key, name) in enumerate(NAMES.items())
    ]
)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("L&T", "LT"),
        ("l&t", "LT"),
        ("Q&B Bank", "QBK"),
        ("bristow-larch squibb", "BRL"),
        ("bristow larch", "BRL"),
        ("quorn one financial", "QUO"),
        ("quorn one", "QUO"),
        ("dunmore's pizza", "DML"),
        ("marlow & quince", "MRQ"),
        ("marlow & quince companies", "MRQ"),
        ("yarrow! brands", "YMB"),
        ("southmere", "SO"),
        ("karst city southmere", "KSM"),
        ("$SO", "SO"),
    ],
)
@pytest.mark.parametrize("form", ["what did {} say about freight", "{} freight", "quote freight at {}"])
def test_a_company_is_known_by_its_name(form: str, said: str, key: str) -> None:
    query = understand(form.format(said), DIRECTORY, today=TODAY)
    assert (query.companies, query.topic.text) == ((key,), "freight")
    assert query.party is None or query.party.said == "management"


def test_one_name_of_two_companies_compares_nothing() -> None:
    renamed = [replace(CALLS[0], id=f"{key}-1", company="Larchfield Corporation", ticker=key) for key in ("LRC", "LFD")]
    query = understand("larchfield freight", Directory.of(renamed), today=TODAY)
    assert (query.intent, set(query.companies)) == ("topic", {"LRC", "LFD"})


def test_who_asks_is_no_company() -> None:
    try:
        query = understand("what did vidal ask", DIRECTORY, today=TODAY)
    except QuestionError:
        return  # asked back
    assert query.companies == ()


@pytest.mark.parametrize(("question", "key"), [("south mere margin", "SO"), ("quote margin at dun mores", "DML")])
def test_a_name_of_one_word_may_be_typed_as_two(question: str, key: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert (query.companies, query.topic.text) == ((key,), "margin")


@pytest.mark.parametrize(("slips", "company"), [(0, ("CRDX",)), (1, ("CRDX",)), (3, ())])
def test_a_name_that_lost_its_capital_once_is_a_name_all_the_same(slips: int, company: tuple[str, ...]) -> None:
    said = "Credo grows, as Credo did before. " * 6 + "Everybody has a credo. " * slips
    turns = tuple(replace(turn, text=said) if turn.index == 1 else turn for turn in CALLS[0].turns)
    directory = Directory.of(
        [replace(CALLS[0], company="Credo Larch Holding Ltd", ticker="CRDX", turns=turns), *CALLS[2:]]
    )
    assert understand("credo margin", directory, today=TODAY).companies == company


@pytest.mark.parametrize(
    ("question", "companies", "topic"),
    [
        ("freight SO", ("SO",), "freight"),
        ("who asked why freight rose at SO", ("SO",), "freight rose"),
        ("FREIGHT ROSE SO MUCH", (), "FREIGHT ROSE SO MUCH"),
        ("WHO ASKED WHY FREIGHT ROSE SO MUCH", (), "FREIGHT ROSE SO MUCH"),
        ("why freight rose so much", (), "freight rose so much"),
    ],
)
def test_capitals_make_a_ticker_of_a_word_unless_all_are(question: str, companies: tuple[str, ...], topic: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert (query.companies, query.topic.text) == (companies, topic)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("quote freight in each Quorn Widgets call", "freight"),
        ("freight in Quorn Widgets calls", "freight"),
        ("who asked on the Quorn Widgets call about freight", "freight"),
        ("on the Quorn Widgets call who asked about freight", "freight"),
        ("on the Quorn Widgets call freight", "freight"),
    ],
)
def test_a_company_without_a_name_is_known_by_what_its_calls_say(question: str, topic: str) -> None:
    turns = tuple(replace(turn, text=f"{turn.text} Quorn Widgets grew.") for turn in CALLS[0].turns)
    nameless = replace(CALLS[0], company=None, ticker="QWX", aliases=(), turns=turns)
    query = understand(question, Directory.of([nameless, *CALLS[2:]]), today=TODAY)
    assert (query.companies, query.topic.text) == (("QWX",), topic)
    assert [reading.typed for reading in query.readings] == ["Quorn Widgets"]

"""The sample calls of the playground: real in length, each read as a person reads it, no two of them alike."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.call import Call
from bot.kind import Kind
from bot.transcript import load_file
from bot.transcripts import load

CALLS = Path(__file__).parent.parent / "playground" / "calls"


class Sample(NamedTuple):
    """What a reader of the file finds: its header, its layout, how often each person speaks."""

    company: str
    ticker: str
    quarter: int
    date: dt.date
    layout: str
    turns: Counter[str]  # turns by printed name


class Slot(NamedTuple):
    """One asker's slot; turns by the line of their label."""

    asker: str | None  # None: a question that investor relations reads out
    firm: str | None
    questions: tuple[int, ...]
    answers: tuple[int, ...]


SAMPLES = {
    "fsrl-2026-q1": Sample(
        company="Finch & Sorrel Markets, Inc.",
        ticker="FSRL",
        quarter=1,
        date=dt.date(2026, 5, 28),
        layout="Seeking Alpha",
        turns=Counter(
            {
                "Operator": 14,
                "Josephine Tamarack": 13,
                "Lucien Prévost": 13,
                "William Ostergaard": 12,
                "Padma Iyengar-Cole": 4,
                "Elizabeth Quennell": 3,
                "Vikram Desrosiers": 3,
                "Paulina Strand": 3,
                "Søren Lindahl-Grey": 3,
                "Jerome Halloran": 3,
                "Amara Whitlock": 3,
                "Ingrid Okafor": 3,
                "Matteo Brandvold": 3,
                "Callum Dressler": 2,
                "Ngozi Hartmann": 2,
                "Beatrix Calloway-Ng": 2,
                "Hector Lindqvist": 1,
            }
        ),
    ),
    "fsrl-2026-q2": Sample(
        company="Finch & Sorrel Markets, Inc.",
        ticker="FSRL",
        quarter=2,
        date=dt.date(2026, 8, 27),
        layout="Motley Fool",
        turns=Counter(
            {
                "Operator": 14,
                "Lucien Prévost": 12,
                "Josephine Tamarack": 11,
                "Bill Ostergaard": 10,
                "Padma Iyengar-Cole": 4,
                "Elizabeth Quennell": 3,
                "Callum Dressler": 3,
                "Jerome Halloran": 2,
                "Ngozi Hartmann": 2,
                "Ingrid Okafor": 2,
                "Vikram Desrosiers": 2,
                "Ethan Roscoe": 2,
                "Søren Lindahl-Grey": 2,
                "Amara Whitlock": 2,
                "Beatrix Calloway-Ng": 2,
                "Matteo Brandvold": 2,
                "Hector Lindqvist": 1,
            }
        ),
    ),
    "fsrl-2026-q3": Sample(
        company="Finch & Sorrel Markets, Inc.",
        ticker="FSRL",
        quarter=3,
        date=dt.date(2026, 11, 19),
        layout="name before a colon",
        turns=Counter(
            {
                "Josephine Tamarack": 15,
                "Operator": 14,
                "Bill Ostergaard": 14,
                "Renata Osei-Thornton": 11,
                "Padma Iyengar-Cole": 4,
                "Jerome Halloran": 4,
                "Ingrid Okafor": 4,
                "Liz Quennell": 3,
                "Ngozi Hartmann": 3,
                "Amara Whitlock": 3,
                "Matteo Brandvold": 3,
                "Beatrix Calloway-Ng": 3,
                "Hector Lindqvist": 2,
                "Vikram Desrosiers": 2,
                "Callum Dressler": 2,
                "Søren Lindahl-Grey": 2,
            }
        ),
    ),
    "vlmr-2026-q1": Sample(
        company="Velmere Motors",
        ticker="VLMR",
        quarter=1,
        date=dt.date(2026, 4, 29),
        layout="Motley Fool",
        turns=Counter(
            {
                "Operator": 14,
                "Annika Rothwell": 13,
                "Desmond Achterberg": 13,
                "Rafael Iñarra": 6,
                "Sunniva Hale": 6,
                "Robert Tillinghast": 5,
                "Shanice Abernathy": 3,
                "Priscilla Okonkwo-Hayes": 3,
                "Owen Castellane": 3,
                "Zoë Marchetti": 3,
                "Dmitri Vasquez": 3,
                "Tobias Wren": 2,
                "Kenji Albrecht": 2,
                "Leila Ardestani": 2,
                "Gustavo Ferreira-Pohl": 2,
                "Marguerite Dolan": 1,
            }
        ),
    ),
    "vlmr-2026-q2": Sample(
        company="Velmere Motors, Inc.",
        ticker="VLMR",
        quarter=2,
        date=dt.date(2026, 7, 29),
        layout="name before a colon",
        turns=Counter(
            {
                "Desmond Achterberg": 19,
                "Annika Rothwell": 17,
                "Operator": 14,
                "Rafael Iñarra": 8,
                "Sunniva Hale": 8,
                "Marguerite Dolan": 4,
                "Shanice Abernathy": 4,
                "Bob Tillinghast": 3,
                "Priscilla Okonkwo-Hayes": 3,
                "Zoë Marchetti": 3,
                "Leila Ardestani": 3,
                "Kenji Albrecht": 3,
                "Dmitri Vasquez": 3,
                "Tobias Wren": 3,
                "Mei-Ling Saunderson": 2,
                "Gustavo Ferreira-Pohl": 2,
                "Unidentified Analyst": 2,
            }
        ),
    ),
    "vlmr-2026-q3": Sample(
        company="Velmere Motors, Inc.",
        ticker="VLMR",
        quarter=3,
        date=dt.date(2026, 10, 28),
        layout="Seeking Alpha",
        turns=Counter(
            {
                "Operator": 14,
                "Desmond Achterberg": 14,
                "Annika Rothwell": 12,
                "Rafael Iñarra": 9,
                "Sunniva Hale": 6,
                "Priscilla Okonkwo-Hayes": 3,
                "Dmitri Vasquez": 3,
                "Bob Tillinghast": 3,
                "Zoë Marchetti": 3,
                "Kenji Albrecht": 3,
                "Leila Ardestani": 3,
                "Tobias Wren": 3,
                "Shanice Abernathy": 3,
                "Gustavo Ferreira-Pohl": 3,
                "Mei-Ling Saunderson": 3,
                "Unidentified Analyst": 2,
                "Marguerite Dolan": 1,
            }
        ),
    ),
}

EXCHANGES = {
    "fsrl-2026-q1": (
        Slot("Elizabeth Quennell", "Crestmoor Securities", (101, 111, 119), (105, 115, 123)),
        Slot("Callum Dressler", "Harbor & Lane", (131, 145), (135, 141, 149)),
        Slot("Ngozi Hartmann", "A. B. Whitcombe & Co.", (157, 169), (161, 165, 173)),
        Slot("Vikram Desrosiers", "Bluegate Institutional", (181, 189, 197), (185, 193, 201)),
        Slot("Paulina Strand", "Ninth Avenue Research", (209, 219, 227), (213, 223, 231)),
        Slot("Søren Lindahl-Grey", "Dunmore, Pike & Sons", (239, 257, 265), (243, 249, 253, 261, 269)),
        Slot("Jerome Halloran", "St. Aldric Capital Markets", (277, 287, 299), (281, 291, 295, 303)),
        Slot("Amara Whitlock", "Quarry Hill Research", (311, 323, 331), (315, 319, 327, 335)),
        Slot("Ingrid Okafor", "T. R. Oduya & Partners", (343, 353, 361), (347, 357, 365)),
        Slot("Beatrix Calloway-Ng", "Larkspur Global Markets", (373, 385), (377, 381, 389)),
        Slot("Matteo Brandvold", "Pemberly & Stroud", (397, 407, 419), (401, 411, 415, 423)),
    ),
    "fsrl-2026-q2": (
        Slot("Jerome Halloran", "St. Aldric Capital Markets", (33, 38), (35, 40)),
        Slot("Elizabeth Quennell", "Crestmoor Securities", (44, 50, 54), (46, 48, 52, 56)),
        Slot("Callum Dressler", "Harbor & Lane", (60, 64, 70), (62, 66, 68, 72)),
        Slot("Ngozi Hartmann", "A. B. Whitcombe & Co.", (76, 82), (78, 80, 84)),
        Slot("Ingrid Okafor", "T. R. Oduya & Partners", (88, 94), (90, 92, 96)),
        Slot("Vikram Desrosiers", "Bluegate Institutional", (100, 107), (102, 105, 109)),
        Slot("Ethan Roscoe", "Ninth Avenue Research", (113, 121), (115, 117, 119)),
        Slot("Søren Lindahl-Grey", "Dunmore, Pike & Sons", (125, 133), (127, 129, 131, 135)),
        Slot("Amara Whitlock", "Quarry Hill Research", (139, 144), (141, 146)),
        Slot("Beatrix Calloway-Ng", "Larkspur Global Markets", (150, 157), (152, 155, 159)),
        Slot("Matteo Brandvold", "Pemberly & Stroud", (163, 168), (165, 170)),
    ),
    "fsrl-2026-q3": (
        Slot("Vikram Desrosiers", "Bluegate Institutional", (26, 29), (27, 28, 30)),
        Slot("Liz Quennell", "Crestmoor Securities", (32, 36, 38), (33, 34, 35, 37, 39)),
        Slot("Jerome Halloran", "St. Aldric Capital Markets", (41,), ()),
        Slot("Callum Dressler", "Harbor & Lane", (43, 46), (44, 47)),
        Slot("Jerome Halloran", "St. Aldric Capital Markets", (49, 52, 54), (50, 53, 55, 56)),
        Slot("Ngozi Hartmann", "A. B. Whitcombe & Co.", (58, 60, 62), (59, 61, 63)),
        Slot("Søren Lindahl-Grey", "Dunmore, Pike & Sons", (65, 69), (66, 68, 70, 71)),
        Slot("Ingrid Okafor", "T. R. Oduya & Partners", (73, 75, 78, 80), (74, 76, 79, 81)),
        Slot("Amara Whitlock", "Quarry Hill Research", (83, 87, 89), (84, 85, 86, 88, 90)),
        Slot("Matteo Brandvold", "Pemberly & Stroud", (92, 95, 97), (93, 94, 96, 98)),
        Slot("Beatrix Calloway-Ng", "Larkspur Global Markets", (100, 103, 105), (101, 102, 104, 106)),
        Slot(None, None, (108,), (109, 110, 111)),
    ),
    "vlmr-2026-q1": (
        Slot("Shanice Abernathy", "St. Aldric Capital Markets", (79, 89, 97), (83, 93)),
        Slot("Robert Tillinghast", "Crestmoor Securities", (105, 119, 127), (109, 115, 123)),
        Slot("Priscilla Okonkwo-Hayes", "Harbor & Lane", (135, 147, 159), (139, 143, 151, 155)),
        Slot("Tobias Wren", "Quarry Hill Research", (167, 181), (171, 177, 185)),
        Slot("Kenji Albrecht", "Brannock Ridge Securities", (193, 207), (197, 203, 211)),
        Slot("Leila Ardestani", "Meridale Partners", (219, 231), (223, 227, 235)),
        Slot("Gustavo Ferreira-Pohl", "Juniper Row Advisors", (243, 257), (247, 253, 261)),
        Slot("Owen Castellane", "T. R. Oduya & Partners", (269, 279, 287), (273, 283)),
        Slot("Zoë Marchetti", "Larkspur Global Markets", (295, 305, 317), (299, 309, 313, 321)),
        Slot("Dmitri Vasquez", "A. B. Whitcombe & Co.", (329, 343, 351), (333, 339, 347)),
        Slot("Robert Tillinghast", "Crestmoor Securities", (359, 371), (363, 367, 375)),
    ),
    "vlmr-2026-q2": (
        Slot("Shanice Abernathy", "St. Aldric Capital Markets", (26, 29, 31, 34), (27, 30, 32, 33)),
        Slot("Bob Tillinghast", "Crestmoor Securities", (36, 38, 40), (37, 39, 41, 42)),
        Slot("Priscilla Okonkwo-Hayes", "Harbor & Lane", (44, 48, 50), (45, 46, 47, 49)),
        Slot("Zoë Marchetti", "Larkspur Global Markets", (52, 54, 56), (53, 55, 57, 58)),
        Slot("Mei-Ling Saunderson", "T. R. Oduya & Partners", (60, 63), (61, 62, 64)),
        Slot("Leila Ardestani", "Meridale Partners", (66, 68, 71), (67, 69, 70, 72)),
        Slot("Kenji Albrecht", "Brannock Ridge Securities", (74, 78, 80), (75, 76, 77, 79, 81, 82, 83)),
        Slot("Dmitri Vasquez", "A. B. Whitcombe & Co.", (85, 88, 90), (86, 87, 89, 91)),
        Slot("Gustavo Ferreira-Pohl", "Juniper Row Advisors", (93, 97), (94, 95, 96, 98)),
        Slot("Tobias Wren", "Quarry Hill Research", (100, 102, 104), (101, 103, 105)),
        Slot("Unidentified Analyst", "Pemberly & Stroud", (107, 111), (108, 110)),
        Slot(None, None, (113,), (114, 115, 116)),
        Slot(None, None, (117,), (118,)),
    ),
    "vlmr-2026-q3": (
        Slot("Priscilla Okonkwo-Hayes", "Harbor & Lane", (60, 68, 74), (62, 66, 70, 72)),
        Slot("Dmitri Vasquez", "A. B. Whitcombe & Co.", (78, 82, 88), (80, 84, 86, 90)),
        Slot("Robert Tillinghast", "Crestmoor Securities", (94, 99, 105), (96, 101, 103)),
        Slot("Zoë Marchetti", "Larkspur Global Markets", (109, 114, 120), (111, 116, 118)),
        Slot("Kenji Albrecht", "Brannock Ridge Securities", (124, 130, 134), (126, 128, 132, 136)),
        Slot("Leila Ardestani", "Meridale Partners", (140, 147, 151), (142, 145, 149, 153)),
        Slot("Tobias Wren", "Quarry Hill Research", (157, 161, 167), (159, 163, 165)),
        Slot("Shanice Abernathy", "St. Aldric Capital Markets", (171, 177, 181), (173, 175, 179, 183)),
        Slot("Gustavo Ferreira-Pohl", "Juniper Row Advisors", (187, 194, 198), (189, 192, 196)),
        Slot("Unidentified Analyst", None, (202, 206), (204, 208)),
        Slot("Mei-Ling Saunderson", "T. R. Oduya & Partners", (212, 216, 220), (214, 218)),
    ),
}

TITLES = {
    "Annika Rothwell": "Co-Founder and Chief Executive Officer",
    "Desmond Achterberg": "Chief Financial Officer",
    "Rafael Iñarra": "Chief Operating Officer",
    "Sunniva Hale": "Senior Vice President, Charging and Energy",
    "Marguerite Dolan": "Vice President, Investor Relations",
    "Josephine Tamarack": "President and Chief Executive Officer",
    "Lucien Prévost": "Executive Vice President and Chief Financial Officer",
    "William Ostergaard": "Chief Merchandising Officer",
    "Bill Ostergaard": "Chief Merchandising Officer",
    "Padma Iyengar-Cole": "Chief Digital Officer",
    "Hector Lindqvist": "Senior Director, Investor Relations",
    "Renata Osei-Thornton": "Chief Financial Officer",
}
LISTED = ("fsrl-2026-q1", "fsrl-2026-q2", "vlmr-2026-q1", "vlmr-2026-q3")  # participants with titles are in the source

each = pytest.mark.parametrize("name", SAMPLES)


@pytest.fixture(scope="module")
def calls() -> dict[str, Call]:
    return {name: load_file(CALLS / f"{name}.txt") for name in SAMPLES}


def paragraphs(name: str) -> list[str]:
    return [line.strip() for line in (CALLS / f"{name}.txt").read_text("utf-8").splitlines() if len(line.split()) > 12]


def test_every_sample_is_known_here() -> None:
    assert {path.stem for path in CALLS.glob("*.txt")} == set(SAMPLES)


@each
def test_a_sample_is_as_long_as_a_real_call(name: str) -> None:
    assert len((CALLS / f"{name}.txt").read_text("utf-8").split()) >= 5_000


def test_no_paragraph_is_said_twice() -> None:
    said = Counter(paragraph for name in SAMPLES for paragraph in paragraphs(name))

    assert [paragraph for paragraph, times in said.items() if times > 1] == []


@each
def test_a_sample_says_which_call_it_is(name: str, calls: dict[str, Call]) -> None:
    call, sample = calls[name], SAMPLES[name]

    assert (call.id, call.company, call.ticker) == (name, sample.company, sample.ticker)
    assert (call.year, call.quarter, call.date) == (2026, sample.quarter, sample.date)
    assert call.layout == sample.layout


@each
def test_a_sample_needs_no_mending(name: str, calls: dict[str, Call]) -> None:
    assert calls[name].problems == ()


@each
def test_every_turn_has_its_speaker(name: str, calls: dict[str, Call]) -> None:
    assert Counter(turn.speaker for turn in calls[name].turns) == SAMPLES[name].turns


@each
def test_every_speaker_has_their_kind(name: str, calls: dict[str, Call]) -> None:
    expected = {
        turn.index: Kind.OPERATOR
        if turn.speaker == "Operator"
        else Kind.EXECUTIVE
        if turn.speaker in TITLES
        else Kind.ANALYST
        for turn in calls[name].turns
    }

    assert {turn.index: turn.kind for turn in calls[name].turns} == expected


@pytest.mark.parametrize("name", LISTED)
def test_the_company_s_people_have_their_titles(name: str, calls: dict[str, Call]) -> None:
    people = [person for person in calls[name].participants if person.kind is Kind.EXECUTIVE]

    assert [(person.name, person.title, person.firm) for person in people] == [
        (person.name, TITLES[person.name], None) for person in people
    ]
    assert len(people) == 5


@each
def test_every_exchange_has_its_asker_questions_and_answers(name: str, calls: dict[str, Call]) -> None:
    call = calls[name]
    found = [
        (
            exchange.asker,
            exchange.firm,
            tuple(call.turns[index].line for index in exchange.question_turns),
            tuple(call.turns[index].line for index in exchange.answer_turns),
        )
        for exchange in call.exchanges
    ]

    assert found == [tuple(slot) for slot in EXCHANGES[name]]


def test_a_question_read_out_by_investor_relations_is_told_as_such(calls: dict[str, Call]) -> None:
    relayed = [(name, turn.line) for name, call in calls.items() for turn in call.turns if turn.relayed]

    assert relayed == [("fsrl-2026-q3", 108), ("vlmr-2026-q2", 113), ("vlmr-2026-q2", 117)]


def test_analysts_ask_about_superchargers_and_are_answered(calls: dict[str, Call]) -> None:
    asked = [
        (call.id, call.turns[index].line, exchange.asker, bool(exchange.answer_turns))
        for call in calls.values()
        for exchange in call.exchanges
        for index in exchange.question_turns
        if "superchargers" in call.turns[index].text
    ]

    assert asked == [
        ("vlmr-2026-q1", 135, "Priscilla Okonkwo-Hayes", True),
        ("vlmr-2026-q2", 44, "Priscilla Okonkwo-Hayes", True),
        ("vlmr-2026-q2", 60, "Mei-Ling Saunderson", True),
        ("vlmr-2026-q3", 60, "Priscilla Okonkwo-Hayes", True),
        ("vlmr-2026-q3", 202, "Unidentified Analyst", True),
    ]


@each
def test_management_speaks_of_margin(name: str, calls: dict[str, Call]) -> None:
    assert [turn for turn in calls[name].turns if turn.kind is Kind.EXECUTIVE and "margin" in turn.text]


def test_the_folder_loads_as_six_calls_of_two_companies() -> None:
    loaded = load([CALLS])

    assert [call.id for call in loaded.calls] == sorted(SAMPLES)
    assert {call.ticker for call in loaded.calls} == {"FSRL", "VLMR"}
    assert loaded.failures == ()

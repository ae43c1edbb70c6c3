"""Names as people write them: found, corrected where that is clear, offered where it is not."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.call import Call
from bot.directory import Directory
from bot.kind import Kind
from bot.participant import Participant
from bot.query.entities import Firm, Person, brand, name_words
from bot.query.parties import Resolver
from bot.query.tokens import tokens
from bot.transcripts import load
from tests.invented_calls import CALLS

DIRECTORY = Directory.of(CALLS)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

SAID = [
    ("Tomas Vidal", "Tomas Vidal"),
    ("vidal", "Tomas Vidal"),
    ("TOMAS", "Tomas Vidal"),
    ("tom vidal", "Tomas Vidal"),
    ("t. vidal", "Tomas Vidal"),
    ("mr vidal", "Tomas Vidal"),
    ("tomasvidal", "Tomas Vidal"),
    ("Solhiem", "Ingrid Solheim"),
    ("Ingred Solheim", "Ingrid Solheim"),
    ("bob grant", "Robert Grant"),
    ("rob grant", "Robert Grant"),
    ("Whitfeld", "Dana Whitfield"),
    ("ceo Marta Quill", "Marta Quill"),
    ("MS", "Morgan Stanley"),
    ("morgan stanly", "Morgan Stanley"),
    ("Merrill", "Bank of America"),
    ("BofA", "Bank of America"),
    ("bank of america", "Bank of America"),
    ("Bank of America Merrill Lynch", "Bank of America"),
    ("JPM", "JPMorgan"),
    ("jp morgan", "JPMorgan"),
    ("J.P. Morgan", "JPMorgan"),
    ("jpmorgan chase", "JPMorgan"),
    ("harbor & lane", "Harbor & Lane"),
    ("Harbor and Lane", "Harbor & Lane"),
    ("harborlane", "Harbor & Lane"),
    ("h&l", "Harbor & Lane"),
    ("Kestrel Point", "Kestrel Point Securities"),
    ("kestrel", "Kestrel Point Securities"),
    ("jeffries", "Jefferies"),
    ("the jefferies analyst", "Jefferies"),
    ("the CFO", "the CFO"),
    ("chief financial officer", "the CFO"),
    ("finance chief", "the CFO"),
    ("ir", "investor relations"),
    ("analysts", "analysts"),
    ("sell side", "analysts"),
    ("management", "management"),
    ("execs", "management"),
    ("price of morgan stanley", "Michael Price, Morgan Stanley"),
    ("john from jefferies", "John Lindqvist, Jefferies"),
    ("jefferies john", "John Lindqvist, Jefferies"),
]


@pytest.mark.parametrize(("typed", "said"), SAID)
def test_a_name_is_found_however_it_is_written(typed: str, said: str) -> None:
    named = Resolver(DIRECTORY).name(tokens(typed))
    assert named.party is not None, named
    assert named.party.said == said


@pytest.mark.parametrize(
    ("typed", "names"), [("john", {"John Okafor", "John Lindqvist"}), ("jon", {"John Okafor", "John Lindqvist"})]
)
def test_a_name_of_several_is_a_choice(typed: str, names: set[str]) -> None:
    named = Resolver(DIRECTORY).name(tokens(typed))
    assert named.party is None
    assert {party.said for party in named.several} == names


@pytest.mark.parametrize("typed", ["Zorblax", "Hannelore", "qq", "x"])
def test_a_stranger_is_nobody(typed: str) -> None:
    named = Resolver(DIRECTORY).name(tokens(typed))
    assert named.party is None
    assert not named.several


@pytest.mark.parametrize(("typed", "near"), [("peterson", "Paterson"), ("robins", "Robbins")])
def test_a_name_spelt_right_is_not_corrected(typed: str, near: str) -> None:
    changed = [_renamed(call, "Vidal", near) for call in CALLS]
    named = Resolver(Directory.of(changed)).name(tokens(typed))
    assert named.party is None
    assert [party.said for party in named.several] == [f"Tomas {near}"]


@pytest.mark.parametrize("typed", ["osei", "thornton", "osei-thornton", "osei thornton", "tomas osei"])
def test_a_double_surname_is_found_by_either_half(typed: str) -> None:
    named = Resolver(Directory.of([_renamed(call, "Vidal", "Osei-Thornton") for call in CALLS])).name(tokens(typed))
    assert named.party is not None
    assert named.party.said == "Tomas Osei-Thornton"


@pytest.mark.parametrize("typed", ["al", "el rashid vidal"])
def test_a_particle_is_no_half_of_a_surname(typed: str) -> None:
    named = Resolver(Directory.of([_renamed(call, "Vidal", "Al-Rashid") for call in CALLS])).name(tokens(typed))
    assert named.party is None


@pytest.mark.parametrize(
    ("typed", "offered"), [("whit", ["Dana Whitfield"]), ("lindq", ["John Lindqvist"]), ("lin", [])]
)
def test_a_surname_cut_short_is_offered_and_never_used_unasked(typed: str, offered: list[str]) -> None:
    named = Resolver(DIRECTORY).name(tokens(typed))
    assert named.party is None
    assert [party.said for party in named.several] == offered


def test_a_correction_is_told() -> None:
    named = Resolver(DIRECTORY).name(tokens("Solhiem"))
    assert [(reading.typed, reading.read_as) for reading in named.readings] == [("Solhiem", "Ingrid Solheim")]


def test_titles_are_matched_by_their_words() -> None:
    assert set(DIRECTORY.titled("CFO")) == {"CFO", "Executive Vice President and Chief Financial Officer"}
    assert set(DIRECTORY.titled("CEO")) == {"CEO", "Chief Executive Officer"}
    assert DIRECTORY.titled("president") == ()


@pytest.mark.parametrize(
    "typed",
    [
        ("northlake",),
        ("northlake", "foods"),
        ("northlakefoods",),
        ("nlf",),
        ("northlake", "canning"),
        ("northlake", "foods", "inc"),
    ],
)
def test_a_company_is_found_by_any_of_its_names(typed: tuple[str, ...]) -> None:
    assert [company.key for company in DIRECTORY.company(typed)] == ["NLF"]


def test_calls_come_and_go() -> None:
    fewer = DIRECTORY.without([call.id for call in CALLS if call.ticker == "VLTR"])
    assert [company.key for company in fewer.companies] == ["NLF"]
    assert not fewer.person(["quill"]).entities
    assert fewer.with_calls(CALLS).person(["quill"]).entities


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Harbor & Lane Capital Markets, LLC", ("harbor", "lane")),
        ("Bank of America", ("bank", "of", "america")),
        ("The Kestrel Group, Inc.", ("kestrel",)),
        ("Global Equities Research", ("global", "equities", "research")),
    ],
)
def test_a_firm_is_known_by_its_brand(name: str, words: tuple[str, ...]) -> None:
    assert brand(name) == words


def test_misspelt_names_of_real_calls_are_right(shared: Path) -> None:
    """300 names with one edit each. Right: the person or firm, or the choice that the right spelling gives too."""
    paths = sorted((shared / "transcripts" / "fool_json_sections" / "files").glob("*_2021.txt"))[:40]
    directory = Directory.of(load(paths).calls)
    resolver = Resolver(directory)
    outcomes = Counter(_outcome(resolver, entity, typed, spelt) for entity, typed, spelt in _misspelt(directory, 300))
    assert outcomes["right"] >= 0.93 * 300, outcomes
    assert outcomes["wrong"] <= 3, outcomes  # the typo is, letter by letter, somebody else's name


def _misspelt(directory: Directory, number: int) -> list[tuple[Person | Firm, str, str]]:
    """Draw names, in turn whole, surname and firm, and put one edit into a word of each."""
    chance = random.Random(20261122)
    people = [
        person
        for person in directory.people
        if len(name_words(person.name)) in {2, 3} and len(name_words(person.name)[-1]) > 3
    ]
    firms = [firm for firm in directory.firms if 3 < len(firm.name) < 40]
    rows: list[tuple[Person | Firm, str, str]] = []
    for turn in range(number):
        entity: Person | Firm = chance.choice(firms) if turn % 3 == 2 else chance.choice(people)
        spelt = name_words(entity.name)[-1] if turn % 3 == 1 else entity.name
        words = spelt.split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        words[longest] = _edited(words[longest], chance)
        rows.append((entity, " ".join(words), spelt))
    return rows


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    other = chance.choice([letter for letter in LETTERS if letter != word[at].lower()])
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _outcome(resolver: Resolver, entity: Person | Firm, typed: str, spelt: str) -> str:
    wanted = set(entity.names)
    named, right = resolver.name(tokens(typed)), resolver.name(tokens(spelt))
    if named.party is not None:
        return "right" if wanted & {*named.party.persons, *named.party.firms} else "wrong"
    offered = any(wanted & {*party.persons, *party.firms} for party in named.several)
    return "right" if offered and right.several else "offered" if offered else "lost"


def _renamed(call: Call, old: str, new: str) -> Call:
    turns = tuple(
        replace(turn, person=(turn.person or "").replace(old, new), speaker=(turn.speaker or "").replace(old, new))
        for turn in call.turns
    )
    people = tuple(replace(each, name=each.name.replace(old, new)) for each in call.participants)
    return replace(call, turns=turns, participants=people)


@pytest.mark.parametrize(
    ("said", "proper"),
    [
        ("We sell to Apple. Apple buys.", True),
        ("We sell to APPLE.", True),
        ("An apple a day.", False),
        ("Apple sells an apple.", False),
        ("Apple is at apple.com, and at /apple.", True),  # no word of its own
        ("We like pineapple and Apple.", True),
        ("We like apples and Apple.", True),
        ("apple", False),
    ],
)
def test_whether_the_calls_write_a_word_as_a_name(said: str, proper: bool) -> None:
    call = replace(CALLS[0], turns=tuple(replace(turn, text=said) for turn in CALLS[0].turns))
    assert Directory.of([call]).proper("apple") is proper


@pytest.mark.parametrize(("word", "proper"), [("zoetis", True), ("target", False)])
def test_what_is_no_english_word_is_a_name_however_the_calls_write_it(word: str, proper: bool) -> None:
    call = replace(CALLS[0], turns=tuple(replace(turn, text=f"We sell to {word}.") for turn in CALLS[0].turns))
    assert Directory.of([call]).proper(word) is proper


@pytest.mark.parametrize(
    ("kind", "firm", "title", "somebody"),
    [
        (Kind.ANALYST, None, None, False),
        (Kind.ANALYST, None, "Analyst", False),
        (Kind.ANALYST, "Morgan Stanley", "Analyst", False),
        (Kind.ANALYST, "Jefferies LLC", "Analyst", True),
        (Kind.EXECUTIVE, None, None, False),
        (Kind.EXECUTIVE, None, "CFO", True),
    ],
)
def test_a_houses_name_is_somebodys_only_beside_another_house_or_an_executives_title(
    kind: Kind, firm: str | None, title: str | None, somebody: bool
) -> None:
    person = Participant("Morgan Stanley", kind, firm, title)
    directory = Directory.of([replace(CALLS[1], turns=(), participants=(person,))])
    assert [each.name for each in directory.people] == (["Morgan Stanley"] if somebody else [])

"""Names of people and houses beside each other's: the whole name counts, and what is nobody's is none."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.call import Call
from bot.directory import Directory
from bot.directory.firms import Firms, joined
from bot.query import understand
from bot.query.errors import AmbiguousError
from tests.invented_calls import CALLS, TODAY


def _renamed(call: Call, names: Mapping[str, str]) -> Call:
    turns = tuple(
        replace(
            turn, person=names.get(turn.person or "", turn.person), speaker=names.get(turn.speaker or "", turn.speaker)
        )
        for turn in call.turns
    )
    people = tuple(replace(each, name=names.get(each.name, each.name)) for each in call.participants)
    return replace(call, turns=turns, participants=people)


def _directory(*renamings: Mapping[str, str]) -> Directory:
    return Directory.of([_renamed(call, names) for call, names in zip(CALLS, renamings, strict=False)])


@pytest.mark.parametrize("typed", ["anthony will", "Anthony Will"])
def test_a_surname_that_is_a_verb_is_part_of_the_name(typed: str) -> None:
    directory = _directory({"Tomas Vidal": "Anthony Will", "Ingrid Solheim": "Nicholas Anthony"})
    query = understand(f"what did {typed} say about freight", directory, today=TODAY)
    assert query.party is not None
    assert query.party.said == "Anthony Will"


def test_a_whole_name_of_several_is_asked_about_and_no_part_of_it_is_taken() -> None:
    directory = _directory(
        {"Tomas Vidal": "Rob Michael", "Ingrid Solheim": "Michael Murray"},
        {},
        {"Marta Quill": "Michael Mac Murray"},
        {"Marta Quill": "Michael Mac Murray"},
    )
    with pytest.raises(AmbiguousError) as caught:
        understand("michael murray freight", directory, today=TODAY)
    assert {way.text for way in caught.value.ways} == {
        "Michael Murray", "Michael Mac Murray", "Both, who may be one"
    }  # fmt: skip


def test_two_who_may_be_one_can_be_asked_for_together() -> None:
    directory = _directory(
        {"Priya Raman": "Chris Shutler"}, {"Priya Raman": "Chris Shutler"}, {"Robert Grant": "Christopher Shutler"}
    )
    with pytest.raises(AmbiguousError) as caught:
        understand("what did christopher shutler ask", directory, today=TODAY)
    for way in caught.value.ways:  # none leads to the same question again
        assert understand(way.question, directory, today=TODAY).restated == way.question
    both = next(way for way in caught.value.ways if way.text == "Both, who may be one")
    query = understand(both.question, directory, today=TODAY)
    assert query.party is not None
    assert set(query.party.persons) == {"Chris Shutler", "Christopher Shutler"}
    assert (query.intent, query.restated) == ("asked", both.question)


def test_two_of_one_surname_are_no_one() -> None:
    directory = _directory({"Priya Raman": "Dana Shutler", "George Galliers": "Victor Shutler"})
    with pytest.raises(AmbiguousError) as caught:
        understand("what did shutler ask", directory, today=TODAY)
    assert {way.text for way in caught.value.ways} == {"Dana Shutler", "Victor Shutler"}


def test_a_hyphen_is_within_a_name_though_a_company_has_half_of_it() -> None:
    directory = _directory({"Priya Raman": "Northlake Mays-Smith"})
    query = understand("northlake mays-smith freight", directory, today=TODAY)
    assert query.party is not None
    assert (query.party.said, query.companies) == ("Northlake Mays-Smith", ())


def test_a_word_within_a_companys_name_is_somebodys() -> None:
    calls = [replace(CALLS[0], company="A. B. Galliers Corp.", ticker="ABG"), *CALLS[1:]]
    query = understand("what did galliers ask about freight", Directory.of(calls), today=TODAY)
    assert query.party is not None
    assert (query.party.said, query.companies) == ("George Galliers", ())
    at_company = understand("quote freight at galliers", Directory.of(calls), today=TODAY)
    assert at_company.companies == ("ABG",)


def test_a_label_that_is_a_house_is_nobodys_name() -> None:
    call = _renamed(CALLS[2], {"Robert Grant": "Morgan Stanley"})
    unlabelled = replace(  # who asks is left out: the label says no more than the house
        call,
        participants=tuple(
            replace(each, firm=None) if each.name == "Morgan Stanley" else each for each in call.participants
        ),
        turns=tuple(replace(turn, firm=None) if turn.person == "Morgan Stanley" else turn for turn in call.turns),
    )
    directory = Directory.of([*CALLS[:2], unlabelled])
    query = understand("questions by morgan stanley", directory, today=TODAY)
    assert query.party is not None
    assert (query.party.persons, query.party.firms != ()) == ((), True)


def test_a_person_may_be_called_as_a_house() -> None:
    directory = _directory({"Tomas Vidal": "Raymond James"}, {"John Okafor": "William Blair"})
    query = understand("what did raymond james say about freight", directory, today=TODAY)
    assert query.party is not None
    assert query.party.persons == ("Raymond James",)
    query = understand("what did william blair ask", directory, today=TODAY)
    assert query.party is not None
    assert query.party.persons == ("William Blair",)


def test_a_house_is_meant_before_a_person_of_its_name_and_that_is_told() -> None:
    calls = [_renamed(CALLS[0], {"Michael Price": "Morgan Stanley"}), *CALLS[1:]]
    calls[0] = replace(
        calls[0],
        participants=tuple(
            replace(each, firm="Larch Capital") if each.name == "Morgan Stanley" else each
            for each in calls[0].participants
        ),
        turns=tuple(
            replace(turn, firm="Larch Capital") if turn.person == "Morgan Stanley" else turn for turn in calls[0].turns
        ),
    )
    calls[1] = replace(
        calls[1],
        participants=tuple(
            replace(each, firm="Morgan Stanley") if each.firm else each for each in calls[1].participants
        ),
        turns=tuple(replace(turn, firm="Morgan Stanley") if turn.firm else turn for turn in calls[1].turns),
    )
    directory = Directory.of(calls)
    query = understand("questions by morgan stanley about tariffs", directory, today=TODAY)
    assert query.party is not None
    assert (query.party.firms, query.topic.text) == (("Morgan Stanley",), "tariffs")
    assert [reading.read_as for reading in query.readings] == ['the firm; speaker:"Morgan Stanley" is the person']
    person = understand('tariffs speaker:"Morgan Stanley"', directory, today=TODAY)
    assert person.party is not None
    assert person.party.persons == ("Morgan Stanley",)


def test_williams_is_rarely_williams_own() -> None:
    directory = _directory({"Michael Price": "William Price"})
    with pytest.raises(AmbiguousError) as caught:
        understand("what did williams ask", directory, today=TODAY)
    assert [way.text for way in caught.value.ways] == ["William Price"]
    calls = [replace(CALLS[0], company="Williams Companies, Inc.", ticker="WMB"), *CALLS[1:]]
    query = understand("what did williams say about freight", Directory.of(calls), today=TODAY)
    assert query.companies == ("WMB",)
    assert Directory.of(CALLS).person(["georges"]).exact, "as `georges question` is typed"


def test_a_house_that_may_be_two_says_both() -> None:
    found = Firms(HOUSES).find(["brannock"]).entities
    assert [firm.name for firm in found] == ["Brannock with Brannock & Larch"]


def test_one_person_by_a_middle_name_and_a_nickname() -> None:
    directory = _directory(
        {"Priya Raman": "J. David Scott Raman"}, {"Priya Raman": "David Raman"}, {"Robert Grant": "Dave Raman"}
    )
    assert len([person for person in directory.people if person.name.endswith("Raman")]) == 2  # of two houses
    again = _directory({"Priya Raman": "J. David Scott Raman"}, {"Priya Raman": "Dave Raman"})
    assert len([person for person in again.people if person.name.endswith("Raman")]) == 1


def test_several_of_one_name_are_all_meant_by_it() -> None:
    directory = _directory(
        {"Tomas Vidal": "Ana Shutler"}, {"Tomas Vidal": "Ana Shutler"}, {"Robert Grant": "Ana Shutler"}
    )
    assert len([person for person in directory.people if person.name == "Ana Shutler"]) == 2
    query = understand('how often topic:(freight) speaker:"Ana Shutler"', directory, today=TODAY)
    assert query.party is not None
    assert query.restated == 'how often topic:(freight) speaker:"Ana Shutler"'


def test_a_firm_is_meant_as_it_is_written_before_others_of_its_letters() -> None:
    calls = [
        replace(call, participants=tuple(replace(each, firm=firm) if each.firm else each for each in call.participants))
        for call, firm in zip(CALLS, ("Larch Global", "LarchGlobal"), strict=False)
    ]
    for firm in ("Larch Global", "LarchGlobal"):
        query = understand(f'questions by firm:"{firm}"', Directory.of(calls), today=TODAY)
        assert query.party is not None
        assert query.party.firms == (firm,)


HOUSES = joined(
    [
        "J. P. Morgan", "JPMorgan", "JP Morgan Securities LLC", "JPMorgan Chasing Company", "Citi", "Citi London", "KBW",
        "Keefe, Bruyette & Woods", "Keeefe, Bruyettte & Woods", "Brannock", "Brannock & Larch", "Larch Capital", "Larch Hill",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("jpmorgan", [("J. P. Morgan", "JP Morgan Securities LLC", "JPMorgan")]),
        ("jp morgan", [("J. P. Morgan", "JP Morgan Securities LLC", "JPMorgan")]),
        ("citi", [("Citi", "Citi London")]),
        ("kbw", [("KBW", "Keefe, Bruyette & Woods")]),
        ("brannock", [("Brannock", "Brannock & Larch")]),
        ("larch hill", [("Larch Hill",)]),
    ],
)
def test_a_house_is_one_however_it_is_written(typed: str, names: list[tuple[str, ...]]) -> None:
    assert [firm.names for firm in Firms(HOUSES).find(typed.split()).entities] == names


def test_who_is_printed_under_a_first_name_comes_before_those_it_is_short_for() -> None:
    directory = _directory({"Michael Price": "Jim Price"}, {"John Okafor": "James Okafor"})
    assert understand("questions by jim", directory, today=TODAY).restated == 'questions by speaker:"Jim Price"'
    assert understand("questions by james", directory, today=TODAY).restated == 'questions by speaker:"James Okafor"'


def test_of_more_than_are_offered_the_number_is_told() -> None:
    analysts = ("Priya Raman", "George Galliers", "Michael Price", "John Okafor", "John Lindqvist")
    names = {name: f"Jim {name.split()[-1]}" for name in analysts}
    with pytest.raises(AmbiguousError) as caught:
        understand("questions by jim", _directory(names, names), today=TODAY)
    assert len(caught.value.ways) == 4
    assert "These are 4 of 5" in caught.value.sentence

"""Spelling: misspelt words become the library's, plain English stays what it is."""

# ruff: noqa: SIM905 - lists of words read and wrap as prose

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.search.spelling import Speller
from bot.search.stems import stem
from bot.search.thesaurus import Group, Thesaurus
from bot.search.vocabulary import Vocabulary, Words
from bot.search.words import keys

SAMPLES = Path(__file__).parent.parent / "playground" / "calls"

# Words that a library of few calls may not hold, and that lie one or two edits from words it does.
PLAIN = """
acquiring climate litigation strike drone layoffs tariffs recession union hiring weather drought hurricane flood fire
harvest acreage farmers planting rainfall fertilizer cattle grain wheat soybeans sugar coffee cocoa cotton timber paper
steel copper aluminum nickel gold silver uranium coal pipeline drilling refinery gasoline diesel ethanol electricity
nuclear solar wind turbine battery charging vehicle truck tractor engine tire airplane airline airport cruise hotel
casino restaurant grocery beverage tobacco alcohol cosmetics apparel footwear sneakers jewelry furniture mattress
appliance television streaming theater movie music concert sports olympics football stadium newspaper advertising
billboard telephone wireless broadband satellite spectrum antenna cable software hardware server laptop printer camera
sensor robot laser chip wafer foundry memory storage cloud security privacy fraud hacking password encryption payment
card wallet bank branch deposit loan mortgage foreclosure bankruptcy default insurance premium reinsurance annuity
pension broker exchange clearing custody lending borrowing inflation deflation unemployment wages labor overtime
shortage strike turnover retirement succession chairman director auditor lawyer regulator congress senate election
treaty embargo sanctions border customs shipping freight railroad warehouse logistics packaging recycling landfill
water sewage plumbing roofing cement concrete lumber drywall paint flooring kitchen bathroom apartment tenant landlord
hospital surgery nurse doctor patient vaccine antibiotic insulin cancer diabetes obesity dialysis dental hearing vision
veterinary pharmacy prescription generic patent trial placebo approval recall lawsuit settlement penalty audit
""".split()
LIBRARY = """
mitigation strict done requiring ultimate requirement inquiring settle strive drones margin margins marginal lithium
reservations dividend semiconductor selling seller guidance deliveries supercharger superchargers inventory leverage
persistency dermatology capture olympics orders quarter results revenue growth price prices battery batteries wages
""".split()


def speller(words: Iterable[str] = LIBRARY, *groups: Group) -> Speller:
    vocabulary = Vocabulary()
    vocabulary.add(Words(Counter(words), names={"ferragu", "marlow"}, turns=100))
    return Speller(vocabulary, Thesaurus(groups))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("semicondutor", "semiconductor"),
        ("divdend", "dividend"),
        ("litium", "lithium"),
        ("resevations", "reservations"),
        ("margn", "margin"),
        ("superchargrs", "superchargers"),
        ("inventry", "inventory"),
        ("gudiance", "guidance"),
        ("dermotology", "dermatology"),
    ],
)
async def test_a_misspelling_becomes_the_word_of_the_library(typed: str, meant: str) -> None:
    assert await speller().correct([typed]) == {typed: meant}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bybacks", "buybacks"),  # the library says repurchase only
        ("cappex", "capex"),
        ("repurchace", "repurchase"),
        ("margn", "margin"),  # a word of the library comes first
        ("xqzvw", None),
    ],
)
async def test_where_the_library_has_none_a_word_of_the_thesaurus_is_meant(typed: str, meant: str | None) -> None:
    groups = (Group("buyback", ("buybacks", "repurchase", "margon")), Group("capex", ("capex", "capital spending")))
    known = speller([*LIBRARY, "repurchase"], *groups)
    assert await known.correct([typed]) == ({typed: meant} if meant else {})


@pytest.mark.parametrize(
    ("typed", "guard"),
    [
        ("marginally", "its stem is in the library"),
        ("requring", "two edits from nothing"),
        ("buybakcs", "in the thesaurus"),
        ("ferragu", "a name"),
        ("2012", "a number"),
        ("q3", "letters and a figure"),
        ("litigation", "plain English"),
        ("ebi", "three letters"),
        ("xqzvw", "near nothing"),
        ("prcce", "five letters, one edit: price is one away"),
    ],
)
async def test_the_guards(typed: str, guard: str) -> None:
    found = await speller(LIBRARY, Group("buybacks", ("buybakcs",))).correct([typed])
    allowed = {"requring": {"requring": "requiring"}, "prcce": {"prcce": "price"}}.get(typed, {})
    assert found == allowed, guard


@pytest.mark.parametrize(
    ("library", "typed", "corrected"),
    [
        (["occupied"], "occured", {}),  # "occurred" is nearer, though no call says it
        (["superchargers"], "suprcharger", {"suprcharger": "superchargers"}),  # of the word that is nearer
    ],
)
async def test_two_edits_are_not_forgiven_where_one_makes_plain_english(
    library: list[str], typed: str, corrected: dict[str, str]
) -> None:
    assert await speller(library).correct([typed]) == corrected


async def test_the_closest_wins_and_among_equals_the_more_frequent() -> None:
    assert await speller(["coster", "roster", "roster"]).correct(["qoster"]) == {"qoster": "roster"}
    assert await speller(["mitigation", *["navigations"] * 9]).correct(["mitigatin"]) == {"mitigatin": "mitigation"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tarrif", "tariff"), ("cofee", "coffee"), ("coofe", "coffee"), ("carrot", None), ("tarref", None)],
)
async def test_doubling_the_wrong_letter_is_one_slip(typed: str, meant: str | None) -> None:
    assert await speller(["tariff", "coffee", "car"]).correct([typed]) == ({typed: meant} if meant else {})


async def test_a_correction_follows_the_library() -> None:
    vocabulary = Vocabulary()
    correcting = Speller(vocabulary, Thesaurus(()))
    assert await correcting.correct(["suprcharger"]) == {}
    vocabulary.add(Words(Counter(["supercharger"]), turns=1))
    assert await correcting.correct(["suprcharger"]) == {"suprcharger": "supercharger"}
    vocabulary.remove(Words(Counter(["supercharger"]), turns=1))
    assert await correcting.correct(["suprcharger"]) == {}


async def test_no_plain_english_is_corrected() -> None:
    chance = random.Random(5)
    asked = [chance.sample(PLAIN, 2) for _ in range(500)]
    assert [words for words in asked if await speller().correct(words)] == []


async def test_typos_of_library_words_are_understood() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    counts = Counter(key for key in keys(text) if key.isalpha())
    vocabulary = Vocabulary()
    vocabulary.add(Words(counts, turns=500))
    chance = random.Random(9)
    usual = sorted(word for word, times in counts.items() if len(word) >= 6 and times >= 3)
    correcting = Speller(vocabulary, Thesaurus(()))
    right = wrong = 0
    while right + wrong < 200:
        word = chance.choice(usual)
        typo = misspelt(word, chance)
        if correcting.knows(typo):  # a word itself: nobody can tell
            continue
        meant = (await correcting.correct([typo])).get(typo, "")
        right += stem(meant) == stem(word)
        wrong += stem(meant) != stem(word)
    assert right / 200 >= 0.95


async def test_near_words_are_offered_only_where_they_help() -> None:
    offering = speller()
    assert await offering.near(["superchargerz"]) == ("supercharger", "superchargers")
    assert await offering.near(["margin", "split"]) == ("margin",)  # what does occur
    assert await offering.near(["margin"]) == ()
    assert await offering.near(["blockchain"]) == ()
    assert await offering.near([]) == ()


def misspelt(word: str, chance: random.Random) -> str:
    """Make one edit: leave a letter out, double one, swap two, or type another."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
        ]
    )

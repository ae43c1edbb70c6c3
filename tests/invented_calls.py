"""Two invented companies, four short calls: what the tests of questions and answers ask."""

import datetime as dt

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.participant import Participant
from bot.section import Section
from bot.turn import Turn

TODAY = dt.date(2026, 11, 22)

# name: (kind, firm, title)
PEOPLE = {
    "Operator": (Kind.OPERATOR, None, None),
    "Tomas Vidal": (Kind.EXECUTIVE, None, "Chief Executive Officer"),
    "Ingrid Solheim": (Kind.EXECUTIVE, None, "Executive Vice President and Chief Financial Officer"),
    "Dana Whitfield": (Kind.EXECUTIVE, None, "Vice President, Investor Relations"),
    "Priya Raman": (Kind.ANALYST, "Harbor & Lane", None),
    "George Galliers": (Kind.ANALYST, "Kestrel Point Securities", None),
    "Michael Price": (Kind.ANALYST, "Morgan Stanley", None),
    "John Okafor": (Kind.ANALYST, "Bank of America Merrill Lynch", None),
    "John Lindqvist": (Kind.ANALYST, "Jefferies LLC", None),
    "Marta Quill": (Kind.EXECUTIVE, None, "CEO"),
    "Owen Achterberg": (Kind.EXECUTIVE, None, "CFO"),
    "Robert Grant": (Kind.ANALYST, "J.P. Morgan", None),
}

Q2 = (
    ("Operator", "Good day, and welcome to the Northlake Foods second quarter call.", None),
    ("Dana Whitfield", "Thank you. With me are Tomas Vidal and Ingrid Solheim.", None),
    ("Tomas Vidal", "Thanks, Dana. Pricing power held up well in private label. Cold storage opened in Duluth. We bought back two million shares.", None),
    ("Ingrid Solheim", "Gross margin was 31.5%, up 40 basis points. Freight costs fell. Capital expenditures were $42 million.", None),
    ("Operator", "Our first question comes from Priya Raman with Harbor & Lane.", 0),
    ("Priya Raman", "Good morning. On freight costs, how much of the decline is structural?", 0),
    ("Ingrid Solheim", "Freight is mostly contract rates, so we see it as structural.", 0),
    ("Priya Raman", "And do they reset next year?", 0),
    ("Tomas Vidal", "They reset in the spring, and we expect no surprise.", 0),
    ("Operator", "Next is George Galliers with Kestrel Point.", 1),
    ("George Galliers", "What is the plan for cold storage after Duluth?", 1),
    ("Tomas Vidal", "Two more cold storage sites by next summer.", 1),
    ("Operator", "Next is Michael Price with Morgan Stanley.", 2),
    ("Michael Price", "Could you talk about tariffs and the gross margin?", 2),
    ("Ingrid Solheim", "Tariffs cost us about 20 basis points of gross margin.", 2),
)  # fmt: skip
Q1 = (
    ("Operator", "Welcome to the Northlake Foods first quarter call.", None),
    ("Tomas Vidal", "Private label grew nine percent. Freight was a headwind.", None),
    ("Ingrid Solheim", "Gross margin was 31.1%.", None),
    ("John Okafor", "How should we think about freight costs for the year?", 0),
    ("Ingrid Solheim", "Freight should ease in the second half.", 0),
    ("John Lindqvist", "Is private label taking share from brands?", 1),
    ("Tomas Vidal", "Yes, private label takes share in every region.", 1),
)
V3 = (
    ("Operator", "Welcome to the Voltera Motors third quarter call.", None),
    ("Marta Quill", "We opened 120 superchargers. Deliveries were a record.", None),
    ("Owen Achterberg", "Automotive gross margin was 18%. Capex was $310 million.", None),
    ("Robert Grant", "How many superchargers do you plan for next year, and at what cost?", 0),
    ("Owen Achterberg", "Each supercharger site costs about what it did last year.", 0),
    ("Marta Quill", "We plan to double the superchargers.", 0),
    ("George Galliers", "On capex, does the charging network need more?", 1),
    ("Owen Achterberg", "Capex stays within the range we gave.", 1),
)
V2 = (
    ("Operator", "Welcome to the Voltera Motors second quarter call.", None),
    ("Marta Quill", "Deliveries grew. Tariffs had no effect.", None),
    ("Robert Grant", "Any update on battery supply?", 0),
    ("Marta Quill", "Battery supply is tight but improving.", 0),
)


def call(name: str, company: str, ticker: str, period: tuple[int, int], date: dt.date, rows: tuple) -> Call:  # type: ignore[type-arg]
    """Build a call from (speaker, text, exchange) rows."""
    turns = tuple(turn(index, *row) for index, row in enumerate(rows))
    numbers = sorted({each.exchange for each in turns if each.exchange is not None})
    return Call(
        id=name,
        company=company,
        ticker=ticker,
        year=period[0],
        quarter=period[1],
        date=date,
        title=None,
        learnt_from={"company": "text"},
        participants=tuple(Participant(who, *PEOPLE[who]) for who in dict.fromkeys(row[0] for row in rows)),
        turns=turns,
        exchanges=tuple(exchange(number, turns) for number in numbers),
        problems=(),
        aliases=("Northlake Canning",) if ticker == "NLF" else (),
    )


def turn(index: int, speaker: str, text: str, number: int | None) -> Turn:
    kind, firm, title = PEOPLE[speaker]
    section = Section.PREPARED if number is None else Section.QA
    line = 3 * index + 1
    return Turn(
        index,
        line,
        None,
        f"line {line}",
        section,
        speaker,
        speaker,
        kind,
        firm,
        title,
        Attribution.LABELLED,
        text,
        number,
    )


def exchange(number: int, turns: tuple[Turn, ...]) -> Exchange:
    held = [each for each in turns if each.exchange == number]
    asked = [each for each in held if each.kind is Kind.ANALYST]
    return Exchange(
        number,
        asked[0].person,
        asked[0].firm,
        tuple(each.index for each in asked),
        tuple(each.index for each in held if each.kind is Kind.EXECUTIVE),
    )


CALLS = (
    call("northlake-2026-q2", "Northlake Foods, Inc.", "NLF", (2026, 2), dt.date(2026, 8, 4), Q2),
    call("northlake-2026-q1", "Northlake Foods, Inc.", "NLF", (2026, 1), dt.date(2026, 5, 5), Q1),
    call("voltera-2026-q3", "Voltera Motors", "VLTR", (2026, 3), dt.date(2026, 11, 3), V3),
    call("voltera-2026-q2", "Voltera Motors", "VLTR", (2026, 2), dt.date(2026, 8, 5), V2),
)

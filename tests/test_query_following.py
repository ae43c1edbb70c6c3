"""Follow-ups in a thread: one part changes, the rest is kept."""

import re
from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import follow_up, understand
from bot.query.errors import AmbiguousError, DeclinedError, NotUnderstoodError
from bot.turn import Turn
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)

FOLLOWED = [
    ("quote margin at northlake", "is that sustainable?", "quote topic:(margin sustainable) company:NLF"),
    ("what did vidal say about freight", "is it easing", 'who said topic:(freight easing) speaker:"Tomas Vidal"'),
    ("freight", "how are they trending", "topic:(freight trending)"),
    ("freight", "great, what about tariffs", "topic:(tariffs)"),
    ("quote freight", "perfect, and at northlake", "quote topic:(freight) company:NLF"),
    ("quote freight", "Thanks! Only the CFO", 'who said topic:(freight) title:"CFO"'),
    ("who asked about freight", "and george?", 'questions by topic:(freight) speaker:"George Galliers"'),
    ("who asked about freight", "only jefferies", 'questions by topic:(freight) firm:"Jefferies"'),
    ("who asked about freight", "only harbor & lane", 'questions by topic:(freight) firm:"Harbor & Lane"'),
    ("who asked about freight", "what about morgan stanley?", 'questions by topic:(freight) firm:"Morgan Stanley"'),
    ("who asked about freight", "and tariffs", "who asked about topic:(tariffs)"),
    ("who asked about freight", "and on capex?", "who asked about topic:(capex)"),
    ("who asked about freight", "in q2", 'who asked about topic:(freight) period:"Q2 2026"'),
    ("who asked about freight in q2", "in q1", 'who asked about topic:(freight) period:"Q1 2026"'),
    ("who asked about freight at northlake", "and voltera?", "who asked about topic:(freight) company:VLTR"),
    ("who asked about freight", "q&a only", "who asked about topic:(freight) section:qa"),
    ("who asked about freight", "and the CFO?", 'who said topic:(freight) title:"CFO"'),
    ("quote margin at northlake", "and from vidal?", 'who said topic:(margin) speaker:"Tomas Vidal" company:NLF'),
    ("quote margin", "without gross", "quote topic:(margin -gross)"),
    ("quote margin", "-gross", "quote topic:(margin -gross)"),
    ("quote margin at northlake", "who asked about tariffs", "who asked about topic:(tariffs) company:NLF"),
    ("quote margin at northlake", "and what did galliers ask?", 'questions by speaker:"George Galliers" company:NLF'),
    ("quote margin at northlake", "quote capex at voltera", "quote topic:(capex) company:VLTR"),
    ("answer to galliers' question about capex", "and raman's?", 'answer topic:(capex) asker:"Priya Raman"'),
    ("galliers", "and raman?", 'questions by speaker:"Priya Raman"'),
    ("who asked about freight", "or tariffs?", "who asked about topic:(freight or tariffs)"),
    ("how often freight", "or tariffs", "how often topic:(freight or tariffs)"),
    ("who asked about freight", "or vidal", 'who said topic:(freight) speaker:"Tomas Vidal"'),
    ("quote freight", "not vidal or solheim", 'quote topic:(freight) -speaker:"Tomas Vidal" -speaker:"Ingrid Solheim"'),
    ("who asked about freight", "what did the cfo answer", 'answer topic:(freight) title:"CFO"'),
    ("quote freight", "not by analysts", "quote topic:(freight) -role:analysts"),
    ("quote freight", "nothing from vidal", 'quote topic:(freight) -speaker:"Tomas Vidal"'),
    ("who asked about freight", "anyone from jefferies?", 'questions by topic:(freight) firm:"Jefferies"'),
    ("freight", "anyone at northlake?", "topic:(freight) company:NLF"),
    ("quote freight by vidal", "anyone", "quote topic:(freight)"),
    ("freight", "nothing on tariffs", "topic:(freight -tariffs)"),
    ("how often was q4 mentioned", "and q3?", "how often topic:(q3)"),
    ("what did vidal say about freight", "without vidal", 'who said topic:(freight) -speaker:"Tomas Vidal"'),
    ("who asked about freight", "not by analysts", "who said topic:(freight) -role:analysts"),
    ("quote freight -role:analysts", "by analysts", "who said topic:(freight) role:analysts"),
    ("quote freight -role:analysts", "who asked", "who asked about topic:(freight)"),
    ("quote freight", "tariffs only please", "quote topic:(tariffs)"),
    ("quote freight", "tariffs only at northlake", "quote topic:(tariffs) company:NLF"),
    ("quote freight", "vidal only in q2", 'who said topic:(freight) speaker:"Tomas Vidal" period:"Q2 2026"'),
    ('quote freight -title:"CEO"', "and vidal", 'who said topic:(freight) speaker:"Tomas Vidal"'),
    ("quote freight by management", "without management", "quote topic:(freight) -role:management"),
    ("who asked about freight", "without analysts", "who said topic:(freight) -role:analysts"),
    ("quote freight", "the cfo only", 'who said topic:(freight) title:"CFO"'),
    ("quote freight", "same for northlake", "quote topic:(freight) company:NLF"),
    ("first question", "and the last?", "last question"),
    (
        "quote freight last quarter at northlake",
        "the quarter before",
        'quote topic:(freight) company:NLF call:"northlake-2026-q1"',
    ),
    ("who asked about freight", "who answered", "answer topic:(freight)"),
    ("who asked about freight", "in which call?", "compare topic:(freight)"),
    ("quote freight", "who said it most", "who most often mentioned topic:(freight)"),
    ("how often was q4 mentioned", "q3 call", 'how often topic:(q4) period:"Q3 2026"'),
    ("how often was q4 mentioned", "just q3", 'how often topic:(q4) period:"Q3 2026"'),
    ("how often was q4 mentioned", "last quarter", 'how often topic:(q4) period:"last quarter"'),
    ("how often was voltera mentioned", "the northlake call", "how often topic:(voltera) company:NLF"),
    ("what did vidal say about freight", "anyone at voltera", "who said topic:(freight) company:VLTR"),
    ("freight", "people", "topic:(people)"),
    ("freight", "anyone?", "topic:(freight)"),
    ("how often was q4 mentioned", "in q2", 'how often topic:(q4) period:"Q2 2026"'),
    ("how often was voltera mentioned", "and northlake", "how often topic:(northlake)"),
    ("freight", "before q2", 'topic:(freight) period:"until Q1 2026"'),
    ("freight at northlake", "help", "help"),
    ("how often freight", "by speaker", "who said topic:(freight)"),
    ("how often freight", "who?", "who said topic:(freight)"),
    ("quote freight", "how many?", "how often topic:(freight)"),
    ("who asked about freight", "first one", "first mention of topic:(freight)"),
    ("quote freight", "who asked that", "who asked about topic:(freight)"),
    # what has no topic is a search for one
    ("calls", "freight", "topic:(freight)"),
    ("calls in q2", "freight", 'topic:(freight) period:"Q2 2026"'),
    ("calls", "vidal", 'turns by speaker:"Tomas Vidal"'),
    ("calls in q2", "raman", 'questions by speaker:"Priya Raman" period:"Q2 2026"'),
    ("who speaks the most", "freight", "topic:(freight)"),
    ("list analysts", "freight", "questions by topic:(freight) role:analysts"),
    ("longest answer", "on freight", "longest turns topic:(freight) role:management section:qa"),
    ("vidal", "solheim", 'turns by speaker:"Ingrid Solheim"'),
    # he, she, they who ask; it and that
    ("quote margin by vidal", "what did he say about freight", 'who said topic:(freight) speaker:"Tomas Vidal"'),
    ("quote margin by vidal", "what else did he say", 'who said topic:(margin) speaker:"Tomas Vidal"'),
    ("what did vidal say about freight", "how often did he say it", 'how often topic:(freight) speaker:"Tomas Vidal"'),
    (
        "what did vidal say about freight",
        "when did he first mention it",
        'first mention of topic:(freight) speaker:"Tomas Vidal"',
    ),
    ("what did priya ask", "what was she told", 'answer asker:"Priya Raman"'),
    ("what did priya ask", "his questions on freight", 'questions by topic:(freight) speaker:"Priya Raman"'),
    (
        "what did morgan stanley ask",
        "what did they ask about tariffs",
        'questions by topic:(tariffs) firm:"Morgan Stanley"',
    ),
    ("who asked about freight", "how many times was it mentioned", "how often topic:(freight)"),
    ("who asked about freight", "what did they say about it", "who said topic:(freight)"),
    ("quote margin", "who said it first", "first mention of topic:(margin)"),
    # the same topic, asked otherwise
    ("who asked about freight", "how often?", "how often topic:(freight)"),
    ("who asked about freight", "by quarter", "compare topic:(freight)"),
    ("who asked about freight", "quotes please", "quote topic:(freight)"),
    ("who asked about freight", "and the first?", "first mention of topic:(freight)"),
    ("who asked about freight", "when was it last mentioned", "last mention of topic:(freight)"),
    ("who asked about freight", "what did vidal say?", 'who said topic:(freight) speaker:"Tomas Vidal"'),
    ("who asked about freight", "management's view", "who said topic:(freight) role:management"),
    ("who asked about freight", "and what did they answer", "answer topic:(freight)"),
    ("how often was freight mentioned", "by whom", "who said topic:(freight)"),
    ("what did morgan stanley ask", "and the answers", 'answer asker:"Morgan Stanley"'),
    # others, and beside others
    ("quote margin by vidal", "anyone else?", 'quote topic:(margin) -speaker:"Tomas Vidal"'),
    ("who asked about freight", "not priya", 'who asked about topic:(freight) -speaker:"Priya Raman"'),
    (
        "quote margin by vidal",
        "solheim too",
        'quote topic:(margin) speaker:"Tomas Vidal and Ingrid Solheim"',
    ),
    ("quote freight by vidal", "no, tariffs", 'quote topic:(tariffs) speaker:"Tomas Vidal"'),
    ("quote freight by vidal", "not freight, tariffs", 'quote topic:(tariffs) speaker:"Tomas Vidal"'),
    ("quote freight by vidal", "not freight but tariffs", 'quote topic:(tariffs) speaker:"Tomas Vidal"'),
    ("quote freight by vidal", "sorry, I meant solheim", 'who said topic:(freight) speaker:"Ingrid Solheim"'),
    ("quote freight", "make that tariffs", "quote topic:(tariffs)"),
    ("quote freight", "exclude q&a", "quote topic:(freight) section:prepared"),
    ("quote freight", "no q&a", "quote topic:(freight) section:prepared"),
    ("quote freight in q2", "drop q2", "quote topic:(freight)"),
    ("quote freight in q2", "remove the quarter", "quote topic:(freight)"),
    ("quote freight at northlake", "drop northlake", "quote topic:(freight)"),
    ("quote freight at northlake", "drop the company", "quote topic:(freight)"),
    ("quote freight", "remove vidal", 'quote topic:(freight) -speaker:"Tomas Vidal"'),
    ("quote freight by vidal", "remove vidal", 'quote topic:(freight) -speaker:"Tomas Vidal"'),
    ("quote freight by vidal", "add solheim", 'quote topic:(freight) speaker:"Tomas Vidal and Ingrid Solheim"'),
    (
        "quote freight by vidal",
        "as well as solheim",
        'quote topic:(freight) speaker:"Tomas Vidal and Ingrid Solheim"',
    ),
    ("quote freight", "add solheim", 'who said topic:(freight) speaker:"Ingrid Solheim"'),
    ("quote freight", "plus tariffs", "quote topic:(freight or tariffs)"),
    ("quote freight at northlake", "add voltera", "quote topic:(freight) company:NLF company:VLTR"),
    ("who asked about freight", "who asked about tariffs too", "who asked about topic:(tariffs)"),
    ("quote freight at northlake", "same question for voltera", "quote topic:(freight) company:VLTR"),
    ("how often freight", "by company", "compare topic:(freight)"),
    ('quote freight -speaker:"Tomas Vidal"', "everyone", "quote topic:(freight)"),
    ("who asked about freight", "2025", 'who asked about topic:(freight) period:"FY 2025"'),
    ("who asked about freight", "latest only", 'who asked about topic:(freight) period:"last quarter"'),
    ("quote freight in q2", "other quarters", "quote topic:(freight)"),
    ("quote freight in q2 2026", "and a year ago", 'quote topic:(freight) period:"Q2 2025"'),
    (
        "quote freight at northlake",
        "how does that compare to voltera",
        "compare topic:(freight) company:NLF company:VLTR",
    ),
    ("quote freight", "anything on tariffs", "quote topic:(tariffs)"),
    ("who asked about freight", "anything about tariffs from the cfo", 'who said topic:(tariffs) title:"CFO"'),
    ("quote freight by vidal", "by solheim too", 'quote topic:(freight) speaker:"Tomas Vidal and Ingrid Solheim"'),
    (
        "quote freight by vidal",
        "what did solheim say too",
        'quote topic:(freight) speaker:"Tomas Vidal and Ingrid Solheim"',
    ),
    ("quote freight by vidal", "about tariffs too", 'quote topic:(freight or tariffs) speaker:"Tomas Vidal"'),
    ("quote freight", "at voltera too", "quote topic:(freight) company:VLTR"),
    ("quote freight in q1 2026", "add q2 2026", 'quote topic:(freight) period:"Q1 2026 and Q2 2026"'),
    ("quote freight q&a only", "add prepared remarks", "quote topic:(freight)"),
    ("northlake vs voltera on freight", "drop voltera", "compare topic:(freight) company:NLF"),
    ("freight in q1 2026 and q2 2026", "drop q1", 'compare topic:(freight) period:"Q2 2026"'),
    ("quote freight and tariffs", "drop tariffs", "quote topic:(freight)"),
    ("quote freight at northlake", "remove the filters", "quote topic:(freight)"),
    ("quote freight", "wait times", "quote topic:(wait times)"),
    ("quote freight", "drop in margin", "quote topic:(drop in margin)"),
    ("quote freight", "rather than prices", "quote topic:(rather than prices)"),
    ("quote margin by vidal", "vs solheim", 'versus topic:(margin) speaker:"Tomas Vidal and Ingrid Solheim"'),
    ("compare freight", "vs tariffs", "compare topic:(freight OR tariffs)"),
    ("quote margin", "gross margin only", "quote topic:(gross margin)"),
    # calls
    ("quote margin at northlake", "what about voltera", "quote topic:(margin) company:VLTR"),
    ("quote margin at northlake in q2", "all companies", 'quote topic:(margin) period:"Q2 2026"'),
    ("quote margin at northlake in q2", "any quarter", "quote topic:(margin) company:NLF"),
    ("quote margin at northlake in q2", "all calls", "quote topic:(margin)"),
    ("quote margin at northlake in q2", "the quarter before", 'quote topic:(margin) company:NLF period:"Q1 2026"'),
    ("quote margin at voltera in q2", "and the next quarter", 'quote topic:(margin) company:VLTR period:"Q3 2026"'),
    ("quote margin in q1 2026", "previous quarter", 'quote topic:(margin) period:"Q4 2025"'),
    ("quote margin", "not in the q&a", "quote topic:(margin) section:prepared"),
    # whoever is named in it is meant
    (
        "who asked about freight",
        "what did vidal say about margin in his prepared remarks",
        'who said topic:(margin) speaker:"Tomas Vidal" section:prepared',
    ),
    ("quote margin by solheim", "what did vidal say about his team", 'who said topic:(team) speaker:"Tomas Vidal"'),
    ("quote margin by solheim", "quote topic:(her majesty)", "quote topic:(her majesty)"),
    (
        "what did harbor & lane ask",
        "what questions did they get about their pricing",
        "who asked about topic:(pricing)",
    ),
    ("what did harbor & lane ask", "who asked them about margin", "who asked about topic:(margin)"),
    # what was left out stays left out
    ("quote margin -speaker:vidal", "vs tariffs", 'compare topic:(margin OR tariffs) -speaker:"Tomas Vidal"'),
    ("quote margin -speaker:vidal", "not vidal", 'quote topic:(margin) -speaker:"Tomas Vidal"'),
    ("questions by analysts about margin", "and the answers", "answer topic:(margin) asker:analysts"),
    # side by side
    (
        "quote margin by vidal",
        "vs solheim on tariffs",
        'versus topic:(tariffs) speaker:"Tomas Vidal and Ingrid Solheim"',
    ),
    ("quote margin at northlake", "vs voltera", "compare topic:(margin) company:NLF company:VLTR"),
    ("quote margin at voltera in q3", "vs q2", 'compare topic:(margin) company:VLTR period:"Q3 2026 and Q2 2026"'),
    ("vidal vs solheim on margin", "by quarter", "compare topic:(margin)"),
    ("quote margin at voltera in q3", "by quarter", "compare topic:(margin) company:VLTR"),
    ("quote margin by vidal", "by whom", "who said topic:(margin)"),
    (
        "quote margin at voltera in q3",
        "what about the quarter before",
        'quote topic:(margin) company:VLTR period:"Q2 2026"',
    ),
    ("quote margin at voltera in q3", "what about all companies", 'quote topic:(margin) period:"Q3 2026"'),
    ("freight", "only questions", "who asked about topic:(freight)"),
    ("freight", "how many analysts", "who asked about topic:(freight)"),
    ("freight", "any pushback?", "who asked about topic:(freight)"),
    ("freight", "who brought it up", "who asked about topic:(freight)"),
    ("who asked about freight", "who asked the most", "who asks the most topic:(freight)"),
    ("freight", "who asked first", "first question topic:(freight)"),
    ("who asked about freight", "last question", "last question topic:(freight)"),
    ("galliers", "last question", 'last question speaker:"George Galliers"'),
    ("freight", "when was the first time", "first mention of topic:(freight)"),
    ("freight", "which quarter had the most", "which quarter mentioned topic:(freight)"),
    ("freight", "who said it most", "who most often mentioned topic:(freight)"),
    ("freight", "by who", "who said topic:(freight)"),
    ("freight", "in each quarter", "compare topic:(freight)"),
    ("freight", "by year", "compare topic:(freight)"),
    ("freight", "in 26", 'topic:(freight) period:"FY 2026"'),
    ("freight", "last two", 'topic:(freight) period:"last 2 quarters"'),
    ("freight in q2 2026", "prior call", 'topic:(freight) period:"Q1 2026"'),
    ("freight", "first 5", "topic:(freight) limit:5"),
    ("who asked about freight", "vidal's answer", 'answer topic:(freight) speaker:"Tomas Vidal"'),
    ("who asked about freight", "what was the answer to raman", 'answer topic:(freight) asker:"Priya Raman"'),
    ("what did vidal say about freight", "others", 'who said topic:(freight) -speaker:"Tomas Vidal"'),
    ("freight", "jefferies and morgan stanley", 'who said topic:(freight) speaker:"Jefferies and Morgan Stanley"'),
    ("what did morgan stanley ask", "plus jefferies", 'questions by speaker:"Morgan Stanley and Jefferies"'),
    ("freight at northlake", "vs last quarter", 'compare topic:(freight) company:NLF period:"Q1 2026 and Q2 2026"'),
    (
        "freight at northlake in q2",
        "compare to the prior quarter",
        'compare topic:(freight) company:NLF period:"Q1 2026 and Q2 2026"',
    ),
    (
        "freight in northlake-2026-q2",
        "vs last quarter",
        'compare topic:(freight) company:NLF period:"Q1 2026 and Q2 2026"',
    ),
    ("freight", "northlake's answer", "answer topic:(freight) company:NLF"),
    ("who asked about freight", "what about vidal's answer", 'answer topic:(freight) speaker:"Tomas Vidal"'),
    (
        "vidal vs solheim on freight",
        "others",
        'compare topic:(freight) -speaker:"Tomas Vidal" -speaker:"Ingrid Solheim"',
    ),
    ("what did harbor & lane ask the cfo", "who asked", 'questions by firm:"Harbor & Lane"'),
    ("freight at northlake", "-role:analysts", "topic:(freight) -role:analysts company:NLF"),
    ("cold storage at northlake", "vs freight costs", "compare topic:(cold storage or freight costs) company:NLF"),
    ("quote freight in q2 2026", "no just q1 2026", 'quote topic:(freight) period:"Q1 2026"'),
    ("quote freight by vidal", "no i meant solheim", 'who said topic:(freight) speaker:"Ingrid Solheim"'),
    ("quote freight by vidal", "not vidal, solheim", 'who said topic:(freight) speaker:"Ingrid Solheim"'),
    ("quote freight", "skip the prepared", "quote topic:(freight) section:qa"),
    ("quote freight in q2 2026", "last q", 'quote topic:(freight) period:"last quarter"'),
    ("freight", "split by quarter", "compare topic:(freight)"),
    ("freight", "did they answer", "answer topic:(freight)"),
    ("freight in northlake-2026-q2", "prior call", 'topic:(freight) company:NLF period:"Q1 2026"'),
    ("freight", "and peter rates", "topic:(peter rates)"),  # a first name that nobody has, beside a word, is a topic
]
DECLINED = [
    ("who asked about freight", "what did she say", "whom ‹she› means"),
    ("who asked about freight", "thanks", "Glad it helped"),
    ("who asked about freight", "thanks again", "Glad it helped"),
    ("who asked about freight", "no thanks", "Glad it helped"),
    ("who asked about freight", "very helpful, thanks", "Glad it helped"),
    ("who asked about freight", "start over", "Nothing needs to be undone"),
    ("who asked about freight", "why?", "I only show what was said"),
    ("who asked about freight", "show context", "buttons under an answer"),
    ("last question", "the first mention", "Name a topic"),
    ("freight", "how much", "I only show what was said"),
    ("freight", "up or down?", "I only show what was said"),
    ("freight", "full quote", "buttons under an answer"),
    ("freight", "not what i meant", "Tell me what to change"),
    ("freight", "nvm", "Nothing needs to be undone"),
    ("freight", "source?", "Under each quote stand"),
    ("freight", "export", "before a whole question"),
    ("freight", "wrong company", "Tell me what to change"),
    ("freight", "what's the tone", "I only show what was said"),
    ("freight", "no", "Tell me what to change"),
    ("freight", "are you sure?", "Tell me what to change"),
    ("freight", "and peter?", "I don't know ‹peter›"),
    ("calls", "how often", "Name a topic"),
    ("calls", "vs tariffs", "Name a topic"),
    ("quote margin", "the quarter before", "which quarter that is"),
]


@pytest.mark.parametrize(("before", "said", "becomes"), FOLLOWED)
def test_one_part_changes(before: str, said: str, becomes: str) -> None:
    previous = understand(before, DIRECTORY, today=TODAY).restated
    followed = follow_up(previous, said, DIRECTORY, today=TODAY)
    assert followed.question == becomes
    assert followed.offset == 0
    assert understand(becomes, DIRECTORY, today=TODAY).restated == becomes


@pytest.mark.parametrize(("before", "said", "sentence"), DECLINED)
def test_what_refers_to_nothing_gets_a_sentence(before: str, said: str, sentence: str) -> None:
    previous = understand(before, DIRECTORY, today=TODAY).restated
    with pytest.raises(QuestionError, match=sentence):
        follow_up(previous, said, DIRECTORY, today=TODAY)


@pytest.mark.parametrize(
    "said", ["next 5", "5 more", "more", "More!", "next", "show me more", "and more please", "keep going", "what else"]
)
def test_more_moves_on(said: str) -> None:
    previous = understand("who asked about freight", DIRECTORY, today=TODAY).restated
    followed = follow_up(previous, said, DIRECTORY, today=TODAY)
    assert followed.question == previous
    assert followed.offset > 0


@pytest.mark.parametrize("said", ["previous", "go back", "previous page"])
def test_previous_moves_back(said: str) -> None:
    previous = understand("who asked about freight", DIRECTORY, today=TODAY).restated
    followed = follow_up(previous, said, DIRECTORY, today=TODAY)
    assert (followed.question, followed.offset < 0) == (previous, True)


def test_a_name_of_several_is_asked_back() -> None:
    with pytest.raises(AmbiguousError) as caught:
        follow_up("who asked about topic:(freight)", "and john?", DIRECTORY, today=TODAY)
    assert {way.question for way in caught.value.ways} == {
        'questions by topic:(freight) speaker:"John Okafor"',
        'questions by topic:(freight) speaker:"John Lindqvist"',
    }


@pytest.mark.parametrize("said", ["", "🎉", "<@U1>"])
def test_nothing_said_is_told(said: str) -> None:
    with pytest.raises(QuestionError):
        follow_up("who asked about topic:(freight)", said, DIRECTORY, today=TODAY)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("who didn't", "not who didn't"),
        ("oldest first", "The best match always comes first"),
        ("show me all", "type `more`"),
        ("the third one", "by its number"),
        ("what was the question", "*Question*"),
    ],
)
def test_what_cannot_be_done_is_said_and_becomes_no_topic(said: str, told: str) -> None:
    with pytest.raises(DeclinedError, match=re.escape(told)):
        follow_up("quote freight", said, DIRECTORY, today=TODAY)


def test_a_name_in_a_thread_is_first_somebodys_of_that_company() -> None:
    voltera = [replace(call, turns=tuple(_renamed(turn) for turn in call.turns)) for call in CALLS[2:]]
    directory = Directory.of([*CALLS[:2], *voltera])
    followed = follow_up("quote freight at northlake", "and vidal?", directory, today=TODAY).question
    assert followed == 'who said topic:(freight) speaker:"Tomas Vidal" company:NLF'


def _renamed(turn: Turn) -> Turn:
    return replace(turn, speaker="Rosa Vidal", person="Rosa Vidal") if turn.person == "Marta Quill" else turn


@pytest.mark.parametrize("said", ["drop freight", "drop that", "remove it"])
def test_what_would_leave_nothing_to_look_for_is_said(said: str) -> None:
    with pytest.raises(NotUnderstoodError, match="leaves nothing to look for"):
        follow_up("quote freight", said, DIRECTORY, today=TODAY)

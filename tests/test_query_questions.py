"""Questions as people type them, each with its reading (tests/data/questions.toml)."""

import tomllib
from pathlib import Path

import pytest

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import understand
from bot.query.errors import AmbiguousError
from tests.invented_calls import CALLS, TODAY

ROWS = tomllib.loads((Path(__file__).parent / "data" / "questions.toml").read_text(encoding="utf-8"))["question"]
DIRECTORY = Directory.of(CALLS)


def test_there_are_many() -> None:
    assert len(ROWS) >= 500
    assert len({row["text"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_it_is_read_as_meant(row: dict) -> None:  # type: ignore[type-arg]
    if "undone" in row:
        with pytest.raises(QuestionError) as caught:
            understand(row["text"], DIRECTORY, today=TODAY)
        assert isinstance(caught.value, AmbiguousError) == (row["undone"] == "choice")
        return
    query = understand(row["text"], DIRECTORY, today=TODAY)
    read = {
        "intent": query.intent,
        "topic": query.topic.text,
        "who": query.party.said if query.party else "",
        "asker": query.asker.said if query.asker else "",
        "companies": list(query.companies),
        "span": query.span.said if query.span else "",
        "section": query.section.value if query.section else "",
        "limit": query.limit or 0,
        "without": [party.said for party in query.without],
    }
    none: dict[str, object] = {"topic": "", "who": "", "asker": "", "span": "", "section": "", "limit": 0}
    wanted = none | {"companies": [], "without": []}
    assert read == wanted | {key: value for key, value in row.items() if key != "text"}

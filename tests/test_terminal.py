"""The command line's contract: what stdout holds, to the letter, and the exit codes."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest

from bot.__main__ import main
from bot.call import Call
from bot.library import Library
from bot.search.thesaurus import Thesaurus
from bot.terminal import loading
from bot.transcripts import load

ROOT = Path(__file__).parent.parent
CALLS = ROOT / "playground" / "calls"
PICTURE = ROOT / "tests" / "data" / "dot.png"
SAMPLE = CALLS / "vlmr-2026-q3.txt"

CALL = {"id", "company", "ticker", "year", "quarter", "date", "learnt_from"}
PARTICIPANT = {"name", "kind", "firm", "title"}
TURN = {
    *("index", "line", "page", "place", "section", "speaker", "person", "kind", "firm", "title"),
    *("attribution", "text", "exchange"),
}
EXCHANGE = {"index", "asker", "firm", "question_turns", "answer_turns"}
PROBLEM = {"line", "what"}
ANSWER = {
    *("question", "understood", "intent", "scope", "total", "hits", "context", "facts", "notes", "took_ms"),
}
HIT = {
    *("call", "turn", "line", "page", "place", "speaker", "person", "kind", "firm", "title", "section"),
    *("quote", "spans", "why", "score"),
}
CONTEXT = {"of", "relation", "call", "turn", "line", "page", "place", "speaker", "kind", "quote", "spans"}
FACTS = {"askers", "counts", "by_speaker", "first", "words"}


@cache
def read_before(folder: Path) -> bytes:
    """Return a cache of the sample calls: a cold start is test_transcripts' business."""
    with TemporaryDirectory(dir=folder) as home:
        load([CALLS], cache=Path(home))
        return Path(home, "calls.sqlite3").read_bytes()


_LIBRARIES: dict[tuple[Thesaurus, tuple[tuple[str, str], ...]], Library] = {}


async def indexed(calls: Sequence[Call], thesaurus: Thesaurus) -> Library:
    """Return a library of calls, indexed once: the command line asks and changes nothing."""
    key = thesaurus, tuple((call.id, call.fingerprint) for call in calls)
    if key not in _LIBRARIES:
        _LIBRARIES[key] = await Library.of(calls, thesaurus=thesaurus)
    return _LIBRARIES[key]


Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def earshot(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line; give exit code, stdout and stderr."""
    for name in ("EARSHOT_CALLS", "DATABASE_URL", "SLACK_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EARSHOT_HOME", str(tmp_path))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "calls.sqlite3").write_bytes(read_before(tmp_path.parent))
    # The command line keeps nothing of what it read; the tests read the sample calls once.
    monkeypatch.setattr(loading, "load", partial(load, cache=tmp_path / "cache"))
    monkeypatch.setattr("bot.terminal.ask.Library", SimpleNamespace(of=indexed))

    def run(*arguments: object) -> Ran:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse's own way out
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_parse_json_holds_the_contract(earshot: Run) -> None:
    code, out, _ = earshot("parse", SAMPLE, "--json")
    parsed = json.loads(out)
    assert code == 0
    assert set(parsed) == {"call", "participants", "turns", "exchanges", "problems"}
    assert set(parsed["call"]) == CALL
    assert parsed["call"]["id"] == "vlmr-2026-q3"
    for key, wanted in (("participants", PARTICIPANT), ("turns", TURN), ("exchanges", EXCHANGE)):
        assert parsed[key]
        assert all(set(item) == wanted for item in parsed[key])
    assert all(set(item) == PROBLEM for item in parsed["problems"])
    assert [turn["index"] for turn in parsed["turns"]] == list(range(len(parsed["turns"])))


def test_parsed_text_is_the_source_word_for_word(earshot: Run) -> None:
    _, out, _ = earshot("parse", SAMPLE, "--json")
    left = iter(SAMPLE.read_text(encoding="utf-8").split())
    spoken = [word for turn in json.loads(out)["turns"] for word in turn["text"].split()]
    assert len(spoken) > 5000
    # `in` moves the iterator on: every word must stand behind the one before it.
    assert [word for word in spoken if word not in left] == []


def test_parse_jsonl_names_every_file(earshot: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    code, out, _ = earshot("parse", SAMPLE, tmp_path / "broken.txt", "--jsonl")
    first, second = answers(out)
    assert code == 0
    assert first["file"] == str(SAMPLE)
    assert first["call"]["id"] == "vlmr-2026-q3"
    assert set(second) == {"file", "error"}
    assert second["file"] == str(tmp_path / "broken.txt")


@pytest.mark.parametrize("question", ["who asked about superchargers", "quote margin", "Sunniva Hale", "calls"])
def test_ask_json_holds_the_contract(earshot: Run, question: str) -> None:
    code, out, _ = earshot("ask", question, "--calls", CALLS, "--json")
    (answer,) = answers(out)
    assert code == 0
    assert set(answer) == ANSWER
    assert set(answer["scope"]) == {"calls", "turns"}
    assert set(answer["facts"]) == FACTS
    assert all(set(hit) == HIT for hit in answer["hits"])
    assert all(set(context) == CONTEXT for context in answer["context"])
    assert len(answer["hits"]) <= answer["total"]
    for hit in answer["hits"]:
        assert all(0 <= start < end <= len(hit["quote"]) for start, end in hit["spans"])


def test_a_quote_lies_in_its_turn(earshot: Run) -> None:
    _, out, _ = earshot("parse", CALLS, "--jsonl")
    texts = {(call["call"]["id"], turn["index"]): turn["text"] for call in answers(out) for turn in call["turns"]}
    _, out, _ = earshot("ask", "quote margin", "--calls", CALLS, "--json", "--limit", 50)
    (answer,) = answers(out)
    assert answer["hits"]
    for hit in [*answer["hits"], *answer["context"]]:
        assert hit["quote"] in texts[hit["call"], hit["turn"]]


def test_limit_is_kept(earshot: Run) -> None:
    _, out, _ = earshot("ask", "quote margin", "--calls", CALLS, "--json", "--limit", 2)
    (answer,) = answers(out)
    assert len(answer["hits"]) == 2
    assert answer["total"] > 2


def test_nothing_found_says_what_was_searched(earshot: Run) -> None:
    code, out, _ = earshot("ask", "quote submarines", "--calls", CALLS, "--json")
    (answer,) = answers(out)
    assert code == 0
    assert answer["hits"] == []
    assert re.search(r"\b6 (loaded )?calls", " ".join(answer["notes"]))


def test_queries_are_answered_with_their_ids(earshot: Run, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text(
        '{"id": "a", "text": "quote margin"}\n{"id": 2, "text": "   "}\nnot json\n{"id": "b"}\n{"id": "c", "text": null}\n{"id": "d", "text": "quote\u2028margin"}\n',
        encoding="utf-8",
    )
    code, out, _ = earshot("ask", "--queries", queries, "--calls", CALLS, "--json")
    one, two, three, four, five, six = (json.loads(line) for line in out.rstrip("\n").split("\n"))
    assert code == 0
    assert one["id"] == "a"
    assert set(one) == ANSWER | {"id"}
    assert len(one["hits"]) == 10
    assert set(two) == {"id", "error"}
    assert two["id"] == 2
    assert three == {"id": 3, "error": three["error"]}
    assert "not JSON" in three["error"]
    assert (four["id"], five["id"]) == ("b", "c")
    assert "no text" in four["error"]
    assert "no text" in five["error"]
    assert six["id"] == "d"
    assert six["hits"]


@pytest.mark.parametrize("question", ["", "🚗", "who asked about"])
def test_what_can_t_be_answered_keeps_the_shape(earshot: Run, question: str) -> None:
    code, out, _ = earshot("ask", question, "--calls", CALLS, "--json")
    (answer,) = answers(out)
    assert code == 2
    assert set(answer) == ANSWER | {"error"}
    assert answer["hits"] == []
    assert answer["notes"] == [answer["error"]]


@pytest.mark.parametrize(
    "command", [["doctor", "--new-key"], ["manifest", "--command", "/calls"], ["parse", str(SAMPLE)]]
)
def test_what_needs_no_settings_minds_none(earshot: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("EARSHOT_KEYS", "bad")
    code, out, _ = earshot(*command)
    assert code == 0
    assert out


def test_the_doctor_names_every_malformed_setting(earshot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "SLACK_SIGNING_SECRET": "zz", "SLACK_CLIENT_ID": "111.222",
        "SLACK_BOT_TOKEN": "bad", "SLACK_APP_TOKEN": "bad", "SLACK_API_URL": "bad", "PORT": "bad",
        "EARSHOT_COMMAND": "bad", "EARSHOT_CALLS": "/nowhere", "EARSHOT_HOME": __file__, "DATABASE_URL": "bad",
        "EARSHOT_KEYS": "bad", "EARSHOT_THESAURUS": "/nowhere", "EARSHOT_SUPPORT": "a\nb", "EARSHOT_KEEP_DAYS": "0",
    }  # fmt: skip
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    code, out, _ = earshot("doctor")
    assert code == 2
    found = [line.split()[2] for line in out.splitlines() if line.startswith("MEND")]
    assert sorted(found) == sorted({**wrong, "SLACK_CLIENT_SECRET": ""}.keys() - {"SLACK_CLIENT_ID"})


def test_a_home_that_can_t_be_made_is_named(earshot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"EARSHOT_HOME": "/proc/nope", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    code, _, err = earshot("serve", "--calls", CALLS)
    assert code == 2
    assert "EARSHOT_HOME" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "quote margin"], 2),
        (["ask", "quote margin", "--calls", "/nowhere"], 2),
        (["ask", "--calls", str(CALLS)], 2),
        (["ask", "x", "--queries", "y", "--calls", str(CALLS)], 2),
        (["ask", "quote margin", "--limit", "0", "--calls", str(CALLS)], 2),
        (["ask", "quote margin", "--calls", str(PICTURE)], 1),
        (["parse", "/nowhere", "--json"], 2),
        (["parse", str(PICTURE), "--json"], 1),
        (["parse", str(CALLS)], 2),
        (["parse", str(SAMPLE), "--json", "--jsonl"], 2),
        (["check", str(CALLS)], 0),
        (["check"], 2),
        (["what"], 2),
        ([], 2),
        (["serve"], 2),
        (["manifest"], 0),
        (["doctor", "--new-key"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes(earshot: Run, arguments: list[str], code: int) -> None:
    got, _, err = earshot(*arguments)
    assert got == code
    assert "Traceback" not in err


def test_a_wrong_setting_stops_with_a_sentence(earshot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    code, out, err = earshot("serve")
    assert code == 2
    assert out == ""
    assert "PORT" in err


def test_calls_can_come_from_the_environment(earshot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARSHOT_CALLS", str(CALLS))
    code, out, _ = earshot("ask", "quote margin", "--json")
    assert code == 0
    assert answers(out)[0]["hits"]


def test_people_get_the_words_and_where_to_check(earshot: Run) -> None:
    code, out, _ = earshot("ask", "who asked about superchargers", "--calls", CALLS)
    assert code == 0
    assert "ANALYST" in out
    assert "line " in out


def readme_commands() -> list[str]:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ earshot ")]


@pytest.mark.parametrize("line", readme_commands())
def test_readme_commands_run(earshot: Run, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(ROOT)
    code, out, _ = earshot(*shlex.split(line)[1:])
    assert code == 0
    assert out.strip()


OURS = '[plugs]\nsame = ["plugs", "superchargers"]\n'


@pytest.mark.parametrize("by", ["option", "setting"])
def test_a_thesaurus_of_ones_own_is_searched_and_told(
    earshot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(OURS)
    option: list[object] = ["--thesaurus", ours] if by == "option" else []
    if by == "setting":
        monkeypatch.setenv("EARSHOT_THESAURUS", str(ours))
    code, out, _ = earshot("ask", "who asked about plugs", "--calls", CALLS, "--json", *option)
    assert code == 0
    answer = json.loads(out)
    assert answer["hits"]
    assert any("also searched: superchargers" in note for note in answer["notes"])


@pytest.mark.parametrize(("text", "told"), [("[plugs]\nsame = 3", r"\[plugs\]"), ("oops", "not valid TOML")])
def test_a_malformed_thesaurus_stops_with_a_sentence(
    earshot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(text)
    code, _, err = earshot("ask", "margin", "--calls", CALLS, "--thesaurus", ours)
    assert code == 2
    assert re.search(told, err)
    monkeypatch.setenv("EARSHOT_THESAURUS", str(ours))
    code, _, err = earshot("ask", "margin", "--calls", CALLS)
    assert code == 2
    assert "EARSHOT_THESAURUS: ours.toml" in err


def test_a_folder_without_files_points_at_nothing_above(earshot: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code, out, err = earshot("ask", "quote margin", "--calls", empty)
    assert code != 0
    assert not out
    assert "No file there is a transcript" in " ".join(err.split())


@pytest.mark.parametrize(
    ("given", "named"),
    [
        *((["--command", value], "--command") for value in ("foo", "/a b", "", "/", "/" + "x" * 32)),
        *(
            (["--url", value], "--url")
            for value in ("nope", "", "http://bot.example.com", "https://", "https://a b", "https://[", "https://a:b")
        ),
    ],
)
def test_a_manifest_is_made_of_nothing_that_slack_would_refuse(earshot: Run, given: list[str], named: str) -> None:
    code, out, err = earshot("manifest", *given)
    assert (code, out) == (2, "")
    assert err.startswith(f"{named} must be ")


def test_a_manifest_without_an_address_says_that_it_holds_an_example(earshot: Run) -> None:
    code, out, err = earshot("manifest")
    assert code == 0
    assert "https://earshot.example.com" in out
    assert "--url https://your.host" in " ".join(err.split())
    assert json.loads(out)
    for given in (("--socket",), ("--url", "https://calls.example.org")):
        assert "stands in" not in earshot("manifest", *given)[2]


def test_a_parsed_call_reads_well_in_eighty_columns(earshot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = earshot("parse", SAMPLE)
    lines = out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert any("Desmond Achterberg, Chief Financial Officer" in line for line in lines)
    assert len(lines) < 2 * 88 + 10, "two lines a turn"


def test_a_file_whose_name_is_no_utf8_is_read_and_told(earshot: Run, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9-2026-q3.txt")).write_bytes(SAMPLE.read_bytes())
    Path(os.fsdecode(os.fsencode(folder) + b"/dot\xe9.txt")).write_bytes(PICTURE.read_bytes())
    for _ in range(2):  # with a cache of earlier reading, too
        code, out, _ = earshot("ask", "margin", "--json", "--calls", folder)
        assert code == 0
        assert {hit["call"] for hit in answers(out)[0]["hits"]} == {"caf\\xe9-2026-q3"}
    code, out, _ = earshot("parse", "--jsonl", folder)
    parsed, failed = answers(out)
    assert code == 0
    assert parsed["call"]["id"] == "caf\\xe9-2026-q3"
    assert Path(parsed["file"]).name == "caf\\xe9-2026-q3.txt"
    assert failed == {"file": f"{folder}/dot\\xe9.txt", "error": "not a transcript: it is a picture"}
    assert earshot("check", folder)[0] == 0


def test_half_of_a_character_is_written_as_its_escape(earshot: Run, tmp_path: Path) -> None:
    turns = [
        {"speaker": "Operator", "text": "Welcome to the call. Our first question is from Ida Brandt with Aldgate."},
        {"speaker": "Ida Brandt", "text": "Thank you. How is freight \ud83d this quarter?"},
    ]
    given = tmp_path / "half.json"
    given.write_text(json.dumps(turns), encoding="utf-8")
    code, out, _ = earshot("parse", "--json", given)
    assert code == 0
    assert r"freight \ud83d this" in out.encode().decode()
    assert json.loads(out)["turns"][1]["text"] == turns[1]["text"]


STEERING = (
    "Operator: Welcome to the Harbor call. \x1b[31mOur first\x1b[0m question is from Tobias Brandt with Aldgate.\n"
    "Tobias Brandt: Thank you. How is \x1b]0;other\x07freight\x08\x08?\x7f\n"
    "Marta Quill: It is cheap, and we like fre\x1b[2Jight.\n"
)


def test_what_a_transcript_holds_steers_no_terminal(earshot: Run, tmp_path: Path) -> None:
    given = tmp_path / "steering.txt"
    given.write_text(STEERING, encoding="utf-8")
    (tmp_path / "steering.toml").write_text('title = 5\ncompany = "Har\\u001b[2Jbor"\n', encoding="utf-8")
    for command in (["parse", given], ["check", given], ["ask", "how is freight", "--calls", given]):
        code, out, err = earshot(*command)
        assert code == 0
        assert out.strip()
        assert not {character for character in out + err if ord(character) < 32 and character != "\n"}
        assert "\x7f" not in out + err
    _, out, _ = earshot("parse", given, "--json")
    assert "\n".join(turn["text"] for turn in json.loads(out)["turns"]).count("\x1b") == STEERING.count("\x1b")


@pytest.mark.parametrize("command", [["parse"], ["parse", "--json"], ["parse", "--jsonl"], ["check"]])
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(earshot: Run, tmp_path: Path, command: list[str]) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        code, out, err = earshot(*command, path)
        assert code == 1
        assert "it is a pipe, a socket or a device" in " ".join((out + err).split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "command",
    [["ask", "quote margin", "--json", "--calls", str(SAMPLE)], ["parse", str(SAMPLE)], ["manifest", "--socket"]],
    ids=["json", "people", "manifest"],
)
def test_where_nothing_can_be_written_a_sentence_says_so(command: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(  # the command is this project's own
            [sys.executable, "-m", "bot", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
        )
    assert ran.returncode == 1
    assert " ".join(ran.stderr.split()).startswith("The answer can't be written (No space left on device)")

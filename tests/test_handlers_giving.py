"""Calls handed over in Slack: fetched from Slack alone, read apart, kept where they were given, answered with a card."""

import asyncio
import dataclasses
import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from yarl import URL

from bot.confined import MEGABYTE
from bot.errors import UnreadableError
from bot.outcome import Outcome
from bot.state.room import FullError
from bot.state.uploads import Upload
from handlers.blocks.limits import texts
from handlers.desk import Desk
from handlers.fetching import LARGEST, NotFetchedError, fetch, may_fetch
from handlers.giving import Handover, taken
from handlers.guests import SharedChannelError
from handlers.handed import Handed, handed
from handlers.place import Place
from handlers.workspace import Workspace
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import BOT_USER, TEAM, File, Message
from tests.canaries import Inline, Once, given, mark
from tests.desk import desk_at, files_of, served


class Nobody:
    """Workspaces of an app that nobody has installed any more."""

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        """Return none."""

    async def installed(self) -> tuple[Workspace, ...]:
        """Return none."""
        return ()


WORD = mark("T1", "C1")
DATA = given("T1", "C1")
OTHER = "C0LOBBY"


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(slack, tmp_path) as made, served(slack, made):
        made.shelves = Once()
        yield made


THOROUGH = pytest.mark.thorough  # a child process each


def put(slack: LocalSlack, name: str = "call.txt", data: bytes = DATA) -> str:
    """Upload a file as a person; it is in no channel yet."""
    number = slack.workspace.fresh_id("F")
    slack.workspace.files[number] = File(number, name, name, ADA, data, 0)
    return number


async def mention(slack: LocalSlack, desk: Desk, *numbers: str, text: str = "", channel: str = DESK) -> Message:
    """Mention the bot with files, and return its card."""
    await slack.say(f"<@{BOT_USER}> {text}", channel=channel, files=numbers)
    await desk.errands.drain(20)
    return slack.workspace.channel(channel).messages[-1]


def words(message: Message) -> str:
    return "".join("".join(texts(block)) for block in message.blocks)


async def test_a_mention_with_a_file_gives_a_call(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack))
    said = words(card)
    assert f"• {WORD.capitalize()} Works ({WORD[:4].upper()}), Q2 2026, held 29 July 2026" in said
    assert "• 2 people, of them 1 analyst; 5 turns, 1 exchange of question and answer" in said
    assert "It can be asked in this channel only." in said
    assert card.thread is not None
    seen = await desk.seen(Place(TEAM, DESK))
    assert "call" in seen.calls
    assert await desk.seen(Place(TEAM, "C0ELSE")) is desk.library


async def test_a_file_that_merely_appears_is_left_alone(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.say("look at this", files=[put(slack)])
    # No scope of ours lets Slack tell of it; where a workspace gave more, it is left alone all the same.
    told = {**said.message.payload, "channel": DESK, "channel_type": "channel", "subtype": "file_share"}
    told["files"] = [slack.file(number) for number in said.message.files]
    assert (await slack.event(told)).status == 200
    assert (
        await slack.event({"type": "file_shared", "file_id": said.message.files[0], "channel_id": DESK})
    ).status == 200
    await desk.errands.drain(5)
    assert slack.called("chat.postMessage") == []
    assert await desk.store.uploads(TEAM, DESK) == ()


async def test_a_direct_message_gives_a_call_to_oneself(slack: LocalSlack, desk: Desk) -> None:
    place = slack.workspace.direct(ADA)
    await slack.say("", channel=place.id, files=[put(slack)])
    await desk.errands.drain(20)
    assert "Only you can ask it, here." in words(place.messages[-1])
    await slack.direct(f"quote {WORD}")
    await desk.errands.drain(5)
    assert WORD in words(place.messages[-1])
    assert await desk.seen(Place(TEAM, DESK)) is desk.library


async def test_a_file_with_a_question_is_read_and_answered(slack: LocalSlack, desk: Desk) -> None:
    await mention(slack, desk, put(slack), text="quote superchargers")
    said = [words(message) for message in slack.workspace.channel(DESK).messages[1:]]
    assert any("Two hundred superchargers" in each for each in said)
    assert any("is read" in each for each in said)


async def test_the_form_gives_a_call_in_direct_messages(slack: LocalSlack, desk: Desk) -> None:
    await slack.shortcut("add_call")
    await desk.errands.drain(5)
    [view] = slack.workspace.views.values()
    number = put(slack)
    await slack.submit(view, {"files": [slack.file(number)]})
    await desk.errands.drain(20)
    assert "Only you can ask it, here." in words(slack.workspace.direct(ADA).messages[-1])


async def test_the_home_opens_the_form(slack: LocalSlack, desk: Desk) -> None:
    await slack.open_home()
    await desk.errands.drain(5)
    await slack.click_view(slack.workspace.homes[ADA], "add")
    await desk.errands.drain(5)
    assert [view.body["callback_id"] for view in slack.workspace.views.values()] == ["given_add"]


async def test_the_workspace_sees_what_is_shown_to_it_until_it_is_not(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack))
    await slack.click(card, "given:widen")
    await desk.errands.drain(5)
    assert "The whole workspace can ask it." in words(card)
    assert "call" in (await desk.seen(Place(TEAM, "C0ELSE"))).calls
    await slack.click(card, "given:narrow")
    await desk.errands.drain(5)
    assert "It can be asked in this channel only." in words(card)
    assert await desk.seen(Place(TEAM, "C0ELSE")) is desk.library


async def test_its_giver_deletes_it(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack))
    await slack.click(card, "given:delete")
    await desk.errands.drain(5)
    assert "call.txt is deleted" in words(card)
    assert await desk.seen(Place(TEAM, DESK)) is desk.library
    assert await files_of(desk.store, TEAM) == ()


@pytest.mark.parametrize(
    "deed", ["right", *(pytest.param(one, marks=THOROUGH) for one in ("correct", "widen", "delete"))]
)
async def test_nobody_else_may(slack: LocalSlack, desk: Desk, deed: str) -> None:
    card = await mention(slack, desk, put(slack))
    before = words(card)
    await slack.click(card, f"given:{deed}", user="U0BENOKAF")
    await desk.errands.drain(5)
    assert words(card) == before
    told = slack.called("chat.postEphemeral")[-1].arguments
    assert "Only whoever gave this call" in "".join("".join(texts(block)) for block in told["blocks"])
    assert "call" in (await desk.seen(Place(TEAM, DESK))).calls


async def test_what_was_misread_is_corrected_by_hand(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack))
    await slack.click(card, "given:correct")
    await desk.errands.drain(5)
    [view] = slack.workspace.views.values()
    wrong = await slack.submit(view, {"year": "later", "quarter": "5"})
    assert set(wrong.json["errors"]) == {"year", "quarter"}
    values = {"company": "Brindle Works", "ticker": "brw", "year": "2025", "quarter": "Q4", "date": "2026-02-03"}
    await slack.submit(view, values)
    await desk.errands.drain(5)
    assert "• Brindle Works (BRW), Q4 2025, held 3 February 2026 (corrected by hand)" in words(card)
    found = (await desk.seen(Place(TEAM, DESK))).calls["call"]
    assert (found.company, found.ticker, found.year, found.quarter) == ("Brindle Works", "BRW", 2025, 4)
    assert found.learnt_from["quarter"] == "corrected by hand"


async def test_the_same_file_again_is_recognised(slack: LocalSlack, desk: Desk) -> None:
    await mention(slack, desk, put(slack))
    card = await mention(slack, desk, put(slack, "another name.txt"))
    assert "This exact file is here already." in words(card)
    assert len(await desk.store.uploads(TEAM, DESK)) == 1


async def test_a_newer_file_of_the_same_call_replaces_the_earlier(slack: LocalSlack, desk: Desk) -> None:
    first = await mention(slack, desk, put(slack))
    await slack.click(first, "given:widen")
    await desk.errands.drain(5)
    card = await mention(slack, desk, put(slack, "call v2.txt", DATA.replace(b"will double", b"will triple")))
    assert "The same quarter is here already: call.txt." in words(card)
    await slack.click(card, "given:replace")
    await desk.errands.drain(5)
    assert "call.txt is replaced by it." in words(card)
    assert "The whole workspace can ask it." in words(card)
    [left] = await desk.store.uploads(TEAM, DESK)
    assert left.name == "call v2.txt"


def docx() -> bytes:
    made, out = Document(), io.BytesIO()
    for line in DATA.decode().splitlines():
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def pdf() -> bytes:
    """Write a page of text as a PDF, by hand."""
    lines = b"".join(b"(%s) Tj T* " % line.replace(b"(", b"\\(").replace(b")", b"\\)") for line in DATA.split(b"\n"))
    stream = b"BT /F1 8 Tf 12 TL 40 800 Td " + lines + b"ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("call.txt", b"Operator: hello\n" * 12_000_000)
    return out.getvalue()


@pytest.mark.parametrize(("name", "make"), [("call.docx", docx), ("call.pdf", pdf)])
async def test_other_formats_are_read(slack: LocalSlack, desk: Desk, name: str, make: object) -> None:
    card = await mention(slack, desk, put(slack, name, make()))  # type: ignore[operator]  # a function of the table
    assert f"{WORD.capitalize()} Works" in words(card)
    assert "is read" in words(card)


LOGIN = b"<html><body><form><input name=password></form>Sign in</body></html>"
UNREADABLE = [
    pytest.param("noise.bin", lambda: bytes(range(256)) * 40, "not a transcript", id="noise"),
    pytest.param("bomb.zip", bomb, "", id="bomb", marks=THOROUGH),
    pytest.param("empty.txt", lambda: b"", "", id="empty", marks=THOROUGH),
    pytest.param("login.html", lambda: LOGIN, "", id="login", marks=THOROUGH),
]


@pytest.mark.parametrize(("name", "make", "reason"), UNREADABLE)
async def test_an_unreadable_file_gets_the_reason(
    slack: LocalSlack, desk: Desk, name: str, make: object, reason: str
) -> None:
    card = await mention(slack, desk, put(slack, name, make()), put(slack))  # type: ignore[operator]  # as above
    refused = words(slack.workspace.channel(DESK).messages[-2])
    assert refused.startswith(f"{name} was not taken: ")
    assert reason in refused
    assert "is read" in words(card)  # nothing else is lost
    assert [upload.name for upload in await desk.store.uploads(TEAM, DESK)] == ["call.txt"]


ELSEWHERE = [
    "https://files.slack.com.evil.example/x",
    "https://evil.example/files.slack.com",
    "http://files.slack.com/x",
    "https://files.slack.com:8443/x",
    "https://token@files.slack.com/x",
    "https://files.slack.com@evil.example/x",
    "https://169.254.169.254/latest/meta-data",
    "http://localhost:22/",
    "http://127.0.0.1:1/x",
    "http://[::1]/x",
    "file:///etc/passwd",
    "//files.slack.com/x",
    "https://files.slack.com\\@evil.example/x",
    "https://FILES.slack.com%2eevil.example/x",
    "",
]


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_nothing_is_fetched_from_elsewhere(slack: LocalSlack, desk: Desk, url: str) -> None:
    number = put(slack)
    file = slack.file(number) | {"url_private": url, "url_private_download": url}
    info = slack.workspace.files[number]
    asked: list[str] = []
    get = desk.speaking.session.get

    def remembered(address: URL, **more: Any) -> Any:
        asked.append(str(address))
        return get(address, **more)

    desk.speaking.session.get = remembered  # type: ignore[assignment,method-assign]  # the same, and remembers
    event = {
        "type": "app_mention", "user": ADA, "text": f"<@{BOT_USER}>", "ts": (await slack.say("See below.")).message.ts,
        "channel": DESK, "files": [file],
    }  # fmt: skip
    del slack.workspace.files[number]  # files.info tells nothing, where the address is missing
    await slack.event(event)
    await desk.errands.drain(10)
    assert info.content == DATA
    assert asked == []
    assert "was not taken" in words(slack.workspace.channel(DESK).messages[-1])


ALLOWED = [
    ("https://files.slack.com/files-pri/T1-F1/call.txt", "https://slack.com/api/", True),
    ("https://files.slack.com/files-pri/T1-F1/call.txt", "http://127.0.0.1:5/api/", True),
    ("http://127.0.0.1:5/files-pri/F1/call.txt", "http://127.0.0.1:5/api/", True),
    ("http://127.0.0.1:6/files-pri/F1/call.txt", "http://127.0.0.1:5/api/", False),
    ("http://10.0.0.1/files-pri/F1/call.txt", "http://10.0.0.1/api/", False),
    ("https://slack.com/files-pri/F1/call.txt", "https://slack.com/api/", False),
]


@pytest.mark.parametrize(("url", "api", "allowed"), ALLOWED)
def test_the_token_goes_to_slack_s_file_host_alone(url: str, api: str, allowed: bool) -> None:
    assert may_fetch(URL(url), api) is allowed


async def test_a_file_without_an_address_is_asked_for(slack: LocalSlack, desk: Desk) -> None:
    number = put(slack)
    event = {
        "type": "app_mention", "user": ADA, "text": f"<@{BOT_USER}>", "ts": (await slack.say("See below.")).message.ts,
        "channel": DESK, "files": [{"id": number, "name": "call.txt", "file_access": "check_file_info"}],
    }  # fmt: skip
    await slack.event(event)
    await desk.errands.drain(20)
    assert slack.called("files.info")
    assert "is read" in words(slack.workspace.channel(DESK).messages[-1])


async def test_without_the_permission_it_says_how_to_give_it(slack: LocalSlack, desk: Desk) -> None:
    slack.scopes = frozenset({"chat:write", "app_mentions:read"})
    card = await mention(slack, desk, put(slack))
    assert "files:read" in words(card)
    assert await files_of(desk.store, TEAM) == ()


async def test_a_redirect_is_not_followed(slack: LocalSlack, desk: Desk) -> None:
    slack.bot_token = "xoxb-another"  # the token is not the one that opens files: the way to the login page
    number = put(slack)

    [workspace] = await desk.workspaces.installed()
    with pytest.raises(NotFetchedError, match="files:read"):
        await fetch(desk, workspace, handed(slack.file(number)))  # type: ignore[arg-type]  # it is a file


async def test_too_large_a_file_is_not_fetched(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack, "long.txt", b"x" * (LARGEST + 1)))
    assert "larger than 20 MB" in words(card)
    number = put(slack, "long.txt", b"x" * (LARGEST + 1))

    [workspace] = await desk.workspaces.installed()
    with pytest.raises(NotFetchedError, match="larger"):  # whatever size was told before
        await fetch(desk, workspace, handed(slack.file(number) | {"size": 10}))  # type: ignore[arg-type]  # as above


async def test_one_person_gives_no_end_of_files(slack: LocalSlack, desk: Desk) -> None:
    for number in range(50):
        await desk.store.give(TEAM, "C9", ADA, f"{number}.txt", b"%d" % number)
    assert "50 files" in words(await mention(slack, desk, put(slack)))


async def shared_event(slack: LocalSlack, user_team: str | None, **more: object) -> bytes:
    event = {
        "type": "app_mention", "user": ADA, "user_team": user_team, "text": f"<@{BOT_USER}> quote margin",
        "ts": (await slack.say("See below.")).message.ts, "channel": DESK,
    }  # fmt: skip
    body = {"type": "event_callback", "event_id": slack.workspace.fresh_id("Ev"), "team_id": TEAM}
    return json.dumps(body | {"is_ext_shared_channel": True, "event": event | more}).encode()


@pytest.mark.parametrize("team", ["T9STRANGER", None])
async def test_a_guest_is_turned_away_in_one_line(slack: LocalSlack, desk: Desk, team: str | None) -> None:
    await slack.raw(
        await shared_event(slack, team, files=[slack.file(put(slack))]), {"content-type": "application/json"}
    )
    await desk.errands.drain(5)
    assert slack.called("chat.postMessage") == []
    [told] = slack.called("chat.postEphemeral")
    assert told.arguments["user"] == ADA
    assert "people of the workspace that installed me" in "".join(texts(told.arguments["blocks"][0]))
    assert await files_of(desk.store, TEAM) == ()


async def test_a_guest_whom_an_admin_allows_is_answered_and_sets_nothing(slack: LocalSlack, desk: Desk) -> None:
    kind = {"content-type": "application/json"}
    assert "Only an admin" in str((await slack.slash("guests allow")).json["blocks"])
    await slack.raw(await shared_event(slack, "T9STRANGER"), kind)
    await desk.errands.drain(5)
    assert slack.called("chat.postMessage") == []
    slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
    assert "may ask here" in str((await slack.slash("guests allow")).json["blocks"])
    await slack.raw(await shared_event(slack, "T9STRANGER"), kind)
    await desk.errands.drain(5)
    [answer] = slack.called("chat.postMessage")
    assert "margin" in "".join(texts(answer.arguments["blocks"]))
    assert await desk.store.recents(TEAM, ADA) == (), "of a guest nothing is kept"
    text = f"<@{BOT_USER}> watch margin"
    await slack.raw(await shared_event(slack, "T9STRANGER", text=text), kind)
    await slack.raw(await shared_event(slack, "T9STRANGER", files=[slack.file(put(slack))]), kind)
    await desk.errands.drain(5)
    assert await desk.store.watches(TEAM, DESK) == ()
    assert await files_of(desk.store, TEAM) == ()
    assert "get no answer here" in str((await slack.slash("guests refuse")).json["blocks"])


async def test_a_guest_gets_nothing_of_the_form_either(slack: LocalSlack, desk: Desk) -> None:
    await slack.shortcut("search_calls")
    await desk.errands.drain(5)
    [view] = slack.workspace.views.values()
    person = slack._person  # the same person, of another company
    slack._person = lambda user: person(user) | {"team_id": "T9STRANGER"}  # type: ignore[method-assign]  # as above
    assert await slack.suggest(view, "pick:company", "") == []
    refused = await slack.submit(view, {"words": "quote margin"})
    assert "people of the workspace that installed me" in refused.json["errors"]["words"]
    await slack.shortcut("add_call")
    await desk.errands.drain(5)
    assert [each.body["callback_id"] for each in slack.workspace.views.values()] != ["given_add"]


async def test_where_guests_look_on_nothing_private_is_taken_or_told(slack: LocalSlack, desk: Desk) -> None:
    card = await mention(slack, desk, put(slack))
    await slack.click(card, "given:widen")
    await desk.errands.drain(5)
    assert "call" in (await desk.seen(Place(TEAM, DESK))).calls
    await slack.raw(await shared_event(slack, TEAM), {"content-type": "application/json"})
    await desk.errands.drain(5)
    assert await desk.seen(Place(TEAM, DESK)) is desk.library
    assert "call" in (await desk.seen(Place(TEAM, "C0ELSE"))).calls
    other = {"text": f"<@{BOT_USER}>", "files": [slack.file(put(slack, "two.txt", DATA + b"\nOperator\n\nBye.\n"))]}
    await slack.raw(await shared_event(slack, TEAM, **other), {"content-type": "application/json"})
    await desk.errands.drain(10)
    assert "another organisation shares this channel" in words(slack.workspace.channel(DESK).messages[-1])


async def test_how_much_one_person_may_give_is_a_setting(slack: LocalSlack, tmp_path: Path) -> None:
    from handlers.giving import _room

    async with desk_at(slack, tmp_path) as desk:
        desk.settings = dataclasses.replace(desk.settings, person_files=2, person_mb=1)
        await desk.store.give("T1", "C1", "U1", "a.txt", b"x" * 900_000)
        await _room(desk, "T1", "U1", 100_000)
        with pytest.raises(FullError, match="1 MB are what one person"):
            await _room(desk, "T1", "U1", 200_000)
        await desk.store.give("T1", "C1", "U1", "b.txt", b"y")
        with pytest.raises(FullError, match="2 files"):
            await _room(desk, "T1", "U1", 1)
        await _room(desk, "T1", "U2", 1)


async def test_many_files_at_once_are_no_more_than_one_person_may_keep(slack: LocalSlack, desk: Desk) -> None:
    desk.settings, desk.shelves = dataclasses.replace(desk.settings, person_files=3), Inline()
    numbers = [put(slack, f"{number}.txt", DATA + f"\nOperator\n\nBye, {number}.\n".encode()) for number in range(10)]
    await asyncio.gather(*(slack.say(f"<@{BOT_USER}>", channel=DESK, files=[number]) for number in numbers))
    await desk.errands.drain(20)
    assert len(await desk.store.gifts(TEAM, ADA)) == 3
    said = [words(message) for message in slack.workspace.channel(DESK).messages]
    assert sum("3 files with 200 MB are what one person may keep here" in each for each in said) == 7


async def test_who_left_while_a_file_was_read_leaves_nothing(slack: LocalSlack, desk: Desk) -> None:
    parse = desk.shelves.parse

    async def meanwhile(data: bytes, name: str) -> bytes:
        desk.workspaces = Nobody()
        return await parse(data, name)

    desk.shelves.parse = meanwhile  # type: ignore[method-assign]  # the app is uninstalled while the file is parsed
    await mention(slack, desk, put(slack))
    assert await files_of(desk.store, TEAM) == ()


async def test_another_file_that_can_t_be_read_spoils_no_card(slack: LocalSlack, desk: Desk) -> None:
    await desk.store.give(TEAM, DESK, ADA, "broken.txt", b"no transcript")
    desk.shelves.changed(TEAM)
    read = desk.shelves.read

    async def some(desk: Desk, place: Place, gift: Upload) -> Outcome:
        if gift.name == "broken.txt":
            raise UnreadableError("reading the file took too long")
        return await read(desk, place, gift)

    desk.shelves.read = some  # type: ignore[method-assign]  # what a newer parser makes of an older file
    assert "call.txt is read" in words(await mention(slack, desk, put(slack)))


async def test_where_guests_look_on_no_other_file_is_named(slack: LocalSlack, desk: Desk) -> None:
    await slack.say("", channel=(place := slack.workspace.direct(ADA)).id, files=[put(slack, "project falcon.txt")])
    await desk.errands.drain(20)
    other = place.messages[-1]
    await slack.click(other, "given:widen")
    await desk.errands.drain(5)
    later = DATA.replace(b"will double", b"will triple")
    card = await mention(slack, desk, put(slack, "call v2.txt", later))
    assert "project falcon" in words(card)
    await slack.raw(await shared_event(slack, TEAM), {"content-type": "application/json"})
    await desk.errands.drain(5)
    await slack.click(card, "given:right")
    await desk.errands.drain(5)
    assert "Confirmed as correct." in words(card)
    assert "project falcon" not in words(card)


async def test_a_guest_gives_nothing_though_nobody_knows_yet_that_the_channel_is_shared(desk: Desk) -> None:
    with pytest.raises(SharedChannelError):
        await taken(desk, Handover(Place(TEAM, DESK, outside=True), ADA, ()), Handed("F1", "call.txt"))


async def test_a_file_that_is_larger_than_told_is_not_even_read(slack: LocalSlack, desk: Desk) -> None:
    desk.settings = dataclasses.replace(desk.settings, person_mb=1)
    file = handed(slack.file(put(slack, data=b"x" * (MEGABYTE + 1))))
    assert file is not None

    async def refuse(_data: bytes, _name: str) -> bytes:
        raise AssertionError("it was read")

    desk.shelves.parse = refuse  # type: ignore[method-assign, assignment]  # a parser that must not be asked
    with pytest.raises(FullError):
        await taken(desk, Handover(Place(TEAM, DESK), ADA, ()), dataclasses.replace(file, size=0))

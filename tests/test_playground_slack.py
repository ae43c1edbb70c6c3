"""The local Slack takes what Slack takes, refuses what Slack refuses, and drives a real Bolt app both ways."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.driving import ADA, DESK
from playground.methods.views import make
from playground.slack import BOT_TOKEN, LocalSlack
from playground.workspace import BOT, BOT_USER, TEAM, Message

BUTTON = {"type": "button", "action_id": "next", "text": {"type": "plain_text", "text": "Next"}, "value": "2"}
BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Echo*"}},
    {"type": "actions", "elements": [BUTTON]},
]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Search"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [
        {
            "type": "input",
            "block_id": "topic",
            "label": {"type": "plain_text", "text": "Topic"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        },
        {
            "type": "input",
            "block_id": "firm",
            "optional": True,
            "label": {"type": "plain_text", "text": "Firm"},
            "element": {"type": "external_select", "action_id": "firms", "min_query_length": 0},
        },
    ],
}


def echo(slack: LocalSlack) -> AsyncApp:  # noqa: C901  # seven listeners of a line or two
    """A bot that repeats, pages, opens a form and suggests."""

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token=slack.bot_token, bot_id=BOT, bot_user_id=BOT_USER
        )

    app = AsyncApp(
        name="echo",  # else it looks for one in the source of all that called it
        signing_secret=slack.signing_secret,
        authorize=authorize,
        client=AsyncWebClient(base_url=slack.url),
    )

    @app.command("/call")
    async def on_call(ack: Any, command: Any) -> None:
        await ack(text=f"You said {command['text']}", blocks=BLOCKS)

    @app.action("next")
    async def on_next(ack: Any, respond: Any, action: Any) -> None:
        await ack()
        await respond(text=f"page {action['value']}", replace_original=True)

    @app.event("app_mention")
    async def on_mention(event: Any, say: Any) -> None:
        await say(text="in thread", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    async def on_message(event: Any, say: Any) -> None:
        await say(text=f"direct {event['text']}")

    @app.event("app_home_opened")
    async def on_home(event: Any, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": BLOCKS[:1]})

    @app.shortcut("search")
    async def on_shortcut(ack: Any, shortcut: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @app.options("firms")
    async def on_options(ack: Any, payload: Any) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": f"{payload['value']} & Co"}, "value": "one"}])

    @app.view("form")
    async def on_view(ack: Any, view: Any) -> None:
        if not view["state"]["values"]["topic"]["words"]["value"]:
            await ack(response_action="errors", errors={"topic": "Say a topic"})
        else:
            await ack()

    return app


@pytest.fixture
async def bot(slack: LocalSlack) -> AsyncIterator[LocalSlack]:
    """A local Slack whose bot is the echo, over signed HTTP."""
    runner = web.AppRunner(echo(slack).web_app(path="/slack/events", port=0))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield slack
    await runner.cleanup()


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    """Slack's own client, pointed at the local Slack."""
    async with ClientSession() as session:
        yield AsyncWebClient(token=BOT_TOKEN, base_url=slack.url, session=session, retry_handlers=[])


def newest(slack: LocalSlack, channel: str = DESK) -> Message:
    return slack.workspace.channels[channel].messages[-1]


async def test_a_command_is_answered_in_its_acknowledgement(bot: LocalSlack) -> None:
    delivered = await bot.slash("quote margin")
    assert delivered.ok
    assert delivered.json["text"] == "You said quote margin"
    assert (newest(bot).seen_by, newest(bot).text) == (ADA, "You said quote margin")
    assert [call.method for call in bot.called("ack")] == ["ack"]


async def test_a_wrong_signature_is_not_taken(bot: LocalSlack) -> None:
    assert (
        await bot.raw(b"text=x", {"Content-Type": "application/x-www-form-urlencoded"}, secret="wrong")
    ).status == 401


async def test_a_button_edits_its_ephemeral_message_in_place(bot: LocalSlack) -> None:
    await bot.slash("quote margin")
    message = newest(bot)
    assert (await bot.click(message, "next")).ok
    await bot.until(lambda: message.text == "page 2")
    assert (message.seen_by, message.blocks) == (ADA, [])
    assert len(bot.workspace.channels[DESK].messages) == 1


async def test_a_mention_is_answered_in_its_thread(bot: LocalSlack) -> None:
    said = await bot.mention("hello")
    await bot.until(lambda: len(bot.workspace.channels[DESK].messages) == 2)
    assert newest(bot).thread == said.message.ts
    assert bot.workspace.channels[DESK].shown(said.message)["reply_count"] == 1


async def test_a_direct_message_and_the_home_tab_reach_the_bot(bot: LocalSlack) -> None:
    said = await bot.direct("hello")
    await bot.until(lambda: newest(bot, said.message.channel).text == "direct hello")
    await bot.open_home()
    await bot.until(lambda: ADA in bot.workspace.homes)


async def test_a_channel_the_bot_is_not_in_stays_unheard(bot: LocalSlack) -> None:
    assert (await bot.mention("psst", channel="C0WATERCOO")).delivered == ()


async def test_a_form_opens_suggests_complains_and_closes(bot: LocalSlack) -> None:
    await bot.shortcut("search")
    await bot.until(lambda: bot.workspace.views)
    view = next(iter(bot.workspace.views.values()))
    assert [option["text"]["text"] for option in await bot.suggest(view, "firms", "Mor")] == ["Mor & Co"]
    assert (await bot.submit(view)).json["errors"] == {"topic": "Say a topic"}
    assert bot.workspace.views
    await bot.submit(view, {"words": "margin"})
    assert not bot.workspace.views


async def test_the_same_bot_answers_over_a_socket(slack: LocalSlack) -> None:
    handler = AsyncSocketModeHandler(
        echo(slack), slack.app_token, web_client=AsyncWebClient(token=slack.app_token, base_url=slack.url)
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped
    try:
        await slack.until(lambda: slack.sockets)
        assert (await slack.slash("quote margin")).json["text"] == "You said quote margin"
        await slack.mention("hello")
        await slack.until(lambda: newest(slack).text == "in thread")
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # the same
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": DESK}, "no_text"),
        ("chat.postMessage", {"channel": "C0NOWHERE0", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0WATERCOO", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": DESK, "text": "x", "colour": "red"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": DESK, "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": DESK, "text": "x" * 40_001}, "msg_too_long"),
        ("chat.update", {"channel": DESK, "ts": "1.2", "text": "x"}, "message_not_found"),
        ("chat.scheduleMessage", {"channel": DESK, "text": "x", "post_at": 1}, "time_in_past"),
        ("conversations.info", {"channel": "C0NOWHERE0"}, "channel_not_found"),
        ("users.info", {"user": "U0NOBODY00"}, "user_not_found"),
        ("views.open", {"trigger_id": "1.2.x", "view": FORM}, "exchanged_trigger_id"),
        ("views.publish", {"user_id": ADA, "view": FORM}, "invalid_arguments"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("chat.frobnicate", {}, "unknown_method"),
    ],
)
async def test_what_slack_refuses_is_refused(
    client: AsyncWebClient, slack: LocalSlack, method: str, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    assert refused.value.response["error"] == error
    assert [call.method for call in slack.refusals] == [method]


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-local-earshot", "not_allowed_token_type")],
)
async def test_tokens_are_checked(slack: LocalSlack, token: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession() as session, session.post(f"{slack.url}auth.test", headers=headers) as response:
        assert (await response.json())["error"] == error


async def test_scopes_are_checked() -> None:
    async with LocalSlack(scopes={"commands"}) as slack, ClientSession() as session:
        client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.url, session=session)
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.chat_postMessage(channel=DESK, text="x")


@pytest.mark.parametrize("shape", ["query", "form", "json"])
async def test_arguments_are_read_from_query_form_and_json(slack: LocalSlack, shape: str) -> None:
    arguments = {"channel": DESK, "text": "hello"}
    given: dict[str, Any] = {"query": {"params": arguments}, "form": {"data": arguments}, "json": {"json": arguments}}[
        shape
    ]
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    url = f"{slack.url}chat.postMessage"
    async with ClientSession() as session, session.post(url, headers=headers, **given) as response:
        assert (await response.json())["ok"]
    assert newest(slack).text == "hello"


async def test_messages_are_edited_deleted_and_linked(client: AsyncWebClient, slack: LocalSlack) -> None:
    ts = (await client.chat_postMessage(channel=DESK, text="one", blocks=BLOCKS))["ts"]
    await client.chat_update(channel=DESK, ts=ts, text="two")
    assert (newest(slack).text, newest(slack).blocks) == ("two", [])
    assert newest(slack).edited
    assert ts.replace(".", "") in (await client.chat_getPermalink(channel=DESK, message_ts=ts))["permalink"]
    await client.reactions_add(channel=DESK, name="eyes", timestamp=ts)
    assert newest(slack).reactions == {"eyes": [BOT_USER]}
    await client.chat_delete(channel=DESK, ts=ts)
    assert slack.workspace.channels[DESK].messages == []


async def test_an_ephemeral_message_is_nobody_elses(client: AsyncWebClient, slack: LocalSlack) -> None:
    ts = (await client.chat_postEphemeral(channel=DESK, user=ADA, text="psst"))["message_ts"]
    assert newest(slack).seen_by == ADA
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=DESK, ts=ts, text="loud")
    assert (await client.conversations_history(channel=DESK))["messages"] == []


async def test_a_stream_grows_and_stops(client: AsyncWebClient, slack: LocalSlack) -> None:
    said = slack.workspace.post(Message(slack.workspace.fresh_ts(), DESK, ADA, "ask"))
    stream = await client.chat_stream(
        channel=DESK, thread_ts=said.ts, recipient_team_id=TEAM, recipient_user_id=ADA, buffer_size=1
    )
    await stream.append(markdown_text="one ")
    await stream.append(markdown_text="two")
    await stream.stop(blocks=BLOCKS[:1])
    assert newest(slack).text == "one two"
    assert [block["type"] for block in newest(slack).blocks] == ["markdown", "section"]
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_appendStream(channel=DESK, ts=newest(slack).ts, markdown_text="three")


async def test_a_file_goes_up_and_comes_down(client: AsyncWebClient, slack: LocalSlack) -> None:
    given = await client.files_upload_v2(channel=DESK, content="a,b\n1,2\n", filename="quotes.csv", title="Quotes")
    file = slack.workspace.files[given["files"][0]["id"]]
    assert (file.content, file.title, newest(slack).files) == (b"a,b\n1,2\n", "Quotes", [file.id])
    info = (await client.files_info(file=file.id))["file"]
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with ClientSession() as session, session.get(info["url_private_download"], headers=headers) as response:
        assert await response.read() == b"a,b\n1,2\n"


async def test_a_response_url_serves_five_times_and_thirty_minutes(slack: LocalSlack) -> None:
    url = slack.response_url(ADA, DESK)
    async with ClientSession() as session:
        statuses = []
        for _ in range(6):
            async with session.post(url, json={"text": "x"}) as response:
                statuses.append(response.status)
        late = slack.response_url(ADA, DESK)
        then = slack.workspace.clock() + 1801
        slack.workspace.clock = lambda: then
        async with session.post(late, json={"text": "x"}) as response:
            statuses.append(response.status)
    assert statuses == [200] * 5 + [404, 404]
    assert [call.answer.get("error") for call in slack.refusals] == ["used_url", "expired_url"]


async def test_a_trigger_serves_once_and_three_seconds(client: AsyncWebClient, slack: LocalSlack) -> None:
    trigger = slack.trigger(ADA)
    await client.views_open(trigger_id=trigger, view=FORM)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=FORM)
    late = slack.trigger(ADA)
    then = slack.workspace.clock() + 3.1
    slack.workspace.clock = lambda: then
    with pytest.raises(SlackApiError, match="trigger_expired"):
        await client.views_open(trigger_id=late, view=FORM)


async def test_faults_come_as_ordered_and_pass(client: AsyncWebClient, slack: LocalSlack) -> None:
    slack.fault("chat.postMessage", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=DESK, text="one")
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    slack.fault("chat.postMessage", drop=True, committed=True)
    with pytest.raises(Exception, match="disconnected"):
        await client.chat_postMessage(channel=DESK, text="two")
    slack.fault("chat.postMessage", status=502, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=DESK, text="three")
    slack.fault("chat.postMessage", hang=True)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await client.chat_postMessage(channel=DESK, text="four")
    await client.chat_postMessage(channel=DESK, text="five")
    assert [message.text for message in slack.workspace.channels[DESK].messages] == ["two", "five"]


async def test_scheduled_messages_are_listed_withdrawn_and_posted_when_due(
    client: AsyncWebClient, slack: LocalSlack
) -> None:
    now = int(slack.workspace.clock())
    for wait in (60, 120):
        await client.chat_scheduleMessage(channel=DESK, text=f"in {wait}", post_at=now + wait, blocks=BLOCKS)
    listed = (await client.chat_scheduledMessages_list(channel=DESK))["scheduled_messages"]
    assert [one["text"] for one in listed] == ["in 60", "in 120"]
    await client.chat_deleteScheduledMessage(channel=DESK, scheduled_message_id=listed[1]["id"])
    slack.post_due()
    assert slack.workspace.channels[DESK].messages == []
    slack.workspace.clock = lambda: now + 300.0
    slack.post_due()
    assert [message.text for message in slack.workspace.channels[DESK].messages] == ["in 60"]
    with pytest.raises(SlackApiError, match="metadata_never_posts"):
        await client.chat_scheduleMessage(
            channel=DESK, text="x", post_at=now + 400, metadata={"event_type": "x", "event_payload": {}}
        )


async def test_a_status_stands_until_the_bot_answers(client: AsyncWebClient, slack: LocalSlack) -> None:
    said = slack.workspace.post(Message(slack.workspace.fresh_ts(), DESK, ADA, "ask"))
    await client.assistant_threads_setStatus(channel_id=DESK, thread_ts=said.ts, status="is reading…")
    assert slack.workspace.statuses[DESK, said.ts]["status"] == "is reading…"
    await client.chat_postMessage(channel=DESK, thread_ts=said.ts, text="read")
    assert slack.workspace.statuses == {}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "no such block: nowhere"),
        ({"response_action": "shrug"}, "unsupported response_action"),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, "missing required field: title"),
    ],
)
async def test_a_wrong_answer_to_a_form_has_no_effect(slack: LocalSlack, said: dict[str, Any], reason: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(said)

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    view = make(FORM, "V0000000001", ADA)
    slack.workspace.views[view.id] = view
    await slack.submit(view, {"words": "margin"})
    assert list(slack.workspace.views.values()) == [view]
    assert reason in str(slack.refusals[0].answer)
    await runner.cleanup()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'{"channel": {"a": 1}, "text": "x"}', "application/json"),
        (b'{"channel": "C0AUTODESK", "blocks": "not json"}', "application/json"),
        (b'{"channel": "C0AUTODESK", "blocks": {"type": "section"}}', "application/json"),
        (b'{"channel": "C0AUTODESK", "text": "x", "blocks": [[]]}', "application/json"),
        (b"channel=%ff&text=%ff", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/json"),
    ],
)
async def test_a_malformed_call_is_refused_not_crashed(slack: LocalSlack, body: bytes, kind: str) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": kind}
    url = f"{slack.url}chat.postMessage"
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert response.status == 200
        assert (await response.json())["ok"] is False


async def test_shouting_is_noticed(client: AsyncWebClient, slack: LocalSlack) -> None:
    await client.chat_postMessage(channel=DESK, text="quiet &lt;!channel&gt;")
    assert slack.shouts == []
    await client.chat_postMessage(channel=DESK, text="loud <!channel>")
    assert [message.text for message in slack.shouts] == ["loud <!channel>"]


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack_sdk 3.47 still uses it
async def test_installing_gives_a_token_for_a_code(slack: LocalSlack) -> None:
    async with ClientSession() as session:
        query = {"client_id": slack.client_id, "state": "s", "redirect_uri": "http://127.0.0.1:1/back"}
        async with session.get(f"{slack.root}oauth/v2/authorize", params=query, allow_redirects=False) as response:
            back = response.headers["Location"]
        code = back.partition("code=")[2].partition("&")[0]
        client = AsyncWebClient(base_url=slack.url, session=session)
        answer = await client.oauth_v2_access(client_id=slack.client_id, client_secret=slack.client_secret, code=code)
        assert answer["access_token"] == BOT_TOKEN
        with pytest.raises(SlackApiError, match="invalid_code"):
            await client.oauth_v2_access(client_id=slack.client_id, client_secret=slack.client_secret, code=code)

"""The response URLs' door: what a bot says late, in place of a message, or beside it."""

from typing import TYPE_CHECKING

from aiohttp import web

from playground.arguments import Arguments
from playground.payload import Payload
from playground.refusal import Refusal
from playground.webapi import faulty

if TYPE_CHECKING:
    from playground.slack import LocalSlack

FIELDS = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "metadata",
    "markdown_text",
    "parse",
    "link_names",
    "username",
    "icon_emoji",
    "icon_url",
    "reply_broadcast",
}


class Responses:
    """Response URLs over HTTP."""

    def __init__(self, slack: "LocalSlack") -> None:
        self.slack = slack

    def routes(self) -> list[web.RouteDef]:
        """Return the door's address."""
        return [web.post("/actions/{number}", self._respond)]

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        """Take what the bot writes to a response URL."""
        fault = self.slack.faults.take("response_url")
        if fault is not None and not fault.committed and not fault.late:
            return await faulty(self.slack, request, fault, web.Response(text="ok"))
        values: Payload = {}
        try:
            given = await request.json()
            values = given if isinstance(given, dict) else {}
            self._write(request.match_info["number"], values)
            answer: Payload = {"ok": True}
            response = web.Response(text="ok")
        except Refusal as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            answer, response = refusal.answer, web.json_response(refusal.answer, status=status)
        except ValueError:
            answer = {"ok": False, "error": "invalid_payload"}
            response = web.Response(text="invalid_payload", status=400)
        self.slack.record("response_url", values, answer)
        return response if fault is None else await faulty(self.slack, request, fault, response)

    def _write(self, number: str, values: Payload) -> None:
        """Post, replace or delete through a response URL. Raises Refusal."""
        url = self.slack.response_urls.get(number)
        if url is None or url.until < self.slack.workspace.clock():
            raise Refusal("expired_url")
        if url.uses <= 0:
            raise Refusal("used_url")
        args = Arguments(values)
        unknown = set(values) - FIELDS
        if unknown:
            raise Refusal("invalid_arguments", [f"no such argument: {name}" for name in sorted(unknown)])
        self.slack.known(args)
        original = self.slack.workspace.channel(url.channel).find(url.ts) if url.ts else None
        if args.flag("delete_original"):
            url.uses -= 1
            if original is not None:
                self.slack.workspace.remove(original)
            return
        if args.flag("replace_original") and original is not None:
            self.slack.rewrite(original, args)
        else:
            self.slack.speak(url, args)
        url.uses -= 1

"""The Web API's door: every call checked as Slack checks it, with the fault on order where there is one."""

from typing import TYPE_CHECKING

from aiohttp import web

from playground.arguments import Arguments, read
from playground.faults import Fault
from playground.method import Visit
from playground.methods import methods
from playground.payload import Payload
from playground.refusal import Refusal

if TYPE_CHECKING:
    from playground.slack import LocalSlack


class WebApi:
    """Slack's methods over HTTP."""

    def __init__(self, slack: "LocalSlack") -> None:
        self.slack = slack

    def routes(self) -> list[web.RouteDef]:
        """Return the door's addresses."""
        return [web.get("/api/{method}", self._api), web.post("/api/{method}", self._api)]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of the Web API, with the fault on order where there is one."""
        name = request.match_info["method"]
        fault = self.slack.faults.take(name)
        if fault is None or fault.committed or fault.late:
            answer = await self._run(request, name)
            if fault is None:
                granted = {} if self.slack.scopes is None else {"X-OAuth-Scopes": ",".join(sorted(self.slack.scopes))}
                return web.json_response(answer, headers=granted)
        else:
            answer = {}
        return await faulty(self.slack, request, fault, web.json_response(answer))

    async def _run(self, request: web.Request, name: str) -> Payload:
        """Run a method and return Slack's answer."""
        values: Payload = {}
        token: str | None = None
        try:
            args, token = await read(request)
            values = dict(args.values)
            answer: Payload = {"ok": True, **await self._method(name, args, token)}
        except Refusal as refusal:
            answer = refusal.answer
        except ValueError:  # a body that is no JSON
            answer = {"ok": False, "error": "invalid_json"}
        self.slack.record(name, values, answer, token or "")
        return answer

    async def _method(self, name: str, args: Arguments, token: str | None) -> Payload:
        """Check a call's token, scope and arguments, and run it. Raises Refusal."""
        method = methods().get(name)
        if method is None:
            raise Refusal("unknown_method")
        if method.kind != "none":
            self._admit(token, method.kind)
        if (
            method.kind == "bot"
            and self.slack.scopes is not None
            and method.scopes
            and not self.slack.scopes & set(method.scopes)
        ):
            raise Refusal("missing_scope", [f"needed: {' or '.join(method.scopes)}"])
        method.check(args)
        self.slack.known(args)
        return await method.run(Visit(self.slack, args, token or ""))

    def _admit(self, token: str | None, kind: str) -> None:
        """Refuse a missing, wrong or revoked token."""
        if not token:
            raise Refusal("not_authed")
        if token in self.slack.revoked:
            raise Refusal("token_revoked")
        if token != (self.slack.app_token if kind == "app" else self.slack.bot_token):
            raise Refusal(
                "not_allowed_token_type" if token in (self.slack.app_token, self.slack.bot_token) else "invalid_auth"
            )


async def faulty(slack: "LocalSlack", request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
    """Answer as a troubled Slack does."""
    if fault.late:
        await slack.nap(fault.late)
    if fault.hang:
        await slack.end()
    if fault.drop or fault.hang:
        if request.transport is not None:
            request.transport.abort()
        return answer
    if fault.status is not None:
        headers = {"Retry-After": str(fault.retry_after)} if fault.status == web.HTTPTooManyRequests.status_code else {}
        body = {"ok": False, "error": "ratelimited" if headers else "internal_error"}
        return web.json_response(body, status=fault.status, headers=headers)
    if fault.error is not None:
        return web.json_response({"ok": False, "error": fault.error})
    return answer

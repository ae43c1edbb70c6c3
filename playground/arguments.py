"""The arguments of a Web API call, read from the query, a form or JSON alike, and strict about names and kinds.

The SDK sends many writes as a query string, others as JSON or a form; Slack reads them all, so must its double.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from playground.payload import Payload
from playground.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call was given: names to values, strings where it came as a form."""

    values: Mapping[str, object]

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """Return a string. Raises Refusal `invalid_arguments` where it is no string."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise Refusal("invalid_arguments", [f"must be a string [json-pointer:/{name}]"])
        return str(value)

    def maybe(self, name: str) -> str | None:
        """Return a string, or None where it was not given or is empty."""
        return self.text(name) or None

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean: true, 1 and "true" count."""
        value = self.values.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def whole(self, name: str, default: int) -> int:
        """Return a whole number. Raises Refusal `invalid_arguments`."""
        try:
            return int(float(self.text(name, str(default)) or default))
        except ValueError:
            raise Refusal("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def data(self, name: str) -> object:
        """Return a JSON value that may have come as a string. Raises Refusal `invalid_arguments`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal("invalid_arguments", [f"must be JSON [json-pointer:/{name}]"]) from None

    def listing(self, name: str) -> list[Payload]:
        """Return a JSON list of objects; empty where it was not given. Raises Refusal `invalid_arguments`."""
        value = self.data(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise Refusal("invalid_arguments", [f"must be an array of objects [json-pointer:/{name}]"])
        return value

    def mapping(self, name: str) -> Payload | None:
        """Return a JSON object, or None where it was not given. Raises Refusal `invalid_arguments`."""
        value = self.data(name)
        if value is not None and not isinstance(value, dict):
            raise Refusal("invalid_arguments", [f"must be an object [json-pointer:/{name}]"])
        return value

    def names(self, name: str) -> list[str]:
        """Return a list that may have come parted by commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in self.text(name).split(",") if part.strip()]


async def read(request: web.Request) -> tuple[Arguments, str | None]:
    """Return what a request gives, from query and body, and the token out of it or out of its header."""
    values: dict[str, object] = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        body = await request.json() if request.can_read_body else {}
        if not isinstance(body, dict):
            raise Refusal("invalid_json")
        values |= body
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = await request.post()
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    token = values.pop("token", None)
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = header.removeprefix("Bearer ")
    elif header.startswith("Basic "):  # how oauth.v2.access names the app
        name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
        values |= {"client_id": name, "client_secret": secret}
    return Arguments(values), token if isinstance(token, str) else None

"""What an error of Slack's says: its code, and whether the call may have been done all the same."""

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER_ERROR = 500
TOO_MANY = 429
PATIENCE = 30  # seconds to wait after "too many requests" where Slack doesn't say how long
# Slack's own troubles: what was asked may have been done. Source: the errors that chat.postMessage documents.
UNCLEAR = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
CROWDED = frozenset({"ratelimited", "rate_limited"})
# A token that Slack takes no more, whatever one waits for.
REFUSED_TOKEN = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)


def code_of(error: SlackApiError) -> str:
    """Return the code of an error, "" where there is none: a server's page that isn't JSON has no code."""
    response = error.response
    return str(response.get("error") or "") if isinstance(getattr(response, "data", None), dict) else ""


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status of an error."""
    return int(getattr(error.response, "status_code", 200) or 200)


def crowded(error: SlackApiError) -> bool:
    """Whether it is too many requests at once: nothing was done."""
    return code_of(error) in CROWDED or status_of(error) == TOO_MANY


def unclear(error: SlackApiError) -> bool:
    """Whether what was asked may have been done all the same: a server's error, or an answer that says nothing."""
    code = code_of(error)
    return not crowded(error) and (status_of(error) >= SERVER_ERROR or not code or code in UNCLEAR)


def retry_after(error: SlackApiError) -> int:
    """Return for how many seconds Slack asks to wait."""
    headers: Mapping[str, str] = getattr(error.response, "headers", None) or {}
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return int(value) if value.isdigit() else PATIENCE

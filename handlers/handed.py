"""A file that somebody handed over, as Slack tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN = "check_file_info"  # Slack's word where a file of another workspace comes without an address


@dataclass(frozen=True, slots=True)
class Handed:
    """A file: `url` is where it is downloaded ("": ask Slack), `size` its bytes (0: not told), `kind` Slack's type.

    `elsewhere` tells that Slack only holds a link to it.
    """

    id: str
    name: str
    url: str = ""
    size: int = 0
    kind: str = ""
    elsewhere: bool = False


def handed(value: object) -> Handed | None:
    """Read a file object of an event, a form or `files.info`; None for what is none."""
    if not isinstance(value, Mapping) or not isinstance(value.get("id"), str):
        return None
    size, url = value.get("size"), value.get("url_private_download") or value.get("url_private")
    hidden = value.get("file_access") == UNKNOWN or value.get("mode") == "file_access"
    return Handed(
        id=str(value["id"]),
        name=str(value.get("name") or value.get("title") or "file"),
        url=url if isinstance(url, str) and not hidden else "",
        size=size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0,
        kind=str(value.get("filetype") or ""),
        elsewhere=value.get("is_external") is True or value.get("mode") in ("external", "tombstone", "hidden_by_limit"),
    )


def all_handed(value: object) -> tuple[Handed, ...]:
    """Read a list of file objects."""
    found = [handed(each) for each in value] if isinstance(value, list) else []
    return tuple(each for each in found if each is not None)

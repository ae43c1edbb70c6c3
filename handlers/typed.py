"""The words a person typed, out of Slack's escapes: entities, mentions, channels and links become plain words."""

from handlers.errors import TooLongError

LONGEST = 500  # characters of a question: a button must hold it, escaped, in 2,000
# ASCII's control characters are nothing a person types; a button's JSON would spell each with six.
CONTROLS = dict.fromkeys((*range(32), 127), " ")


def words(text: str, *, bot: str | None = None) -> str:
    """Return `text` as typed. Mentions of the user `bot` go; `<@U1|ann>` reads ann, `<url|label>` label."""
    out: list[str] = []
    rest = text
    while (start := rest.find("<")) >= 0 and (end := rest.find(">", start)) >= 0:
        out += [rest[:start], _entity(rest[start + 1 : end], bot)]
        rest = rest[end + 1 :]
    out.append(rest)
    return " ".join(unescape("".join(out)).translate(CONTROLS).split())


def question(text: str) -> str:
    """Return `text` where it is short enough to be a question. Raises TooLongError."""
    if len(text) > LONGEST:
        raise TooLongError(len(text), LONGEST)
    return text


def unescape(text: str) -> str:
    """Undo Slack's three escapes, and no other: what reads &eacute; was typed so."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _entity(inside: str, bot: str | None) -> str:
    head, _, label = inside.partition("|")
    if head.startswith("@"):
        return "" if bot is not None and head == f"@{bot}" else label or " "
    if head.startswith("#"):
        return label or " "
    if head.startswith("!"):
        return label.removeprefix("@") or head[1:].partition("^")[0]
    return label or head

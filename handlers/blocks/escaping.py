"""Text that Slack must show as it stands, in the one place where it parses text: mrkdwn."""


def escape(text: str) -> str:
    """Escape the three characters by which Slack's mrkdwn starts links, mentions and entities.

    Source: Slack's formatting page; only & < > are control characters.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

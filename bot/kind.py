"""What part a speaker plays in a call."""

from enum import StrEnum


class Kind(StrEnum):
    """A speaker's part. A company's own people, investor relations too, are executives."""

    EXECUTIVE = "executive"
    ANALYST = "analyst"
    OPERATOR = "operator"
    HOST = "host"  # a moderator of another house
    UNKNOWN = "unknown"

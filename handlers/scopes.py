"""What Earshot asks of a workspace: the least it needs, each with its reason."""

from collections.abc import Mapping

# Scope -> why. Nothing is asked for that is not used, and nothing for the future.
SCOPES: Mapping[str, str] = {
    "commands": "the slash command and the shortcuts",
    "chat:write": "answers in threads, shared quotes and digests, where the app was invited",
    "app_mentions:read": "questions that mention the app in a channel",
    "im:history": "questions in direct messages to the app; no other conversation is read",
}
# Asked for, but the app works where it is refused.
OPTIONAL_SCOPES: Mapping[str, str] = {
    "users:read": "the time zone of the person who sets up a digest; refused, the digest asks for the zone",
    "files:read": "transcripts that somebody hands over to the app; refused, the app says so and reads none",
    "files:write": "the files of export, in the direct messages of whoever asked; refused, export says so",
    "channels:read": "digests, watches and given calls of one's channels on the Home; refused, it shows one's own only",
    "groups:read": "the same for private channels that the app was invited to",
}

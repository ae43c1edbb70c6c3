"""Every table as the newest version of the schema has it. Each carries the tenant, first in its key.

The migrations in `versions/` build these; a test compares what they build with what stands here.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from bot.state.moment import Moment

# Slack's ids have no stated length; text columns hold them all, and cost the same on both databases.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)

installation = Table(
    "installation",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("team", Text),
    Column("enterprise", Text),
    Column("token", LargeBinary, nullable=False),  # ciphertext, always
    Column("bot_id", Text, nullable=False),
    Column("bot_user", Text, nullable=False),
    Column("url", Text),
    Column("scopes", Text, nullable=False),
    Column("installer", Text),
    Column("installed_at", Moment, nullable=False),
)

oauth_state = Table(
    "oauth_state",
    metadata,
    Column("state", Text, primary_key=True),  # the one table before there is a tenant
    Column("expires_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("body", Text),  # erased once done; a claim (a share, a digest's details) has none
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("owner", Text),  # the process that is at work on it
    Column("lease_until", Moment),  # until then nobody else takes it
)
# Each process looks for undone events every few seconds, among months of done ones.
_UNDONE = inbox.c.done_at.is_(None)
Index("ix_inbox_undone", inbox.c.received_at, sqlite_where=_UNDONE, postgresql_where=_UNDONE)

thread = Table(
    "thread",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("thread", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

channel_setting = Table(
    "channel_setting",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

watch = Table(
    "watch",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # the topic, folded: "Margin" and "margin" are one
    Column("topic", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("live_since", Moment),  # posts about calls that come after this; None: the digest alone quotes it
    Column("muted_until", Moment),
)

call_seen = Table(
    "call_seen",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("call", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("first_at", Moment, nullable=False),  # when a workspace that watches something first had the call
)

team_word = Table(
    "team_word",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("kind", String(16), primary_key=True),  # synonym or alias
    Column("key", Text, primary_key=True),  # the word, folded
    Column("word", Text, nullable=False),
    Column("means", JSON, nullable=False),  # a list of texts: other words; or a name and its sort
    Column("user", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
)

digest_subscription = Table(
    "digest_subscription",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("days", Integer, nullable=False),  # one bit a weekday, Monday the lowest
    Column("zone", Text, nullable=False),
    Column("user", Text, nullable=False),  # who configured it
    Column("since", Moment, nullable=False),  # no digest is due before this
    Column("paused", Boolean, nullable=False),
)

digest_run = Table(
    "digest_run",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("subject", Text, primary_key=True),  # "": the digest of that date; else a watch's key and the call it posts
    Column("due_at", Moment, nullable=False),
    Column("post_at", Moment),  # when Slack is to post it; whole seconds, part of the read-back's key
    Column("state", String(16), nullable=False),
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("started_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("calls", JSON),  # id -> fingerprint of the calls in the message that was sent last
    Column("scheduled", Text),  # Slack's id of the scheduled message
    Column("reason", Text),
)
Index("ix_digest_run_open", digest_run.c.tenant, digest_run.c.state, digest_run.c.due_at)
# A channel and a second are how a message is found again at Slack: no two messages may share them.
Index("ix_digest_run_second", digest_run.c.tenant, digest_run.c.channel, digest_run.c.post_at, unique=True)

digest_told = Table(
    "digest_told",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("call", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("local_date", Date),  # the run that told it; None: it was there when the digest was set up
)

feedback = Table(
    "feedback",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", Moment, nullable=False),
)

saved_quote = Table(
    "saved_quote",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("call", Text, primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

recent_question = Table(
    "recent_question",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("asked_at", Moment, nullable=False),
)

# A question that another process has yet to write down must not outlive it; kept for hours, not for good.
forgotten = Table(
    "forgotten",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user", Text, primary_key=True),  # "": everybody of the tenant
    Column("at", Moment, nullable=False),
)

user_zone = Table(
    "user_zone",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("zone", Text, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # SHA-256 of the bytes, hex
    Column("size", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),  # as they came, so that a better parser can read them again
)

upload_gift = Table(
    "upload_gift",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # where it was given; WORKSPACE: every channel of the tenant
    Column("user", Text, primary_key=True),  # who gave it
    Column("name", Text, nullable=False),  # the file's name, as this giver's file had it
    Column("given_at", Moment, nullable=False),
    Column("correction", JSON),  # field of the call -> value, where its giver knew better than the file
    ForeignKeyConstraint(["tenant", "id"], ["upload.tenant", "upload.id"], ondelete="CASCADE"),
)

upload_reading = Table(
    "upload_reading",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("reader", Text, nullable=False),  # the parser's version: another one reads the bytes again
    Column("data", LargeBinary, nullable=False),  # what was parsed, packed
    ForeignKeyConstraint(["tenant", "id"], ["upload.tenant", "upload.id"], ondelete="CASCADE"),
)

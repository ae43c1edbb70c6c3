"""The second wall between tenants, on PostgreSQL: the server itself shows a transaction only its own tenants' rows.

The first wall is the tenant in the conditions of every statement. Should one ever lack it, row-level security still
answers with nothing: each transaction names its tenants first, and every table that carries a tenant has a policy that
compares. SQLite has no such thing; there the first wall stands alone.
"""

from sqlalchemy import Connection, text

from bot.state.schema import metadata

EVERY = "*"  # for the few statements that look over all tenants, and return nothing but their names
NO_TENANT = ""  # for what belongs to none: the versions of the tables, states of OAuth
PART = "\x1f"  # between two tenants' names: ASCII's unit separator, which no id of Slack's holds
SETTING = "earshot.tenants"

NAME = text(f"SELECT set_config('{SETTING}', :tenants, true)")  # true: until the transaction ends
# As sub-selects they are worked out once a statement, not once a row.
MINE = f"(SELECT current_setting('{SETTING}', true))"
POLICY = f"{MINE} = '{EVERY}' OR tenant = ANY (ARRAY(SELECT unnest(string_to_array({MINE}, chr(31)))))"
# FORCE: Earshot owns its tables, and an owner isn't held by a policy otherwise.
OPEN = text(
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (:tables) "
    "AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname"
)
PASSES = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


def unwalled(connection: Connection) -> list[str]:
    """Return the tables that carry a tenant and have no wall yet; none on SQLite, which knows no walls."""
    if connection.dialect.name != "postgresql":
        return []
    tables = [table.name for table in metadata.sorted_tables if "tenant" in table.c]
    return list(connection.execute(OPEN, {"tables": tables}).scalars())


def build(connection: Connection) -> None:
    """Put a wall round each table that lacks one, within the caller's transaction."""
    for name in unwalled(connection):
        table = connection.dialect.identifier_preparer.quote(name)
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
        connection.execute(text(f"DROP POLICY IF EXISTS own_tenant ON {table}"))
        connection.execute(text(f"CREATE POLICY own_tenant ON {table} USING ({POLICY})"))


def passes(connection: Connection) -> bool:
    """Whether the database's role is one that no policy holds: a superuser, or one with BYPASSRLS."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(PASSES).scalar_one())

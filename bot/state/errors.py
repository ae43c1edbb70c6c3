"""What can be wrong with the database itself; each sentence says what to do.

SettingsError
└── DatabaseError          the start stops, the database is left as it was
    ├── DamagedError       the file is no database any more
    ├── NewerError         a newer Earshot made these tables
    ├── ForeignError       somebody else's tables
    └── UnreachableError   no server, no file, no right
"""

from bot.errors import SettingsError


class DatabaseError(SettingsError):
    """The database can't be used, and was left as it is."""


class DamagedError(DatabaseError):
    """SQLite finds the file damaged."""

    def __init__(self, where: str, finding: str) -> None:
        super().__init__(
            f"The database {where} is damaged ({finding}). It was left untouched: put a backup in its place, or move "
            "it away to start with an empty one."
        )


class NewerError(DatabaseError):
    """The tables are of a version that this Earshot doesn't know."""

    def __init__(self, where: str, found: str, known: str) -> None:
        super().__init__(
            f"The database {where} was made by a newer Earshot (its tables are version {found}, this Earshot knows "
            f"{known}). It was left untouched: install the newer Earshot, or name another database in DATABASE_URL."
        )


class ForeignError(DatabaseError):
    """The database holds tables of the same names, or a whole file of tables, but no version of Earshot's."""

    def __init__(self, where: str, table: str) -> None:
        super().__init__(
            f"The database {where} belongs to another program (it holds a table {table!r}, and no version of "
            "Earshot's). It was left untouched: name another database in DATABASE_URL."
        )


class UnreachableError(DatabaseError):
    """The database can't be opened."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"The database {where} can't be opened: {why}. Check DATABASE_URL and EARSHOT_HOME.")

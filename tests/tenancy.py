"""Three tenants that use the same ids for everything, driven at random beside a model of what each may see.

Every text that goes in is marked with its tenant, so that whatever comes out can be asked whose it is. A mutant drops
the tenant from the conditions of statements; the machine must notice.
"""

import asyncio
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from types import CoroutineType
from typing import Any, ClassVar, TypeVar

from cryptography.fernet import Fernet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import event, true
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnElement

from bot.digest.schedule import EVERY_DAY, Schedule
from bot.state.inbox import LEASE as EVENT_LEASE
from bot.state.installations import Installation
from bot.state.recents import NOBODY
from bot.state.run import Planned, Run, State
from bot.state.schema import metadata
from bot.state.store import Store
from bot.state.team_words import Kind
from bot.state.uploads import WORKSPACE
from bot.state.walls import EVERY
from bot.team import Alias, Sort, Synonym
from tests.desk import files_of, in_memory, raw

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=1)
AGES = dt.timedelta(days=9_999)
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
T = TypeVar("T")

KEY = Fernet.generate_key().decode()
TENANTS = ("T1", "T2", "T3")
tenants = st.sampled_from(TENANTS)
channels = st.sampled_from(["C1", "C2", "D1"])
users = st.sampled_from(["U1", "U2"])
numbers = st.integers(0, 2)


class Tenancy(RuleBasedStateMachine):
    """The store beside its model. Each rule changes something of one tenant, or looks at one tenant's."""

    url: ClassVar[str] = "sqlite://"
    steps: ClassVar[int] = 0
    guarded: ClassVar[bool] = True  # compare every row of the other tenants after each step
    prepare: ClassVar[Callable[[Store], None] | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.actors: set[object] = set()
        self.time = NOW
        opened = in_memory if self.url == "sqlite://" else partial(Store.open, self.url)
        self.store = self.do(opened(keys=(KEY,), clock=self.tick))
        if type(self).prepare is not None:
            type(self).prepare(self.store)  # type: ignore[misc]  # a function, not a method
        self.model: dict[str, dict[Any, Any]] = {tenant: {} for tenant in TENANTS}
        try:
            for tenant in TENANTS:
                self.do(self.store.uninstall(tenant))  # what an earlier machine left in the same database
                self.do(self.store.prune(tenant, LATER))
            for tenant in TENANTS:
                self.furnish(tenant)
            self.before = self.do(self.everything_kept())
            if self.guarded:
                self.actors.clear()
                self.rehearse("T2")
        except BaseException:  # a mutant may fail as early as here, and then nobody tears down
            self.teardown()
            raise

    def furnish(self, tenant: str) -> None:
        """Give a tenant something of everything, so that whatever leaks or is swept away is there from the start."""
        self.ask_in_thread(tenant, "C1", 0)
        self.set_something(tenant, "C1", 0, kept=True)
        self.receive(tenant, 0)
        self.look_at_events(tenant)
        if tenant != "T2":  # the tenant that rehearses asks as a person whom only the others have forgotten
            self.forget(tenant, "U2")
        self.watch(tenant, "C1", "U1", 0)
        self.go_live(tenant, "C1", "U1", 1)
        self.name_words(tenant, 0)
        self.find_something(tenant, "C1", 0)
        self.judge(tenant, "C1", "U1", helpful=True)
        self.keep_quote(tenant, "U1", 0)
        for number in range(12):  # two tenants' together are more than a person's last questions may be
            self.ask(tenant, "U1", number)
        self.install(tenant)
        self.settle(tenant, "U1")
        self.give(tenant, "C1", "U1", int(tenant[1]) % 2)  # two tenants give the same file
        self.widen(tenant, "U1", 0, wide=True)
        self.read_files(tenant)
        self.subscribe(tenant, "C1", "U1", 0)
        for number in range(3):
            self.plan(tenant, "C1", number)
        self.send(tenant, "scheduled")
        self.move_on(tenant, "settle")
        self.send(tenant, "scheduled")
        self.plan(tenant, "C2", 0)
        for _ in range(0 if tenant == "T2" else 2):  # two are being sent, but for the tenant that rehearses
            self.send(tenant, "left")

    def rehearse(self, tenant: str) -> None:
        """Let one tenant do everything that changes or erases, each beside the others, before chance takes over."""
        acts: tuple[Callable[[], None], ...] = (
            lambda: self.drop_quote(tenant, "U1", 0),
            lambda: self.unwatch(tenant, "C1", 0),
            lambda: self.go_live(tenant, "C1", "U1", 0),
            lambda: self.mute(tenant, "C1", 0, muted=True),
            lambda: self.mute(tenant, "C1", 1, muted=False),
            lambda: self.see(tenant, 2),
            lambda: self.find_something(tenant, "C1", 1),
            lambda: self.name_words(tenant, 1),
            lambda: self.forget_words(tenant, 0),
            lambda: self.set_something(tenant, "C1", 0, kept=False),
            lambda: self.finish(tenant, 0),
            lambda: self.ask(tenant, "U1", 1),
            lambda: self.ask(tenant, "U2", 1),
            lambda: self.look_at_recents(tenant, "U2"),
            lambda: self.renew(tenant),
            lambda: self.pause(tenant, "C1", paused=True),
            lambda: self.move_on(tenant, "keep"),
            lambda: self.move_on(tenant, "withdraw"),
            lambda: self.send(tenant, "started"),
            lambda: self.send(tenant, "busy"),
            lambda: self.move_on(tenant, "settle"),
            lambda: self.unsubscribe(tenant, "C1"),
            lambda: self.widen(tenant, "U1", 0, wide=True),
            lambda: self.widen(tenant, "U1", 0, wide=False),
            lambda: self.take_back(tenant, "C1", "U1", 0),
            lambda: self.give(tenant, "C1", "U1", 1),
            lambda: self.correct(tenant, "U1", 0),
            lambda: self.correct(tenant, "U1", 1),
            lambda: self.read_files(tenant),
            lambda: self.look_at_files(tenant, "C1"),
            lambda: self.take_back(tenant, "C1", "U1", 0),
            lambda: self.give(tenant, "C1", "U1", 1),
            lambda: self.widen(tenant, "U1", 0, wide=True),
            lambda: self.widen(tenant, "U1", 0, wide=False),
            lambda: self.forget(tenant, "U1"),
            lambda: self.prune(tenant),
            lambda: self.forget_everything(tenant),
            lambda: self.look_at_runs(tenant, "C1"),
            lambda: self.furnish(tenant),
            lambda: self.uninstall(tenant),
            lambda: self.look_at_installation("T1"),
            lambda: self.furnish(tenant),
            lambda: self.send(tenant, "scheduled"),  # the others are sending theirs of the same channel and date
            lambda: self.send(tenant, "quiet"),
            *(lambda each=each: self.look_around(each) for each in TENANTS),
        )
        for act in acts:
            act()
            self.the_others_keep_every_row_as_it_was()

    def look_around(self, tenant: str) -> None:
        """Look at everything of a tenant."""
        self.look_at_thread(tenant, "C1", 0)
        self.look_at_settings(tenant, "C1")
        self.look_at_events(tenant)
        self.look_at_watches(tenant, "C1")
        self.look_at_live_watches(tenant)
        self.look_at_words(tenant)
        self.look_at_verdicts(tenant)
        self.look_at_quotes(tenant, "U1")
        self.look_at_recents(tenant, "U1")
        self.look_at_zone(tenant, "U1")
        self.look_at_installation(tenant)
        self.look_at_files(tenant, "C1")
        self.look_at_digest(tenant, "C1")
        self.look_at_runs(tenant, "C1")

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        type(self).steps += 1
        # Whose turn it is, read off the call itself: the store's methods all take `tenant`.
        frame = work.cr_frame if isinstance(work, CoroutineType) else None
        self.actors.add(frame.f_locals.get("tenant") if frame else None)
        return self.runner.run(work)

    async def everything_kept(self) -> dict[str, Counter[object]]:
        """Return every row of every table, by tenant: of SQLite in one errand, for this is asked after each step."""
        tables = [table for table in metadata.sorted_tables if "tenant" in table.c]
        if self.store.database.on_sqlite:
            return await raw(self.store.database, partial(_kept, names=[table.name for table in tables]))
        found: dict[str, Counter[object]] = {}
        async with self.store.database.reading(EVERY) as connection:
            for table in tables:
                for row in (await connection.execute(table.select())).all():
                    found.setdefault(row.tenant, Counter())[f"{table.name} {row}"] += 1
        return found

    @invariant()
    def the_others_keep_every_row_as_it_was(self) -> None:
        if not self.guarded:
            return
        after = self.do(self.everything_kept())
        for tenant in TENANTS:
            if tenant not in self.actors:
                assert after.get(tenant) == self.before.get(tenant), tenant
        self.before = after
        self.actors.clear()

    def tick(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time

    def teardown(self) -> None:
        self.do(self.store.close())
        self.runner.close()

    def mine(self, tenant: str, kind: str, *key: object) -> dict[Any, Any]:
        """Return the model's part for a tenant, a kind of thing, and where it is."""
        found = self.model[tenant].setdefault((kind, *key), {})
        assert isinstance(found, dict)
        return found

    # --- threads, settings, events -------------------------------------------------------------------------------

    @rule(tenant=tenants, channel=channels, number=numbers)
    def ask_in_thread(self, tenant: str, channel: str, number: int) -> None:
        said = f"{tenant} {channel} {self.time}"
        self.do(self.store.save_thread(tenant, channel, f"1.{number}", said, number))
        self.mine(tenant, "thread", channel)[number] = said

    @rule(tenant=tenants, channel=channels, number=numbers)
    def look_at_thread(self, tenant: str, channel: str, number: int) -> None:
        found = self.do(self.store.thread(tenant, channel, f"1.{number}"))
        assert (found and found.question) == self.mine(tenant, "thread", channel).get(number)

    @rule(tenant=tenants, channel=channels, number=numbers, kept=st.booleans())
    def set_something(self, tenant: str, channel: str, number: int, kept: bool) -> None:
        value = f"{tenant} {self.time}" if kept else None
        self.do(self.store.save_setting(tenant, channel, str(number), value))
        if value is None:
            self.mine(tenant, "setting", channel).pop(str(number), None)
        else:
            self.mine(tenant, "setting", channel)[str(number)] = value

    @rule(tenant=tenants, channel=channels)
    def look_at_settings(self, tenant: str, channel: str) -> None:
        assert self.do(self.store.settings(tenant, channel)) == self.mine(tenant, "setting", channel)

    @rule(tenant=tenants, number=numbers)
    def receive(self, tenant: str, number: int) -> None:
        first = number not in self.mine(tenant, "event")
        assert self.do(self.store.receive(tenant, f"Ev{number}", f"{tenant} body")) is first
        self.mine(tenant, "event").setdefault(number, True)

    @rule(tenant=tenants, number=numbers)
    def finish(self, tenant: str, number: int) -> None:
        self.do(self.store.done(tenant, f"Ev{number}"))
        if number in self.mine(tenant, "event"):
            self.mine(tenant, "event")[number] = False

    @rule(tenant=tenants)
    def look_at_events(self, tenant: str) -> None:
        """Whatever was left undone is free once its lease has ended; who takes it holds it, or gives it up."""
        until = self.do(self.store.database.now(self.store.clock())) + 3 * EVENT_LEASE
        found = self.do(self.store.take_undone(tenant, "R1", until, NOW - LEASE))
        assert all(one.body == f"{tenant} body" for one in found)
        undone = {f"Ev{number}" for number, open_ in self.mine(tenant, "event").items() if open_}
        assert {one.event for one in found} == undone
        assert self.do(self.store.take_undone(tenant, "R2", until, NOW - LEASE)) == ()
        self.do(self.store.hold(tenant, undone, "R1", NOW - dt.timedelta(seconds=int(tenant[1]))))

    # --- watches, verdicts, quotes, questions, zones --------------------------------------------------------------

    @rule(tenant=tenants, channel=channels, user=users, number=numbers)
    def watch(self, tenant: str, channel: str, user: str, number: int) -> None:
        first = number not in self.mine(tenant, "watch", channel)
        assert self.do(self.store.add_watch(tenant, channel, f"topic {number}", user)) is first
        self.mine(tenant, "watch", channel).setdefault(number, user)

    @rule(tenant=tenants, channel=channels, number=numbers)
    def unwatch(self, tenant: str, channel: str, number: int) -> None:
        there = self.mine(tenant, "watch", channel).pop(number, None) is not None
        self.mine(tenant, "live", channel).pop(number, None)
        assert self.do(self.store.remove_watch(tenant, channel, f"topic {number}")) is there

    @rule(tenant=tenants, channel=channels)
    def look_at_watches(self, tenant: str, channel: str) -> None:
        found = sorted((one.topic, one.user) for one in self.do(self.store.watches(tenant, channel)))
        assert found == sorted(
            (f"topic {number}", user) for number, user in self.mine(tenant, "watch", channel).items()
        )

    @rule(tenant=tenants, channel=channels, user=users, number=numbers)
    def go_live(self, tenant: str, channel: str, user: str, number: int) -> None:
        live = self.mine(tenant, "live", channel)
        calls = {f"{tenant} call {number}": f"{tenant} mark"}
        new = self.do(self.store.go_live(tenant, channel, f"topic {number}", user, now=NOW, calls=calls))
        assert new is (number not in live)
        if new:
            live[number] = False
            self.mine(tenant, "watch", channel)[number] = user
        self.mine(tenant, "seen")[f"{tenant} call {number}"] = True

    @rule(tenant=tenants, channel=channels, number=numbers, muted=st.booleans())
    def mute(self, tenant: str, channel: str, number: int, muted: bool) -> None:
        live = self.mine(tenant, "live", channel)
        until = NOW + LEASE if muted else None
        found = self.do(self.store.mute(tenant, channel, f"topic {number}" if number else None, until))
        named = {number} & set(live) if number else set(live)
        assert found == tuple(sorted(f"topic {each}" for each in named))
        live.update(dict.fromkeys(named, muted))

    @rule(tenant=tenants)
    def look_at_live_watches(self, tenant: str) -> None:
        held = {(channel, f"topic {number}"): muted for channel in ("C1", "C2", "D1")
                for number, muted in self.mine(tenant, "live", channel).items()}  # fmt: skip
        found = self.do(self.store.live_watches(tenant))
        assert {(one.channel, one.topic): one.muted(NOW) for one in found} == held
        assert len(found) == len(held)
        topics = [(channel, f"topic {number}", who) for channel in ("C1", "C2", "D1")
                  for number, who in self.mine(tenant, "watch", channel).items()]  # fmt: skip
        found = self.do(self.store.all_watches(tenant))
        assert sorted((one.channel, one.topic, one.user) for one in found) == sorted(topics)
        assert set(self.do(self.store.seen(tenant))) == set(self.mine(tenant, "seen"))
        for user in ("U1", "U2"):
            mine = {(channel, f"topic {number}") for channel in ("C1", "C2", "D1")
                    for number, who in self.mine(tenant, "watch", channel).items() if who == user}  # fmt: skip
            of_user = self.do(self.store.watches_of(tenant, user))
            assert {(one.channel, one.topic) for one in of_user} == mine
            assert len(of_user) == len(mine)

    @rule(tenant=tenants, number=numbers)
    def see(self, tenant: str, number: int) -> None:
        self.do(self.store.see(tenant, {f"{tenant} call {number}": f"{tenant} mark"}, NOW))
        self.mine(tenant, "seen")[f"{tenant} call {number}"] = True

    @rule(tenant=tenants, number=numbers)
    def name_words(self, tenant: str, number: int) -> None:
        said = f"{tenant} {self.time}"
        self.do(self.store.save_synonym(tenant, str(number), Synonym(str(number), (said,)), "U1"))
        self.do(self.store.save_alias(tenant, str(number), Alias(str(number), said, Sort.PERSON), "U1"))
        self.mine(tenant, "word")[str(number)] = said

    @rule(tenant=tenants, number=numbers)
    def forget_words(self, tenant: str, number: int) -> None:
        there = self.mine(tenant, "word").pop(str(number), None) is not None
        for kind in Kind:
            assert self.do(self.store.remove_word(tenant, kind, str(number))) is there

    @rule(tenant=tenants)
    def look_at_words(self, tenant: str) -> None:
        team = self.do(self.store.team(tenant))
        assert {each.word: each.means[0] for each in team.synonyms} == self.mine(tenant, "word")
        assert {each.name: each.target for each in team.aliases} == self.mine(tenant, "word")

    @rule(tenant=tenants, channel=channels, user=users, helpful=st.booleans())
    def judge(self, tenant: str, channel: str, user: str, helpful: bool) -> None:
        self.do(self.store.save_feedback(tenant, channel, user, "quote margin", helpful=helpful))
        self.mine(tenant, "verdict", user)[channel] = helpful

    @rule(tenant=tenants)
    def look_at_verdicts(self, tenant: str) -> None:
        found = sorted((one.user, one.channel, one.helpful) for one in self.do(self.store.feedback(tenant)))
        held = [(user, channel, helpful) for user in ("U1", "U2")
                for channel, helpful in self.mine(tenant, "verdict", user).items()]  # fmt: skip
        assert found == sorted(held)

    @rule(tenant=tenants, user=users, number=numbers)
    def keep_quote(self, tenant: str, user: str, number: int) -> None:
        mark = f"{tenant} {self.time}"
        self.do(self.store.save_quote(tenant, user, "acme", number, start=0, end=4, fingerprint=mark))
        self.mine(tenant, "quote", user)[number] = mark

    @rule(tenant=tenants, user=users, number=numbers)
    def drop_quote(self, tenant: str, user: str, number: int) -> None:
        there = self.mine(tenant, "quote", user).pop(number, None) is not None
        assert self.do(self.store.drop_quote(tenant, user, "acme", number, 0)) is there

    @rule(tenant=tenants, user=users)
    def look_at_quotes(self, tenant: str, user: str) -> None:
        found = {one.turn: one.fingerprint for one in self.do(self.store.saved_quotes(tenant, user))}
        assert found == self.mine(tenant, "quote", user)

    @rule(tenant=tenants, user=users, number=numbers)
    def ask(self, tenant: str, user: str, number: int) -> None:
        """One of them waits for so long before it is written down that any wish to be forgotten came after it."""
        question, since = f"{tenant} {number}", AGES if number == 1 else dt.timedelta.resolution
        self.do(self.store.save_recent(tenant, user, question, ages={question: since}))
        forgotten = self.mine(tenant, "forgotten", user) or self.mine(tenant, "forgotten", NOBODY)
        if not (forgotten and since == AGES):
            self.mine(tenant, "recent", user)[question] = True

    @rule(tenant=tenants, user=users)
    def look_at_recents(self, tenant: str, user: str) -> None:
        assert set(self.do(self.store.recents(tenant, user, limit=100))) == set(self.mine(tenant, "recent", user))

    @rule(tenant=tenants, user=users)
    def settle(self, tenant: str, user: str) -> None:
        self.do(self.store.save_zone(tenant, user, f"{tenant} zone"))
        self.mine(tenant, "zone", user)[0] = f"{tenant} zone"

    @rule(tenant=tenants, user=users)
    def look_at_zone(self, tenant: str, user: str) -> None:
        assert self.do(self.store.zone(tenant, user)) == self.mine(tenant, "zone", user).get(0)

    @rule(tenant=tenants)
    def install(self, tenant: str) -> None:
        token = f"{tenant} {self.time}"
        self.do(self.store.install(tenant, Installation(tenant, tenant, None, token, "B", "U")))
        self.mine(tenant, "installation")[0] = token

    @rule(tenant=tenants)
    def look_at_installation(self, tenant: str) -> None:
        found = self.do(self.store.installation(tenant))
        assert (found and found.token) == self.mine(tenant, "installation").get(0)

    @rule(tenant=tenants)
    def renew(self, tenant: str) -> None:
        assert self.do(self.store.renew_tokens(tenant)) is bool(self.mine(tenant, "installation"))

    # --- given files ----------------------------------------------------------------------------------------------

    @rule(tenant=tenants, channel=channels, user=users, number=numbers)
    def give(self, tenant: str, channel: str, user: str, number: int) -> None:
        key = self.do(self.store.give(tenant, channel, user, f"{tenant} name", f"file {number}".encode()))
        self.mine(tenant, "gift", user).setdefault(key, set()).add(channel)

    @rule(tenant=tenants, user=users, number=numbers, wide=st.booleans())
    def widen(self, tenant: str, user: str, number: int, wide: bool) -> None:
        for key, places in list(self.mine(tenant, "gift", user).items())[number : number + 1]:
            if wide:
                assert self.do(self.store.widen(tenant, user, key))
                places.add(WORKSPACE)
            else:
                assert self.do(self.store.narrow(tenant, user, key)) is (WORKSPACE in places)
                places.discard(WORKSPACE)
                if not places:
                    del self.mine(tenant, "gift", user)[key]

    @rule(tenant=tenants, channel=channels, user=users, number=numbers)
    def take_back(self, tenant: str, channel: str, user: str, number: int) -> None:
        for key, places in list(self.mine(tenant, "gift", user).items())[number : number + 1]:
            there = bool(places & {channel, WORKSPACE})
            assert self.do(self.store.take_back(tenant, channel, user, key)) is there
            places -= {channel, WORKSPACE}
            if not places:
                del self.mine(tenant, "gift", user)[key]
        self.look_at_files(tenant, channel)

    @rule(tenant=tenants, channel=channels)
    def look_at_files(self, tenant: str, channel: str) -> None:
        found = self.do(self.store.uploads(tenant, channel))
        assert all(one.name == f"{tenant} name" for one in found)
        seen = {key for user in ("U1", "U2") for key, places in self.mine(tenant, "gift", user).items()
                if places & {channel, WORKSPACE}}  # fmt: skip
        assert {one.id for one in found} == seen
        held = {key for user in ("U1", "U2") for key in self.mine(tenant, "gift", user)}
        assert set(self.do(files_of(self.store, tenant))) == held
        for key in self.everything():
            assert (self.do(self.store.upload(tenant, channel, key)) is not None) is (key in seen)

        for user in ("U1", "U2"):
            gifts = self.do(self.store.gifts(tenant, user))
            assert {one.id for one in gifts} == set(self.mine(tenant, "gift", user))
            assert all(one.user == user and one.name == f"{tenant} name" for one in gifts)
            assert all(one.correction in (None, {"company": tenant}) for one in (*gifts, *found))
        every = self.do(self.store.all_gifts(tenant))
        places = [(user, key, place) for user in ("U1", "U2")
                  for key, places in self.mine(tenant, "gift", user).items() for place in places]  # fmt: skip
        assert sorted((one.user, one.id, one.channel) for one in every) == sorted(places)
        assert all(one.name == f"{tenant} name" for one in every)

    @rule(tenant=tenants, user=users, number=numbers)
    def correct(self, tenant: str, user: str, number: int) -> None:
        for key in sorted(self.everything())[number : number + 1]:
            mine = key in self.mine(tenant, "gift", user)
            assert self.do(self.store.correct(tenant, user, key, {"company": tenant})) is mine

    @rule(tenant=tenants)
    def read_files(self, tenant: str) -> None:
        held = {key for user in ("U1", "U2") for key in self.mine(tenant, "gift", user)}
        for key in sorted(self.everything()):
            assert self.do(self.store.reading(tenant, key, "r")) in (
                (None, tenant.encode()) if key in held else (None,)
            )
            self.do(self.store.save_reading(tenant, key, "r", tenant.encode()))
            assert self.do(self.store.reading(tenant, key, "r")) == (tenant.encode() if key in held else None)

    def everything(self) -> set[str]:
        """Return the keys of all files anybody has given."""
        return {key for tenant in self.model for user in ("U1", "U2") for key in self.mine(tenant, "gift", user)}

    # --- digests --------------------------------------------------------------------------------------------------

    @rule(tenant=tenants, channel=channels, user=users, number=numbers)
    def subscribe(self, tenant: str, channel: str, user: str, number: int) -> None:
        schedule = Schedule(number, 0, EVERY_DAY, "UTC")
        calls = {f"{tenant} call {number}": ""}
        self.do(self.store.subscribe(tenant, channel, schedule, user=user, now=NOW, calls=calls))
        held = self.mine(tenant, "digest", channel)
        if not held:
            self.mine(tenant, "told", channel).update(calls)
        held[0] = (schedule, user, False)

    @rule(tenant=tenants, channel=channels, paused=st.booleans())
    def pause(self, tenant: str, channel: str, paused: bool) -> None:
        held = self.mine(tenant, "digest", channel)
        assert self.do(self.store.pause(tenant, channel, NOW, paused=paused)) is bool(held)
        if held:
            held[0] = (*held[0][:2], paused)

    @rule(tenant=tenants, channel=channels)
    def unsubscribe(self, tenant: str, channel: str) -> None:
        held = self.mine(tenant, "digest", channel)
        assert self.do(self.store.unsubscribe(tenant, channel)) is bool(held)
        held.clear()
        self.mine(tenant, "told", channel).clear()

    @rule(tenant=tenants, channel=channels)
    def look_at_digest(self, tenant: str, channel: str) -> None:
        found = self.do(self.store.subscription(tenant, channel))
        held = self.mine(tenant, "digest", channel)
        assert (found and (found.schedule, found.user, found.paused)) == (held.get(0) if held else None)
        every = [one.channel for one in self.do(self.store.subscriptions(tenant))]  # a list, for all use the same names
        assert every == [name for name in ("C1", "C2", "D1") if self.mine(tenant, "digest", name)]
        assert self.do(self.store.told(tenant, channel)) == self.mine(tenant, "told", channel)

    @rule(tenant=tenants, channel=channels, number=numbers)
    def find_something(self, tenant: str, channel: str, number: int) -> None:
        """Plan what a watch found, and skip it at once: nobody is to send it here."""
        planned = Planned(NOW.date(), NOW, f"{tenant} skipped", subject=f"topic {number}\nacme")
        found = self.mine(tenant, "found", channel)
        assert self.do(self.store.plan_runs(tenant, channel, [planned])) == (number not in found)
        found[number] = True
        told = self.do(self.store.found(tenant, channel))
        assert [one.reason for one in told] == [f"{tenant} skipped"] * len(found)

    @rule(tenant=tenants, channel=channels, number=numbers)
    def plan(self, tenant: str, channel: str, number: int) -> None:
        date = NOW.date() + dt.timedelta(days=number)
        runs = self.mine(tenant, "run", channel)
        new = self.do(self.store.plan_runs(tenant, channel, [Planned(date, NOW)]))
        assert new == (date not in runs)
        runs.setdefault(date, "due")

    @rule(tenant=tenants, end=st.sampled_from(["scheduled", "quiet", "busy", "left", "started"]))
    def send(self, tenant: str, end: str) -> None:
        run = self.do(self.store.claim_run(tenant, "one", NOW, due_by=NOW, lease=LEASE))
        due = {(channel, date) for channel in ("C1", "C2", "D1")
               for date, state in self.mine(tenant, "run", channel).items() if state == "due"}  # fmt: skip
        if run is None:
            assert not due
            return
        assert run.tenant == tenant
        assert (run.channel, run.local_date) in due
        self.mine(tenant, "run", run.channel)[run.local_date] = "sending"
        if end == "scheduled":
            calls = {f"{tenant} call of {run.local_date}": ""}
            assert self.do(self.store.start_run(run, NOW, lease=LEASE, post_at=second(run), calls=calls))
            assert self.do(self.store.schedule_run(run, f"{tenant} Q1", calls))
            self.mine(tenant, "told", run.channel).update(calls)
        elif end == "quiet":
            assert self.do(self.store.end_run(run, State.QUIET, "nothing new"))
        elif end == "busy":
            assert self.do(self.store.put_off_run(run, NOW + LEASE))
        elif end == "started":
            assert self.do(self.store.start_run(run, NOW, lease=LEASE, post_at=second(run), calls={}))
        self.mine(tenant, "run", run.channel)[run.local_date] = {"left": "sending", "started": "sending"}.get(end, end)

    @rule(tenant=tenants, move=st.sampled_from(["settle", "keep", "withdraw"]))
    def move_on(self, tenant: str, move: str) -> None:
        held = {(channel, date) for channel in ("C1", "C2", "D1")
                for date, state in self.mine(tenant, "run", channel).items() if state == "scheduled"}  # fmt: skip
        found = self.do(self.store.scheduled_runs(tenant))
        assert {(run.channel, run.local_date) for run in found} == held
        assert all(run.scheduled == f"{tenant} Q1" for run in found)
        if move == "settle":
            assert self.do(self.store.settle_runs(tenant, NOW)) == len(held)
            for channel, date in held:
                self.mine(tenant, "run", channel)[date] = "posted"
        for run in found[:1] if move == "withdraw" else []:
            assert self.do(self.store.withdraw_run(run))
            del self.mine(tenant, "run", run.channel)[run.local_date]
            self.mine(tenant, "told", run.channel).pop(f"{tenant} call of {run.local_date}", None)
        for run in found[:1] if move == "keep" else []:
            self.do(self.store.keep_run(run, f"{tenant} Q1"))

    @rule(tenant=tenants, channel=channels)
    def look_at_runs(self, tenant: str, channel: str) -> None:
        mine = self.mine(tenant, "run", channel)
        found = {run.local_date: run.state.value for run in self.do(self.store.runs(tenant, channel))}
        assert found == {date: "due" if state == "busy" else state for date, state in mine.items()}
        unended = {date for date, state in mine.items() if state in {"due", "busy", "sending", "scheduled"}}
        assert sorted(run.local_date for run in self.do(self.store.open_runs(tenant, channel))) == sorted(unended)
        if not mine:
            assert self.do(self.store.seconds_taken(tenant, channel, NOW - 9 * LEASE)) == frozenset()
            assert self.do(self.store.posts_since(tenant, channel, NOW - 9 * LEASE, start="", but="another")) == 0
        last = self.do(self.store.last_due(tenant))
        assert last == {name: NOW for name in ("C1", "C2", "D1") if self.mine(tenant, "run", name)}

    @rule(tenant=tenants, channel=channels)
    def tell(self, tenant: str, channel: str) -> None:
        self.do(self.store.tell(tenant, channel, {f"{tenant} told": ""}, None))
        self.mine(tenant, "told", channel)[f"{tenant} told"] = ""

    # --- erasing --------------------------------------------------------------------------------------------------

    @rule(tenant=tenants, user=users)
    def forget(self, tenant: str, user: str) -> None:
        self.do(self.store.forget_user(tenant, user))
        for kind in ("verdict", "quote", "recent", "zone", "gift"):
            self.mine(tenant, kind, user).clear()
        self.mine(tenant, "forgotten", user)[0] = True
        for channel in ("C1", "C2", "D1"):  # what is the channel's stays, without the name
            watched, held = self.mine(tenant, "watch", channel), self.mine(tenant, "digest", channel)
            watched.update({number: NOBODY for number, name in watched.items() if name == user})
            if held and held[0][1] == user:
                held[0] = (held[0][0], NOBODY, held[0][2])
        self.look_at_files(tenant, "C1")

    @rule(tenant=tenants)
    def forget_everything(self, tenant: str) -> None:
        held = dict(self.mine(tenant, "installation"))
        self.do(self.store.forget_tenant(tenant))
        self.model[tenant].clear()
        self.mine(tenant, "installation").update(held)
        self.mine(tenant, "forgotten", NOBODY)[0] = True

    @rule(tenant=tenants)
    def uninstall(self, tenant: str) -> None:
        self.do(self.store.uninstall(tenant))
        self.model[tenant].clear()
        self.mine(tenant, "forgotten", NOBODY)[0] = True

    @rule(tenant=tenants)
    def prune(self, tenant: str) -> None:
        self.do(self.store.prune(tenant, self.tick()))
        kinds = ("thread", "event", "verdict", "recent", "forgotten")
        for key in [key for key in self.model[tenant] if key[0] in kinds]:
            del self.model[tenant][key]
        for channel in ("C1", "C2", "D1"):
            runs = self.mine(tenant, "run", channel)
            for date in [date for date, state in runs.items() if state in {"posted", "quiet"}]:
                del runs[date]
            self.mine(tenant, "found", channel).clear()


def _kept(connection: sqlite3.Connection, names: list[str]) -> dict[str, Counter[object]]:
    found: dict[str, Counter[object]] = {}
    for name in names:
        for tenant, *row in connection.execute(f'SELECT tenant, * FROM "{name}"'):
            found.setdefault(tenant, Counter())[name, *row] += 1
    return found


def second(run: Run) -> dt.datetime:
    """Return the second that a run's message has to itself in its channel."""
    return NOW - dt.timedelta(seconds=(run.local_date - NOW.date()).days)


def seen(store: Store, statements: set[str]) -> None:
    """Collect every statement that has a condition on the tenant."""

    def collect(_connection: object, clause: Any, *_: object) -> None:
        if any(is_filter(element) for element in visitors.iterate(clause)):
            statements.add(str(clause))

    event.listen(store.database.engine.sync_engine, "before_execute", collect)


def mutate(store: Store, only: str | None = None) -> None:
    """Make a mutant: drop the tenant from the conditions of every statement, or of the one that reads `only`."""

    def drop(element: Any, **_: object) -> ColumnElement[bool] | None:
        return true() if is_filter(element) else None

    def before(_connection: object, clause: Any, many: Any, params: Any, _options: object) -> tuple[Any, Any, Any]:
        if only in (None, str(clause)):
            clause = visitors.replacement_traverse(clause, {}, drop)
        return clause, many, params

    event.listen(store.database.engine.sync_engine, "before_execute", before, retval=True)


def is_filter(element: object) -> bool:
    """Whether a condition is "tenant = …" with a value."""
    return (
        isinstance(element, BinaryExpression)
        and element.operator is operators.eq
        and getattr(element.left, "key", None) == "tenant"
    )

"""No tenant sees, changes or erases what is another's, whatever is done in whatever order."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.state.store import Store
from tests import tenancy
from tests.cluster import fresh_database
from tests.tenancy import Tenancy

QUICK = settings(
    max_examples=2, stateful_step_count=25, derandomize=True, deadline=None, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip
LONG = settings(QUICK, max_examples=100, stateful_step_count=100)
HUNT = settings(QUICK, max_examples=8, stateful_step_count=40)


def machine(**changes: object) -> type[Tenancy]:
    return type("Tenancy", (Tenancy,), {"steps": 0, **changes})


def test_no_tenant_sees_anothers() -> None:
    run_state_machine_as_test(machine(), settings=QUICK)


def test_a_mutant_without_the_tenant_is_caught() -> None:
    """The machine has teeth: with the tenant dropped from every condition it fails."""
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(prepare=staticmethod(tenancy.mutate)), settings=QUICK)


@pytest.mark.chaos
def test_ten_thousand_steps_leak_nothing() -> None:
    found = machine(guarded=False)
    run_state_machine_as_test(found, settings=LONG)
    assert found.steps >= 10_000


@pytest.mark.long
def test_every_mutant_of_one_statement_is_caught() -> None:
    """Drop the tenant from one statement at a time: the machine must notice each."""
    statements: set[str] = set()

    def collect(store: Store) -> None:
        tenancy.seen(store, statements)

    run_state_machine_as_test(machine(prepare=staticmethod(collect)), settings=HUNT)
    survived = []
    # What ends so only holds rows, and nobody reads what it gives (`uploads.hold`): without the tenant it would hold more.
    for only in sorted(one for one in statements if not one.endswith("FOR UPDATE")):

        def mutant(store: Store, only: str = only) -> None:
            tenancy.mutate(store, only)

        try:
            run_state_machine_as_test(machine(prepare=staticmethod(mutant)), settings=HUNT)
        except Exception:  # noqa: BLE001  # whatever fails, the mutant was noticed
            continue
        survived.append(only)
        print("survived:", only, flush=True)  # noqa: T201  # as below
    print(f"{len(statements)} mutants, {len(survived)} survived")  # noqa: T201  # the figure for docs/reliability.md
    assert survived == []


@pytest.mark.postgres
async def test_no_tenant_sees_anothers_on_postgresql() -> None:
    import asyncio

    found = machine(url=await fresh_database())
    await asyncio.to_thread(run_state_machine_as_test, found, settings=QUICK)

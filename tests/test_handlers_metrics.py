"""`/metrics` counts requests and what is loaded, and names nobody."""

from pathlib import Path

from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from playground.slack import LocalSlack
from tests.desk import desk_at, served


async def test_requests_and_calls_are_counted(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk), ClientSession() as session:
        await slack.slash("quote margin")
        door = slack.bot_url or ""
        async with session.post(door, data=b"unsigned") as refused:
            assert refused.status == 401
        async with session.post(door, data=b"x" * 300_000) as too_large:
            assert too_large.status == 413
        async with session.get(door.removesuffix("/slack/events") + "/metrics") as page:
            text = await page.text()
    assert 'earshot_request_duration_seconds_count{status="200"} 1.0' in text
    assert 'earshot_request_duration_seconds_count{status="401"} 1.0' in text
    assert 'earshot_request_duration_seconds_count{status="413"} 1.0' in text
    assert "earshot_calls 1.0" in text
    assert "earshot_ready 1.0" in text
    assert "process_resident_memory_bytes" in text
    assert "margin" not in text
    assert "T0" not in text
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation for family in families)
    labels = {name for family in families for sample in family.samples for name in sample.labels}
    assert labels == {"status", "le"}  # none that could name a workspace or a person

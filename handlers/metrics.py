"""`/metrics` for Prometheus: how many requests, how long, what is loaded; numbers only, no workspace and no words."""

import time
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from handlers.desk import Desk

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# Seconds. Slack gives three; the bot's own goal is 0.1 at the 99th percentile.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0)
OK = 200
CONTENT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text exposition format


def add_metrics(server: web.Application, desk: "Desk", path: str) -> None:
    """Measure the requests to `path`, and add `/metrics`: these, what is loaded, and the process's memory and files.

    Of several processes on one port any may be asked: it tells the requests of all, and the rest of itself.
    """
    registry, together = CollectorRegistry(), CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Loaded(desk))
    if desk.settings.metrics is not None:
        MultiProcessCollector(together, path=str(desk.settings.metrics))  # type: ignore[no-untyped-call]  # the library leaves it untyped
    seconds = Histogram(
        "earshot_request_duration_seconds",
        "Seconds from Slack's request to its answer, by HTTP status",
        ("status",),
        registry=registry if desk.settings.metrics is None else None,
        buckets=BUCKETS,
    )
    of_status = cache(lambda status: seconds.labels(str(status)))
    of_status(OK)  # there from the start, so that a rate over it needs no first request

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != path:
            return await handler(request)
        started = time.perf_counter()
        status = 500  # what an exception becomes
        try:
            response = await handler(request)
            status = response.status
        except web.HTTPException as refusal:
            status = refusal.status
            raise
        finally:
            of_status(status).observe(time.perf_counter() - started)
        return response

    async def metrics(_: web.Request) -> web.Response:
        text = generate_latest(together) + generate_latest(registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT})

    server.middlewares.append(measured)
    server.router.add_get("/metrics", metrics)


class _Loaded(Collector):
    """What is loaded, read when somebody asks: a gauge of the library's own would be written down by each process."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        desk = self._desk
        turns = sum(len(call.turns) for call in desk.library.calls.values())
        yield GaugeMetricFamily("earshot_calls", "Calls loaded from the operator's folders", len(desk.library.calls))
        yield GaugeMetricFamily("earshot_turns", "Turns of these calls", turns)
        yield GaugeMetricFamily(
            "earshot_files_unread", "Files of these folders that could not be read", len(desk.failures)
        )
        ready = "1 while the bot answers, 0 while it starts or drains"
        yield GaugeMetricFamily("earshot_ready", ready, float(desk.ready))

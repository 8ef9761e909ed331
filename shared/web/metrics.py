"""What Prometheus reads at `/metrics`: requests by route, and how the post, the timers and the business stand.

It answers only where METRICS=1, and never to who comes through the proxy: numbers are for who runs the place. What all
processes of one `web` counted is added up (each writes to a file in a folder that they share).
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask, Response, g, request
from kombu import Connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from shared.logs import get_logger
from shared.measures import Measures
from shared.messaging.celery_app import queue_name
from shared.messaging.service import Service
from shared.settings import CommonSettings
from shared.web.errors import Problem
from shared.web.server import FOLDER

log = get_logger(__name__)

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
BROKER_WITHIN = 1  # seconds


def install(app: Flask, service: Service, settings: CommonSettings, measures: Measures) -> None:
    """Count each request by its route, which holds no secret, and answer at `/metrics`."""
    registry = CollectorRegistry()
    requests = Counter("tablee_requests", "Requests answered.", ("service", "route", "status"), registry=registry)
    seconds = Histogram(
        "tablee_request_seconds", "How long requests took.", ("service", "route"), buckets=BUCKETS, registry=registry
    )

    def begin() -> None:
        g.metered = time.perf_counter()

    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        if request.endpoint not in {"static", "metrics"}:
            requests.labels(service.name, route, str(response.status_code)).inc()
            if "metered" in g:
                seconds.labels(service.name, route).observe(time.perf_counter() - g.metered)
        return response

    def show() -> Response:
        if "X-Forwarded-For" in request.headers:  # it came through the proxy, from anybody
            raise Problem(404)
        told = CollectorRegistry()
        if FOLDER in os.environ:
            MultiProcessCollector(told)
        else:
            told.register(_Same(registry))
        told.register(Standing(service, settings, measures))
        return Response(generate_latest(told), content_type=CONTENT_TYPE_LATEST)

    app.before_request(begin)
    app.after_request(end)
    app.add_url_rule("/metrics", "metrics", show)


class _Same(Collector):
    """Another registry's numbers."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        yield from self._registry.collect()


class Standing(Collector):
    """How things stand now, asked of the database and of the broker at each reading."""

    def __init__(self, service: Service, settings: CommonSettings, measures: Measures) -> None:
        self._service = service
        self._settings = settings
        self._measures = measures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = self._gauge("tablee_database_up", "Whether the database answers.")
        try:
            with self._service.read() as conn:
                found = [*self._post(conn), *self._business(conn)]
            up.add_metric([self._service.name], 1)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by `up`
            log.warning("Measures cannot be read.", error=type(error).__name__)
            found = []
            up.add_metric([self._service.name], 0)
        yield up
        yield from found
        if not self._settings.embedded:
            yield from self._queue()

    def _gauge(self, name: str, what: str, *labels: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(name, what, labels=("service", *labels))

    def _post(self, conn: sa.Connection) -> Iterator[GaugeMetricFamily]:
        tables, name = self._service.tables, self._service.name
        now = self._service.clock.now(conn)
        outbox = tables.outbox
        counted = (outbox.c.receiver, sa.func.count(), sa.func.count(outbox.c.stuck_at), sa.func.min(outbox.c.said_at))
        items = self._gauge("tablee_outbox_items", "Items without a receipt.", "receiver")
        stuck = self._gauge("tablee_outbox_stuck_items", "Items whose receiver never receipts them.", "receiver")
        oldest = self._gauge("tablee_outbox_oldest_seconds", "Since when the oldest waits.", "receiver")
        for receiver, count, held, since in conn.execute(sa.select(*counted).group_by(outbox.c.receiver)):
            items.add_metric([name, receiver], count)
            stuck.add_metric([name, receiver], held)
            oldest.add_metric([name, receiver], max(0.0, (now - since).total_seconds()))
        parked = self._gauge("tablee_parked_items", "Items that could not be handled.")
        waiting = sa.select(sa.func.count()).where(tables.attempt.c.parked_at.is_not(None))
        parked.add_metric([name], conn.scalar(waiting) or 0)
        timers = self._gauge("tablee_failing_timers", "Timers that fail.")
        timers.add_metric([name], conn.scalar(sa.select(sa.func.count()).select_from(tables.ailing)) or 0)
        yield from (items, stuck, oldest, parked, timers)

    def _business(self, conn: sa.Connection) -> Iterator[GaugeMetricFamily]:
        now = self._service.clock.now(conn)
        for measure in self._measures:
            gauge = self._gauge(measure.name, measure.what, *measure.labels)
            for row in conn.execute(measure.question(now)):
                gauge.add_metric([self._service.name, *map(str, row[:-1])], float(row[-1] or 0))
            yield gauge

    def _queue(self) -> Iterator[GaugeMetricFamily]:
        up = self._gauge("tablee_broker_up", "Whether the broker lets us in.")
        depth = self._gauge("tablee_queue_messages", "Tasks that wait in the service's queue.")
        patience = {"read_timeout": BROKER_WITHIN, "write_timeout": BROKER_WITHIN}
        broker = Connection(self._settings.broker_url, connect_timeout=BROKER_WITHIN, transport_options=patience)
        try:
            broker.ensure_connection(max_retries=max(0, len(broker.alt) - 1))
            up.add_metric([self._service.name], 1)
            queue = queue_name(self._settings.queue_prefix, self._service.name)
            found = broker.default_channel.queue_declare(queue, passive=True)
            depth.add_metric([self._service.name], found.message_count)
        except Exception as error:  # noqa: BLE001 - a broker that is away, or has no queue yet
            log.warning("The queue cannot be looked at.", error=type(error).__name__)
            if not up.samples:
                up.add_metric([self._service.name], 0)
        finally:
            with suppress(Exception):
                broker.release()
        yield up
        yield depth

"""The bare program runs and is measured, at a size that takes a moment; and leaves nothing behind."""

import shutil

import kombu
import psycopg
import pytest

from bench import bare, floor
from bench.options import Options
from shared.messaging.celery_app import queue_name
from tests import backends

pytestmark = pytest.mark.xdist_group("fleet")


@pytest.mark.skipif(shutil.which("pgbench") is None, reason="needs pgbench")
def test_what_the_libraries_cost_is_shown_and_not_judged(
    postgres: None, rabbitmq: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor, "SECONDS", 1)
    monkeypatch.setattr(bare, "WARM", 10)
    result = bare.measure(Options(bookings=20))
    assert [figure.what for figure in result.figures] == [
        "the bare program: HTTP accept, of insert-only",
        "the bare program: request to decision, p50",
        "the bare program: request to decision, p99",
        "the bare program: CPU per booking at 20/s",
        "the bare sender: letters per second, of bare smtplib",
    ]
    assert all(figure.measured > 0 and not figure.met for figure in result.figures)


def test_nothing_is_left_of_it_when_it_fails(postgres: None, rabbitmq: None) -> None:
    with pytest.raises(InterruptedError), bare.open_bare() as house:
        house.start(*house.fleet.instead)
        processes = list(house.fleet.running.values())
        raise InterruptedError
    assert [process.poll() for process in processes].count(None) == 0
    for service in ("booking", "capacity"):
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(house.database(service), connect_timeout=3)
        with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as connection:
            queue = kombu.Queue(queue_name(house.fleet.env["QUEUE_PREFIX"], service))
            with pytest.raises(connection.channel_errors, match="no queue"):
                queue(connection.default_channel).queue_declare(passive=True)

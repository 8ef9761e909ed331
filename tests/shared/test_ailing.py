"""A timer that fails is seen from outside, and forgotten once it works."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from services.capacity.bootstrap import assemble
from shared import assembly
from shared.assembly import Assembly, Timer
from shared.clock import SetClock
from shared.messaging.ailing import LOOK_EVERY, Ailing, TimerHealth, all_ailing
from tests.stories.house import environment


@pytest.fixture
def parts(database_of: Callable[[str], str], clock: SetClock) -> Iterator[Assembly]:
    env = environment({name: database_of(name) for name in ("booking", "capacity", "notifications")})
    parts = assemble(env, clock=clock)
    yield parts
    parts.service.database.dispose()


def ailing(parts: Assembly) -> list[Ailing]:
    with parts.service.read() as conn:
        return all_ailing(conn, parts.service.tables.ailing)


def run(parts: Assembly, timers: Mapping[str, Timer], rounds: int) -> None:
    """Let the timers look so many times."""
    stop, left = threading.Event(), iter(range(rounds))

    def last() -> int:
        if next(left, None) is None or rounds == 1:
            stop.set()
        return 0

    replace(parts, timers={**timers, "last": last}).run_timers(stop, every=0.0)


def fail() -> int:
    raise ZeroDivisionError("about camille@example.org")


def test_who_fails_is_noted_and_the_others_are_not(parts: Assembly, clock: SetClock) -> None:
    run(parts, {"works": lambda: 1, "fails": fail}, 1)
    (noted,) = ailing(parts)
    assert (noted.name, noted.times, noted.error) == ("fails", 1, "ZeroDivisionError")
    assert noted.since == noted.last_at == clock.at


def test_it_is_counted_since_the_first_time(parts: Assembly, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = clock.at
    monkeypatch.setattr(assembly, "AFTER_AN_ERROR", 0.0)
    for _ in range(3):
        run(parts, {"fails": fail}, 1)
        clock.pass_time(minutes=1)
    (noted,) = ailing(parts)
    assert (noted.since, noted.times) == (begun, 3)
    assert not noted.lasts(clock.at)
    clock.pass_time(minutes=2)
    assert noted.lasts(clock.at)


def test_once_it_works_in_any_process_it_is_forgotten(parts: Assembly) -> None:
    run(parts, {"fails": fail}, 1)
    run(parts, {"fails": lambda: 1}, 1)
    assert ailing(parts) == []


def test_a_process_that_was_well_all_along_looks_again_for_what_others_noted(parts: Assembly) -> None:
    now = [0.0]
    mine = TimerHealth(parts.service, lambda: now[0])
    mine.worked(["fails"])
    TimerHealth(parts.service).failed("fails", ZeroDivisionError())  # its process dies
    mine.worked(["fails"])
    assert len(ailing(parts)) == 1
    now[0] = LOOK_EVERY + 1
    mine.worked(["fails"])
    assert ailing(parts) == []


def test_readiness_shows_it_and_is_degraded_once_it_lasts(parts: Assembly, clock: SetClock) -> None:
    browser = parts.make_web().test_client()

    def told() -> tuple[int, str | None, str]:
        answer = browser.get("/coordination/readyz")
        assert answer.json
        return answer.status_code, answer.json.get("timers"), answer.json["database"]

    def status() -> str:
        answer = browser.get("/coordination/readyz").json
        return str(answer and answer["status"])

    assert told() == (200, None, "ok")
    run(parts, {"fails": fail}, 1)
    assert told() == (200, "failing: fails", "ok")
    before = status()
    clock.pass_time(minutes=5)
    assert told() == (200, "failing: fails", "ok")
    assert (before, status()) == ("ok", "degraded")


def test_timers_run_on_where_it_cannot_be_noted_how_they_are(parts: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(TimerHealth, "failed", away)
    monkeypatch.setattr(TimerHealth, "worked", away)
    run(parts, {"fails": fail}, 1)
    assert ailing(parts) == []

"""Whether a service moves: what it tells in ages, and what its silence tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.capacity.domain.service_states import Diagnosis, Heard, Lack, Motion, diagnoses, kept
from shared.contracts.routes import SERVICES
from shared.contracts.service_state import LETTERS, ServiceState, Trouble, Wait

NOW = datetime(2026, 11, 26, 10, 32, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def state(service: str = "booking", revision: int = 1, **more: object) -> ServiceState:
    well: dict[str, object] = {"told_at": NOW, "broker": True, "hearers": 1, "unheard": 0, "waits": (), "troubles": ()}
    return ServiceState(thing=service, revision=revision, **(well | more))  # type: ignore[arg-type]


def look(*states: ServiceState, now: datetime = NOW, **heard_at: datetime) -> dict[str, Diagnosis]:
    """All three, of which these told something else than that they are well."""
    told = {name: state(name) for name in SERVICES} | {one.thing: one for one in states}
    heard = {name: kept(None, one, heard_at.get(name, NOW)) for name, one in told.items()}
    return {one.service: one for one in diagnoses({k: v for k, v in heard.items() if v}, SERVICES, now)}


def test_who_has_nothing_to_say_moves() -> None:
    assert {one.motion for one in look().values()} == {Motion.MOVING}


def test_who_tells_nothing_is_silent_since_it_was_last_heard() -> None:
    last = NOW - 3 * MINUTE
    found = look(notifications=last)["notifications"]
    assert (found.motion, found.findings[0].lack, found.findings[0].since) == (Motion.SILENT, Lack.SILENCE, last)
    assert look(notifications=last + MINUTE)["notifications"].motion is Motion.MOVING


def test_who_was_never_heard_is_silent_too() -> None:
    (found,) = diagnoses({}, ("booking",), NOW)
    assert (found.motion, found.heard_at, found.findings[0].since) == (Motion.SILENT, None, None)


def test_while_capacity_hears_nothing_the_silence_of_others_says_nothing_of_them() -> None:
    found = look(state("capacity", hearers=0), booking=NOW - 5 * MINUTE)
    assert found["capacity"].findings[0].lack is Lack.WORKER
    assert found["booking"].findings[0].elsewhere


def test_the_broker_is_away_since_the_first_telling_that_said_so() -> None:
    first = kept(None, state("capacity", broker=False, hearers=None), NOW)
    again = kept(first, state("capacity", revision=2, broker=False, hearers=None), NOW + MINUTE)
    assert again and again.deaf_since == NOW
    (found,) = diagnoses({"capacity": again}, ("capacity",), NOW + MINUTE)
    assert (found.findings[0].lack, found.findings[0].since) == (Lack.BROKER, NOW)
    well = kept(again, state("capacity", revision=3), NOW + 2 * MINUTE)
    assert well and well.deaf_since is None


@pytest.mark.parametrize(("seconds", "motion"), [(30, Motion.MOVING), (90, Motion.SLOW), (301, Motion.STUCK)])
def test_an_outbox_that_is_not_emptied_gets_slow_and_then_stuck(seconds: int, motion: Motion) -> None:
    found = look(state(waits=(Wait(what="capacity", count=7, seconds=seconds),)))["booking"]
    assert found.motion is motion
    assert all(one.since == NOW - timedelta(seconds=seconds) for one in found.findings)


def test_what_was_fresh_when_it_was_told_is_not_late_for_being_told_a_while_ago() -> None:
    fresh = state(waits=(Wait(what="capacity", count=1, seconds=2),))
    assert look(fresh, now=NOW + 2.9 * MINUTE)["booking"].motion is Motion.MOVING


def test_who_waits_for_one_that_hears_nothing_is_slow_and_not_to_blame() -> None:
    found = look(state(waits=(Wait(what="notifications", count=7, seconds=900),)), state("notifications", hearers=0))
    assert (found["booking"].motion, found["booking"].findings[0].elsewhere) == (Motion.SLOW, True)
    assert found["notifications"].motion is Motion.STUCK


def test_a_letter_may_wait_longer_than_a_message() -> None:
    found = look(state("notifications", waits=(Wait(what=LETTERS, count=7, seconds=301),)))["notifications"]
    assert (found.motion, found.findings[0].lack) == (Motion.SLOW, Lack.LETTERS)


@pytest.mark.parametrize(
    ("how", "seconds", "motion"),
    [
        ("stuck", 1, Motion.STUCK),
        ("parked", 1, Motion.STUCK),
        ("timer", 299, Motion.SLOW),  # a hiccup
        ("timer", 300, Motion.STUCK),
    ],
)
def test_what_does_not_go_on_by_itself(how: str, seconds: int, motion: Motion) -> None:
    trouble = Trouble(how=how, what="seats_answer", count=2, seconds=seconds, error="KeyError")
    found = look(state(troubles=(trouble,)))["booking"]
    assert found.motion is motion
    assert (found.findings[0].lack, found.findings[0].error) == (Lack(how), "KeyError")


def test_a_clock_that_is_an_hour_off_is_said_and_changes_no_since() -> None:
    ahead = state(told_at=NOW + timedelta(hours=1), waits=(Wait(what="capacity", count=1, seconds=301),))
    found = look(ahead)["booking"].findings
    assert [(one.lack, one.count) for one in found if one.lack is Lack.CLOCK] == [(Lack.CLOCK, 60)]
    assert found[0].since == NOW - timedelta(seconds=301)


def test_neither_a_double_nor_an_older_telling_wins() -> None:
    known = kept(None, state(revision=5), NOW)
    for revision in (5, 4):
        assert kept(known, state(revision=revision), NOW + MINUTE) is None


def test_whose_clock_was_put_back_is_heard_again_after_three_minutes() -> None:
    known = Heard(state=state(revision=5_000), heard_at=NOW)
    back = state(revision=4)
    assert kept(known, back, NOW + 2 * MINUTE) is None
    assert kept(known, back, NOW + 3 * MINUTE) == replace(known, state=back, heard_at=NOW + 3 * MINUTE)

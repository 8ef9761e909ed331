"""Alerts are raised in the transaction of what causes them, or by the clock, and said once."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import Alert, AlertSettings, NoSuchAlert
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import staff as staff_store
from services.capacity.use_cases import say_staff
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.answer_alert import answer_alert
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.choose_alerts import choose_alerts
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.look_after_alerts import escalate_alerts, look_at_alerts
from shared.contracts.alert import AlertKind, CapacityAlert, Severity, Way, Wishes
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

FULL, NEARLY, COOKS = AlertKind.SITTING_FULL, AlertKind.NEARLY_FULL, AlertKind.TOO_FEW_COOKS
VAISE = "lyon-vaise"
ADMINISTRATOR = StaffRole.ADMINISTRATOR


def kept(house: CapacityHouse, sitting: str) -> dict[AlertKind, Alert]:
    with house.parts.service.work() as work:
        return {one.kind: one for one in alert_store.lock(work.conn, [sitting])}


def said(house: CapacityHouse) -> dict[AlertKind, CapacityAlert]:
    """What is to be heard of alerts, by kind."""
    return {one.alert: one for one in house.said(CapacityAlert).values()}


def choose(house: CapacityHouse, **settings: Any) -> None:
    with house.parts.service.work() as work:
        alert_store.save_settings(work.conn, VAISE, AlertSettings(**settings))


def joins(house: CapacityHouse, name: str, cantine: str = VAISE) -> Staff:
    with house.parts.service.work() as work:
        return add_coordinator(work, email=f"{name}@example.org", name=name, language="en", cantines=[cantine])


def emails(alert: CapacityAlert) -> set[str]:
    return {person.email for person in alert.recipients}


@contextmanager
def statements(house: CapacityHouse) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    seen: list[str] = []
    engine = house.parts.service.database.engine

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


class TestFull:
    def test_is_said_when_the_last_seat_is_taken(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=2, cook_places=1)
        house.asked(sitting, "a", Party(eaters=1))
        assert said(house) == {}
        house.asked(sitting, "b", Party(cooks=1))
        alert = said(house)[FULL]
        assert (alert.sitting, alert.covers, alert.cooks, alert.standing) == (sitting, 2, 1, True)
        assert (alert.severity, alert.facts) == (Severity.ROUTINE, {"seats": 2, "seats_left": 0})
        assert alert.cooking_at == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
        assert alert.quiet and (alert.quiet.zone, alert.quiet.since) == ("Europe/Paris", time(21))
        assert emails(alert) == {"camille@example.org"}
        assert alert.link == f"{URL}/coordination/sittings/{sitting}"

    def test_is_the_same_alert_when_it_fills_again_soon(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=2, cook_places=1)
        house.asked(sitting, "a", Party(eaters=2))
        first = said(house)[FULL]
        house.cancelled(sitting, "a")
        assert not said(house)[FULL].standing
        house.asked(sitting, "b", Party(eaters=2))
        again = said(house)[FULL]
        assert (again.standing, again.raised_at) == (True, first.raised_at)
        assert again.revision > first.revision

    def test_is_a_new_one_on_another_day(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=2, cook_places=1)
        house.asked(sitting, "a", Party(eaters=2))
        first = said(house)[FULL]
        house.cancelled(sitting, "a")
        house.clock.pass_time(days=1)
        house.asked(sitting, "b", Party(eaters=2))
        assert said(house)[FULL].raised_at != first.raised_at

    def test_ends_when_the_meal_is_cancelled(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=1, cook_places=1)
        house.asked(sitting, "a", Party(eaters=1))
        with house.parts.service.work() as work:
            cancel_sitting(work, sitting, URL, BY)
        assert not said(house)[FULL].standing
        assert kept(house, sitting)[FULL].resolved_at == house.clock.at


def test_a_burst_of_500_bookings_raises_at_most_one_alert_of_each_kind(house: CapacityHouse) -> None:
    sitting = house.opens(seats=40, cook_places=10)
    dice = random.Random(7)
    requests = [house.asks(sitting, f"b{number:03}", Party(eaters=dice.randint(1, 3))) for number in range(500)]
    dice.shuffle(requests)
    raised: set[tuple[AlertKind, datetime]] = set()
    while requests:
        batch, requests = requests[: (size := dice.randint(1, 90))], requests[size:]
        house.clock.pass_time(minutes=dice.randint(0, 40))
        house.hears(*batch)
        raised |= {(kind, one.raised_at) for kind, one in kept(house, sitting).items()}
    assert sorted(kind for kind, _at in raised) == sorted({kind for kind, _at in raised})
    assert {kind for kind, one in kept(house, sitting).items() if one.stands} == {FULL, AlertKind.WAITLIST_GROWING}


def test_a_decision_that_changes_no_alert_asks_nothing_about_alerts(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=0)
    house.asked(sitting, "a", Party(eaters=2))
    with statements(house) as seen:
        house.hears(house.asks(sitting, "b", Party(eaters=1)))
    assert [one for one in seen if " alert " in one or "alert_wishes" in one] == []


class TestTime:
    def test_raises_what_it_alone_changes_once(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=40, cook_places=10, menu="")
        house.clock.at = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)  # two days before cooking starts
        assert look_at_alerts(house.parts.service, URL) == 1
        assert look_at_alerts(house.parts.service, URL) == 0
        assert {kind: one.severity for kind, one in said(house).items()} == {
            COOKS: Severity.IMPORTANT,
            AlertKind.TOO_FEW_GUESTS: Severity.ROUTINE,
        }
        house.clock.at = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)  # 16:00 on the day before
        look_at_alerts(house.parts.service, URL)
        assert {kind: one.severity for kind, one in said(house).items()} == {
            COOKS: Severity.URGENT,
            AlertKind.TOO_FEW_GUESTS: Severity.IMPORTANT,
            AlertKind.NO_MENU: Severity.IMPORTANT,
        }
        with house.parts.service.work() as work:
            edit_sitting(work, sitting, a_plan(seats=40, cook_places=10), URL, BY)
        assert not said(house)[AlertKind.NO_MENU].standing
        house.clock.at = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
        look_at_alerts(house.parts.service, URL)
        assert not any(one.standing for one in said(house).values())

    def test_is_looked_at_in_batches(self, house: CapacityHouse) -> None:
        for day in range(1, 6):
            house.opens(day=date(2026, 12, day))
        house.clock.at = datetime(2026, 12, 10, tzinfo=UTC)
        assert look_at_alerts(house.parts.service, URL, batch=2) == 5
        assert look_at_alerts(house.parts.service, URL) == 0

    def test_tells_of_a_late_change(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=40, cook_places=10)
        for name in "abcd":
            house.asked(sitting, name, Party(cooks=1, eaters=3))
        house.clock.at = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
        house.cancelled(sitting, "a")
        alert = said(house)[AlertKind.LATE_CHANGE]
        assert alert.severity is Severity.URGENT
        assert (alert.covers, alert.cooks, alert.facts) == (12, 3, {"covers_before": 16, "cooks_before": 4})


class TestWhoIsTold:
    def test_only_those_who_look_after_the_cantine(self, house: CapacityHouse) -> None:
        joins(house, "hugo", "metz-sablon")
        joins(house, "emma")
        house.asked(house.opens(seats=1, cook_places=1), "a", Party(eaters=1))
        assert emails(said(house)[FULL]) == {"camille@example.org", "emma@example.org"}

    def test_nobody_if_nobody_looks_after_it(self, house: CapacityHouse) -> None:
        sitting = house.opens("metz-sablon", seats=1, cook_places=1)
        house.asked(sitting, "a", Party(eaters=1))
        assert said(house) == {}
        assert kept(house, sitting)[FULL].stands

    def test_as_they_wish(self, house: CapacityHouse) -> None:
        wishes = Wishes(important=Way.SMS, digest_at=time(18))
        with house.parts.service.work() as work:
            camille = staff_store.find(work.conn, house.camille)
            assert camille
            alert_store.save_wishes(work.conn, Reachable(staff=camille, phone="+33639980077", wishes=wishes))
        house.asked(house.opens(seats=1, cook_places=1), "a", Party(eaters=1))
        (camille_told,) = said(house)[FULL].recipients
        assert (camille_told.phone, camille_told.wishes) == ("+33639980077", wishes)

    def test_whoever_is_on_duty_first_and_the_others_if_nobody_answers(self, house: CapacityHouse) -> None:
        emma = joins(house, "emma")
        choose(house, on_duty=emma.id, answer_within=30)
        house.opens(seats=40, cook_places=10)
        house.clock.at = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
        look_at_alerts(house.parts.service, URL)
        assert emails(said(house)[COOKS]) == {"emma@example.org"}
        house.clock.pass_time(minutes=29)
        assert escalate_alerts(house.parts.service, URL) == 0
        house.clock.pass_time(minutes=1)
        assert escalate_alerts(house.parts.service, URL) == 1
        assert escalate_alerts(house.parts.service, URL) == 0
        assert emails(said(house)[COOKS]) == {"camille@example.org", "emma@example.org"}

    def test_and_at_last_the_administrators_of_the_network(self, house: CapacityHouse) -> None:
        with house.parts.service.work() as work:
            awa = Staff(id="awa", name="Awa", email="awa@example.org", language="fr", role=ADMINISTRATOR, cantines=())
            staff_store.save(work.conn, awa)
        house.opens(seats=40, cook_places=10)
        house.clock.at = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
        look_at_alerts(house.parts.service, URL)
        assert emails(said(house)[COOKS]) == {"camille@example.org"}
        house.clock.pass_time(hours=1)
        assert escalate_alerts(house.parts.service, URL) == 1
        assert emails(said(house)[COOKS]) == {"camille@example.org", "awa@example.org"}
        house.clock.pass_time(days=0.1)
        assert escalate_alerts(house.parts.service, URL) == 0


class TestIAmOnIt:
    def test_nobody_else_need_be_told(self, house: CapacityHouse) -> None:
        emma = joins(house, "emma")
        choose(house, on_duty=emma.id)
        sitting = house.opens(seats=40, cook_places=10)
        house.clock.at = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
        look_at_alerts(house.parts.service, URL)
        with house.parts.service.work() as work:
            answer_alert(work, emma, sitting, COOKS, URL)
        assert not said(house)[COOKS].standing
        alert = kept(house, sitting)[COOKS]
        assert (alert.stands, alert.answered_by, alert.answered_at) == (True, emma.id, house.clock.at)
        house.clock.pass_time(days=1)
        assert escalate_alerts(house.parts.service, URL) == 0

    def test_whoever_is_removed_is_on_nothing_any_more_and_the_others_are_told(self, house: CapacityHouse) -> None:
        emma, noor = joins(house, "emma"), joins(house, "noor")
        choose(house, on_duty=emma.id)
        sitting = house.opens(seats=40, cook_places=10)
        house.clock.at = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
        look_at_alerts(house.parts.service, URL)
        with house.parts.service.work() as work:
            answer_alert(work, emma, sitting, COOKS, URL)
        with house.parts.service.work() as work:
            say_staff.remove(work, staff_store.lock(work.conn, [emma.id])[emma.id], by=None)
        assert escalate_alerts(house.parts.service, URL) >= 1
        assert said(house)[COOKS].standing
        assert noor.email in emails(said(house)[COOKS])

    def test_the_first_who_says_so_stays(self, house: CapacityHouse) -> None:
        emma, noor = joins(house, "emma"), joins(house, "noor")
        sitting = house.opens(seats=1, cook_places=1)
        house.asked(sitting, "a", Party(eaters=1))
        for one in (emma, noor):
            with house.parts.service.work() as work:
                answer_alert(work, one, sitting, FULL, URL)
        assert kept(house, sitting)[FULL].answered_by == emma.id

    def test_is_for_those_who_look_after_the_cantine(self, house: CapacityHouse) -> None:
        stranger = joins(house, "hugo", "metz-sablon")
        sitting = house.opens(seats=1, cook_places=1)
        house.asked(sitting, "a", Party(eaters=1))
        for who, kind in ((stranger, FULL), (joins(house, "emma"), NEARLY)):
            with house.parts.service.work() as work, pytest.raises(NoSuchAlert):
                answer_alert(work, who, sitting, kind, URL)


def test_a_cantine_that_wishes_otherwise_is_looked_at_again(house: CapacityHouse) -> None:
    sitting = house.opens(seats=40, cook_places=10)
    house.asked(sitting, "a", Party(eaters=24))
    with house.parts.service.work() as work:
        choose_alerts(work, VAISE, AlertSettings(nearly_full=60))
    look_at_alerts(house.parts.service, URL)
    assert NEARLY in said(house)


def test_an_alert_keeps_its_row_for_each_kind_and_sitting(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    for _ in range(3):
        house.asked(sitting, "a", Party(eaters=2))
        house.cancelled(sitting, "a")
        house.clock.pass_time(hours=1)
    with house.parts.service.read() as conn:
        assert conn.scalar(sa.text("SELECT count(*) FROM alert")) == 1
    assert kept(house, sitting)[FULL].raised_at >= house.clock.at - timedelta(hours=2)

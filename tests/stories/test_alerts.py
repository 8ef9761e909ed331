"""Coordinators hear of what matters, once, while it matters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.answer_alert import answer_alert
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.settings import Settings
from services.notifications.use_cases.send_due import SendDue
from shared.contracts.alert import AlertKind, Way, Wishes
from shared.contracts.party import Party
from tests.stories.house import House
from tests.stories.residents import CANTINE, call_off, lunch, reserve, rows

URL = "http://127.0.0.1:8000"
DAY_BEFORE = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)  # of Friday's lunch, to the hour that cooking starts


@dataclass
class Office:
    """The house, and the sender that hands its letters over."""

    house: House
    sender: SendDue

    def joins(self, name: str) -> Staff:
        with self.house["capacity"].service.work() as work:
            return add_coordinator(
                work, email=f"{name}@example.org", name=name, language="en", cantines=(CANTINE.slug,)
            )

    def settle(self, at: datetime | None = None) -> list[tuple[str, str]]:
        """Let everything travel and be sent. What coordinators have got: (address, subject)."""
        self.house.clock.at = at or self.house.clock.at
        self.house.settle()
        self.house.do_what_is_due()
        for timer in self.house["notifications"].timers.values():
            timer()
        while self.sender.step():
            pass
        mailbox = rows(self.house, "notifications", self.house["notifications"].metadata.tables["mailbox"])
        return sorted((one.address, one.subject) for one in mailbox if not one.key.startswith(self._bookings))

    @property
    def _bookings(self) -> tuple[str, ...]:
        table = self.house["notifications"].metadata.tables["known_booking"]
        return tuple(row.id for row in rows(self.house, "notifications", table)) or ("none",)

    def alert(self, kind: AlertKind) -> Any:
        table = self.house["capacity"].metadata.tables["alert"]
        return next(row for row in rows(self.house, "capacity", table) if row.kind == kind)


@pytest.fixture
def office(house: House) -> Iterator[Office]:
    settings, service = house["notifications"].settings, house["notifications"].service
    assert isinstance(settings, Settings)
    yield Office(house, make_send_due(settings, service, make_providers(settings, service)))


def test_a_meal_fills_is_told_of_once_and_its_alert_ends_by_itself(office: Office) -> None:
    sitting = lunch(office.house, seats=12)
    camille = office.joins("camille")
    with office.house["capacity"].service.work() as work:  # she does not wait for what can wait
        alert_store.save_wishes(work.conn, Reachable(staff=camille, wishes=Wishes(routine=Way.EMAIL)))
    office.settle()
    first = reserve(office.house, sitting, Party(eaters=12), name="First")
    full = [("camille@example.org", "Full: La Tablée de Saône, Friday 27 November")]
    assert office.settle() == full

    call_off(office.house, first)
    assert office.settle() == full
    assert office.alert(AlertKind.SITTING_FULL).resolved_at == office.house.clock.at

    reserve(office.house, sitting, Party(eaters=12), name="Second")  # a moment later: the same alert
    assert office.settle() == full
    assert office.alert(AlertKind.SITTING_FULL).resolved_at is None


def test_who_is_on_it_spares_the_others_and_silence_does_not(office: Office) -> None:
    lunch(office.house)
    camille, _emma = office.joins("camille"), office.joins("emma")
    with office.house["capacity"].service.work() as work:
        alert_store.save_settings(work.conn, CANTINE.slug, AlertSettings(on_duty=camille.id, guests=0))
    missing = "Too few cooks: La Tablée de Saône, Friday 27 November"
    assert office.settle(DAY_BEFORE) == [("camille@example.org", missing)]

    both = [("camille@example.org", missing), ("emma@example.org", missing)]
    office.house.clock.pass_time(hours=1)
    assert office.settle() == both

    with office.house["capacity"].service.work() as work:
        sitting = office.alert(AlertKind.TOO_FEW_COOKS).about
        answer_alert(work, camille, sitting, AlertKind.TOO_FEW_COOKS, URL)
    office.house.clock.pass_time(hours=1)
    assert office.settle() == both


def test_what_can_wait_comes_in_the_morning_if_it_is_still_so(office: Office) -> None:
    sitting = lunch(office.house, seats=10)
    other = lunch(office.house, seats=10)
    office.joins("camille")
    office.settle()
    nine = [
        reserve(office.house, meal, Party(eaters=9), name=f"Guest{number}")
        for number, meal in enumerate((sitting, other))
    ]
    assert office.settle() == []
    call_off(office.house, nine[0])
    office.settle()
    assert office.settle(datetime(2026, 11, 25, 7, 0, tzinfo=UTC)) == [
        ("camille@example.org", "One thing about your meals")
    ]

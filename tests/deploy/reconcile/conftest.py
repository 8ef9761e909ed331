"""A house with a small story behind it, on both databases, and what the comparison says of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.reconcile.compare import Tally
from deploy.reconcile.findings import Finding
from services.capacity.domain.history import Author
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.settings import Settings
from shared.clock import SetClock
from shared.contracts.party import Party
from tests.databases import Databases
from tests.stories.agree import look
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House, open_house
from tests.stories.residents import call_off, change_to, lunch, reserve

TWO = Party(eaters=2)


@dataclass
class Story:
    """Three confirmed, one of whom grew; one waits; one has cancelled; one had booked a meal that was called off."""

    house: House
    lunch: str
    cooks: str
    grew: str
    waits: str
    left: str

    def find(self) -> list[Finding]:
        """What differs."""
        return self.look()[0]

    def look(self) -> tuple[list[Finding], Tally]:
        """What differs, and what was compared."""
        return look(self.house)

    def change(self, service: str, table: str, which: dict[str, Any], **values: Any) -> None:
        """A hand changes the one row for which this is so."""
        found = self._table(service, table)
        with self.house[service].service.database.begin() as conn:
            done = conn.execute(sa.update(found).where(*_each(found, which)).values(values))
            assert done.rowcount == 1

    def lose(self, service: str, table: str, **which: Any) -> None:
        """A hand deletes the one row for which this is so."""
        found = self._table(service, table)
        with self.house[service].service.database.begin() as conn:
            assert conn.execute(sa.delete(found).where(*_each(found, which))).rowcount == 1

    def double(self, service: str, table: str, which: dict[str, Any], **values: Any) -> None:
        """A hand copies the one row for which this is so, with other values."""
        found = self._table(service, table)
        with self.house[service].service.database.begin() as conn:
            row = conn.execute(sa.select(found).where(*_each(found, which))).mappings().one()
            conn.execute(sa.insert(found).values({**row, **values}))

    def _table(self, service: str, table: str) -> sa.Table:
        return self.house[service].metadata.tables[table]


@pytest.fixture(scope="package", params=["sqlite", "postgres"])
def told(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Story]:
    """The story, told once on each database."""
    if request.param == "postgres":
        request.getfixturevalue("postgres")
    with ExitStack() as stack:

        def database_of(name: str) -> str:
            return stack.enter_context(databases.lend(request.param, name))

        clock = SetClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
        yield tell(stack.enter_context(open_house(database_of, clock)))


@pytest.fixture
def story(told: Story) -> Iterator[Story]:
    """The story in order; what a test spoils is put back."""
    copies = {service: copy_of(told.house, service) for service in told.house.parts}
    yield told
    for service, copy in copies.items():
        put_back(told.house, service, copy)


def tell(house: House) -> Story:
    called_off = lunch(house, on=date(2026, 12, 4))
    served = lunch(house, seats=6, cook_places=1)
    house.settle()
    grew = reserve(house, served, Party(eaters=1), name="Grew")
    cooks = reserve(house, served, Party(cooks=1, children=1), name="Cooks")
    left = reserve(house, served, TWO, name="Left")
    unlucky = reserve(house, called_off, TWO, name="Unlucky")
    house.settle()
    write_letters(house)
    house.clock.pass_time(minutes=5)
    change_to(house, grew, TWO)
    house.clock.pass_time(seconds=1)  # what is asked in one instant may arrive in any order
    waits = reserve(house, served, Party(eaters=3), name="Waits")
    house.clock.pass_time(seconds=1)
    call_off(house, left)
    reserve(house, called_off, TWO, name="Unlucky too")
    house.settle()
    with house["capacity"].service.work() as work:
        cancel_sitting(work, called_off, "", Author(name="Camille"))
    house.settle()
    call_off(house, unlucky)
    house.settle()
    write_letters(house)
    return Story(house=house, lunch=served, cooks=cooks, grew=grew, waits=waits, left=left)


def write_letters(house: House) -> None:
    """The sender sends all that is due."""
    part = house["notifications"]
    assert isinstance(part.settings, Settings)
    sender = make_send_due(part.settings, part.service, make_providers(part.settings, part.service))
    while sender.step():
        pass


def _each(table: sa.Table, which: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in which.items()]

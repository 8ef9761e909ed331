"""Migrating makes the tables that the code knows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.booking.store.tables import metadata
from tests.services.booking.house import BookingHouse


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")  # SQLite's
def test_the_history_leads_to_the_tables(house: BookingHouse) -> None:
    with house.service.database.begin() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), metadata) == []

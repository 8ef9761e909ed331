"""Migrating an empty database gives exactly the tables of the code."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.notifications.store.tables import metadata
from tests.services.notifications.house import NotificationsHouse


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")  # SQLite's
def test_the_history_leads_to_the_tables(house: NotificationsHouse) -> None:
    with house.service.database.begin() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []

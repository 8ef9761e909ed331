"""The history of the database leads to the tables that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.capacity.store.tables import metadata
from tests.services.capacity.house import CapacityHouse


def test_migrating_gives_exactly_the_tables_declared(house: CapacityHouse) -> None:
    with house.parts.service.read() as conn:
        context = MigrationContext.configure(conn)
        differences = [one for one in compare_metadata(context, metadata) if "alembic_version" not in str(one)]
    assert differences == []


def test_migrating_again_changes_nothing(house: CapacityHouse) -> None:
    house.parts.migrate()

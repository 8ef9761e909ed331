"""Copies of a service's database, as a backup makes them: taken, and put back."""

from typing import Any

import sqlalchemy as sa

from tests.stories.house import House

Copy = dict[str, list[dict[str, Any]]]


def copy_of(house: House, service: str) -> Copy:
    """All rows of all tables."""
    part = house[service]
    with part.service.read() as conn:
        return {
            table.name: [dict(row) for row in conn.execute(sa.select(table)).mappings()]
            for table in part.metadata.sorted_tables
        }


def put_back(house: House, service: str, copy: Copy) -> None:
    """These rows and no others."""
    part = house[service]
    with part.service.database.begin() as conn:
        for table in reversed(part.metadata.sorted_tables):
            conn.execute(sa.delete(table))
        for table in part.metadata.sorted_tables:
            if copy[table.name]:
                conn.execute(sa.insert(table), copy[table.name])

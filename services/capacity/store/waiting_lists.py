"""The rules of waiting lists in the database."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.store.tables import waiting_list
from shared.contracts.sitting import WaitlistPolicy
from shared.keeping import keep_rows


def some(conn: Connection, cantines: Iterable[str]) -> dict[str, WaitlistPolicy]:
    """The policies of some cantines, by slug; a cantine that has chosen none is strict."""
    wanted = list(cantines)
    rows = conn.execute(sa.select(waiting_list).where(waiting_list.c.cantine.in_(wanted)))
    return dict.fromkeys(wanted, WaitlistPolicy.STRICT) | {row.cantine: WaitlistPolicy(row.policy) for row in rows}


def save(conn: Connection, cantine: str, policy: WaitlistPolicy) -> None:
    """Keep the policy of a cantine."""
    keep_rows(conn, waiting_list, [{"cantine": cantine, "policy": policy}], changes=["policy"])

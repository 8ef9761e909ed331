"""The rules of waiting lists in the database."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.rules import USUAL, WaitingRules
from services.capacity.store.tables import waiting_list
from shared.contracts.sitting import WaitlistPolicy
from shared.keeping import keep_rows


def some(conn: Connection, cantines: Iterable[str]) -> dict[str, WaitingRules]:
    """The rules of some cantines, by slug; the usual ones, where nobody has chosen any."""
    wanted = list(cantines)
    rows = conn.execute(sa.select(waiting_list).where(waiting_list.c.cantine.in_(wanted)))
    return dict.fromkeys(wanted, USUAL) | {
        row.cantine: WaitingRules(policy=WaitlistPolicy(row.policy), offers_hours=row.offers_hours) for row in rows
    }


def save(conn: Connection, cantine: str, rules: WaitingRules) -> None:
    """Keep the rules of a cantine."""
    row = {"cantine": cantine, "policy": rules.policy, "offers_hours": rules.offers_hours}
    keep_rows(conn, waiting_list, [row], changes=["policy", "offers_hours"])

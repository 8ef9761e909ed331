"""What letters to staff still have to tell: alerts that stand as they stood when the letter was planned, about meals
that whoever it is to still looks after.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from services.notifications.domain.alerts import KnownAlert, News
from services.notifications.domain.letter import Letter, LetterKind
from services.notifications.domain.staff import Staff
from services.notifications.store import alerts, facts
from services.notifications.store import staff as staff_store

Planned = tuple[str, int, str]
"""An alert, the time that it was raised, and its severity."""


def still_news(conn: Connection, letters: Sequence[Letter]) -> dict[str, tuple[News, ...]]:
    """What each of these letters (by key) still has to tell; nothing, if all of it has passed."""
    planned = {one.key: [_planned(one.facts)] for one in letters if one.kind is LetterKind.ALERT}
    for line in alerts.lines_of(conn, [one.key for one in letters if one.kind is LetterKind.DIGEST]):
        planned.setdefault(line.letter, []).append((line.thing, line.raised, line.severity))
    if not planned:
        return {}
    known = alerts.load(conn, {thing for each in planned.values() for thing, _raised, _severity in each})
    sittings = facts.load_sittings(conn, {one.sitting for one in known.values()})
    staff = staff_store.some(conn, {str(one.facts.get("staff", "")) for one in letters if one.key in planned})
    theirs = {one.key: staff.get(str(one.facts.get("staff", ""))) for one in letters}
    return {
        key: tuple(
            News(alert=known[one[0]], sitting=sittings[known[one[0]].sitting])
            for one in each
            if _stands(known.get(one[0]), one)
            and known[one[0]].sitting in sittings
            and _concerns(theirs[key], sittings[known[one[0]].sitting].cantine.slug)
        )
        for key, each in planned.items()
    }


def _planned(facts: Mapping[str, str | int]) -> Planned:
    return str(facts["alert"]), int(facts["raised"]), str(facts["severity"])


def _stands(alert: KnownAlert | None, planned: Planned) -> bool:
    return alert is not None and alert.standing and (alert.thing, alert.raised, alert.severity) == planned


def _concerns(staff: Staff | None, cantine: str) -> bool:
    """Whether whoever was told of looks after the cantine still. One of whom nothing was heard yet does."""
    return staff is None or staff.looks_after(cantine)

"""Capacity's ledger: its claims, its sittings, and what the claims on each come to."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from services.capacity.domain.claims import Claim
from services.capacity.store import ledger as store
from services.capacity.use_cases.conclude import sitting_notice
from shared.ledger.lines import BOOKING, SITTING, Digest, Line, line
from shared.ledger.sittings import sitting_line


def ledger(conn: Connection, digest: Digest, since: datetime) -> Iterator[Iterator[Line]]:
    """Four streams of lines."""
    yield (_claim(claim) for claim in store.claims(conn, since))
    yield _sittings(conn, digest, since)
    yield (
        line(SITTING, row.sitting, "claims", seats=row.seats, cooks=row.cooks, in_line=row.in_line, offered=row.offered)
        for row in store.claimed(conn, since)
    )
    yield (line(SITTING, sitting, "kinds", taken=taken) for sitting, taken in store.taken(conn, since))


def _claim(claim: Claim) -> Line:
    return line(
        BOOKING,
        claim.booking,
        "claim",
        sitting=claim.sitting,
        request_revision=claim.request_revision,
        revision=claim.revision,
        standing=claim.standing,
        held=claim.held,
        wished=claim.wished,
        why=claim.why,
        offer=claim.offer,
        waits=bool(claim.waits_for),
    )


def _sittings(conn: Connection, digest: Digest, since: datetime) -> Iterator[Line]:
    cantines = store.cantines(conn)
    for one in store.sittings(conn, since):
        seating = one.seating
        yield sitting_line(
            sitting_notice(one, cantines[one.cantine]),
            digest,
            held=seating.held,
            cooks_held=seating.cooks_held,
            overhang=seating.overhang,
            cook_overhang=seating.cook_overhang,
            offered=seating.offered,
            taken=seating.taken_by,
        )

"""Requests that wait to be confirmed, and contacts that have confirmed one lately."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.company import Company, Greeting
from services.booking.domain.contact import Contact
from services.booking.domain.held import Held
from services.booking.domain.once import Once
from services.booking.domain.persons import address_of
from services.booking.domain.proxy import Proxy
from services.booking.domain.wish import Wish
from services.booking.store.tables import confirmed_contact, held_wish
from shared.contracts.party import Party
from shared.database import upsert

_PHONE = held_wish.c.wish["contact"][2].as_string()  # as `_packed` has it


def add(conn: Connection, one: Held) -> bool:
    """Keep a request, unless its key was sent before. Returns whether it was kept."""
    assert one.wish is not None
    values = {
        "id": one.id,
        "key": one.once.key,
        "fingerprint": one.once.fingerprint,
        "sitting": one.sitting,
        "wish": _packed(one.wish),
        "address": address_of(one.wish.contact),
        "contact": one.contact,
        "client": one.client,
        "asked_at": one.asked_at,
        "valid_until": one.valid_until,
    }
    new = upsert(conn, held_wish).values(values).on_conflict_do_nothing(index_elements=["key"])
    return conn.execute(new.returning(held_wish.c.id)).first() is not None


def find(conn: Connection, held_id: str) -> Held | None:
    """A request, to look at."""
    row = conn.execute(sa.select(held_wish).where(held_wish.c.id == held_id)).first()
    return _read(row) if row else None


def lock(conn: Connection, held_id: str) -> Held | None:
    """A request, to change."""
    row = conn.execute(sa.select(held_wish).where(held_wish.c.id == held_id).with_for_update()).first()
    return _read(row) if row else None


def with_key(conn: Connection, key: str) -> Held | None:
    """The request that was sent with a key."""
    row = conn.execute(sa.select(held_wish).where(held_wish.c.key == key)).first()
    return _read(row) if row else None


def asked(conn: Connection, contacts: Collection[str], since: datetime) -> list[datetime]:
    """When a contact was asked to confirm a request since then, by what stands for it."""
    theirs = held_wish.c.contact.in_(contacts), held_wish.c.asked_at > since
    return list(conn.scalars(sa.select(held_wish.c.asked_at).where(*theirs)))


def count_from(conn: Connection, client: str, since: datetime) -> int:
    """How many requests came from one place since then."""
    theirs = held_wish.c.client == client, held_wish.c.asked_at > since
    return conn.execute(sa.select(sa.func.count()).select_from(held_wish).where(*theirs)).scalar_one()


def settle(conn: Connection, held_id: str, booking: str | None) -> None:
    """A request became this booking, or nothing: who it names is known no more."""
    nobody = {"wish": sa.null(), "address": None, "booking": booking}
    conn.execute(sa.update(held_wish).where(held_wish.c.id == held_id).values(nobody))


def waiting_of(conn: Connection, address: str, now: datetime) -> list[Held]:
    """The requests of whoever is reached at an address or a number that still wait."""
    theirs = of_somebody([address]), held_wish.c.valid_until > now
    return [_read(row) for row in conn.execute(sa.select(held_wish).where(*theirs).order_by(held_wish.c.asked_at))]


def of_somebody(addresses: Collection[str]) -> sa.ColumnElement[bool]:
    """Which requests name one of these addresses or numbers, whichever of the two the request is confirmed by."""
    return sa.or_(held_wish.c.address.in_(addresses), _PHONE.in_(addresses))


def every_contact(conn: Connection, before: datetime) -> set[str]:
    """All addresses and numbers in requests from before then."""
    asked = sa.select(held_wish.c.address, _PHONE).where(held_wish.c.asked_at <= before)
    return {one for row in conn.execute(asked) for one in row if one}


def note_confirmed(conn: Connection, contact: str, now: datetime) -> None:
    """A contact has confirmed a request: it is not asked again for a while."""
    new = upsert(conn, confirmed_contact).values(mark=contact, confirmed_at=now)
    conn.execute(new.on_conflict_do_update(index_elements=["mark"], set_={"confirmed_at": now}))


def has_confirmed(conn: Connection, contacts: Collection[str], since: datetime) -> bool:
    """Whether a contact has confirmed one since then, by what stands for it."""
    theirs = confirmed_contact.c.mark.in_(contacts), confirmed_contact.c.confirmed_at > since
    return conn.execute(sa.select(confirmed_contact.c.mark).where(*theirs).limit(1)).first() is not None


def forget_confirmed(conn: Connection, marks: Collection[str]) -> None:
    """These contacts have confirmed nothing."""
    conn.execute(sa.delete(confirmed_contact).where(confirmed_contact.c.mark.in_(marks)))


def forget(conn: Connection, now: datetime, asked_before: datetime, confirmed_before: datetime) -> int:
    """Forget whom requests name that have lapsed, all that were made so long ago, and who confirmed so long ago.
    Returns how many lapsed.
    """
    lapsed = held_wish.c.valid_until <= now, held_wish.c.address.is_not(None)
    count = conn.execute(sa.update(held_wish).where(*lapsed).values(wish=sa.null(), address=None)).rowcount
    conn.execute(sa.delete(held_wish).where(held_wish.c.asked_at < asked_before))
    conn.execute(sa.delete(confirmed_contact).where(confirmed_contact.c.confirmed_at < confirmed_before))
    return count


def _packed(wish: Wish) -> dict[str, Any]:
    party, contact, proxy, company = wish.party, wish.contact, wish.proxy, wish.company
    return {
        "party": [party.cooks, party.eaters, party.children],
        "contact": [contact.name, contact.email, contact.phone, contact.language, contact.calls_only],
        "newcomer": wish.newcomer,
        "thanks": wish.thanks,
        "membership": wish.membership,
        "proxy": [proxy.name, proxy.reached] if proxy else None,
        "company": [list(company.companions), company.shows_name, company.greeting and company.greeting.value],
    }


def _unpacked(kept: dict[str, Any]) -> Wish:
    cooks, eaters, children = kept["party"]
    name, email, phone, language, calls_only = kept["contact"]
    companions, shows_name, greeting = kept["company"]
    return Wish(
        party=Party(cooks=cooks, eaters=eaters, children=children),
        contact=Contact(name=name, email=email, phone=phone, language=language, calls_only=calls_only),
        newcomer=kept["newcomer"],
        thanks=kept["thanks"],
        membership=kept.get("membership", False),  # one that was kept by yesterday's software says nothing of it
        proxy=Proxy(name=kept["proxy"][0], reached=kept["proxy"][1]) if kept["proxy"] else None,
        company=Company(
            companions=tuple(companions), shows_name=shows_name, greeting=Greeting(greeting) if greeting else None
        ),
    )


def _read(row: Any) -> Held:
    return Held(
        id=row.id,
        once=Once(key=row.key, fingerprint=row.fingerprint),
        sitting=row.sitting,
        wish=_unpacked(row.wish) if row.wish else None,
        contact=row.contact,
        client=row.client,
        asked_at=row.asked_at,
        valid_until=row.valid_until,
        booking=row.booking,
    )

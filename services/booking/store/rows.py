"""Between rows and records."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row

from services.booking.domain.booking import Answer, Booking
from services.booking.domain.company import Company, Greeting
from services.booking.domain.contact import Contact
from services.booking.domain.preferences import Preferences
from services.booking.domain.proxy import Proxy
from services.booking.domain.sittings import Terms
from services.booking.domain.standing import outcome
from shared.contracts.booking import Attended, Origin
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer, OfferReply, Standing, Why
from shared.contracts.sitting import Cantine, PartnerPlaces, SittingNotice, SittingStatus, WaitlistPolicy
from shared.kept import as_known


def booking_of(row: Row[Any]) -> Booking:
    """The booking in a row."""
    return Booking(
        id=row.id,
        sitting=row.sitting,
        contact=Contact(
            name=row.name, email=row.email, phone=row.phone, language=row.language, calls_only=row.calls_only
        ),
        party=Party(cooks=row.cooks, eaters=row.eaters, children=row.children),
        asked_at=row.asked_at,
        created_at=row.created_at,
        cancelled_at=row.cancelled_at,
        changed_at=row.changed_at,
        booked_by=row.booked_by,
        origin=Origin(row.origin),
        newcomer=row.newcomer,
        partner=row.partner,
        proxy=Proxy(name=row.proxy_name, reached=row.proxy_reached) if row.proxy_name else None,
        revision=row.revision,
        notice_revision=row.notice_revision,
        news=row.news,
        told=row.told,
        answer=_answer_of(row),
        reply=_reply_of(row),
        preferences=Preferences(
            by_sms=row.by_sms,
            reminders=row.reminders,
            quiet=row.quiet,
            morning_sms=row.morning_sms,
            thanks=row.thanks,
        ),
        attended=Attended(row.attended) if row.attended else None,
        late_by=row.late_by,
        coming_for=row.coming_for,
        company=Company(
            companions=tuple(row.companions),
            shows_name=row.shows_name,
            greeting=Greeting(row.greeting) if row.greeting else None,
        ),
        membership=row.membership,
        erased=row.erased,
    )


def row_of(booking: Booking) -> dict[str, Any]:
    """The row of a new booking: what never changes, and what may."""
    contact = booking.contact
    return {
        "id": booking.id,
        "sitting": booking.sitting,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "calls_only": contact.calls_only,
        "booked_by": booking.booked_by,
        "origin": booking.origin.value,
        "newcomer": booking.newcomer,
        "partner": booking.partner,
        "proxy_name": booking.proxy.name if booking.proxy else None,
        "proxy_reached": booking.proxy is not None and booking.proxy.reached,
        "created_at": booking.created_at,
        "erased": booking.erased,
        **changing(booking),
    }


def changing(booking: Booking) -> dict[str, Any]:
    """What may change of a booking."""
    now, answer, reply = outcome(booking), booking.answer, booking.reply
    return {
        "language": booking.contact.language,
        "by_sms": booking.preferences.by_sms,
        "reminders": booking.preferences.reminders,
        "quiet": booking.preferences.quiet,
        "morning_sms": booking.preferences.morning_sms,
        "thanks": booking.preferences.thanks,
        "attended": booking.attended and booking.attended.value,
        "late_by": booking.late_by,
        "membership": booking.membership,
        "cooks": booking.party.cooks,
        "eaters": booking.party.eaters,
        "children": booking.party.children,
        "asked_at": booking.asked_at,
        "cancelled_at": booking.cancelled_at,
        "changed_at": booking.changed_at,
        "revision": booking.revision,
        "notice_revision": booking.notice_revision,
        "news": booking.news,
        "told": booking.told,
        "status": now.status.value,
        "waiting": now.waiting,
        "answer_revision": answer and answer.revision,
        "answers": answer and answer.answers,
        "standing": answer and answer.standing.value,
        **_counts("held", answer.held if answer else NOBODY),
        **_counts("wished", answer.wished if answer else NOBODY),
        "why": answer and answer.why and answer.why.value,
        "offer_id": answer and answer.offer and answer.offer.id,
        "offer_until": answer and answer.offer and answer.offer.until,
        "meals_left": answer and answer.meals_left,
        "reply_offer": reply and reply.offer,
        "reply_accepted": reply and reply.accepted,
        "reply_at": reply and reply.at,
        "coming_for": booking.coming_for,
        "companions": list(booking.company.companions),
        "shows_name": booking.company.shows_name,
        "greeting": booking.company.greeting and booking.company.greeting.value,
    }


def sitting_of(row: Row[Any]) -> SittingNotice:
    """The sitting in a row, as it was last heard of."""
    values = row._asdict()
    del values["described"], values["moved"], values["forgotten"]
    return SittingNotice(
        thing=values.pop("id"),
        cantine=Cantine(**{name: values.pop(f"cantine_{name}") for name in Cantine.__dataclass_fields__}),
        status=SittingStatus(values.pop("status")),
        waitlist_policy=WaitlistPolicy(values.pop("waitlist_policy")),
        allergens=None if (allergens := values.pop("allergens")) is None else tuple(allergens),
        diets=tuple(values.pop("diets")),
        partners=_partners_of(values.pop("partners")),
        **values,
    )


def terms_of(row: Row[Any]) -> Terms:
    """What the sitting in a row allows."""
    return Terms(
        status=SittingStatus(row.status),
        starts_at=row.starts_at,
        cutoff_at=row.cutoff_at,
        largest_party=row.largest_party,
        partners=_partners_of(row.partners),
    )


def row_of_sitting(sitting: SittingNotice) -> dict[str, Any]:
    """The row of a sitting."""
    row = {field.name: getattr(sitting, field.name) for field in fields(SittingNotice)}
    cantine, allergens = row.pop("cantine"), row.pop("allergens")
    return {
        "id": row.pop("thing"),
        **{f"cantine_{name}": getattr(cantine, name) for name in Cantine.__dataclass_fields__},
        **row,
        "status": sitting.status.value,
        "waitlist_policy": sitting.waitlist_policy.value,
        "allergens": None if allergens is None else list(allergens),
        "diets": list(sitting.diets),
        "partners": [asdict(one) for one in sitting.partners],
        "described": sitting.revision,
        "moved": 0,
    }


def _partners_of(kept: list[dict[str, Any]]) -> tuple[PartnerPlaces, ...]:
    return tuple(as_known(PartnerPlaces, one) for one in kept)


def _answer_of(row: Row[Any]) -> Answer | None:
    if row.answer_revision is None:
        return None
    return Answer(
        revision=row.answer_revision,
        answers=row.answers,
        standing=Standing(row.standing),
        held=Party(cooks=row.held_cooks, eaters=row.held_eaters, children=row.held_children),
        wished=Party(cooks=row.wished_cooks, eaters=row.wished_eaters, children=row.wished_children),
        why=Why(row.why) if row.why else None,
        offer=Offer(id=row.offer_id, until=row.offer_until) if row.offer_id else None,
        meals_left=row.meals_left,
    )


def _reply_of(row: Row[Any]) -> OfferReply | None:
    if row.reply_at is None:
        return None
    return OfferReply(offer=row.reply_offer, accepted=row.reply_accepted, at=row.reply_at)


def _counts(prefix: str, party: Party) -> dict[str, int]:
    return {f"{prefix}_cooks": party.cooks, f"{prefix}_eaters": party.eaters, f"{prefix}_children": party.children}

"""Examples of every message: as it first was, and with each field that it has gained since."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from shared.contracts.alert import AlertKind, CapacityAlert, QuietHours, Recipient, Severity, Way, Wishes
from shared.contracts.attendance import Attendance
from shared.contracts.booking import Attended, BookingNotice, BookingStatus, Origin
from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.guest_link import GuestLink
from shared.contracts.host_message import Audience, HostMessage
from shared.contracts.message import Message
from shared.contracts.party import NOBODY, Party
from shared.contracts.person import AskedToCook, PersonNotice, StandingNews, StandingWhat
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.reply import ContactState, GuestAnswer, GuestReply
from shared.contracts.seats import KeptAnswer, Offer, OfferReply, SeatsAnswer, SeatsRequest, Standing, Why
from shared.contracts.service_state import ServiceState, Trouble, Wait
from shared.contracts.sign_in import SignInLink
from shared.contracts.sitting import Cantine, PartnerPlaces, SittingNotice, SittingStatus, WaitlistPolicy
from shared.contracts.sms_credit import CreditAlert, SmsCredit
from shared.contracts.staff import StaffNotice, StaffRole

BOOKING = "7f2c1f2e-3c55-4e0e-9a55-0a3d4f6f0b11"
SITTING = "0e5a8d1c-8f5e-4c0b-b0a4-2d9f3c7a6e22"
ASKED_AT = datetime(2026, 11, 23, 17, 5, 30, 250000, tzinfo=UTC)
CANTINE = Cantine(
    slug="lyon-saone",
    name="La Tablée de Saône",
    city="Lyon",
    address="12 rue des Invités, 69009 Lyon",
    phone="+33639980001",
    email="saone@example.org",
    zone="Europe/Paris",
)
PARTY = Party(cooks=1, eaters=2, children=1)

EXAMPLES: dict[str, Message] = {
    "seats_request": SeatsRequest(
        thing=BOOKING,
        revision=1764000000000001,
        sitting=SITTING,
        party=PARTY,
        asked_at=ASKED_AT,
        last_answer=KeptAnswer(revision=1764000000000000, standing=Standing.WAITLISTED, held=NOBODY),
    ),
    "seats_answer": SeatsAnswer(
        thing=BOOKING,
        revision=1764000000000002,
        answers=1764000000000001,
        sitting=SITTING,
        standing=Standing.HELD,
        held=Party(eaters=2),
        wished=PARTY,
        asked_at=ASKED_AT,
        why=Why.PAST_CUTOFF,
    ),
    "sitting_notice": SittingNotice(
        thing=SITTING,
        revision=1764000000000003,
        cantine=CANTINE,
        date=date(2026, 11, 24),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        cutoff_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        status=SittingStatus.OPEN,
        menu="Velouté de potimarron, parmentier de lentilles, pommes au four",
        allergens=("celery", "milk"),
        break_even_price=1250,
        seats=34,
        seats_left=3,
        cook_places=9,
        cook_places_left=0,
        waitlist_length=2,
        at_risk=False,
    ),
    "sitting_notice_with_diets": SittingNotice(
        thing=SITTING,
        revision=1764000000000007,
        cantine=CANTINE,
        date=date(2026, 11, 24),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        cutoff_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        status=SittingStatus.OPEN,
        menu="Chili végétarien",
        allergens=(),
        break_even_price=1250,
        seats=34,
        seats_left=3,
        cook_places=9,
        cook_places_left=0,
        waitlist_length=2,
        at_risk=False,
        diets=("vegetarian", "without_pork"),
        food_price=350,
    ),
    "booking_notice": BookingNotice(
        thing=BOOKING,
        revision=1764000000000004,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=PARTY,
        news=1764000000000004,
        why=Why.PARTY_TOO_LARGE,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone="+33639980042",
        language="fr",
        link="https://tablee.example/b/secret",
    ),
    "sitting_notice_with_thanks": SittingNotice(
        thing=SITTING,
        revision=1764000000000028,
        cantine=replace(CANTINE, thanks=True),
        date=date(2026, 11, 24),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        cutoff_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        status=SittingStatus.OPEN,
        menu="Chili végétarien",
        allergens=(),
        break_even_price=1250,
        seats=34,
        seats_left=3,
        cook_places=9,
        cook_places_left=0,
        waitlist_length=2,
        at_risk=False,
    ),
    "sitting_notice_with_morning": SittingNotice(
        thing=SITTING,
        revision=1764000000000025,
        cantine=replace(CANTINE, morning_sms=True),
        date=date(2026, 11, 24),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        cutoff_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        status=SittingStatus.OPEN,
        menu="Chili végétarien",
        allergens=(),
        break_even_price=1250,
        seats=34,
        seats_left=3,
        cook_places=9,
        cook_places_left=0,
        waitlist_length=2,
        at_risk=False,
    ),
    "booking_notice_unanswered": BookingNotice(
        thing=BOOKING,
        revision=1764000000000026,
        sitting=SITTING,
        status=BookingStatus.REQUESTED,
        party=Party(eaters=2),
        news=1764000000000026,
        why=None,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone=None,
        language="fr",
        link="https://tablee.example/b/secret",
        unanswered=True,
    ),
    "booking_notice_after_the_meal": BookingNotice(
        thing=BOOKING,
        revision=1764000000000027,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        news=1764000000000004,
        why=None,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone=None,
        language="fr",
        link="https://tablee.example/b/secret",
        attended=Attended.ABSENT,
    ),
    "booking_notice_with_morning": BookingNotice(
        thing=BOOKING,
        revision=1764000000000024,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        news=1764000000000024,
        why=None,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone="+33639980042",
        language="fr",
        link="https://tablee.example/b/secret",
        morning_sms=True,
    ),
    "sitting_notice_with_reminders": SittingNotice(
        thing=SITTING,
        revision=1764000000000022,
        cantine=replace(CANTINE, reminder_days=2, reminder_at=time(10, 30)),
        date=date(2026, 11, 24),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        cutoff_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        status=SittingStatus.OPEN,
        menu="Chili végétarien",
        allergens=(),
        break_even_price=1250,
        seats=34,
        seats_left=3,
        cook_places=9,
        cook_places_left=0,
        waitlist_length=2,
        at_risk=False,
    ),
    "booking_notice_with_preferences": BookingNotice(
        thing=BOOKING,
        revision=1764000000000023,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        news=1764000000000023,
        why=None,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone="+33639980042",
        language="fr",
        link="https://tablee.example/b/secret",
        by_sms=True,
        reminders=False,
        quiet=True,
    ),
    "booking_notice_by_team": BookingNotice(
        thing=BOOKING,
        revision=1764000000000021,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        news=1764000000000021,
        why=None,
        name="Jeanne Exemple",
        email=None,
        phone="+33639980042",
        language="fr",
        link="https://tablee.example/b/secret",
        by_team=True,
    ),
    "booking_notice_with_email_link": BookingNotice(
        thing=BOOKING,
        revision=1764000000000041,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        news=1764000000000041,
        why=None,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone="+33639980042",
        language="fr",
        link="https://tablee.example/b/secret",
        email_link="https://tablee.example/b/secret-of-the-mailbox",
    ),
    "booking_notice_by_proxy": BookingNotice(
        thing=BOOKING,
        revision=1764000000000022,
        sitting=SITTING,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=1),
        news=1764000000000022,
        why=None,
        name="Jeanne Exemple",
        email="camille@example.org",
        phone=None,
        language="fr",
        link="https://tablee.example/b/secret",
        proxy="Camille Voisine",
        to_proxy=True,
    ),
    "capacity_alert": CapacityAlert(
        thing="9a4b6c1e-1f0d-4a77-8f0e-5f1f2a9d3c33",
        revision=1764000000000005,
        alert=AlertKind.SITTING_FULL,
        sitting=SITTING,
        covers=34,
        cooks=9,
        waitlist_length=2,
        link="https://tablee.example/coordination/sittings/" + SITTING,
        recipients=(Recipient(name="Camille", email="camille@example.org", language="fr"),),
    ),
    "capacity_alert_with_wishes": CapacityAlert(
        thing="at_risk-" + SITTING,
        revision=1764000000000005,
        alert=AlertKind.AT_RISK,
        sitting=SITTING,
        covers=34,
        cooks=6,
        waitlist_length=0,
        link="https://tablee.example/coordination/sittings/" + SITTING,
        recipients=(
            Recipient(
                name="Camille",
                email="camille@example.org",
                language="fr",
                phone="+33639980077",
                wishes=Wishes(urgent=Way.EMAIL, important=Way.DIGEST, routine=Way.DIGEST, digest_at=time(18, 30)),
            ),
        ),
        severity=Severity.URGENT,
        standing=False,
        raised_at=ASKED_AT,
        cooking_at=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
        short_link="https://tablee.example/coordination/m/DlqNHI9eTAuwpC2fPHpuIg",
        facts={"overhang": 2, "cook_overhang": 0},
        quiet=QuietHours(zone="Europe/Paris", since=time(21, 0), until=time(7, 0)),
    ),
    "sign_in_link": SignInLink(
        thing="2b7e8f90-6c1d-4f1b-9b57-1c2d3e4f5a44",
        revision=1764000000000006,
        name="Camille",
        email="camille@example.org",
        language="fr",
        link="https://tablee.example/coordination/sign-in/secret",
        valid_until=datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
    ),
    "staff_notice": StaffNotice(
        thing="5d1c2b3a-7e8f-4a90-b1c2-d3e4f5a6b755",
        revision=1764000000000007,
        name="Camille",
        role=StaffRole.COORDINATOR,
        cantines=("lyon-guillotiere", "lyon-saone"),
        revoked=False,
    ),
    "sms_credit": SmsCredit(thing="brevo", revision=1764000000000009, left=87, low=True, scarce=False),
    "credit_alert": CreditAlert(
        thing="brevo",
        revision=1764000000000010,
        left=87,
        standing=True,
        raised_at=ASKED_AT,
        telling=2,
        recipients=(Recipient(name="Dominique", email="dominique@example.org", language="fr", staff="d0"),),
        link="https://tablee.example/coordination/alerts",
    ),
    "attendance": Attendance(thing=SITTING, revision=1764000000000008, came=31, absent=3, walk_ins=2),
    "host_message": HostMessage(
        thing="c3a1b7d2-6e0f-4f0a-8f53-9d8e7c6b5a55",
        revision=1764000000000009,
        sitting=SITTING,
        audience=Audience.COMING,
        words="La porte de la cour est fermée : entrez par la rue.\nÀ demain !",
        urgent=False,
        written_at=ASKED_AT,
        useful_until=datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        people=((BOOKING,), ("a", "b")),
    ),
    "cook_call": CookCall(
        thing=SITTING,
        revision=1764000000000009,
        call="6b0f3a1d9c2e4b7a8d5c3e1f7a9b0d2c",
        cantine="lyon-saone",
        sought=2,
        until=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    ),
    "cook_replies": CookReplies(
        thing=SITTING,
        revision=1764000000000010,
        call="6b0f3a1d9c2e4b7a8d5c3e1f7a9b0d2c",
        asked=10,
        coming=1,
        declined=3,
    ),
    "person_notice": PersonNotice(
        thing="c3d4e5f6-7a8b-4c9d-8e0f-1a2b3c4d5e66",
        revision=1764000000000011,
        name="Jeanne Exemple",
        email="jeanne@example.org",
        phone=None,
        language="fr",
        asked=(
            AskedToCook(
                sitting=SITTING,
                call="6b0f3a1d9c2e4b7a8d5c3e1f7a9b0d2c",
                until=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
                link="https://tablee.example/cook/secret",
            ),
        ),
    ),
    "service_state": ServiceState(
        thing="booking",
        revision=1764000000000011,
        told_at=ASKED_AT,
        broker=True,
        hearers=1,
        unheard=0,
        waits=(Wait(what="notifications", count=12, seconds=95),),
        troubles=(Trouble(how="parked", what="seats_answer", count=1, seconds=4020, error="KeyError"),),
    ),
    "receipt": Receipt(
        thing="4f3d2c1b0a",
        revision=1,
        by="capacity",
        of_kind="seats_request",
        kept=(Kept(thing=BOOKING, revision=1764000000000001),),
    ),
    "guest_reply": GuestReply(
        thing="5d0f2a7c9e1b4c3d8f6a0b1c2d3e4f50",
        revision=1764000000000011,
        answer=GuestAnswer.ACCEPT,
        said_at=datetime(2026, 11, 23, 18, 5, tzinfo=UTC),
        booking=BOOKING,
    ),
    "guest_reply_of_no_more_thanks": GuestReply(
        thing=f"unsubscribe:thanks:{BOOKING}",
        revision=1764000000000029,
        answer=GuestAnswer.NO_MORE_THANKS,
        said_at=datetime(2026, 11, 25, 9, 5, tzinfo=UTC),
        booking=BOOKING,
    ),
    "guest_reply_to_a_call": GuestReply(
        thing="8a1b3c5d7e9f4a2b6c8d0e1f3a5b7c9d",
        revision=1764000000000012,
        answer=GuestAnswer.DECLINE,
        said_at=datetime(2026, 11, 23, 18, 6, tzinfo=UTC),
        person="d4e5f6a7-8b9c-4dad-9f1a-2b3c4d5e6f77",
        sitting=SITTING,
    ),
    "erasure": Erasure(thing="5f" * 32, revision=1764000000000031, erased_at=ASKED_AT),
    "erased": Erased(thing="5f" * 32, revision=1764000000000032, erased_at=ASKED_AT),
    "guest_link": GuestLink(
        thing="mY0nlyL1nk8x",
        revision=1764000000000030,
        email="jeanne@example.org",
        phone=None,
        language="fr",
        link="https://tablee.example/my/secret",
        valid_until=datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
    ),
    "guest_link_that_confirms": GuestLink(
        thing="mY0therL1nk8",
        revision=1764000000000033,
        email=None,
        phone="+33639980051",
        language="fr",
        link="https://tablee.example/confirm/secret",
        valid_until=datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
        confirms=True,
    ),
    "contact_state": ContactState(
        thing="3f8b1c0d9e7a5f2b4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b",
        revision=1764000000000013,
        opted_out=True,
        unread_since=datetime(2026, 11, 23, 18, 7, tzinfo=UTC),
    ),
}

EXAMPLES["contact_state_that_comes_back"] = ContactState(
    thing="3f8b1c0d9e7a5f2b4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b",
    revision=1764000000000031,
    opted_out=False,
    comes_back=True,
    unread_since=datetime(2026, 11, 23, 18, 7, tzinfo=UTC),
)
EXAMPLES["sitting_notice_with_policy"] = replace(
    EXAMPLES["sitting_notice_with_diets"],
    waitlist_policy=WaitlistPolicy.FILL,  # type: ignore[call-arg]
)
EXAMPLES["sitting_notice_with_largest_party"] = replace(
    EXAMPLES["sitting_notice_with_policy"],
    largest_party=6,  # type: ignore[call-arg]
)
OFFER = Offer(id="0f5b1d9c2e7a4b6d8c3e5f7a9b1d3c5e", until=datetime(2026, 11, 23, 18, 30, tzinfo=UTC))
EXAMPLES["seats_request_with_offer"] = replace(
    EXAMPLES["seats_request"],
    last_answer=KeptAnswer(revision=1764000000000000, standing=Standing.OFFERED, held=NOBODY, offer=OFFER),  # type: ignore[call-arg]
    reply=OfferReply(offer=OFFER.id, accepted=True, at=datetime(2026, 11, 23, 18, 5, tzinfo=UTC)),
)
EXAMPLES["seats_request_of_a_group"] = replace(
    EXAMPLES["seats_request"],
    group="b6c8e0f2a4d61830",  # type: ignore[call-arg]
)
EXAMPLES["seats_request_of_a_newcomer_with_a_partner"] = replace(
    EXAMPLES["seats_request_of_a_group"],
    newcomer=True,  # type: ignore[call-arg]
    allotment="8d0c2b4a-6f1e-4a53-9c7d-2e4f6a8b0c77",
)
EXAMPLES["seats_answer_without_meals"] = replace(
    EXAMPLES["seats_answer"],
    why=Why.MEALS_USED_UP,  # type: ignore[call-arg]
    meals_left=1,
)
EXAMPLES["sitting_notice_with_allotments"] = replace(
    EXAMPLES["sitting_notice_with_largest_party"],
    newcomer_seats=2,  # type: ignore[call-arg]
    partners=(PartnerPlaces(id="8d0c2b4a-6f1e-4a53-9c7d-2e4f6a8b0c77", name="Les Amis du Quai", kept=3),),
    walk_ins=4,
)
EXAMPLES["seats_answer_with_offer"] = replace(
    EXAMPLES["seats_answer"],
    standing=Standing.OFFERED,  # type: ignore[call-arg]
    held=NOBODY,
    why=None,
    offer=OFFER,
)
EXAMPLES["booking_notice_with_offer"] = replace(
    EXAMPLES["booking_notice"],
    status=BookingStatus.OFFERED,  # type: ignore[call-arg]
    why=None,
    offer_until=OFFER.until,
)
EXAMPLES["booking_notice_of_a_cook"] = replace(
    EXAMPLES["booking_notice"],
    origin=Origin.COOK_CALL,  # type: ignore[call-arg]
)
EXAMPLES["person_notice_with_news"] = replace(
    EXAMPLES["person_notice"],
    asked=(),  # type: ignore[call-arg]
    news=(
        StandingNews(
            standing="d4e5f6a7-8b9c-4dad-9f1a-2b3c4d5e6f77",
            what=StandingWhat.PAUSED,
            once_for="20261124T090000Z",
            cantine=CANTINE,
            weekday=1,
            day=None,
            link="https://tablee.example/usual/secret",
        ),
    ),
)
EXAMPLES["booking_notice_of_a_usual_place"] = replace(
    EXAMPLES["booking_notice"],
    origin=Origin.STANDING,  # type: ignore[call-arg]
)
EXAMPLES["booking_notice_of_nobody"] = replace(
    EXAMPLES["booking_notice"],
    status=BookingStatus.CANCELLED,  # type: ignore[call-arg]
    why=None,
    name=None,
    email=None,
    phone=None,
    quiet=True,
    erased=True,
)

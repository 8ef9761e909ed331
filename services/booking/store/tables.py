"""The tables of booking."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from shared.database import Instant
from shared.erasures import journal_table
from shared.messaging.tables import messaging_tables

metadata = MetaData()

sitting = Table(
    "sitting",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("cantine_slug", sa.Text, nullable=False),
    Column("cantine_name", sa.Text, nullable=False),
    Column("cantine_city", sa.Text, nullable=False),
    Column("cantine_address", sa.Text, nullable=False),
    Column("cantine_phone", sa.Text, nullable=False),
    Column("cantine_email", sa.Text, nullable=False),
    Column("cantine_zone", sa.Text, nullable=False),
    Column("cantine_reminder_days", sa.Integer, nullable=False, server_default="1"),
    Column("cantine_reminder_at", sa.Time, nullable=False, server_default="16:00:00"),
    Column("cantine_morning_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("cantine_thanks", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("date", sa.Date, nullable=False),
    Column("cooking_starts", sa.Time, nullable=False),
    Column("meal_starts", sa.Time, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("cutoff_at", Instant, nullable=False),
    Column("status", sa.String(20), nullable=False),
    Column("menu", sa.Text, nullable=False),
    Column("allergens", sa.JSON(none_as_null=True), nullable=True),  # null: not yet known
    Column("break_even_price", sa.Integer, nullable=False),  # euro cents
    Column("seats", sa.Integer, nullable=False),
    Column("seats_left", sa.Integer, nullable=False),
    Column("cook_places", sa.Integer, nullable=False),
    Column("cook_places_left", sa.Integer, nullable=False),
    Column("waitlist_length", sa.Integer, nullable=False),
    Column("at_risk", sa.Boolean, nullable=False),
    Column("diets", sa.JSON, nullable=False),
    Column("food_price", sa.Integer, nullable=True),  # euro cents; null: not told
    Column("waitlist_policy", sa.String(20), nullable=False),
    Column("largest_party", sa.Integer, nullable=True),  # on one booking; null: it does not matter
    Column("newcomer_seats", sa.Integer, nullable=False, server_default="0"),  # kept for them, besides seats_left
    Column("partners", sa.JSON, nullable=False, server_default=sa.text("'[]'")),  # of the cantine
    Column("walk_ins", sa.Integer, nullable=False, server_default="0"),  # expected without reserving
    Column("described", sa.BigInteger, nullable=False),  # the revision that last changed what calendars show
    Column("moved", sa.BigInteger, nullable=False, server_default="0"),  # that last moved the meal; 0: none did
    Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()),  # its guests are
    Index("sitting_starts", "starts_at", "id"),
    Index("sitting_forgotten", "forgotten", "starts_at"),
)

booking = Table(
    "booking",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),  # no foreign key: its notice may come later
    Column("name", sa.String(200), nullable=True),
    Column("email", sa.String(320), nullable=True),
    Column("phone", sa.String(32), nullable=True),
    Column("language", sa.String(10), nullable=False),
    Column("calls_only", sa.Boolean, nullable=False),  # the number takes no SMS
    Column("booked_by", sa.String(80), nullable=True),  # the member of staff who did it for a guest
    Column("origin", sa.String(20), nullable=False),
    Column("newcomer", sa.Boolean, nullable=False, server_default=sa.false()),  # they come for the first time
    Column("partner", sa.String(64), nullable=True),  # with whom they come
    Column("proxy_name", sa.String(200), nullable=True),  # who booked for them
    Column("proxy_reached", sa.Boolean, nullable=False, server_default=sa.false()),  # by the contact, which is theirs
    Column("cooks", sa.Integer, nullable=False),
    Column("eaters", sa.Integer, nullable=False),
    Column("children", sa.Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("cancelled_at", Instant, nullable=True),
    Column("changed_at", Instant, nullable=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("notice_revision", sa.BigInteger, nullable=False),
    Column("news", sa.BigInteger, nullable=False),
    Column("told", sa.String(100), nullable=False),
    # What became of it, as `domain.standing.outcome` says: kept beside, to be searched.
    Column("status", sa.String(20), nullable=False),
    Column("waiting", sa.Boolean, nullable=False),
    # What its guest prefers, and by how many minutes they come late.
    Column("by_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()),
    Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("morning_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("thanks", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("attended", sa.String(10), nullable=True),  # as notifications was told, of who wished for a word about it
    Column("late_by", sa.Integer, nullable=True),
    # The last answer.
    Column("answer_revision", sa.BigInteger, nullable=True),
    Column("answers", sa.BigInteger, nullable=True),
    Column("standing", sa.String(20), nullable=True),
    Column("held_cooks", sa.Integer, nullable=False),
    Column("held_eaters", sa.Integer, nullable=False),
    Column("held_children", sa.Integer, nullable=False),
    Column("wished_cooks", sa.Integer, nullable=False),
    Column("wished_eaters", sa.Integer, nullable=False),
    Column("wished_children", sa.Integer, nullable=False),
    Column("why", sa.String(40), nullable=True),
    Column("offer_id", sa.String(64), nullable=True),
    Column("offer_until", Instant, nullable=True),
    Column("meals_left", sa.Integer, nullable=True),  # of the partner's month, where it was refused for that
    # What its guest said to the last offer.
    Column("reply_offer", sa.String(64), nullable=True),
    Column("reply_accepted", sa.Boolean, nullable=True),
    Column("reply_at", Instant, nullable=True),
    Column("coming_for", Instant, nullable=True),  # the start of the meal to which its guest said that they come
    # Who comes along, and what the others of the meal may know.
    Column("companions", sa.JSON, nullable=False, server_default=sa.text("'[]'")),  # first names
    Column("shows_name", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("greeting", sa.String(10), nullable=True),
    Column("membership", sa.Boolean, nullable=False, server_default=sa.false()),  # they are a member, or wish to be
    Column("erased", sa.Boolean, nullable=False, server_default=sa.false()),  # its guest was forgotten on request
    Index("booking_line", "sitting", "waiting", "asked_at", "id"),
    Index("booking_email", sa.text("lower(email)")).ddl_if(dialect="postgresql"),  # the demo has few bookings
    Index("booking_phone", "phone"),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("key", sa.String(64), primary_key=True),  # a digest: what a client sends may be anything
    Column("fingerprint", sa.String(64), nullable=False),
    Column("booking", sa.String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("client", sa.String(64), nullable=True),  # what stands for where it came from, to count
    Index("idempotency_key_created", "created_at"),
    Index("idempotency_key_client", "client", "created_at"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("name", sa.String(200), nullable=False),
    Column("role", sa.String(20), nullable=False),
    Column("cantines", sa.JSON, nullable=False),  # by slug; an administrator's are all, and not named
    Column("revoked", sa.Boolean, nullable=False),
)

spoken = Table(
    "spoken",
    metadata,
    Column("booking", sa.String(80), primary_key=True),
    Column("news", sa.BigInteger, nullable=False),
    Column("reminded", sa.Boolean, nullable=False),
    Column("by", sa.String(80), nullable=False),
    Column("at", Instant, nullable=False),
)

# One row per booking, so that two people at the door never overwrite each other's guests.
check_in = Table(
    "check_in",
    metadata,
    Column("booking", sa.String(80), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),
    Column("came", sa.Integer, nullable=False),  # people; 0: absent
    Column("by", sa.String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Index("check_in_sitting", "sitting"),
)

needs = Table(  # health data, with consent: it goes the day after the meal
    "needs",
    metadata,
    Column("booking", sa.String(80), ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),
    Column("diets", sa.JSON, nullable=False),  # people, by diet
    Column("allergens", sa.JSON, nullable=False),
    Column("access", sa.JSON, nullable=False, server_default=sa.text("'{}'")),  # people, by what they need to sit
    Column("agreed_at", Instant, nullable=False),
    Column("by_proxy", sa.Boolean, nullable=False, server_default=sa.false()),  # who said that the guest agrees
    Column("added_to", sa.Boolean, nullable=False, server_default=sa.false()),  # by a proxy, to the guest's own words
    Index("needs_of_meal", "sitting"),
)

walk_in = Table(
    "walk_in",
    metadata,
    Column("id", sa.String(64), primary_key=True),  # of the form that was sent: sent twice, it counts once
    Column("sitting", sa.String(80), nullable=False),
    Column("people", sa.Integer, nullable=False),
    Column("by", sa.String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("taken_back", sa.Boolean, nullable=False),
    Index("walk_in_sitting", "sitting"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("sitting", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("came", sa.Integer, nullable=False),
    Column("absent", sa.Integer, nullable=False),
    Column("walk_ins", sa.Integer, nullable=False),
)

# What is left of a booking, or of somebody who had not reserved, when guests are forgotten: nobody can be recognised.
visit = Table(
    "visit",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("sitting", sa.String(80), nullable=False),
    Column("adults", sa.Integer, nullable=False),  # cooks included
    Column("children", sa.Integer, nullable=False),
    Column("cooks", sa.Integer, nullable=False),
    Column("came", sa.Integer, nullable=True),  # people; null: nobody checked them in
    Column("walk_in", sa.Boolean, nullable=False),
    Column("newcomer", sa.Boolean, nullable=True),  # it was their first visit, as they said; null: nobody asked them
    Index("visit_sitting", "sitting"),
)

host_message = Table(
    "host_message",
    metadata,
    Column("id", sa.String(64), primary_key=True),  # of the form that was sent: sent twice, it is one message
    Column("sitting", sa.String(80), nullable=False),
    Column("audience", sa.String(20), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("urgent", sa.Boolean, nullable=False),
    Column("by", sa.String(80), nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("revision", sa.BigInteger, nullable=False),
    Column("people", sa.JSON, nullable=False),  # who gets a letter: the bookings of each
    Index("host_message_sitting", "sitting"),
)

# To whom a message must be said, as no letter reaches them: a row for each of a person's bookings.
host_call = Table(
    "host_call",
    metadata,
    Column("message", sa.String(64), sa.ForeignKey("host_message.id", ondelete="CASCADE"), primary_key=True),
    Column("booking", sa.String(80), primary_key=True),
    Column("person", sa.Integer, nullable=False),
    Column("said_at", Instant, nullable=True),
    Column("by", sa.String(80), nullable=True),
    Index("host_call_booking", "booking"),
)

person = Table(
    "person",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("address", sa.String(320), nullable=False, unique=True),  # the one way to be reached, in lower case
    Column("name", sa.String(200), nullable=True),
    Column("email", sa.String(320), nullable=True),
    Column("phone", sa.String(32), nullable=True),
    Column("language", sa.String(10), nullable=False),
    Column("revision", sa.BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("look_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=True),
    Index("person_look", "look_at"),
)

# Of somebody who has ended only this stays, so that it can be said again that they have.
former_person = Table(
    "former_person",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("ended_at", Instant, nullable=False),
)

# Who wishes to be called when cooks are missing, and by which cantines.
willing_cook = Table(
    "willing_cook",
    metadata,
    Column("cantine", sa.String(60), primary_key=True),  # by slug
    Column("person", sa.String(36), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Instant, nullable=False),
    Index("willing_cook_person", "person"),
)

# Members of the association that runs a cantine.
membership = Table(
    "membership",
    metadata,
    Column("id", sa.String(64), primary_key=True),
    Column("cantine", sa.String(60), nullable=False),  # by slug
    Column("name", sa.String(200), nullable=False),
    Column("known_as", sa.String(200), nullable=False),  # the name as it is compared
    Column("email", sa.String(64), nullable=True),  # what stands for the address and the number, not they themselves
    Column("phone", sa.String(64), nullable=True),
    Column("until", sa.Date, nullable=False),  # and with that day
    Column("before", sa.Date, nullable=True),  # until when it was, before it was last noted
    Column("noted_at", Instant, nullable=False),
    Column("noted_by", sa.String(80), nullable=False),
    Index("membership_name", "cantine", "known_as"),
    Index("membership_email", "email"),
    Index("membership_phone", "phone"),
)

usual = Table(
    "usual",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("person", sa.String(36), ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("cantine", sa.String(60), nullable=False),  # by slug
    Column("weekday", sa.Integer, nullable=False),  # Monday is 0
    Column("meal_starts", sa.Time, nullable=False),  # local
    Column("cooks", sa.Integer, nullable=False),
    Column("eaters", sa.Integer, nullable=False),
    Column("children", sa.Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("resumed_at", Instant, nullable=False),
    Column("paused_at", Instant, nullable=True),
    Index("usual_once", "person", "cantine", "weekday", "meal_starts", unique=True),
    Index("usual_cantine", "cantine", "since"),
)

usual_place = Table(  # at which meals a usual place was kept, or could not be
    "usual_place",
    metadata,
    Column("usual", sa.String(36), ForeignKey("usual.id", ondelete="CASCADE"), primary_key=True),
    Column("sitting", sa.String(80), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("booking", sa.String(80), nullable=True),
    Column("no_place", sa.Boolean, nullable=False),  # the share was used up
    Index("usual_place_sitting", "sitting"),
)

usual_share = Table(
    "usual_share",
    metadata,
    Column("cantine", sa.String(60), primary_key=True),
    Column("percent", sa.Integer, nullable=False),  # of the seats
)

# What a cantine tells of itself, written by those who look after it.
cantine_page = Table(
    "cantine_page",
    metadata,
    Column("cantine", sa.String(60), primary_key=True),  # by slug
    Column("about", sa.Text, nullable=False),
    Column("first_visit", sa.Text, nullable=False),
    Column("phone_hours", sa.Text, nullable=False),
    Column("way_in", sa.Text, nullable=False),
    Column("step_free", sa.Boolean, nullable=True),  # null, here and below: it does not say
    Column("accessible_toilets", sa.Boolean, nullable=True),
    Column("hearing_loop", sa.Boolean, nullable=True),
    Column("north", sa.Float, nullable=True),  # degrees
    Column("east", sa.Float, nullable=True),
)

cantine_photo = Table(
    "cantine_photo",
    metadata,
    Column("cantine", sa.String(60), primary_key=True),  # by slug
    Column("id", sa.String(32), primary_key=True),  # of its content: sent twice, it is one photo
    Column("description", sa.String(200), nullable=False),
    Column("width", sa.Integer, nullable=False),
    Column("height", sa.Integer, nullable=False),
    Column("body", sa.LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
)

# Addresses and numbers that letters do not reach; what stands for them, not they themselves.
lost_contact = Table(
    "lost_contact",
    metadata,
    Column("mark", sa.String(64), primary_key=True),
    Column("unread_since", Instant, nullable=True),  # null: ever
    Column("heard_at", Instant, nullable=False),
)

# Who asked for a link to their own page. The address is kept only while the link is good; what stands for it, and for
# where one asked from, for a day: so many links go to one contact, and so many are asked for from one place.
guest_link = Table(
    "guest_link",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("address", sa.String(320), nullable=True),
    Column("contact", sa.String(64), nullable=False),
    Column("client", sa.String(64), nullable=False),
    Column("language", sa.String(10), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("looked_at", Instant, nullable=True),  # null: it waits to be looked at
    Column("valid_until", Instant, nullable=True),  # null: no link was sent
    Index("guest_link_contact", "contact", "asked_at"),
    Index("guest_link_client", "client", "asked_at"),
    Index("guest_link_looked", "looked_at"),
)

# Requests that wait to be confirmed. Whom they name is kept until then, for a day at most; what stands for the contact,
# and for where they came from, for two: so many letters go to one contact.
held_wish = Table(
    "held_wish",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("key", sa.String(64), nullable=False, unique=True),
    Column("fingerprint", sa.String(64), nullable=False),
    Column("sitting", sa.String(80), nullable=False),
    Column("wish", sa.JSON(none_as_null=True), nullable=True),
    Column("address", sa.String(320), nullable=True),
    Column("contact", sa.String(64), nullable=False),
    Column("client", sa.String(64), nullable=True),
    Column("asked_at", Instant, nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("booking", sa.String(80), nullable=True),
    Index("held_wish_contact", "contact", "asked_at"),
    Index("held_wish_client", "client", "asked_at"),
    Index("held_wish_address", "address"),
)

confirmed_contact = Table(  # what stands for a contact that has confirmed a request lately
    "confirmed_contact",
    metadata,
    Column("mark", sa.String(64), primary_key=True),
    Column("confirmed_at", Instant, nullable=False),
)

# Who was forgotten on request; what stands for their address or number, not it itself.
erasure = journal_table(metadata)

cook_call = Table(
    "cook_call",
    metadata,
    Column("sitting", sa.String(80), primary_key=True),
    Column("call", sa.String(64), nullable=False),
    Column("cantine", sa.String(60), nullable=False),
    Column("sought", sa.Integer, nullable=False),
    Column("until", Instant, nullable=False),
    Column("told", sa.BigInteger, nullable=False),
    Index("cook_call_until", "until"),
)

cook_ask = Table(
    "cook_ask",
    metadata,
    Column("sitting", sa.String(80), primary_key=True),
    Column("person", sa.String(36), primary_key=True),  # also of one who has ended since
    Column("call", sa.String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reply", sa.String(10), nullable=True),
    Column("booking", sa.String(80), nullable=True),
    Index("cook_ask_person", "person"),
)

MESSAGING = messaging_tables(metadata)

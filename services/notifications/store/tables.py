"""The tables of notifications."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from shared.database import Instant
from shared.erasures import journal_table
from shared.messaging.tables import messaging_tables

metadata = MetaData()
MESSAGING = messaging_tables(metadata)

# A sitting of which only the id is known has a row without facts: handlers that hear its bookings lock that row, so a
# booking and its sitting that arrive at the same moment cannot miss each other.
known_sitting = Table(
    "known_sitting",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("cantine", sa.JSON, nullable=True),
    Column("date", sa.Date, nullable=True),
    Column("cooking_starts", sa.Time, nullable=True),
    Column("meal_starts", sa.Time, nullable=True),
    Column("starts_at", Instant, nullable=True),  # null: not heard yet
    Column("status", sa.String(20), nullable=True),
    Column("menu", sa.Text, nullable=True),
    Column("break_even_price", sa.Integer, nullable=True),
    Column("replanned", sa.BigInteger, nullable=False, server_default="0"),  # the revision of its day, times and fate
    Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()),  # its guests are
    Index("known_sitting_forgotten", "forgotten", "starts_at"),
)

known_booking = Table(
    "known_booking",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),
    Column("status", sa.String(20), nullable=False),
    Column("cooks", sa.Integer, nullable=False),
    Column("eaters", sa.Integer, nullable=False),
    Column("children", sa.Integer, nullable=False),
    Column("news", sa.BigInteger, nullable=False),
    Column("why", sa.String(40), nullable=True),
    Column("name", sa.String(200), nullable=True),
    Column("email", sa.String(320), nullable=True),
    Column("phone", sa.String(32), nullable=True),
    Column("language", sa.String(10), nullable=False),
    Column("link", sa.String(500), nullable=False),
    Column("email_link", sa.String(500), nullable=True),  # the one for e-mails; None of one heard of before 0028
    Column("short_code", sa.String(20), nullable=False, unique=True),
    Column("offer_until", Instant, nullable=True),
    Column("origin", sa.String(20), nullable=False),
    Column("by_team", sa.Boolean, nullable=False, server_default=sa.false()),  # the cantine's team booked it
    Column("by_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()),
    Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("morning_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("unanswered", sa.Boolean, nullable=False, server_default=sa.false()),  # for so long that its guest is told
    Column("attended", sa.String(10), nullable=True),  # of who wished for a word after the meal
    Column("proxy", sa.String(200), nullable=True),  # who booked for the guest, by name
    Column("to_proxy", sa.Boolean, nullable=False, server_default=sa.false()),  # the ways to be reached are theirs
    Index("known_booking_sitting", "sitting"),
    Index("known_booking_phone", "phone"),
    Index("known_booking_email", sa.text("lower(email)")).ddl_if(dialect="postgresql"),  # the demo has few bookings
)

TO_ASKERS = (  # kinds that say to whom
    "guest_link",
    "text_which",
    "text_stopped",
    "text_started",
    "text_passed_on",
    "text_no",
    "text_cancelled",
    "text_no_place",
)
_ASKED = sa.text("kind IN (" + ", ".join(f"'{kind}'" for kind in TO_ASKERS) + ")")
_REFERRED = sa.text("provider_ref IS NOT NULL")
letter = Table(
    "letter",
    metadata,
    Column("key", sa.String(200), primary_key=True),
    Column("kind", sa.String(40), nullable=False),
    Column("booking", sa.String(80), nullable=True),
    Column("sitting", sa.String(80), nullable=True),
    Column("person", sa.String(36), nullable=True),
    Column("channel", sa.String(10), nullable=False),
    Column("state", sa.String(20), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("latest_at", Instant, nullable=False),
    Column("reason", sa.String(200), nullable=True),
    Column("attempts", sa.Integer, nullable=False),
    Column("starts_at", Instant, nullable=True),  # the meal's start that it told of
    Column("taken_at", Instant, nullable=True),
    Column("called_at", Instant, nullable=True),
    Column("sent_at", Instant, nullable=True),
    Column("provider", sa.String(40), nullable=True),
    Column("provider_ref", sa.String(200), nullable=True),  # ours for it, until the provider has told its own
    Column("addressee", sa.String(64), nullable=True),  # stands for where it went
    Column("parts", sa.SmallInteger, nullable=False, server_default="0"),  # as how many SMS it is paid
    Column("cost", sa.Integer, nullable=False, server_default="0"),  # in ten-thousandths of a euro
    Column("correlation", sa.String(64), nullable=False),
    Column("again_of", sa.String(200), nullable=True),  # the letter that staff asked to be sent again
    Column("asked_by", sa.String(80), nullable=True),  # who of them
    Column("facts", sa.JSON, nullable=False),  # of letters without a booking; emptied once a sign-in link is sent
    Index("letter_due", "state", "due_at"),
    Index("letter_booking", "booking"),
    Index("letter_person", "person"),
    Index("letter_to_askers", "kind", sqlite_where=_ASKED, postgresql_where=_ASKED),
    Index("letter_ref", "provider_ref", sqlite_where=_REFERRED, postgresql_where=_REFERRED),
)

known_person = Table(
    "known_person",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("name", sa.String(200), nullable=True),
    Column("email", sa.String(320), nullable=True),
    Column("phone", sa.String(32), nullable=True),
    Column("language", sa.String(10), nullable=False),
    Index("known_person_email", sa.text("lower(email)")).ddl_if(dialect="postgresql"),
    Index("known_person_phone", "phone"),
)

# Text messages that came in, in the order of their arrival.
text_in = Table(
    "text_in",
    metadata,
    Column("number", sa.Integer, primary_key=True),
    Column("key", sa.String(64), nullable=False, unique=True),  # of the provider and its name for it
    Column("phone", sa.String(32), nullable=False),
    Column("text", sa.Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("handled_at", Instant, nullable=True),
    Column("fate", sa.String(20), nullable=True),  # what became of it
    Column("reply", sa.String(20), nullable=True),  # the kind of letter that went back
    Column("name", sa.String(200), nullable=True),  # of the guest, as it was known then
    Column("sitting", sa.String(80), nullable=True),  # of the last letter to that number
    Column("cantine", sa.String(60), nullable=True),  # by slug
    Column("done_at", Instant, nullable=True),
    Column("done_by", sa.String(80), nullable=True),  # an id of staff
    Index("text_in_phone", "phone", "number"),
    Index("text_in_fate", "fate", "done_at"),
    Index("text_in_handled", "handled_at", "number"),
)

# Who was asked back which of several bookings they mean.
choice = Table(
    "choice",
    metadata,
    Column("phone", sa.String(32), primary_key=True),
    Column("word", sa.String(20), nullable=False),
    Column("options", sa.JSON, nullable=False),
    Column("until", Instant, nullable=False),
)

# What was said to booking of guests' answers, to be said again after a restore.
guest_reply = Table(
    "guest_reply",
    metadata,
    Column("thing", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("answer", sa.String(20), nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("booking", sa.String(80), nullable=True),
    Column("person", sa.String(36), nullable=True),
    Column("sitting", sa.String(80), nullable=True),
    Index("guest_reply_booking", "booking"),
)

# Numbers to which no letter may go, or may go again; what stands for them, not they themselves.
contact_state = Table(
    "contact_state",
    metadata,
    Column("mark", sa.String(64), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("opted_out", sa.Boolean, nullable=False),
    Column("unread_since", Instant, nullable=True),
    Column("changed_at", Instant, nullable=False),
    Column("silent_until", Instant, nullable=True),  # for letters came back
)

# What providers told of letters, until it is known of which; then, or an hour later, it is gone.
delivery_receipt = Table(
    "delivery_receipt",
    metadata,
    Column("number", sa.Integer, primary_key=True),
    Column("provider", sa.String(40), nullable=False),
    Column("ref", sa.String(200), nullable=False),  # the provider's name for the letter, or ""
    Column("name", sa.String(32), nullable=False),  # ours, or ""
    Column("delivery", sa.String(20), nullable=False),
    Column("detail", sa.String(60), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("look_at", Instant, nullable=False),
    Index("delivery_receipt_look_at", "look_at", "number"),
)

known_ask = Table(  # what persons were asked; short links lead there, also when it is over
    "known_ask",
    metadata,
    Column("person", sa.String(36), ForeignKey("known_person.id", ondelete="CASCADE"), primary_key=True),
    Column("sitting", sa.String(80), primary_key=True),
    Column("call", sa.String(64), nullable=False),
    Column("until", Instant, nullable=False),
    Column("link", sa.String(500), nullable=False),
    Column("short_code", sa.String(20), nullable=False, unique=True),
    Column("standing", sa.Boolean, nullable=False),
)

# A host's words to the guests of a sitting.
host_message = Table(
    "host_message",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),
    Column("audience", sa.String(20), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("urgent", sa.Boolean, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("people", sa.Integer, nullable=False),
    Index("host_message_sitting", "sitting"),
)

known_alert = Table(
    "known_alert",
    metadata,
    Column("thing", sa.String(120), primary_key=True),
    Column("kind", sa.String(40), nullable=False),
    Column("sitting", sa.String(80), nullable=False),
    Column("severity", sa.String(20), nullable=False),
    Column("standing", sa.Boolean, nullable=False),
    Column("raised", sa.BigInteger, nullable=False),  # microseconds: one time that it was raised
    Column("facts", sa.JSON, nullable=False),
    Column("link", sa.String(500), nullable=False),
    Column("short_link", sa.String(500), nullable=False),
)

digest_line = Table(
    "digest_line",
    metadata,
    Column("who", sa.String(16), primary_key=True),  # stands for a person
    Column("thing", sa.String(120), primary_key=True),
    Column("raised", sa.BigInteger, primary_key=True),
    Column("severity", sa.String(20), primary_key=True),
    Column("letter", sa.String(200), nullable=False),  # the digest that tells it
    Index("digest_line_letter", "letter"),
)

sms_credit = Table(
    "sms_credit",
    metadata,
    Column("provider", sa.String(40), primary_key=True),
    Column("remaining", sa.Integer, nullable=False),  # how many SMS it will still send
    Column("told_at", Instant, nullable=False),
    Column("low_since", Instant, nullable=True),
    Column("revision", sa.BigInteger, nullable=False, server_default="0"),
)

# How often it was told that a provider's credit is low, as last heard: the letters themselves are forgotten sooner.
credit_telling = Table(
    "credit_telling",
    metadata,
    Column("provider", sa.String(40), primary_key=True),
    Column("raised_at", Instant, nullable=False),
    Column("telling", sa.Integer, nullable=False),
)

provider_pace = Table(
    "provider_pace",
    metadata,
    Column("provider", sa.String(40), primary_key=True),
    Column("spent_until", Instant, nullable=False),  # what was handed to it is paid off by then
)

provider_health = Table(
    "provider_health",
    metadata,
    Column("provider", sa.String(40), primary_key=True),
    Column("accepted_at", Instant, nullable=True),
    Column("failed_at", Instant, nullable=True),
    Column("failure", sa.String(200), nullable=True),
    Column("rests_until", Instant, nullable=True),  # after several failures it is left alone
)

letter_count = Table(  # of letters that are forgotten
    "letter_count",
    metadata,
    Column("day", sa.Date, primary_key=True),
    Column("kind", sa.String(40), primary_key=True),
    Column("channel", sa.String(10), primary_key=True),
    Column("state", sa.String(20), primary_key=True),
    Column("count", sa.Integer, nullable=False),
    Column("parts", sa.Integer, nullable=False, server_default="0"),
    Column("cost", sa.BigInteger, nullable=False, server_default="0"),
)

mailbox = Table(
    "mailbox",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("key", sa.String(200), nullable=False, unique=True),
    Column("channel", sa.String(10), nullable=False),
    Column("address", sa.String(320), nullable=False),
    Column("subject", sa.Text, nullable=False),
    Column("text", sa.Text, nullable=False),
    Column("html", sa.Text, nullable=False),
    Column("calendar", sa.Text, nullable=True),
    Column("received_at", Instant, nullable=False),
)

# Who was forgotten on request; what stands for their address or number, not it itself.
erasure = journal_table(metadata)

guest_link = Table(  # to a guest's own page, while it is good
    "guest_link",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("address", sa.String(320), nullable=False),
    Column("valid_until", Instant, nullable=False),
)

known_staff = Table(
    "known_staff",
    metadata,
    Column("id", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("name", sa.String(200), nullable=False),
    Column("role", sa.String(20), nullable=False),
    Column("cantines", sa.JSON, nullable=False),  # by slug; an administrator's are all, and not named
    Column("revoked", sa.Boolean, nullable=False),
)

"""The tables of capacity."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table

from shared.database import Instant
from shared.messaging.tables import messaging_tables

metadata = MetaData()
MESSAGING = messaging_tables(metadata)

cantine = Table(
    "cantine",
    metadata,
    Column("slug", sa.String(60), primary_key=True),
    Column("name", sa.String(120), nullable=False),
    Column("city", sa.String(80), nullable=False),
    Column("address", sa.String(200), nullable=False),
    Column("phone", sa.String(32), nullable=False),
    Column("email", sa.String(320), nullable=False),
    Column("zone", sa.String(60), nullable=False),
    Column("reminder_days", sa.Integer, nullable=False, server_default="1"),
    Column("reminder_at", sa.Time, nullable=False, server_default="16:00:00"),
    Column("morning_sms", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("thanks", sa.Boolean, nullable=False, server_default=sa.false()),
)

waiting_list = Table(  # the rules of a cantine's waiting lists, where it has chosen any
    "waiting_list",
    metadata,
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
    Column("policy", sa.String(20), nullable=False),
    Column("offers_hours", sa.Integer, nullable=False),
)

kitchen = Table(
    "kitchen",
    metadata,
    Column("cantine", sa.String(60), ForeignKey("cantine.slug", ondelete="CASCADE"), primary_key=True),
    Column("rule", sa.JSON, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("email", sa.String(320), nullable=True, unique=True),  # in lower case; null: a tablet
    Column("language", sa.String(10), nullable=False),
    Column("role", sa.String(20), nullable=False),
    Column("revision", sa.BigInteger, nullable=False, server_default="1"),
    Column("until", Instant, nullable=True),  # of a tablet: when its session ends
)

# Of somebody who was removed only this stays, so that it can be said again that they were.
former_staff = Table(
    "former_staff",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("role", sa.String(20), nullable=False),
    Column("revision", sa.BigInteger, nullable=False),
    Column("removed_at", Instant, nullable=False),
)

staff_deed = Table(
    "staff_deed",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", sa.String(200), nullable=True),  # a name; null: the command line, or the clock
    Column("whom", sa.String(200), nullable=False),  # a name
    Column("deed", sa.String(20), nullable=False),
    Column("role", sa.String(20), nullable=False),
    Column("cantines", sa.JSON, nullable=False),
    Column("concerns", sa.Text, nullable=False),  # the slugs of the cantines before and after, each between blanks
)

staff_cantine = Table(
    "staff_cantine",
    metadata,
    Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
)

sitting = Table(
    "sitting",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
    Column("date", sa.Date, nullable=False),  # local to the cantine, as are the two times
    Column("cooking_starts", sa.Time, nullable=False),
    Column("meal_starts", sa.Time, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("cutoff_at", Instant, nullable=False),
    Column("status", sa.String(20), nullable=False),
    Column("menu", sa.String(500), nullable=False),
    Column("allergens", sa.JSON(none_as_null=True), nullable=True),  # null: not yet known
    Column("diets", sa.JSON, nullable=False),
    Column("break_even_price", sa.Integer, nullable=False),  # cents
    Column("food_price", sa.Integer, nullable=True),  # cents; null: not told
    Column("cutoff_days", sa.Integer, nullable=False),  # before the date
    Column("cutoff_time", sa.Time, nullable=False),
    Column("kitchen", sa.JSON, nullable=False),
    Column("own_kitchen", sa.JSON, nullable=False),
    Column("confirmed_only", sa.Boolean, nullable=False),
    Column("confirmed_only_from", Instant, nullable=True),
    Column("seats", sa.Integer, nullable=False),  # the limit in force, as the kitchen rule gives it
    Column("cook_places", sa.Integer, nullable=False),
    Column("held", sa.Integer, nullable=False),
    Column("cooks_held", sa.Integer, nullable=False),
    Column("overhang", sa.Integer, nullable=False),
    Column("cook_overhang", sa.Integer, nullable=False),
    Column("waitlist_length", sa.Integer, nullable=False),
    Column("waitlist_closed", sa.Boolean, nullable=False),
    Column("decide_days", sa.Integer, nullable=True),  # null: nobody is asked whether it goes ahead
    Column("decide_time", sa.Time, nullable=True),
    Column("min_covers", sa.Integer, nullable=True),
    Column("min_cooks", sa.Integer, nullable=True),
    Column("decide_at", Instant, nullable=True),
    Column("going_ahead_at", Instant, nullable=True),  # a person said so
    Column("going_ahead_by", sa.String(36), nullable=True),
    Column("template", sa.String(36), nullable=True),  # what it was made from, and for which day: see decision 0015
    Column("template_day", sa.Date, nullable=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("described", sa.BigInteger, nullable=False),  # the revision that last changed what calendars show
    Column("waitlist_policy", sa.String(20), nullable=False),
    Column("alerts", sa.JSON, nullable=False),  # of the alerts not left behind: how far each has gone
    Column("alerts_due_at", Instant, nullable=True),  # when time alone may change them; null: never again
    Column("covers_in_time", sa.Integer, nullable=False),  # held when booking closed, as are the cooks
    Column("cooks_in_time", sa.Integer, nullable=False),
    Column("watched_since", Instant, nullable=True),  # when it was opened; null: long ago
    Column("offers_hours", sa.Integer, nullable=False),
    Column("offered", sa.Integer, nullable=False),
    Column("untaken", sa.Integer, nullable=False, server_default="0"),  # seats that were offered, and found nobody
    Column("zone", sa.String(60), nullable=False),
    Column("forgotten", sa.Boolean, nullable=False, server_default=sa.false()),  # the claims on it are
    Column("cook_call", sa.JSON(none_as_null=True), nullable=True),  # the last one; null: never called for
    Column("ruled_for", Instant, nullable=True),  # the cutoff before which the rule for calls has looked at it
    Column("taken_by", sa.JSON, nullable=False, server_default=sa.text("'{}'")),  # of those held: by kind of booking
    Column("released", sa.JSON, nullable=False, server_default=sa.text("'[]'")),  # for whom seats are kept no longer…
    Column("let_go", sa.JSON, nullable=False, server_default=sa.text("'[]'")),  # …as a person said before the hour
    Column("release_at", Instant, nullable=True),  # when the next that are kept are released by the clock
    CheckConstraint("held >= 0 AND held <= seats + overhang", name="held_fits"),
    CheckConstraint("cooks_held >= 0 AND cooks_held <= cook_places + cook_overhang", name="cooks_held_fit"),
    CheckConstraint("overhang >= 0 AND cook_overhang >= 0", name="overhang_counts"),
    CheckConstraint("waitlist_length >= 0", name="waitlist_counts"),
    CheckConstraint("offered >= 0", name="offered_counts"),
    Index("sitting_of_cantine", "cantine", "date"),
    Index("sitting_of_template", "template", "template_day", unique=True),
    Index("sitting_cutoff_due", "waitlist_closed", "cutoff_at"),
    Index("sitting_alerts_due", "alerts_due_at"),
    Index("sitting_confirmed_only_due", "confirmed_only", "confirmed_only_from"),
    Index("sitting_forgotten", "forgotten", "starts_at"),
    Index("sitting_release_due", "release_at"),
)

sitting_deed = Table(
    "sitting_deed",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("sitting", sa.String(36), ForeignKey("sitting.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", sa.String(200), nullable=True),  # a name; null: the software by itself
    Column("program", sa.Boolean, nullable=False),
    Column("cause", sa.String(20), nullable=False),
    Column("changes", sa.JSON, nullable=False),  # [fact, before, after] each
    Index("deed_of_sitting", "sitting", "id"),
)

sitting_template = Table(
    "sitting_template",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
    Column("first", sa.Date, nullable=False),  # its weekday is that of all
    Column("until", sa.Date, nullable=True),  # included
    Column("every", sa.Integer, nullable=False),  # weeks
    Column("on_holidays", sa.Boolean, nullable=False),
    Column("usual", sa.JSON, nullable=False),  # the plan of each day, as `store.templates` writes it
    Column("made_until", sa.Date, nullable=True),  # null: look at all days again
    Index("template_of_cantine", "cantine"),
)

closure = Table(
    "closure",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
    Column("name", sa.String(100), nullable=False),
    Column("first", sa.Date, nullable=False),
    Column("last", sa.Date, nullable=False),  # included
    Index("closure_of_cantine", "cantine", "first"),
)

observance = Table(
    "observance",
    metadata,
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
    Column("region", sa.String(20), nullable=False),  # whose public holidays; no row: those of all France
)

claim = Table(
    "claim",
    metadata,
    Column("booking", sa.String(80), primary_key=True),
    Column("sitting", sa.String(80), nullable=False),  # of an unknown sitting too, so no foreign key
    Column("request_revision", sa.BigInteger, nullable=False),
    Column("revision", sa.BigInteger, nullable=False),
    Column("standing", sa.String(20), nullable=False),
    Column("held_cooks", sa.Integer, nullable=False),
    Column("held_eaters", sa.Integer, nullable=False),
    Column("held_children", sa.Integer, nullable=False),
    Column("wished_cooks", sa.Integer, nullable=False),
    Column("wished_eaters", sa.Integer, nullable=False),
    Column("wished_children", sa.Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("why", sa.String(40), nullable=True),
    Column("waits_for", sa.String(40), nullable=True),  # which queue of the waiting list; null: in none
    Column("size", sa.Integer, nullable=True),  # how much it takes to seat who waits without a seat
    Column("offer_id", sa.String(64), nullable=True),
    Column("offer_until", Instant, nullable=True),
    Column("kept_cooks", sa.Integer, nullable=False),
    Column("kept_eaters", sa.Integer, nullable=False),
    Column("group_key", sa.String(64), nullable=True),  # the same for bookings that share a contact
    Column("kind", sa.String(64), nullable=True),  # "newcomers", or the id of a partner: these count as a group too
    Column("meals_left", sa.Integer, nullable=True),  # of the partner's month, if that is why it was refused
    Index("claim_of_sitting", "sitting", "booking"),
)
Index(
    "claim_in_line",
    claim.c.sitting,
    claim.c.standing,
    claim.c.waits_for,
    claim.c.asked_at,
    claim.c.booking,
    postgresql_where=claim.c.waits_for.is_not(None),
    sqlite_where=claim.c.waits_for.is_not(None),
)
Index(
    "claim_of_kind_in_line",
    claim.c.sitting,
    claim.c.kind,
    claim.c.standing,
    claim.c.waits_for,
    claim.c.asked_at,
    claim.c.booking,
    postgresql_where=sa.and_(claim.c.waits_for.is_not(None), claim.c.kind.is_not(None)),
    sqlite_where=sa.and_(claim.c.waits_for.is_not(None), claim.c.kind.is_not(None)),
)
Index(
    "claim_by_size",
    claim.c.sitting,
    claim.c.size,
    claim.c.asked_at,
    claim.c.booking,
    postgresql_where=claim.c.size.is_not(None),
    sqlite_where=claim.c.size.is_not(None),
)
Index(
    "claim_offered",
    claim.c.sitting,
    claim.c.booking,
    postgresql_where=claim.c.offer_until.is_not(None),
    sqlite_where=claim.c.offer_until.is_not(None),
)
Index(
    "claim_of_group",
    claim.c.sitting,
    claim.c.group_key,
    postgresql_where=claim.c.group_key.is_not(None),
    sqlite_where=claim.c.group_key.is_not(None),
)
Index(
    "claim_of_kind",
    claim.c.kind,
    claim.c.sitting,
    postgresql_where=claim.c.kind.is_not(None),
    sqlite_where=claim.c.kind.is_not(None),
)
Index(
    "claim_offer_ends",
    claim.c.offer_until,
    claim.c.sitting,
    postgresql_where=claim.c.offer_until.is_not(None),
    sqlite_where=claim.c.offer_until.is_not(None),
)

# Locked while a decision may give meals of this month to the partner; what it has in all the sittings say.
partner_month = Table(
    "partner_month",
    metadata,
    Column("partner", sa.String(64), primary_key=True),
    Column("month", sa.Date, primary_key=True),  # its first day
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=True),
    Index("sign_in_of_staff", "staff", "requested_at"),
)

token = Table(
    "token",
    metadata,
    Column("id", sa.String(36), primary_key=True),
    Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("name", sa.String(60), nullable=False),
    Column("digest", sa.String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=True),
    Index("token_of_staff", "staff", "made_at"),
)

calendar = Table(
    "calendar",
    metadata,
    Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("key", sa.String(32), nullable=False, unique=True),  # signed, it stands in a secret address
)

alert = Table(
    "alert",
    metadata,
    Column("about", sa.String(80), primary_key=True),
    Column("kind", sa.String(40), primary_key=True),
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), nullable=False),
    Column("severity", sa.String(20), nullable=False),
    Column("facts", sa.JSON, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("resolved_at", Instant, nullable=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("answered_by", sa.String(36), ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("answered_at", Instant, nullable=True),
    Column("escalates_at", Instant, nullable=True),
    Column("circle", sa.Integer, nullable=False),
    Index("alert_of_cantine", "cantine", "updated_at"),
    Index("alert_escalates", "escalates_at"),
)

alert_settings = Table(
    "alert_settings",
    metadata,
    Column("cantine", sa.String(60), ForeignKey("cantine.slug"), primary_key=True),
    Column("nearly_full", sa.Integer, nullable=False),  # percent
    Column("waiting", sa.Integer, nullable=False),
    Column("cooks", sa.Integer, nullable=False),
    Column("guests", sa.Integer, nullable=False),
    Column("days", sa.Integer, nullable=False),
    Column("quiet_since", sa.Time, nullable=False),  # local, as is quiet_until
    Column("quiet_until", sa.Time, nullable=False),
    Column("on_duty", sa.String(36), ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("answer_within", sa.Integer, nullable=False),  # minutes
    Column("call_hours", sa.Integer, nullable=False),  # before the cutoff; 0: cooks are never called by themselves
)

alert_wishes = Table(
    "alert_wishes",
    metadata,
    Column("staff", sa.String(36), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("phone", sa.String(32), nullable=True),
    Column("urgent", sa.String(10), nullable=False),
    Column("important", sa.String(10), nullable=False),
    Column("routine", sa.String(10), nullable=False),
    Column("digest_at", sa.Time, nullable=False),  # local to the cantine
)

sms_credit = Table(  # how many SMS can still be sent, as notifications told of it
    "sms_credit",
    metadata,
    Column("provider", sa.String(80), primary_key=True),
    Column("remaining", sa.Integer, nullable=False),
    Column("heard", sa.BigInteger, nullable=False),  # the revision of notifications
    Column("scarce", sa.Boolean, nullable=False),
    Column("raised_at", Instant, nullable=True),
    Column("telling", sa.Integer, nullable=False),
    Column("reminders", sa.Integer, nullable=False),
    Column("answered_by", sa.String(36), ForeignKey("staff.id", ondelete="SET NULL"), nullable=True),
    Column("answered_at", Instant, nullable=True),
    Column("escalates_at", Instant, nullable=True),
    Column("revision", sa.BigInteger, nullable=False),
)

service_state = Table(  # how each of the three services told last that it is
    "service_state",
    metadata,
    Column("service", sa.String(40), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),  # of the service that tells
    Column("told", sa.JSON, nullable=False),
    Column("heard_at", Instant, nullable=False),  # by our clock
    Column("deaf_since", Instant, nullable=True),  # since when no worker is at its queue, or it reaches no broker
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

cook_replies = Table(  # of the last call that booking told of
    "cook_replies",
    metadata,
    Column("sitting", sa.String(80), primary_key=True),
    Column("revision", sa.BigInteger, nullable=False),
    Column("call", sa.String(64), nullable=False),
    Column("asked", sa.Integer, nullable=False),
    Column("coming", sa.Integer, nullable=False),
    Column("declined", sa.Integer, nullable=False),
)

money = Table(
    "money",
    metadata,
    Column("sitting", sa.String(36), ForeignKey("sitting.id"), primary_key=True),
    Column("food_cost", sa.Integer, nullable=False),  # cents
    Column("contributions", sa.Integer, nullable=False),  # cents, of all guests together
    Column("by", sa.String(36), nullable=False),
    Column("at", Instant, nullable=False),
)

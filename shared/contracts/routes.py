"""Who says what to whom. Names of tasks are `<receiver>.<kind>.v<version>`."""

from dataclasses import dataclass

from shared.contracts.alert import CapacityAlert, CapacityAlertSchema
from shared.contracts.attendance import Attendance, AttendanceSchema
from shared.contracts.booking import BookingNotice, BookingNoticeSchema
from shared.contracts.cook_call import CookCall, CookCallSchema, CookReplies, CookRepliesSchema
from shared.contracts.erasure import Erased, ErasedSchema, Erasure, ErasureSchema
from shared.contracts.guest_link import GuestLink, GuestLinkSchema
from shared.contracts.host_message import HostMessage, HostMessageSchema
from shared.contracts.message import Message, MessageSchema
from shared.contracts.person import PersonNotice, PersonNoticeSchema
from shared.contracts.receipt import Receipt, ReceiptSchema
from shared.contracts.reply import ContactState, ContactStateSchema, GuestReply, GuestReplySchema
from shared.contracts.seats import SeatsAnswer, SeatsAnswerSchema, SeatsRequest, SeatsRequestSchema
from shared.contracts.service_state import ServiceState, ServiceStateSchema
from shared.contracts.sign_in import SignInLink, SignInLinkSchema
from shared.contracts.sitting import SittingNotice, SittingNoticeSchema
from shared.contracts.sms_credit import CreditAlert, CreditAlertSchema, SmsCredit, SmsCreditSchema
from shared.contracts.staff import StaffNotice, StaffNoticeSchema

BOOKING, CAPACITY, NOTIFICATIONS = "booking", "capacity", "notifications"
SERVICES = (BOOKING, CAPACITY, NOTIFICATIONS)


@dataclass(frozen=True)
class Route:
    """One kind of message, its schema, the service that says it and those that hear it.

    Somebody waits for a hurried message before a page; the others may wait a moment for company, in which a newer state
    often takes the place of an older one.
    """

    message: type[Message]
    schema: MessageSchema
    sender: str
    receivers: tuple[str, ...]
    hurried: bool = True


ROUTES: tuple[Route, ...] = (
    Route(SeatsRequest, SeatsRequestSchema(), BOOKING, (CAPACITY,)),
    Route(SeatsAnswer, SeatsAnswerSchema(), CAPACITY, (BOOKING,)),
    Route(SittingNotice, SittingNoticeSchema(), CAPACITY, (BOOKING, NOTIFICATIONS), hurried=False),
    Route(BookingNotice, BookingNoticeSchema(), BOOKING, (NOTIFICATIONS,), hurried=False),
    Route(CapacityAlert, CapacityAlertSchema(), CAPACITY, (NOTIFICATIONS,)),
    Route(SignInLink, SignInLinkSchema(), CAPACITY, (NOTIFICATIONS,)),
    Route(Attendance, AttendanceSchema(), BOOKING, (CAPACITY,), hurried=False),
    Route(StaffNotice, StaffNoticeSchema(), CAPACITY, (BOOKING, NOTIFICATIONS)),
    Route(HostMessage, HostMessageSchema(), BOOKING, (NOTIFICATIONS,)),
    Route(CookCall, CookCallSchema(), CAPACITY, (BOOKING,)),
    Route(CookReplies, CookRepliesSchema(), BOOKING, (CAPACITY,), hurried=False),
    Route(PersonNotice, PersonNoticeSchema(), BOOKING, (NOTIFICATIONS,), hurried=False),
    Route(Erasure, ErasureSchema(), BOOKING, (NOTIFICATIONS,)),
    Route(Erased, ErasedSchema(), NOTIFICATIONS, (BOOKING,), hurried=False),
    Route(GuestLink, GuestLinkSchema(), BOOKING, (NOTIFICATIONS,)),
    Route(GuestReply, GuestReplySchema(), NOTIFICATIONS, (BOOKING,)),
    Route(SmsCredit, SmsCreditSchema(), NOTIFICATIONS, (CAPACITY,), hurried=False),
    Route(CreditAlert, CreditAlertSchema(), CAPACITY, (NOTIFICATIONS,)),
    Route(ContactState, ContactStateSchema(), NOTIFICATIONS, (BOOKING,), hurried=False),
)

HURRIED = frozenset(route.message.kind for route in ROUTES if route.hurried)

RECEIPT_SCHEMA = ReceiptSchema()
STATE_SCHEMA = ServiceStateSchema()

OF_THE_POST: dict[str, MessageSchema] = {Receipt.kind: RECEIPT_SCHEMA, ServiceState.kind: STATE_SCHEMA}
"""What passes beside the routes: who has heard what, and how each service is. Neither is receipted."""

_BY_KIND = {route.message.kind: route for route in ROUTES}


def route_of(kind: str) -> Route:
    """The route of a kind of message. Raises KeyError for an unknown kind."""
    return _BY_KIND[kind]


def schema_of(kind: str) -> MessageSchema:
    """The schema that reads and writes a kind of message, those of the post included."""
    return OF_THE_POST[kind] if kind in OF_THE_POST else _BY_KIND[kind].schema


def task_name(receiver: str, kind: str, version: int = 1) -> str:
    """The name of the Celery task by which `receiver` hears `kind`."""
    return f"{receiver}.{kind}.v{version}"

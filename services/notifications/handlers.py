"""What notifications hears. It says nothing but receipts, so it has nothing to say again."""

from collections.abc import Mapping

from services.notifications.use_cases.hear_alerts import hear_alerts
from services.notifications.use_cases.hear_bookings import hear_bookings
from services.notifications.use_cases.hear_host_messages import hear_host_messages
from services.notifications.use_cases.hear_persons import hear_persons
from services.notifications.use_cases.hear_sign_in_links import hear_sign_in_links
from services.notifications.use_cases.hear_sittings import hear_sittings
from services.notifications.use_cases.hear_staff import hear_staff
from shared.contracts.alert import CapacityAlert
from shared.contracts.booking import BookingNotice
from shared.contracts.host_message import HostMessage
from shared.contracts.message import Message
from shared.contracts.person import PersonNotice
from shared.contracts.sign_in import SignInLink
from shared.contracts.sitting import SittingNotice
from shared.contracts.staff import StaffNotice
from shared.messaging.inbox import Handler
from shared.messaging.outbox import SayAgain

HANDLERS: Mapping[type[Message], Handler] = {
    SittingNotice: hear_sittings,
    BookingNotice: hear_bookings,
    CapacityAlert: hear_alerts,
    HostMessage: hear_host_messages,
    SignInLink: hear_sign_in_links,
    StaffNotice: hear_staff,
    PersonNotice: hear_persons,
}

SAY_AGAIN: Mapping[str, SayAgain] = {}

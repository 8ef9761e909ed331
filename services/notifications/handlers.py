"""What notifications hears, and how it says again what booking knows better."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.notifications.store.erasing import JOURNAL
from services.notifications.use_cases.hear_alerts import hear_alerts
from services.notifications.use_cases.hear_bookings import hear_bookings
from services.notifications.use_cases.hear_credit_alerts import hear_credit_alerts
from services.notifications.use_cases.hear_erasures import hear_erasures
from services.notifications.use_cases.hear_guest_links import hear_guest_links
from services.notifications.use_cases.hear_host_messages import hear_host_messages
from services.notifications.use_cases.hear_persons import hear_persons
from services.notifications.use_cases.hear_sign_in_links import hear_sign_in_links
from services.notifications.use_cases.hear_sittings import hear_sittings
from services.notifications.use_cases.hear_staff import hear_staff
from services.notifications.use_cases.look_at_credit import say_credits_above
from services.notifications.use_cases.reach import say_contacts_above
from services.notifications.use_cases.say_replies import leave_replies
from shared.contracts.alert import CapacityAlert
from shared.contracts.booking import BookingNotice
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.guest_link import GuestLink
from shared.contracts.host_message import HostMessage
from shared.contracts.message import Message
from shared.contracts.person import PersonNotice
from shared.contracts.reply import ContactState, GuestReply
from shared.contracts.sign_in import SignInLink
from shared.contracts.sitting import SittingNotice
from shared.contracts.sms_credit import CreditAlert, SmsCredit
from shared.contracts.staff import StaffNotice
from shared.links import Links
from shared.messaging.inbox import Handler
from shared.messaging.outbox import SayAgain
from shared.messaging.service import UnitOfWork


def handlers(links: Links) -> Mapping[type[Message], Handler]:
    """Who handles which kind of message."""
    return {
        SittingNotice: lambda work, notices: hear_sittings(work, links, notices),
        BookingNotice: lambda work, notices: hear_bookings(work, links, notices),
        CapacityAlert: _then_send(hear_alerts),
        CreditAlert: _then_send(hear_credit_alerts),
        HostMessage: _then_send(hear_host_messages),
        SignInLink: _then_send(hear_sign_in_links),
        GuestLink: _then_send(hear_guest_links),
        Erasure: lambda work, heard: hear_erasures(work, links, heard),
        StaffNotice: hear_staff,
        PersonNotice: _then_send(hear_persons),
    }


def _then_send(handler: Handler) -> Handler:
    """Nearly always this makes a letter that is due: the sender is woken."""

    def handle(work: UnitOfWork, messages: Sequence[Any]) -> None:
        handler(work, messages)
        work.hurry()

    return handle


def say_again(sms_credit_low: int) -> Mapping[str, SayAgain]:
    """How each kind of message is said above what a neighbour keeps."""
    return {
        GuestReply.kind: leave_replies,
        ContactState.kind: say_contacts_above,
        Erased.kind: JOURNAL.leave,
        SmsCredit.kind: lambda work, kept: say_credits_above(work, kept, sms_credit_low),
    }

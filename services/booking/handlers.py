"""What booking hears, and how it says again what a neighbour knows better."""

from collections.abc import Mapping

from services.booking.store.erasing import JOURNAL
from services.booking.use_cases.ask_cooks import hear_cook_calls
from services.booking.use_cases.check_in import say_attendance_above
from services.booking.use_cases.erase import hear_erased
from services.booking.use_cases.hear_answers import hear_answers
from services.booking.use_cases.hear_replies import hear_replies
from services.booking.use_cases.hear_sittings import hear_sittings
from services.booking.use_cases.hear_staff import hear_staff
from services.booking.use_cases.persons import say_persons_above
from services.booking.use_cases.reach import hear_contact_states
from services.booking.use_cases.resay import leave_wishes_to_answers, say_notices_above
from services.booking.use_cases.say_replies import say_replies_above
from services.booking.use_cases.send_links import leave_links
from services.booking.use_cases.voice import Voice
from services.booking.use_cases.write_to_guests import leave_messages
from shared.contracts.attendance import Attendance
from shared.contracts.booking import BookingNotice
from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.guest_link import GuestLink
from shared.contracts.host_message import HostMessage
from shared.contracts.message import Message
from shared.contracts.person import PersonNotice
from shared.contracts.reply import ContactState, GuestReply
from shared.contracts.seats import SeatsAnswer, SeatsRequest
from shared.contracts.sitting import SittingNotice
from shared.contracts.staff import StaffNotice
from shared.links import Links
from shared.messaging.inbox import Handler
from shared.messaging.outbox import SayAgain


def handlers(voice: Voice, links: Links) -> Mapping[type[Message], Handler]:
    """Who handles which kind of message."""
    return {
        SeatsAnswer: lambda work, answers: hear_answers(work, voice, answers),
        SittingNotice: hear_sittings,
        StaffNotice: hear_staff,
        CookCall: lambda work, calls: hear_cook_calls(work, voice, calls),
        GuestReply: lambda work, replies: hear_replies(work, voice, replies),
        ContactState: hear_contact_states,
        Erased: lambda work, heard: hear_erased(work, links, voice, heard),
    }


def say_again(voice: Voice) -> Mapping[str, SayAgain]:
    """Who says a kind of message again, above the revision that its receiver keeps."""
    return {
        SeatsRequest.kind: leave_wishes_to_answers,
        Attendance.kind: say_attendance_above,
        HostMessage.kind: leave_messages,
        GuestLink.kind: leave_links,
        Erasure.kind: JOURNAL.leave,
        CookReplies.kind: say_replies_above,
        PersonNotice.kind: lambda work, kept: say_persons_above(work, voice, kept),
        BookingNotice.kind: lambda work, kept: say_notices_above(work, voice, kept),
    }

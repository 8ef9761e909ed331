"""What capacity hears."""

from collections.abc import Mapping, Sequence

from services.capacity.settings import Settings
from services.capacity.use_cases.after_meal import hear_attendance
from services.capacity.use_cases.answer_requests import answer_requests
from services.capacity.use_cases.call_cooks import hear_replies, say_calls_again
from services.capacity.use_cases.resay import leave_answers_to_wishes, say_nothing_again, say_sittings_again
from services.capacity.use_cases.say_staff import say_staff_again
from services.capacity.use_cases.sms_credit import hear_credit
from shared.contracts.alert import CapacityAlert
from shared.contracts.attendance import Attendance
from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.message import Message
from shared.contracts.seats import SeatsAnswer, SeatsRequest
from shared.contracts.sign_in import SignInLink
from shared.contracts.sitting import SittingNotice
from shared.contracts.sms_credit import CreditAlert, SmsCredit
from shared.contracts.staff import StaffNotice
from shared.messaging.inbox import Handler
from shared.messaging.outbox import SayAgain
from shared.messaging.service import UnitOfWork


def handlers(settings: Settings) -> Mapping[type[Message], Handler]:
    """One handler for each kind of message."""

    def seats_requested(work: UnitOfWork, requests: Sequence[SeatsRequest]) -> None:
        answer_requests(work, requests, settings.public_url)

    return {
        SeatsRequest: seats_requested,
        Attendance: hear_attendance,
        CookReplies: hear_replies,
        SmsCredit: lambda work, messages: hear_credit(work, messages, settings.public_url),
    }


SAY_AGAIN: Mapping[str, SayAgain] = {
    SeatsAnswer.kind: leave_answers_to_wishes,
    SittingNotice.kind: say_sittings_again,
    CapacityAlert.kind: say_nothing_again,
    SignInLink.kind: say_nothing_again,
    StaffNotice.kind: say_staff_again,
    CookCall.kind: say_calls_again,
    CreditAlert.kind: say_nothing_again,
}

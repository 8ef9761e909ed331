"""What residents type: read by the rules of the domain, and kept as typed for the next try."""

import re
from collections.abc import Collection, Mapping

from services.booking.domain.booking import Booking
from services.booking.domain.company import COMPANY_FIELDS, Company, Greeting, company_of, names_in
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.parties import PARTY_FIELDS, party_of
from services.booking.domain.proxy import PROXY_FIELDS
from services.booking.domain.wish import Wish, wish_by_voice, wish_of
from shared.contracts.party import Party

WISH_FIELDS = (
    *(*PARTY_FIELDS, "newcomer", "partner", *PROXY_FIELDS, "name", "email", "phone", "language"),
    *(*COMPANY_FIELDS, "membership", "thanks"),
)
_WHOLE = re.compile(r"-?[0-9]{1,6}")


def typed(form: Mapping[str, str], fields: Collection[str]) -> dict[str, str]:
    """What was typed, to be shown again: as much of it as a field can show."""
    return {name: "".join(c for c in form.get(name, "") if c.isprintable())[:300] for name in fields}


def wish_in(form: Mapping[str, str], languages: Collection[str], *, sms: bool, partner: str | None = None) -> Wish:
    """The wish in a form, of who comes with this partner (by id) if there is one. Raises InvalidInput with everything
    that is wrong.
    """
    numbers, complaints = _numbers(form)
    try:
        wish = wish_of(
            **numbers,
            name=form.get("name", ""),
            email=form.get("email", ""),
            phone=form.get("phone", ""),
            language=form.get("language", ""),
            languages=languages,
            sms=sms,
            newcomer=form.get("newcomer") == "1",
            partner=partner,
            thanks=partner is None and form.get("thanks") == "1",  # nobody agrees to it for somebody else
            membership=partner is None and form.get("membership") == "1",
            proxy_name=form.get("proxy_name", ""),
            contact_is=form.get("contact_is", ""),
            companions=names_in(form.get("companions", "")),
            shows_name=form.get("shows_name") == "1",
            greeting=_greeting(form, newcomer=form.get("newcomer") == "1"),
        )
    except InvalidInput as error:
        complaints = error.complaints | complaints
    if complaints:
        raise InvalidInput(_in_order(complaints))
    return wish


def call_in(form: Mapping[str, str], languages: Collection[str], *, booked_by: str, partners: Collection[str]) -> Wish:
    """The wish that a member of staff was told by telephone; `partners` (by id) are those with whom one may come.
    Raises InvalidInput with everything that is wrong.
    """
    numbers, complaints = _numbers(form)
    partner = form.get("partner") or None
    if partner and partner not in partners:
        complaints["partner"] = Complaint.PARTNER_UNKNOWN
    try:
        wish = wish_by_voice(
            **numbers,
            name=form.get("name", ""),
            phone=form.get("phone", ""),
            language=form.get("language", ""),
            languages=languages,
            booked_by=booked_by,
            newcomer=form.get("newcomer") == "1",
            partner=partner,
        )
    except InvalidInput as error:
        complaints = error.complaints | complaints
    if complaints:
        raise InvalidInput(_in_order(complaints))
    return wish


def party_in(form: Mapping[str, str]) -> Party:
    """The party in a form. Raises InvalidInput."""
    numbers, complaints = _numbers(form)
    if complaints:
        raise InvalidInput(_in_order(complaints))
    return party_of(**numbers)


def company_in(form: Mapping[str, str], booking: Booking, *, by_guest: bool) -> Company:
    """What a form tells of who comes along with a booking; what only its guest may agree to stays as it was for all
    others. Raises InvalidInput.
    """
    before, newcomer = booking.company, booking.newcomer
    return company_of(
        names_in(form.get("companions", "")),
        booking.party,
        shows_name=form.get("shows_name") == "1" if by_guest else before.shows_name,
        greeting=_greeting(form, newcomer=newcomer) if by_guest else before.greeting,
        newcomer=newcomer,
    )


def _greeting(form: Mapping[str, str], *, newcomer: bool) -> Greeting | None:
    one = Greeting.WELCOMED if newcomer else Greeting.WELCOMES
    return one if form.get(one.value) == "1" else None


def _numbers(form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, Complaint]]:
    """The counts; an empty one is 0, and one that is no number is complained of (and read as a lone guest's)."""
    numbers = {"people": 1, "cooks": 0, "children": 0}
    complaints = {}
    for name in PARTY_FIELDS:
        text = form.get(name, "").strip()
        if _WHOLE.fullmatch(text):
            numbers[name] = int(text)
        elif text or name == "people":
            complaints[name] = Complaint.NOT_A_NUMBER
    return numbers, complaints


def _in_order(complaints: Mapping[str, Complaint]) -> dict[str, Complaint]:
    return {name: complaints[name] for name in WISH_FIELDS if name in complaints}

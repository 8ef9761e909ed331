"""What a resident wishes: the same rules for the form and for the API."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services.booking.domain.company import ALONE, Company, Greeting, company_of
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import Contact, caller_of, contact_of
from services.booking.domain.parties import party_of
from services.booking.domain.proxy import GUESTS, Proxy, proxy_of
from shared.contracts.party import Party


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A party that wants to come, and who asks for it; `booked_by` is who of the staff does it for them. A `newcomer`
    comes for the first time; with the `partner` (by id) who said so, if any. They wish for a word after the meal
    (`thanks`), or do not; nobody wishes that for somebody else. `membership` says that they are a member of the
    association, or would like to be. `company` is what they told of who comes along. If a
    `proxy` asks for them, the contact is the guest's name with the ways to reach one of the two.
    """

    party: Party
    contact: Contact
    booked_by: str | None = None
    newcomer: bool = False
    partner: str | None = None
    thanks: bool = False
    proxy: Proxy | None = None
    company: Company = ALONE
    membership: bool = False

    @property
    def details(self) -> tuple[object, ...]:
        """All that was asked, to tell whether the same was asked before."""
        party, contact = self.party, self.contact
        people = (party.cooks, party.eaters, party.children)
        known = (*people, contact.name, contact.email, contact.phone, contact.language)
        ticked = [name for name in ("newcomer", "thanks", "membership") if getattr(self, name)]
        proxy = [self.proxy.name, self.proxy.reached] if self.proxy else []
        company = [self.company.companions, self.company.shows_name, self.company.greeting]
        told = company if self.company != ALONE else []
        return (*known, *ticked, *([self.partner] if self.partner else []), *proxy, *told)


def wish_of(
    *,
    people: int,
    cooks: int,
    children: int,
    name: str,
    email: str,
    phone: str,
    language: str,
    languages: Collection[str],
    sms: bool,
    newcomer: bool = False,
    partner: str | None = None,
    thanks: bool = False,
    proxy_name: str = "",
    contact_is: str = "",
    companions: Iterable[str] = (),
    shows_name: bool = False,
    greeting: Greeting | None = None,
    membership: bool = False,
) -> Wish:
    """A wish from what was typed; who books for somebody else writes their own name (`proxy_name`), and whose the
    contact is: the `guest`'s or the `proxy`'s. Raises InvalidInput with all that is wrong, not only the first."""
    complaints: dict[str, Complaint] = {}
    party = contact = proxy = company = None
    by_proxy, calls = bool(proxy_name.strip() or contact_is), contact_is == GUESTS
    try:
        party = party_of(people, cooks, children)
    except InvalidInput as error:
        complaints |= error.complaints
    try:
        contact = contact_of(
            name=name, email=email, phone=phone, language=language, languages=languages, sms=sms, calls=calls
        )
    except InvalidInput as error:
        complaints |= error.complaints
        if by_proxy and complaints.get("name") is Complaint.NAME_MISSING:
            complaints["name"] = Complaint.GUEST_NAME_MISSING
        if by_proxy and complaints.get("phone") is Complaint.PHONE_NOT_MOBILE:
            complaints["phone"] = Complaint.PROXY_PHONE_NOT_MOBILE
    try:
        proxy = proxy_of(name=proxy_name, contact_is=contact_is)
    except InvalidInput as error:
        complaints |= error.complaints
    if by_proxy or partner:  # nobody agrees for somebody else
        shows_name, greeting = False, None
    try:
        company = company_of(companions, party, shows_name=shows_name, greeting=greeting, newcomer=newcomer)
    except InvalidInput as error:
        complaints |= error.complaints
    if party is None or contact is None or company is None or complaints:
        raise InvalidInput(complaints)
    return Wish(
        party=party,
        contact=contact,
        newcomer=newcomer,
        partner=partner,
        thanks=thanks and proxy is None,
        proxy=proxy,
        company=company,
        membership=membership and proxy is None,
    )


def wish_by_voice(
    *,
    people: int,
    cooks: int,
    children: int,
    name: str,
    phone: str,
    language: str,
    languages: Collection[str],
    booked_by: str,
    newcomer: bool = False,
    partner: str | None = None,
) -> Wish:
    """A wish that a member of staff was told. Raises InvalidInput with everything that is wrong."""
    complaints: dict[str, Complaint] = {}
    party = contact = None
    try:
        party = party_of(people, cooks, children)
    except InvalidInput as error:
        complaints |= error.complaints
    try:
        contact = caller_of(name=name, phone=phone, language=language, languages=languages)
    except InvalidInput as error:
        complaints |= error.complaints
    if party is None or contact is None:
        raise InvalidInput(complaints)
    return Wish(party=party, contact=contact, booked_by=booked_by, newcomer=newcomer, partner=partner)

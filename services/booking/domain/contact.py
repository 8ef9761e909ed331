"""Who reserves, and how they can be reached."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from services.booking.domain.complaints import Complaint, InvalidInput
from shared.text import is_storable

NAME_LENGTH = 80
REGION = "FR"  # for numbers written without a country code
_EMAIL_LENGTH = 254  # characters (RFC 5321)
_PLAIN = re.compile(r"(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[A-Za-z0-9.-]+")  # as nearly all addresses are
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_FICTIONAL = re.compile(r"\+3363998\d{4}")  # reserved by the French regulator for fiction: demos and tests


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A resident's name, ways to be reached and language. All but the language are None where they are not known.

    `phone` is in E.164: a mobile number, or any number where there are no SMS. One that is `calls_only` was given to
    staff by voice, or by a proxy, and takes no SMS.
    """

    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    calls_only: bool = False

    @property
    def phone_to_write_to(self) -> str | None:
        """The number that letters may use."""
        return None if self.calls_only else self.phone

    @property
    def shared(self) -> str | None:
        """What makes two bookings those of one group, if they have it in common; None: nothing is known."""
        return self.email.casefold() if self.email else self.phone


def caller_of(*, name: str, phone: str, language: str, languages: Collection[str]) -> Contact:
    """The contact of somebody who booked by voice: any number, or none. Raises InvalidInput."""
    complaints: dict[str, Complaint] = {}
    name, phone = " ".join(name.split()), phone.strip()
    if complaint := name_complaint(name):
        complaints["name"] = complaint
    number = _number(phone)
    if phone and number is None:
        complaints["phone"] = Complaint.PHONE_WRONG
    if language not in languages:
        complaints["language"] = Complaint.LANGUAGE_UNKNOWN
    if complaints:
        raise InvalidInput(complaints)
    kept = phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None
    calls_only = number is not None and kept is not None and not _is_mobile(number, kept)
    return Contact(name=name, email=None, phone=kept, language=language, calls_only=calls_only)


def contact_of(
    *, name: str, email: str, phone: str, language: str, languages: Collection[str], sms: bool, calls: bool = False
) -> Contact:
    """A contact from what was typed; an empty e-mail or phone is none. Raises InvalidInput.

    Without `sms` only an e-mail address reaches a guest; a phone number is then for calls. With `calls` any number is
    enough: the team calls who cannot be written to.
    """
    complaints: dict[str, Complaint] = {}
    name, email, phone = " ".join(name.split()), email.strip(), phone.strip()
    if complaint := name_complaint(name):
        complaints["name"] = complaint
    if not email and not (phone and (sms or calls)):
        unreachable = Complaint.UNREACHABLE if sms else Complaint.EMAIL_MISSING
        complaints["email"] = Complaint.GUEST_UNREACHABLE if calls else unreachable
    kept_email = kept_phone = None
    calls_only = False
    try:
        kept_email = _email(email) if email else None
    except ValueError:
        complaints["email"] = Complaint.EMAIL_WRONG
    number = _number(phone)
    if phone and number is None:
        complaints["phone"] = Complaint.PHONE_WRONG
    elif number is not None:
        kept_phone = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        calls_only = calls and not _is_mobile(number, kept_phone)
        if sms and not calls and not _is_mobile(number, kept_phone):
            complaints["phone"] = Complaint.PHONE_NOT_MOBILE
    if language not in languages:
        complaints["language"] = Complaint.LANGUAGE_UNKNOWN
    if complaints:
        raise InvalidInput(complaints)
    return Contact(name=name, email=kept_email, phone=kept_phone, language=language, calls_only=calls_only)


def contact_of_member(name: str, way: str) -> Contact:
    """Whom the team notes as a member: a name, and an address, any number, or nothing. Raises InvalidInput."""
    complaints: dict[str, Complaint] = {}
    name, way = " ".join(name.split()), way.strip()
    if complaint := name_complaint(name):
        complaints["name"] = Complaint.MEMBER_NAME_MISSING if complaint is Complaint.NAME_MISSING else complaint
    email = phone = None
    if "@" in way:
        try:
            email = _email(way)
        except ValueError:
            complaints["contact"] = Complaint.EMAIL_WRONG
    elif way:
        number = _number(way)
        phone = phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None
        if phone is None:
            complaints["contact"] = Complaint.CONTACT_WRONG
    if complaints:
        raise InvalidInput(complaints)
    return Contact(name=name, email=email, phone=phone, language="", calls_only=True)


def way_of(text: str, *, language: str, sms: bool) -> Contact:
    """The one way to be reached that somebody wrote, whoever they are: an address or, where there are SMS, a mobile
    number. Raises InvalidInput.
    """
    text = text.strip()
    if not text:
        raise InvalidInput({"contact": Complaint.CONTACT_MISSING if sms else Complaint.EMAIL_WRONG})
    if "@" in text or not sms:
        try:
            return Contact(name=None, email=_email(text).lower(), phone=None, language=language)
        except ValueError as error:
            raise InvalidInput({"contact": Complaint.EMAIL_WRONG}) from error
    number = _number(text)
    if number is None:
        looks_like_number = any(character.isdigit() for character in text)
        raise InvalidInput({"contact": Complaint.PHONE_WRONG if looks_like_number else Complaint.CONTACT_MISSING})
    phone = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not _is_mobile(number, phone):
        raise InvalidInput({"contact": Complaint.PHONE_NOT_MOBILE})
    return Contact(name=None, email=None, phone=phone, language=language)


def name_complaint(name: str) -> Complaint | None:
    """What is wrong with somebody's name, if anything is."""
    if not is_storable(name):
        return Complaint.NAME_CHARACTERS
    if not any(character.isalnum() for character in name):
        return Complaint.NAME_MISSING
    return Complaint.NAME_LONG if len(name) > NAME_LENGTH else None


def _email(text: str) -> str:
    """Raises ValueError if this is not the address of a mailbox."""
    if not is_storable(text) or len(text) > _EMAIL_LENGTH:
        raise ValueError("not an address")
    if _PLAIN.fullmatch(text) and "xn--" not in text.lower():  # what is before the @ stays as it is
        mailbox, _, domain = text.rpartition("@")
        return f"{mailbox}@{_domain(domain)}"
    return _checked(text)


@lru_cache(1024)
def _domain(domain: str) -> str:
    """A domain as it is written. Most guests of a cantine share a few, and to check one costs as much as a schema."""
    return _checked(f"x@{domain}").removeprefix("x@")


def _checked(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError("not an address") from error


def _number(text: str) -> PhoneNumber | None:
    """The telephone number in a text, or None if there is none."""
    if not text or len(text) > 40:
        return None
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    fictional = _FICTIONAL.fullmatch(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return number if fictional or phonenumbers.is_valid_number(number) else None


def _is_mobile(number: PhoneNumber, e164: str) -> bool:
    return bool(_FICTIONAL.fullmatch(e164)) or phonenumbers.number_type(number) in _MOBILE

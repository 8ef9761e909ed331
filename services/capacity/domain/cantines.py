"""What must be true of a cantine before the network takes it in."""

import re
from dataclasses import replace

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from shared.contracts.sitting import Cantine
from shared.text import is_storable

REGION = "FR"  # for numbers written without a country code
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FICTIONAL = re.compile(r"\+3363998\d{4}")  # reserved by the French regulator for fiction: demos and tests


_LONGEST = {"slug": 60, "name": 120, "city": 80, "address": 200}  # characters


class FlawedCantine(Exception):
    """Something about a cantine cannot be as written; the text is one sentence that says what of which `field`."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def checked(cantine: Cantine) -> Cantine:
    """The cantine with its telephone number in E.164 and its address tidied. Raises FlawedCantine."""
    for field, longest in _LONGEST.items():
        text = getattr(cantine, field)
        if not text.strip() or len(text) > longest or not is_storable(text):
            raise FlawedCantine(field, f"The {field} must be one line of at most {longest} characters.")
    if not _SLUG.fullmatch(cantine.slug):
        raise FlawedCantine("slug", "The slug must be lower-case letters, digits and hyphens, such as lyon-vaise.")
    return replace(cantine, phone=telephone(cantine.phone), email=mailbox(cantine.email))


def mailbox(text: str) -> str:
    """An e-mail address; whether its domain exists is not looked up. Raises FlawedCantine."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise FlawedCantine("email", "The e-mail must be an address such as vaise@example.org.") from error


def telephone(text: str) -> str:
    """A telephone number in E.164. Raises FlawedCantine."""
    sentence = "The phone must be a telephone number, such as 06 39 98 00 11 or +33639980011."
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise FlawedCantine("phone", sentence) from error
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not (_FICTIONAL.fullmatch(e164) or phonenumbers.is_valid_number(number)):
        raise FlawedCantine("phone", sentence)
    return e164

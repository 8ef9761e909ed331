"""Telephone numbers as providers write them, brought into the one form in which bookings have them (E.164)."""

import phonenumbers

REGION = "FR"  # for numbers written without a country code
COUNTRY = "33"  # what a leading 0 stands for there


def as_kept(typed: str) -> list[str]:
    """How what somebody looks for may stand in an address or a number: as it is; and if it is a number, or a part of
    one, without blanks and with the country code. Example: 06 39 98 may stand there as 063998, or as 3363998.
    """
    digits = "".join(c for c in typed if c in "0123456789")
    if not digits or any(c not in "+0123456789 .-/()\u00a0\u202f" for c in typed):
        return [typed]
    return [typed, digits, *([COUNTRY + digits[1:]] if digits.startswith("0") else [])]


def number_in(text: str) -> str | None:
    """The number in a text such as +33639980042, 0033639980042, 33639980042 or 06 39 98 00 42; None, if there is none:
    short codes and names send texts too.
    """
    digits = "".join(c for c in text if c in "+0123456789")
    if not 8 <= len(digits) <= 20:
        return None
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif not digits.startswith(("+", "0")):
        digits = f"+{digits}"
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

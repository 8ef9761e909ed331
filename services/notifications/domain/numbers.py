"""Telephone numbers as providers write them, brought into the one form in which bookings have them (E.164)."""

import phonenumbers

REGION = "FR"  # for numbers written without a country code


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

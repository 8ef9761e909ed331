"""Who can be reached, and how."""

from typing import Any

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import Contact, contact_of


def contact(*, sms: bool = True, **typed: str) -> Contact:
    values: dict[str, Any] = {"name": "Zoé", "email": "zoe@example.org", "phone": "", "language": "fr"} | typed
    return contact_of(**values, languages=("fr", "en"), sms=sms)


def complaints(*, sms: bool = True, **typed: str) -> dict[str, Complaint]:
    with pytest.raises(InvalidInput) as wrong:
        contact(sms=sms, **typed)
    return wrong.value.complaints


@pytest.mark.parametrize(
    "phone", ["0639980042", "06 39 98 00 42", "06.39.98.00.42", "+33 6 39 98 00 42", "0033639980042"]
)
def test_fictional_mobile_numbers_are_kept_in_one_form(phone: str) -> None:
    assert contact(phone=phone).phone == "+33639980042"


@pytest.mark.parametrize("phone", ["+32 470 12 34 56", "+49 1512 3456789", "+44 7400 123456", "07 56 78 90 12"])
def test_mobile_numbers_from_here_and_abroad(phone: str) -> None:
    assert contact(phone=phone, email="").phone is not None


@pytest.mark.parametrize(
    ("phone", "complaint"),
    [
        ("12", Complaint.PHONE_WRONG),
        ("phone", Complaint.PHONE_WRONG),
        ("06 39 98 00 4", Complaint.PHONE_WRONG),
        ("0" * 41, Complaint.PHONE_WRONG),
        ("\x0006", Complaint.PHONE_WRONG),
        ("04 72 00 00 00", Complaint.PHONE_NOT_MOBILE),
        ("08 92 68 08 92", Complaint.PHONE_NOT_MOBILE),
    ],
)
def test_numbers_that_no_text_message_reaches(phone: str, complaint: Complaint) -> None:
    assert complaints(phone=phone) == {"phone": complaint}


@pytest.mark.parametrize(
    "email", ["zoe", "zoe@", "@example.org", "zoe@example", "a b@example.org", "z" * 300 + "@x.fr", "z\0@x.fr"]
)
def test_addresses_that_are_none(email: str) -> None:
    assert complaints(email=email) == {"email": Complaint.EMAIL_WRONG}


LONG_LABEL = ("é" * 30).encode("idna").decode()
LOCAL = st.text("abzAZ09._+-é @!", max_size=66)
DOMAINS = st.sampled_from(
    ["example.org", "EXAMPLE.org", "café.example", "xn--caf-dma.example", "-a.fr", "a..fr", "fr", "a.b"]
)


@example(email=f"{'a' * 10}@{'.'.join([LONG_LABEL] * 4)}.fr")  # too long as it is written, though not as it travels
@given(email=st.builds("{}@{}".format, LOCAL, DOMAINS | st.text("ab.-1", max_size=70)) | st.emails())
def test_an_address_is_one_for_us_as_for_the_library(email: str) -> None:
    email = email.strip()
    try:
        expected = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        assert complaints(email=email)
    else:
        assert contact(email=email).email == expected


def test_nobody_to_write_to() -> None:
    assert complaints(email=" ", phone=" ") == {"email": Complaint.UNREACHABLE}


def test_without_sms_only_an_e_mail_reaches_a_guest() -> None:
    assert complaints(sms=False, email="", phone="0639980042") == {"email": Complaint.EMAIL_MISSING}
    assert contact(sms=False, phone="04 72 00 00 00").phone == "+33472000000"  # for a call, any number will do


@pytest.mark.parametrize("name", ["Zoé", "D'Artagnan", "Jean-Luc", "李", "Zoé 🙂", "x" * 80])
def test_names_that_people_have(name: str) -> None:
    assert contact(name=f" {name}  ").name == name


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", Complaint.NAME_MISSING),
        ("🙂", Complaint.NAME_MISSING),
        ("x" * 81, Complaint.NAME_LONG),
        ("a\0b", Complaint.NAME_CHARACTERS),
        ("\ud800", Complaint.NAME_CHARACTERS),
    ],
)
def test_names_that_nobody_has(name: str, complaint: Complaint) -> None:
    assert complaints(name=name) == {"name": complaint}


@given(st.text(), st.text(), st.text(), st.text())
def test_anything_is_a_contact_or_a_complaint(name: str, email: str, phone: str, language: str) -> None:
    try:
        kept = contact(name=name, email=email, phone=phone, language=language)
    except InvalidInput as wrong:
        assert wrong.complaints.keys() <= {"name", "email", "phone", "language"}
    else:
        assert kept.name and len(kept.name) <= 80 and (kept.email or kept.phone)


def test_a_contact_does_not_show_itself() -> None:
    assert "zoe" not in repr(contact()).lower().replace("zoé", "zoe")

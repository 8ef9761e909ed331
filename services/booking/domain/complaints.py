"""What can be wrong with what a resident typed. The value is the English sentence, translated like all texts."""

from collections.abc import Mapping
from enum import StrEnum


class Complaint(StrEnum):
    """One thing that is wrong with one field."""

    NOT_A_NUMBER = "Please write a whole number, such as 2."
    PEOPLE_RANGE = "Please say how many you are, from 1 to 12. For more, call the canteen."
    PARTY_TOO_LARGE = "There are more of you than one booking of this meal may be for."
    COOKS_RANGE = "Please write how many of you cook, 0 or more."
    CHILDREN_RANGE = "Please write how many of you are children, 0 or more."
    MORE_THAN_ALL = "Cooks and children together are more than all of you. Please check the three numbers."
    NAME_MISSING = "Please write your name."
    NAME_LONG = "Please shorten your name to 80 characters."
    NAME_CHARACTERS = "Your name contains characters that we cannot keep. Please write it with letters."
    COMPANIONS_MANY = "You name more people than come with you. Please check how many you are."
    COMPANIONS_LONG = "Please write first names only, with commas between them, of 40 characters at most."
    COMPANIONS_CHARACTERS = "These names contain characters that we cannot keep. Please write them with letters."
    UNREACHABLE = "Please give an e-mail address or a mobile number, so that we can confirm your booking."
    EMAIL_MISSING = "Please give an e-mail address, so that we can confirm your booking."
    EMAIL_WRONG = "This e-mail address does not look right. Example: camille@example.org"
    PHONE_WRONG = "This number does not look right. Example: 06 39 98 01 23"
    PHONE_NOT_MOBILE = "This number cannot receive text messages. Please give a mobile number, or an e-mail address."
    PROXY_PHONE_NOT_MOBILE = (
        "This number cannot receive text messages. Please give a mobile number or an e-mail address of yours; or a"
        " number of the guest, also a landline, and choose above that it is theirs."
    )
    WORDS_MISSING = "Please write what you wish to say."
    WORDS_LONG = "Please shorten this to 1,500 characters."
    WORDS_LONG_FOR_SMS = "Some read this as a text message: please shorten it to about 900 characters (6 parts)."
    WORDS_CHARACTERS = "This contains characters that we cannot send. Please write it with letters."
    CONTACT_MISSING = "Please write your e-mail address or your mobile number."
    CONTACT_OF_WHOM = "Please say whose e-mail or number it is."
    PROXY_NAME_MISSING = "Please write your own name too, so that they know who booked."
    GUEST_NAME_MISSING = "Please write the name of who comes."
    GUEST_UNREACHABLE = "Please give an e-mail address or a telephone number of theirs; or yours, if they have none."
    MEMBER_NAME_MISSING = "Please write the name of the member."
    MEMBER_ALREADY = "They are noted already: see the list below."
    MEMBER_NAMESAKE = (
        "Somebody of that name is on the list below. If it is them, write the contact by which they were noted;"
        " if not, tick this."
    )
    CONTACT_WRONG = "This is neither an e-mail address nor a telephone number. You may leave it empty."
    PARTNER_UNKNOWN = "Please choose one of the partners of this canteen."
    DIET_RANGE = "Please write how many of you eat so, from 0 to 12."
    ACCESS_RANGE = "Please write how many of you, from 0 to 12."
    MORE_THAN_YOU = "That is more than you are on this booking. Please change first how many you are."
    CARER_COUNTS = "A carer is one of you, with a seat. Please change first how many you are, with them."
    NO_CHILD = "There are not so many children on this booking. Please change first how many of you are children."
    NO_COOK = "Not so many of you cook on this booking. Please change first how many of you cook."
    CONSENT_MISSING = "Please tick this too: without your consent we may not keep it."
    THEIR_CONSENT_MISSING = "Please tick this too, if they agreed: without their consent we may not keep it."
    PLACE_WRONG = "Please write the place as maps on the web do. Example: 45.7780, 4.8040"
    DESCRIPTION_MISSING = "Please say in a few words what the photo shows, for those who do not see it."
    DESCRIPTION_LONG = "Please shorten this to 200 characters."
    PHOTO_MISSING = "Please choose a photo."
    PHOTO_WRONG = "We cannot read this photo. Please send it as JPEG, PNG or WebP, of 12 MB at most."
    PHOTO_WITHOUT_CONSENT = "Please ask everybody who can be recognised on it first, and tick the box then."
    PHOTOS_ENOUGH = "There are six photos already: please take one away first."
    LANGUAGE_UNKNOWN = "Please choose one of the languages."


class InvalidInput(Exception):
    """Some fields need another look."""

    def __init__(self, complaints: Mapping[str, Complaint]) -> None:
        super().__init__(", ".join(sorted(complaints)))
        self.complaints = dict(complaints)

"""What mail servers say of an address, in a conversation or in a mail: their enhanced status codes (RFC 3463)."""

import re

from services.notifications.domain.receipts import Delivery

_NOBODY_THERE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}  # RFC 3463, 7505: a bad address, a closed box
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_WORDS = re.compile(r"no such|unknown|not exist|n't exist|not found|invalid (recipient|mailbox)")
_OF_ADDRESS = re.compile(r"[45]\.(1\.(?![78]$)|2\.)")  # the address, the mailbox; 1.7 and 1.8 are the sender's address
_OF_US = re.compile(r"[45]\.([345]\.|1\.[78]$)")  # the system, its network or protocol, our address; a quota is 4.5
_OUR_WORDS = re.compile(r"relay|auth|sender|helo|client")
_OUR_CODES = {530, 535}  # who are you?
_OF_RECIPIENT = {450, 452, 550, 552}


def failed(status: str) -> Delivery:
    """What a letter that was refused for good with this status tells: nobody is there, or only this one did not go."""
    return Delivery.DEAD if status in _NOBODY_THERE else Delivery.RETURNED


def status_in(said: str) -> str:
    """The enhanced status code with which a server's words begin; "" if they have none."""
    found = _STATUS.match(said)
    return found[1] if found else ""


def told_of_address(code: int, said: str, *, of_recipient: bool) -> Delivery | None:
    """What a server's refusal, for now or for good, tells of the address; None, if it tells of us or of this letter.

    Without a status, it does if it is the recipient that is refused, and the words do not sound as if we were meant.
    """
    status, for_good = status_in(said), code >= 500
    if code in _OUR_CODES:
        return None
    if status:
        told = failed(status) if for_good else Delivery.RETURNED
        return told if _OF_ADDRESS.match(status) else None
    words = said.casefold()
    if not of_recipient or _OUR_WORDS.search(words):
        return None
    if for_good and _WORDS.search(words):
        return Delivery.DEAD
    return Delivery.RETURNED if code in _OF_RECIPIENT else None


def is_our_fault(code: int, said: str) -> bool:
    """Whether a refusal for good is about us, and can be put right: a login, a quota, a relay that does not know us."""
    status = status_in(said)
    return bool(code in _OUR_CODES or _OF_US.match(status) or _OUR_WORDS.search(said.casefold()))

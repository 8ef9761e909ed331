"""What OVHcloud brings, in the query of a GET or as a form: texts, and receipts for SMS.

A text has `id`, `senderid` (or `sender`, as its API has it) and `message`. A receipt has the `id` that OVHcloud gave
the SMS, `ptt`, a code that says precisely what became of it, and `description` (or `dlr`), a code that says it roughly.
Both lists are known from what OVHcloud's guides said when somebody copied them (github.com/ovh/docs, issue 1496), as
the guides themselves were not at hand: try it once before you rely on it.
"""

from services.notifications.domain.receipts import Delivery
from services.notifications.providers.hooks import Fields, Heard, receipt_from, text_from, word

_DELIVERED, _RETRIED, _ACCEPTED, _NOBODY_KNOWS, _DEAD = {4}, {1, 2}, {3}, {6}, {23}
_ROUGHLY = {1: Delivery.DELIVERED, 2: Delivery.RETURNED, 8: Delivery.DELAYED, 16: Delivery.RETURNED}


def read(fields: Fields) -> Heard:
    """A text or a receipt; what is neither is not for us. Raises Unreadable."""
    if "message" in fields:
        return text_from(word(fields, "id"), word(fields, "sender", "senderid", "from"), word(fields, "message"))
    ptt, roughly = word(fields, "ptt"), word(fields, "dlr", "description")
    told = _told(_code(ptt), _code(roughly))
    if told is None:
        return None
    return receipt_from(told, ref=word(fields, "id"), detail=f"ptt {ptt}" if ptt else f"dlr {roughly}")


def _told(ptt: int | None, roughly: int | None) -> Delivery | None:
    if ptt is None or ptt in _ACCEPTED | _NOBODY_KNOWS:
        return _ROUGHLY.get(roughly) if roughly is not None else None
    if ptt in _DELIVERED:
        return Delivery.DELIVERED
    if ptt in _DEAD:
        return Delivery.DEAD
    return Delivery.DELAYED if ptt in _RETRIED or roughly in {0, 4, 8} else Delivery.RETURNED


def _code(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None

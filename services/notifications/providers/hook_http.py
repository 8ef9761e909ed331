"""What any provider brings that can be told what to send, as JSON or as a form.

A text has `id`, `from` and `text`. A receipt has `ref`, the provider's name for the SMS, or `key`, ours, and `status`:
`delivered`, `delayed`, `returned` (this one did not arrive), `dead` (nor will any other) or `complained`; and, if there
is one, a `reason`, which is a word or a code.
"""

from services.notifications.domain.letter import name_of
from services.notifications.domain.receipts import Delivery
from services.notifications.providers.hooks import Fields, Heard, Unreadable, receipt_from, text_from, word


def read(fields: Fields) -> Heard:
    """A text or a receipt; what is neither is not for us. Raises Unreadable."""
    if "text" in fields:
        return text_from(word(fields, "id"), word(fields, "from"), word(fields, "text"))
    status, key = word(fields, "status"), word(fields, "key")
    if not status:
        return None
    try:
        told = Delivery(status.casefold())
    except ValueError as error:
        raise Unreadable from error
    return receipt_from(told, ref=word(fields, "ref"), name=name_of(key) if key else "", detail=word(fields, "reason"))

"""Texts that OVHcloud brings: `id`, `sender` and `message`, in the query of a GET or as a form.

These are the names that its API gives to an incoming SMS (`/sms/{serviceName}/incoming/{id}`). The page on which
OVHcloud says how it calls an address was not at hand: try it once before you rely on it.
"""

from services.notifications.providers.hooks import Fields, TextHeard, text_from, word


def read(fields: Fields) -> TextHeard | None:
    """A text; what has no `message` is something else (a receipt, say). Raises Unreadable."""
    if "message" not in fields:
        return None
    return text_from(word(fields, "id"), word(fields, "sender", "senderid", "from"), word(fields, "message"))

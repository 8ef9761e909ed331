"""Texts from any provider that can be told what to send: `id`, `from` and `text`, as JSON or as a form."""

from services.notifications.providers.hooks import Fields, TextHeard, text_from, word


def read(fields: Fields) -> TextHeard | None:
    """A text; what has no `text` is something else (a receipt, say). Raises Unreadable."""
    if "text" not in fields:
        return None
    return text_from(word(fields, "id"), word(fields, "from"), word(fields, "text"))

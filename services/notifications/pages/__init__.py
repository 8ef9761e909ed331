"""The pages: short links for everybody; letters and what became of them, for staff; the mailbox in the demo only."""

from flask import Flask

from services.notifications.pages import (
    access,
    figures,
    host_messages,
    letter_words,
    letters,
    links,
    mailbox,
    post,
    preview,
)
from services.notifications.pages.desk import EXTENSION, Desk


def install(app: Flask, desk: Desk, *, demo: bool) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = desk
    for page in (links, host_messages, letters, post, preview, figures):
        app.register_blueprint(page.blueprint)
    if demo:
        app.register_blueprint(mailbox.blueprint)
    app.register_error_handler(access.NotSignedIn, access.sign_in_first)
    app.jinja_env.globals.update(is_administrator=access.is_administrator)
    app.jinja_env.filters.update(
        letter_kind=letter_words.kind,
        letter_state=letter_words.state,
        letter_badge=letter_words.badge,
        letter_reason=letter_words.reason,
        refusal_words=letter_words.refused,
        addressee=letter_words.addressee,
    )
    app.jinja_env.globals.update(letter_time=letter_words.at)

"""The pages: short links for everybody; letters and what became of them, for staff; the mailbox in the demo only."""

from functools import partial

from flask import Flask

from services.notifications.pages import (
    access,
    figures,
    hooks,
    host_messages,
    letter_words,
    letters,
    links,
    mailbox,
    mine,
    preview,
    texts,
    unsubscribe,
)
from services.notifications.pages.desk import EXTENSION, Desk
from services.notifications.use_cases.look_at_post import look_at_post, zones_of_cantines
from shared.web.post import make_blueprint


def install(app: Flask, desk: Desk, *, demo: bool, hooks_secrets: tuple[str, ...] = ()) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = desk
    for page in (links, unsubscribe, host_messages, letters, preview, figures, texts, hooks, mine):
        app.register_blueprint(page.blueprint)
    app.extensions[hooks.SECRETS] = hooks_secrets
    for page in (hooks, unsubscribe):  # for programs without a session, who prove it by a secret
        app.extensions["csrf"].exempt(page.blueprint)
    more = partial(look_at_post, desk.service)
    frame, template = "operator_frame.html", "post_of_letters.html"
    app.register_blueprint(
        make_blueprint(
            desk.service, desk.inbox, access.administrator, zones_of_cantines, frame=frame, template=template, more=more
        )
    )
    if demo:
        app.register_blueprint(mailbox.blueprint)
    app.register_error_handler(access.NotSignedIn, access.sign_in_first)
    app.jinja_env.filters.update(
        letter_kind=letter_words.kind,
        letter_state_word=letter_words.state_named,
        letter_standing=letter_words.standing,
        letter_standing_badge=letter_words.standing_badge,
        letter_reason=letter_words.reason,
        refusal_words=letter_words.refused,
        addressee=letter_words.addressee,
    )
    app.jinja_env.globals.update(letter_time=letter_words.at)

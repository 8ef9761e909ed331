"""The pages: short links for everybody; what became of hosts' words, for staff; the mailbox in the demo only."""

from flask import Flask

from services.notifications.pages import host_messages, links, mailbox
from services.notifications.pages.desk import EXTENSION
from shared.messaging.service import Service


def install(app: Flask, service: Service, *, demo: bool) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = service
    app.register_blueprint(links.blueprint)
    app.register_blueprint(host_messages.blueprint)
    if demo:
        app.register_blueprint(mailbox.blueprint)

"""The pages for coordinators, under /coordination."""

from flask import Flask

from services.capacity.pages import plans, problems, sign_in, sittings, waiting_lists, words
from services.capacity.pages.desk import EXTENSION, Desk


def install(app: Flask, desk: Desk) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = desk
    for blueprint in (sign_in.blueprint, sittings.blueprint, plans.blueprint, waiting_lists.blueprint):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        party_words=words.party, local=words.local, state_words=words.state, overhang_words=words.overhang
    )
    app.jinja_env.filters.update(allergen=words.allergen, diet=words.diet)
    problems.install(app)

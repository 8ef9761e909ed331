"""The pages for residents; and those for staff, under /table."""

from flask import Flask

from services.booking.domain.needs import DIETS
from services.booking.pages import (
    access,
    booking,
    calendar,
    calls,
    cantines,
    cook_calls,
    door,
    guest_table,
    held,
    host_messages,
    joining,
    meals,
    members,
    mine,
    needs,
    notices,
    own_calendar,
    own_membership,
    partners,
    phone,
    prep,
    problems,
    rights,
    stale,
    table,
    usual,
    usual_places,
    windows,
    words,
)
from services.booking.use_cases.desk import EXTENSION, Desk
from services.booking.use_cases.look import zones_of_cantines
from shared.languages import DEFAULT
from shared.messaging.inbox import Inbox
from shared.web.post import make_blueprint


def install(app: Flask, desk: Desk, inbox: Inbox) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = desk
    app.register_blueprint(meals.blueprint)
    app.register_blueprint(booking.blueprint)
    app.register_blueprint(needs.blueprint)
    app.register_blueprint(own_membership.blueprint)
    app.register_blueprint(own_calendar.blueprint)
    app.register_blueprint(held.asked)
    app.register_blueprint(held.blueprint)
    app.register_blueprint(cook_calls.blueprint)
    app.register_blueprint(usual.blueprint)
    app.register_blueprint(notices.blueprint)
    app.register_blueprint(mine.asking)
    app.register_blueprint(mine.blueprint)
    app.register_blueprint(rights.blueprint)
    app.register_blueprint(calendar.blueprint)
    app.register_blueprint(cantines.blueprint)
    app.register_blueprint(partners.blueprint)
    for for_staff in (
        usual_places,
        members,
        windows,
        table,
        guest_table,
        phone,
        calls,
        door,
        joining,
        prep,
        host_messages,
    ):
        app.register_blueprint(for_staff.blueprint)
    app.register_blueprint(
        make_blueprint(desk.service, inbox, access.administrator, zones_of_cantines, frame="staff_frame.html")
    )
    app.jinja_env.globals.update(
        hosts_language=DEFAULT,  # of what a cantine tells of itself
        allergen_words=words.allergens,
        diet_words=words.diets,
        diet_name=words.diet,
        need_words=words.need,
        needs_words=words.needs,
        access_name=words.access,
        room_need_words=words.room_need,
        room_needs_words=words.room_needs,
        needs_diets=DIETS,
        party_words=words.party,
        policy_words=words.policy,
        why_words=words.why,
        local=words.local,
        every_words=words.every,
    )
    app.jinja_env.filters.update(allergen=words.allergen, telephone=words.telephone)
    problems.install(app)
    stale.install(app)

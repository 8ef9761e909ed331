"""The pages for coordinators, under /coordination."""

from flask import Flask

from services.capacity.pages import (
    access,
    alert_choices,
    alert_words,
    alerts,
    allotment_forms,
    calendar,
    closures,
    cook_calls,
    health,
    history_words,
    kitchen_words,
    kitchens,
    menus,
    money,
    network,
    plans,
    problems,
    programs,
    reminders,
    sign_in,
    sittings,
    staff,
    staff_words,
    stale,
    tables,
    tablet,
    waiting_lists,
    weekly,
    words,
)
from services.capacity.use_cases.desk import EXTENSION, Desk
from services.capacity.use_cases.look import zones_of_cantines
from shared.messaging.inbox import Inbox
from shared.web.post import make_blueprint


def install(app: Flask, desk: Desk, inbox: Inbox) -> None:
    """Give the application its pages."""
    app.extensions[EXTENSION] = desk
    planning = sittings, plans, cook_calls, weekly, menus, closures, alerts, alert_choices
    seen_by_coordinators = *planning, kitchens, waiting_lists, reminders, programs, tables, staff, network, money
    for page in (sign_in, tablet, calendar, *seen_by_coordinators, health):
        app.register_blueprint(page.blueprint)
    app.register_blueprint(
        make_blueprint(desk.service, inbox, access.administrator, zones_of_cantines, frame="coordination.html")
    )
    app.jinja_env.globals.update(
        party_words=words.party,
        local=words.local,
        state_words=words.state,
        overhang_words=words.overhang,
        bounds_words=kitchen_words.bounds,
        kitchen_words=kitchen_words.rule,
        keeps_otherwise=allotment_forms.keeps_otherwise,
        allotment_words=kitchen_words.allotments,
        weekday_words=words.weekday,
        role_words=staff_words.role,
        deed_words=staff_words.deed,
        lacking_words=words.lacking,
        author_words=history_words.author,
        change_words=history_words.change,
    )
    app.jinja_env.filters.update(allergen=words.allergen, diet=words.diet)
    app.jinja_env.globals.update(
        alert_headline=alert_words.headline,
        alert_to_do=alert_words.to_do,
        alert_severity=alert_words.severity,
        alert_needs_somebody=alert_words.needs_somebody,
    )
    problems.install(app)
    stale.install(app)

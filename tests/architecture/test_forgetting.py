"""Every table is either emptied of a meal's guests ninety days after it, or ends with a person, or holds none."""

from importlib import import_module

import pytest

from shared.contracts.routes import SERVICES

EMPTIED_BY_THEIR_OWN_AGE = {
    *("attempt", "confirmed_contact", "erasure", "guest_link", "held_wish", "idempotency_key", "membership"),
    "outbox",  # by its receipts
}
EMPTIED_WITH_ANOTHER = {"host_call", "needs"}  # with its message, with its booking: these the day after the meal
OF_PERSONS = {  # who agreed to be kept between two meals: until they end (decision 0027), or by the age of a meal
    "booking": {"person", "former_person", "willing_cook", "usual", "usual_place", "cook_ask", "cook_call"},
    "capacity": set[str](),
    "notifications": {"known_person"},
}
WITHOUT_GUESTS = {
    "booking": {"ailing_timer", "attendance", "cantine_page", "cantine_photo", "neighbour", "staff", "usual_share"},
    "capacity": {
        *(
            "ailing_timer",
            "alert_settings",
            "alert_wishes",
            "attendance",
            "calendar",
            "cantine",
            "closure",
            "former_staff",
            "kitchen",
        ),
        *(
            "cook_replies",
            "money",
            "neighbour",
            "observance",
            "partner_month",
            "service_state",
            "sign_in",
            "sitting_deed",
            "sms_credit",
            "sitting_template",
            "staff",
            "staff_cantine",
        ),
        *("staff_deed", "token", "waiting_list"),
    },
    "notifications": {
        "ailing_timer",
        "credit_telling",
        "known_staff",
        "letter_count",
        "neighbour",
        "provider_health",
        "provider_pace",
        "sms_credit",
    },
}


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_keeps_guests_for_ever(service: str) -> None:
    tables = set(import_module(f"services.{service}.store.tables").metadata.tables)
    forgetting = import_module(f"services.{service}.store.forgetting")
    emptied = {name for name in tables if hasattr(forgetting, name)} | {"heard"}
    kept = WITHOUT_GUESTS[service] | OF_PERSONS[service]
    assert tables - emptied - EMPTIED_BY_THEIR_OWN_AGE - EMPTIED_WITH_ANOTHER == kept

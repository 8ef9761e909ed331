"""Every table is either emptied of a meal's guests ninety days after it, or is known to hold none."""

from importlib import import_module

import pytest

from shared.contracts.routes import SERVICES

EMPTIED_BY_THEIR_OWN_AGE = {"attempt", "idempotency_key", "outbox"}  # outbox: by its receipts
EMPTIED_WITH_ANOTHER = {"host_call"}  # with its message
WITHOUT_GUESTS = {
    "booking": {"attendance", "neighbour", "staff"},
    "capacity": {
        *("alert_settings", "alert_wishes", "attendance", "calendar", "cantine", "closure", "former_staff", "kitchen"),
        *("money", "neighbour", "observance", "sign_in", "sitting_deed", "sitting_template", "staff", "staff_cantine"),
        *("staff_deed", "token", "waiting_list"),
    },
    "notifications": {"known_staff", "neighbour", "sms_credit"},
}


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_keeps_guests_for_ever(service: str) -> None:
    tables = set(import_module(f"services.{service}.store.tables").metadata.tables)
    forgetting = import_module(f"services.{service}.store.forgetting")
    emptied = {name for name in tables if hasattr(forgetting, name)} | {"heard"}
    kept = WITHOUT_GUESTS[service]
    assert tables - emptied - EMPTIED_BY_THEIR_OWN_AGE - EMPTIED_WITH_ANOTHER == kept

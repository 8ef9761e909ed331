"""What the pages say about alerts, in the language of the request. A new kind is one line in each table here."""

from services.capacity.domain.alerts import Alert
from shared.contracts.alert import AlertKind, Severity
from shared.web.language import gettext as _


def headline(kind: AlertKind) -> str:
    """What happened, in few words."""
    return {
        AlertKind.SITTING_FULL: _("Full"),
        AlertKind.NEARLY_FULL: _("Nearly full"),
        AlertKind.WAITLIST_GROWING: _("The waiting list grows"),
        AlertKind.TOO_FEW_COOKS: _("Too few cooks"),
        AlertKind.TOO_FEW_GUESTS: _("Few guests so far"),
        AlertKind.AT_RISK: _("At risk"),
        AlertKind.LATE_CHANGE: _("Late change"),
        AlertKind.NO_MENU: _("No menu yet"),
        AlertKind.GO_NO_GO: _("Does it go ahead?"),
        AlertKind.OFFER_UNTAKEN: _("Offered, and nobody came"),
    }[kind]


def to_do(kind: AlertKind) -> str:
    """What to do about it."""
    return {
        AlertKind.SITTING_FULL: _("There is nothing to do: who asks now stands on the waiting list."),
        AlertKind.NEARLY_FULL: _("Hands and chairs for more? Raise the number of seats in time."),
        AlertKind.WAITLIST_GROWING: _("Can you seat more? Raise the number of seats, or open another meal."),
        AlertKind.TOO_FEW_COOKS: _("Call for cooks on the meal’s page, or lower the number of seats."),
        AlertKind.TOO_FEW_GUESTS: _("Spread the word about this meal, or buy and cook for fewer."),
        AlertKind.AT_RISK: _("Find more cooks or more chairs, or ask a party whether another day suits them."),
        AlertKind.LATE_CHANGE: _("Tell the kitchen how many to cook for, and who is missing there."),
        AlertKind.GO_NO_GO: _(
            "Say on the meal’s page that it goes ahead, or cancel it. Without an answer it goes ahead."
        ),
        AlertKind.OFFER_UNTAKEN: _("Tell somebody who would like to come, or cook for fewer."),
        AlertKind.NO_MENU: _("Write the menu and its allergens before the shopping."),
    }[kind]


def needs_somebody(kind: AlertKind) -> bool:
    """Whether somebody has to be on it: not where there is nothing to do."""
    return kind is not AlertKind.SITTING_FULL


def severity(alert: Alert) -> tuple[str, str]:
    """How soon it matters, as a badge: its class, and its words."""
    return {
        Severity.URGENT: ("badge-full", _("Urgent")),
        Severity.IMPORTANT: ("badge-wait", _("Important")),
        Severity.ROUTINE: ("badge-off", _("Can wait")),
    }[alert.severity]

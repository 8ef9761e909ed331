"""What each kind of alert says: what happened, and what to do about it. A new kind is one function here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.notifications.domain.alerts import News
from shared.contracts.alert import AlertKind
from shared.languages import Language


@dataclass(frozen=True, kw_only=True)
class Words:
    """An alert in one language: a headline, what happened, what to do; `sms` says both in some 50 characters."""

    headline: str
    what: str
    to_do: str
    sms: str


@dataclass(frozen=True)
class Say:
    """The language in which an alert is told, and its facts."""

    language: Language
    news: News

    def gettext(self, text: str, **values: object) -> str:
        """The text with the facts of the alert filled in."""
        return self.language.gettext(text, **self.news.alert.facts, **values)

    def ngettext(self, one: str, many: str, fact: str) -> str:
        """The text for the count that a fact is, with all facts filled in."""
        facts = self.news.alert.facts
        return self.language.ngettext(one, many, facts.get(fact, 0), **facts)


def nearly_full(say: Say) -> Words:
    """Few seats are left."""
    _ = say.gettext
    return Words(
        headline=_("Nearly full"),
        what=say.ngettext("One seat of %(seats)d is left.", "%(num)d seats of %(seats)d are left.", "seats_left"),
        to_do=_("Hands and chairs for more? Raise the number of seats in time. Otherwise there is nothing to do."),
        sms=_("%(seats_left)d seats left. Room for more? Raise the limit."),
    )


def full(say: Say) -> Words:
    """The last seat is taken."""
    _ = say.gettext
    return Words(
        headline=_("Full"),
        what=say.ngettext(
            "The last seat is taken: %(num)d person comes.", "The last seat is taken: %(num)d people come.", "covers"
        ),
        to_do=_("There is nothing to do: who asks now stands on the waiting list. Hands for more? Raise the limit."),
        sms=_("full, %(covers)d people. There is nothing to do."),
    )


def waitlist_growing(say: Say) -> Words:
    """More and more parties wait."""
    _ = say.gettext
    return Words(
        headline=_("The waiting list grows"),
        what=say.ngettext("%(num)d party is waiting.", "%(num)d parties are waiting.", "waiting"),
        to_do=_("Can you seat more? Raise the number of seats: they go to the first in line. Or open another meal."),
        sms=_("%(waiting)d parties wait. More seats, or another meal?"),
    )


def too_few_cooks(say: Say) -> Words:
    """Hands are missing in the kitchen."""
    _ = say.gettext
    return Words(
        headline=_("Too few cooks"),
        what=say.ngettext(
            "%(num)d cook so far; you want %(wanted)d.", "%(num)d cooks so far; you want %(wanted)d.", "cooks"
        ),
        to_do=_("One tap on the page of the meal calls for cooks. Or fewer seats: nobody loses their place."),
        sms=_("%(cooks)d cooks of %(wanted)d. Call for help, or fewer seats."),
    )


def too_few_guests(say: Say) -> Words:
    """Few people come."""
    _ = say.gettext
    return Words(
        headline=_("Few guests so far"),
        what=say.ngettext(
            "%(num)d person comes so far; you wish for %(wanted)d.",
            "%(num)d people come so far; you wish for %(wanted)d.",
            "covers",
        ),
        to_do=_("Spread the word about this meal, or buy and cook for fewer."),
        sms=_("%(covers)d guests of %(wanted)d. Spread the word."),
    )


def at_risk(say: Say) -> Words:
    """More people come than fit."""
    _, facts = say.gettext, say.news.alert.facts
    what = []
    if facts.get("overhang"):
        what.append(
            say.ngettext(
                "%(num)d person has a place beyond what this meal can seat and feed.",
                "%(num)d people have a place beyond what this meal can seat and feed.",
                "overhang",
            )
        )
    if facts.get("cook_overhang"):
        what.append(
            say.ngettext("%(num)d cook more than cook places.", "%(num)d cooks more than cook places.", "cook_overhang")
        )
    if facts.get("mend_cooks"):
        cooks = say.ngettext("%(num)d more cook", "%(num)d more cooks", "mend_cooks")
        others = say.ngettext("other help for %(num)d person", "other help for %(num)d people", "overhang")
        what.append(_("Find %(cooks_more)s, or %(others)s.", cooks_more=cooks, others=others))
    return Words(
        headline=_("At risk"),
        what=" ".join(what),
        to_do=_(
            "Nobody loses their place, and no new seat is given. Find more cooks or more chairs and raise the limit "
            "again, or ask a party whether another day suits them."
        ),
        sms=_("at risk, %(many)d too many. More cooks or seats needed.", many=_too_many(facts)),
    )


def late_change(say: Say) -> Words:
    """The numbers changed after booking had closed."""
    _ = say.gettext
    return Words(
        headline=_("Late change"),
        what=_(
            "When booking closed, %(covers_before)d people were coming, %(cooks_before)d of them cooks. "
            "Now it is %(covers)d, %(cooks)d of them cooks."
        ),
        to_do=_("Tell the kitchen how many to cook for, and who is missing there."),
        sms=_("%(covers)d people, was %(covers_before)d. Cooks: %(cooks)d. Tell the kitchen."),
    )


def no_menu(say: Say) -> Words:
    """Nobody knows yet what there is to eat."""
    _ = say.gettext
    return Words(
        headline=_("No menu yet"),
        what=_("Residents see neither a menu nor its allergens."),
        to_do=_("Write both on the page of the meal, before the shopping."),
        sms=_("no menu. Write it before the shopping."),
    )


def go_no_go(say: Say) -> Words:
    """Too few come, and it is the hour to decide."""
    _, facts = say.gettext, say.news.alert.facts
    what = []
    if facts.get("wanted_covers"):
        what.append(
            say.ngettext(
                "%(num)d person comes; you wish for %(wanted_covers)d at least.",
                "%(num)d people come; you wish for %(wanted_covers)d at least.",
                "covers",
            )
        )
    if facts.get("wanted_cooks"):
        what.append(
            say.ngettext(
                "%(num)d of them cooks; you wish for %(wanted_cooks)d at least.",
                "%(num)d of them cook; you wish for %(wanted_cooks)d at least.",
                "cooks",
            )
        )
    return Words(
        headline=_("To be decided"),
        what=" ".join(what),
        to_do=_(
            "Say on the page of the meal that it goes ahead, or cancel it there. Without an answer it goes ahead: we "
            "never cancel a meal, but we ask others too."
        ),
        sms=_("go ahead? %(covers)d people, %(cooks)d cooks. Decide here:"),
    )


def offer_untaken(say: Say) -> Words:
    """Places that came free were offered, and nobody took them."""
    _ = say.gettext
    return Words(
        headline=_("Offered, and nobody came"),
        what=say.ngettext(
            "%(num)d place came free and was offered to who waited: nobody took it.",
            "%(num)d places came free and were offered to who waited: nobody took them.",
            "untaken",
        ),
        to_do=_("Tell somebody who would like to come, or buy and cook for fewer."),
        sms=_("%(untaken)d places offered, nobody took them. Tell a friend."),
    )


def _too_many(facts: Mapping[str, int]) -> int:
    return max(facts.get("overhang", 0), facts.get("cook_overhang", 0))


BY_KIND: Mapping[AlertKind, Callable[[Say], Words]] = {
    AlertKind.SITTING_FULL: full,
    AlertKind.NEARLY_FULL: nearly_full,
    AlertKind.WAITLIST_GROWING: waitlist_growing,
    AlertKind.TOO_FEW_COOKS: too_few_cooks,
    AlertKind.TOO_FEW_GUESTS: too_few_guests,
    AlertKind.AT_RISK: at_risk,
    AlertKind.LATE_CHANGE: late_change,
    AlertKind.NO_MENU: no_menu,
    AlertKind.GO_NO_GO: go_no_go,
    AlertKind.OFFER_UNTAKEN: offer_untaken,
}


def words(language: Language, news: News) -> Words:
    """The words of an alert."""
    return BY_KIND[news.alert.kind](Say(language, news))

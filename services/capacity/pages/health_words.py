"""What the page about the three services says, in the language of the request. A new lack is a line in each table."""

from zoneinfo import ZoneInfo

from services.capacity.domain.service_states import Finding, Lack, Motion
from shared.web.language import gettext as _
from shared.web.language import ngettext
from shared.web.post import local

BADGES = {Motion.MOVING: "badge-ok", Motion.SLOW: "badge-wait", Motion.STUCK: "badge-full", Motion.SILENT: "badge-full"}
COMMANDS = {  # of the service: what starts or shows what is missing
    Lack.SILENCE: "relay",
    Lack.WORKER: "worker",
    Lack.LETTERS: "sender",
    Lack.STUCK: "unstick",
    Lack.PARKED: "parked list",
}
LAID_ASIDE = {Lack.LETTERS, Lack.STUCK, Lack.PARKED, Lack.TIMER}  # what the service's own page shows


def motion(one: Motion) -> str:
    """How a service moves."""
    return {
        Motion.MOVING: _("moves"),
        Motion.SLOW: _("slow"),
        Motion.STUCK: _("stuck"),
        Motion.SILENT: _("silent"),
    }[one]


def command(service: str, one: Finding) -> str:
    """What an operator types about it, or nothing."""
    known = "" if one.elsewhere else COMMANDS.get(one.lack, "")
    return known and f".venv/bin/python -m services.{service} {known}"


def what(one: Finding, zone: ZoneInfo) -> str:
    """What is not as it should be, of what, and since when."""
    since = local(one.since, zone)
    return {
        Lack.SILENCE: lambda: _silence(one, since),
        Lack.BROKER: lambda: _("The broker has not let it in since %(since)s.", since=since),
        Lack.WORKER: lambda: _("No worker has taken what is said to it since %(since)s.", since=since),
        Lack.BEHIND: lambda: ngettext(
            "%(num)d task waits in its queue.", "%(num)d tasks wait in its queue.", one.count
        ),
        Lack.WAIT: lambda: ngettext(
            "%(num)d message to %(to)s has waited since %(since)s.",
            "%(num)d messages to %(to)s wait, the oldest since %(since)s.",
            one.count,
            to=one.what,
            since=since,
        ),
        Lack.LETTERS: lambda: ngettext(
            "%(num)d letter should have left, since %(since)s.",
            "%(num)d letters should have left, the oldest since %(since)s.",
            one.count,
            since=since,
        ),
        Lack.STUCK: lambda: ngettext(
            "%(num)d item (%(kind)s) is never receipted by its receiver, since %(since)s.",
            "%(num)d items (%(kind)s) are never receipted by their receiver, the oldest since %(since)s.",
            one.count,
            kind=one.what,
            since=since,
        ),
        Lack.PARKED: lambda: ngettext(
            "%(num)d item (%(kind)s) could not be handled, since %(since)s: %(error)s.",
            "%(num)d items (%(kind)s) could not be handled, the oldest since %(since)s: %(error)s.",
            one.count,
            kind=one.what,
            since=since,
            error=one.error or _("killed or hung its worker"),
        ),
        Lack.TIMER: lambda: _(
            "The timer “%(timer)s” has failed since %(since)s: %(error)s.",
            timer=one.what,
            since=since,
            error=one.error,
        ),
        Lack.CLOCK: lambda: _clock(one.count),
    }[one.lack]()


def to_do(one: Finding) -> str:
    """What to do about it."""
    if one.elsewhere:
        if one.lack is Lack.SILENCE:
            return _("capacity itself hears nothing: look there first.")
        return _("They leave by themselves once %(to)s hears: look there.", to=one.what)
    return {
        Lack.SILENCE: _("Does its relay run, and does it get to its database and to the broker? Its log says."),
        Lack.BROKER: _("Start RabbitMQ, and look at its disk. What is said waits where it was written."),
        Lack.WORKER: _("Start it. Its log says why it ended."),
        Lack.BEHIND: _("It works them off. If they do not become fewer, the log of its worker says why."),
        Lack.WAIT: _("Its relay or the worker of %(to)s does not get on. Their logs say why.", to=one.what),
        Lack.LETTERS: _("Does the sender run, does the provider take letters, is SEND_AT_MOST too low?"),
        Lack.STUCK: _("Its receiver takes others. Once the cause is mended, send them again."),
        Lack.PARKED: _("Somebody may wait for an answer. Once the cause is mended, try them again."),
        Lack.TIMER: _("What falls due there is not done. The log of its relay says why."),
        Lack.CLOCK: _("Have NTP set the clocks of the machines with the databases."),
    }[one.lack]


def _silence(one: Finding, since: str) -> str:
    if one.since is None:
        return _("Nothing has been heard of it yet.")
    return _("Nothing has been heard of it since %(since)s.", since=since)


def _clock(minutes: int) -> str:
    ahead = ngettext("%(num)d minute ahead of capacity’s", "%(num)d minutes ahead of capacity’s", minutes)
    behind = ngettext("%(num)d minute behind capacity’s", "%(num)d minutes behind capacity’s", -minutes)
    return _("Its clock is %(how)s.", how=ahead if minutes > 0 else behind)

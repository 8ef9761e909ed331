"""What the pages say about staff, in the language of the request."""

from collections.abc import Mapping

from services.capacity.store.staff_deeds import Deed, Done
from shared.contracts.sitting import Cantine
from shared.contracts.staff import StaffRole
from shared.web.language import gettext as _


def role(what: StaffRole) -> str:
    """What a member of staff is."""
    return {
        StaffRole.ADMINISTRATOR: _("network administrator"),
        StaffRole.HOST: _("host"),
        StaffRole.COORDINATOR: _("coordinator"),
        StaffRole.HELPER: _("helper at the door"),
    }[what]


def deed(done: Done, cantines: Mapping[str, Cantine]) -> str:
    """What was done about a member of staff, in a sentence without its time."""
    by = done.by or _("The command line or the clock")
    where = ", ".join(cantines[slug].name for slug in done.cantines if slug in cantines) or _("all canteens")
    said = {
        Deed.INVITED: _("%(by)s took in %(whom)s (%(role)s; %(where)s)"),
        Deed.CHANGED: _("%(by)s changed what %(whom)s is (now %(role)s; %(where)s)"),
        Deed.REMOVED: _("%(by)s removed %(whom)s (%(role)s; %(where)s)"),
        Deed.TABLET_OPENED: _("%(by)s opened a tablet: %(whom)s (%(role)s; %(where)s)"),
    }[done.deed]
    return said % {"by": by, "whom": done.whom, "role": role(done.role), "where": where}

"""The people who look after cantines, what each may do for the others, and the links by which they sign in."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.contracts.staff import StaffRole

LINK_VALID = timedelta(minutes=30)
LINKS_AT_ONCE = 5  # valid: who asks for many in somebody's name does not keep them from a good one

_RANKS = (StaffRole.HELPER, StaffRole.COORDINATOR, StaffRole.HOST, StaffRole.ADMINISTRATOR)


class UnknownCantine(Exception):
    """There is no such cantine."""


class NoSuchStaff(Exception):
    """There is no such member of staff, or not in the cantines of who asks."""


class NotYours(Exception):
    """This member of staff may not do that."""


class KnownAlready(Exception):
    """Somebody with this address is a member of staff already."""


class LinkUsed(Exception):
    """This link was used already."""


class LinkExpired(Exception):
    """This link is too old."""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff and the cantines (by slug) that they look after: an administrator all of the network.

    `email` is None of a tablet at the door, which no letter reaches; `until` (UTC) is when its session ends.
    """

    id: str
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    language: str
    role: StaffRole
    cantines: tuple[str, ...]
    revision: int = 0
    until: datetime | None = None

    @property
    def plans_meals(self) -> bool:
        """Whether the coordinators' pages are theirs; a helper only checks guests in."""
        return self.role is not StaffRole.HELPER


def tidy_email(email: str) -> str:
    """One way to write an address, so that it is found again."""
    return email.strip().lower()


def roles_to_give(giver: StaffRole) -> tuple[StaffRole, ...]:
    """The roles that somebody may give and take: none above their own, and a helper none at all."""
    if giver is StaffRole.HELPER:
        return ()
    return _RANKS[: _RANKS.index(giver) + 1]


def may_change(giver: Staff, other: Staff) -> bool:
    """Whether somebody may change another's role and cantines. Nobody changes their own: they might lock all out."""
    shared = set(giver.cantines) & set(other.cantines) or giver.role is StaffRole.ADMINISTRATOR
    return bool(shared) and giver.id != other.id and other.role in roles_to_give(giver.role)


def changed(giver: Staff, other: Staff, role: StaffRole, cantines: frozenset[str]) -> Staff:
    """The other under a new role, in these of the giver's cantines; in cantines of others they stay as they were.

    Example: a coordinator of Vaise who takes Vaise from somebody of Vaise and Perrache leaves them Perrache.
    Raises NotYours.
    """
    theirs_alone = set(other.cantines) - set(giver.cantines)
    if not may_change(giver, other) or role not in roles_to_give(giver.role) or cantines - set(giver.cantines):
        raise NotYours
    if theirs_alone and role is not other.role:  # a role holds in all cantines: also there where the giver has no say
        raise NotYours
    kept = theirs_alone if role is not StaffRole.ADMINISTRATOR else set()
    return replace(other, role=role, cantines=tuple(sorted(cantines | kept)))

"""The people of one booking: how a resident counts them, and when they become more."""

from services.booking.domain.complaints import Complaint, InvalidInput
from shared.contracts.party import Party

MOST_PEOPLE = 12
PARTY_FIELDS = ("people", "cooks", "children")  # what is asked of a resident, in this order


def party_of(people: int, cooks: int = 0, children: int = 0) -> Party:
    """The party of `people` in all, of whom some cook and some are children. Raises InvalidInput."""
    complaints: dict[str, Complaint] = {}
    if not 1 <= people <= MOST_PEOPLE:
        complaints["people"] = Complaint.PEOPLE_RANGE
    if cooks < 0:
        complaints["cooks"] = Complaint.COOKS_RANGE
    if children < 0:
        complaints["children"] = Complaint.CHILDREN_RANGE
    if not complaints and cooks + children > people:
        complaints["cooks" if cooks > people else "children"] = Complaint.MORE_THAN_ALL
    if complaints:
        raise InvalidInput(complaints)
    return Party(cooks=cooks, eaters=people - cooks - children, children=children)


def grows(old: Party, new: Party) -> bool:
    """Whether the new party needs something that the old one did not: a seat or a cook place more."""
    return new.seats > old.seats or new.cooks > old.cooks

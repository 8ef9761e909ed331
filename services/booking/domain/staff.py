"""The staff as capacity last told of them, and what each may see of guests."""

from dataclasses import dataclass, field

from shared.contracts.staff import StaffRole


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff and the cantines (by slug) that they look after; an administrator's are all, and not named."""

    id: str
    name: str = field(repr=False)
    role: StaffRole
    cantines: tuple[str, ...]

    def looks_after(self, cantine: str) -> bool:
        """Whether a cantine is theirs."""
        return self.role is StaffRole.ADMINISTRATOR or cantine in self.cantines

    @property
    def sees_meals_of(self) -> tuple[str, ...] | None:
        """The cantines (by slug) whose meals are theirs; None: all."""
        return None if self.role is StaffRole.ADMINISTRATOR else self.cantines

    @property
    def sees_names(self) -> bool:
        """Whether they see names and numbers whole. A helper sees first names and initials: enough to greet."""
        return self.role is not StaffRole.HELPER

    @property
    def sees_needs(self) -> bool:
        """Whether they see what a guest does not eat beside their name: the host does, who runs the room."""
        return self.role is StaffRole.HOST


def short_name(name: str) -> str:
    """A name as helpers see it. Examples: “Jeanne Exemple” is “Jeanne E.”, “Zoé” stays “Zoé”."""
    first, *others = name.split()
    return f"{first} {others[-1][0].upper()}." if others else first

"""The staff as capacity last told of them, and what each may see."""

from dataclasses import dataclass

from shared.contracts.staff import StaffRole


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff and the cantines (by slug) that they look after; an administrator's are all, and not named."""

    id: str
    role: StaffRole
    cantines: tuple[str, ...]

    def looks_after(self, cantine: str) -> bool:
        """Whether the letters of a cantine are theirs to see. A helper only checks guests in."""
        if self.role is StaffRole.HELPER:
            return False
        return self.role is StaffRole.ADMINISTRATOR or cantine in self.cantines

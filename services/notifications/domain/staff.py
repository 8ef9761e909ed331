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

    def may_send_again(self, cantine: str | None) -> bool:
        """Whether they may have a letter of a cantine sent again; None: a letter that is about none."""
        if self.role is StaffRole.ADMINISTRATOR:
            return True
        return self.role is StaffRole.HOST and cantine in self.cantines

    @property
    def sees_letters_of(self) -> tuple[str, ...] | None:
        """The cantines (by slug) whose letters are theirs to see; None: all, and those that are about none."""
        return {StaffRole.ADMINISTRATOR: None, StaffRole.HELPER: ()}.get(self.role, self.cantines)

"""A sitting in a ledger: the notice of it, which three services keep."""

from dataclasses import fields

from shared.contracts.sitting import SittingNotice
from shared.ledger.lines import SITTING, Digest, Line, line


def sitting_line(notice: SittingNotice, digest: Digest, **more: object) -> Line:
    """All that a notice says, and what else a service keeps; of the cantine, whose people have names, a digest."""
    said = {field.name: getattr(notice, field.name) for field in fields(notice)}
    return line(SITTING, said.pop("thing"), "sitting", **{**said, **more, "cantine": digest(notice.cantine)})

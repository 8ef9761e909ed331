"""The people of one booking, as the messages carry them."""

from dataclasses import dataclass

from marshmallow import fields, validate

from shared.contracts.message import PartSchema


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Who comes: `cooks` also eat; `eaters` are the other adults; `children` are counted, never named.

    Everybody takes one seat; only cooks take a cook place. Examples: a couple of whom one cooks, with two children, is
    `Party(cooks=1, eaters=1, children=2)`, 4 seats and 1 cook place.
    """

    cooks: int = 0
    eaters: int = 0
    children: int = 0

    @property
    def seats(self) -> int:
        """How many seats (covers) this party takes."""
        return self.cooks + self.eaters + self.children


NOBODY = Party()


class PartySchema(PartSchema):
    part = Party

    cooks = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=1000))
    eaters = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=1000))
    children = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=1000))

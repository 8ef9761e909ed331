"""An address as it stands in lists: enough to be recognised by who knows it, too little for who does not."""


def masked(address: str) -> str:
    """camille@example.org is c…@example.org, +33639980042 is …42."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if at else f"…{address[-2:]}"

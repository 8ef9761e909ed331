"""A service's ledger: what it keeps about each thing, as lines in order, so that three of them can be compared.

It holds no personal data: what must be equal and may not be told (a guest's contact) stands there as a digest with the
secret key. It is read in one snapshot, and streamed, so that a million rows need little memory.
"""

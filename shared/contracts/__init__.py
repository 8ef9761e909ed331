"""Every message that passes between the services, defined once.

A message says how one thing stands: its kind, the thing, the sender's revision of that thing, and the whole state as
far as the receiver needs it. The receiver keeps the highest revision and ignores the rest.

`routes.py` is the map of who says what to whom. A breaking change is a new version beside the old one.
"""

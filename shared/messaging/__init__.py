"""How a service says what it did, and hears what others did, so that no message is lost or counts twice.

The outbox keeps what must be said until the receiver's *receipt*; the relay publishes it and waits for the broker's
*confirm*; the inbox applies what is new in one transaction and then gives the broker its *ack*. The three words are
never mixed. The broker may lose everything.
"""

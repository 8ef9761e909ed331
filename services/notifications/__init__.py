"""Notifications decides how and when to speak to people, and is alone in doing so.

It owns letters (an e-mail or an SMS, from planned to sent), the texts that guests send, which contacts letters may
not go to, what it has heard of bookings, sittings and persons, and in the demo the mailbox. It hears `BookingNotice`,
`PersonNotice`, `HostMessage`, `SittingNotice`, `CapacityAlert`, `CreditAlert`, `SignInLink` and `StaffNotice`. It says
`GuestReply` (what a guest answered by text), `ContactState` (whether letters go to a number or an address) and
`SmsCredit` (whether few SMS can still be sent). Providers tell it what became of letters.

A letter is planned by a pure rule from a booking and its sitting, checked again by the same rule in the transaction
that marks it `attempting`, and handed to a provider by the `sender` with no transaction open.
"""

"""The booking service: residents reserve, change and cancel; it alone says what became of a booking.

It owns bookings with the guest's name and ways to be reached, and persons, who agreed to be written to between two
meals; it keeps each sitting as capacity last described it.

It hears `SeatsAnswer` (what capacity holds for a booking), `SittingNotice` (a meal and the places left), `CookCall`
(how many cooks are sought), `StaffNotice` (who may see whose guests), `GuestReply` (what a guest answered by
text) and `ContactState` (whether letters reach an address or a number).
It says `SeatsRequest` (to capacity: the whole wish), `BookingNotice`, `PersonNotice` and `HostMessage` (to
notifications: how a booking stands, what a person is asked, a host's words to the guests of a meal), `Attendance` and
`CookReplies` (to capacity: how many came, how many replied).
"""

"""The booking service: residents reserve, change and cancel; it alone says what became of a booking.

It owns bookings with the guest's name and ways to be reached, and keeps each sitting as capacity last described it.

It hears `SeatsAnswer` (what capacity holds for a booking), `SittingNotice` (a meal and the places left) and
`StaffNotice` (who may see whose guests).
It says `SeatsRequest` (to capacity: the whole wish), `BookingNotice` (to notifications: how a booking stands),
`HostMessage` (to notifications: a host's words to the guests of a meal) and `Attendance` (to capacity: how many came).
"""

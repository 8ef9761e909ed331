"""Capacity alone decides who gets a seat or a cook place at a sitting.

It owns the cantines, their staff, the weekly meals and the days off, the sittings with their limits, and one claim per
booking. It knows no guest.

It hears `SeatsRequest`, `Attendance` and `CookReplies` (from booking) and `SmsCredit` (from notifications). It says
`SeatsAnswer` and `CookCall` (to booking), `SittingNotice` and `StaffNotice` (to booking and notifications),
`CapacityAlert`, `CreditAlert` and `SignInLink` (to notifications).
"""

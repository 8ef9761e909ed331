"""Pure rules: which letters should exist, how they are sent again, how an SMS is written. No framework here."""

"""What all three services need to speak and look alike: messages, messaging, web. No domain rules live here."""

"""What people are told on their way in: sessions, passkeys, codes."""

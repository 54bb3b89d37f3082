"""How people come in and stay: sessions, passkeys and their own keys."""

"""Files that people send: in one go, and in pieces that go on where they broke off."""

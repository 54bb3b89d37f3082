-- ask --
-- A first key that its person handed in with their code.
SELECT ask_portal_first_key(%(person)s, %(known)s, %(body)s) AS kept;

-- list --
-- What waits to be confirmed.
SELECT person, known, body, at FROM list_portal_first_keys();

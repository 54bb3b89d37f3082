-- read_founded --
-- What the installation is.
SELECT installation, local, portals, address_days FROM founding;

-- read_keys --
-- The keys of these people that were not revoked, in the order in which they were enrolled.
SELECT person, body FROM keys WHERE person = ANY(%(people)s) AND revoked IS NULL ORDER BY person, since, key;

-- list_keys --
-- Every key of a person, or of all.
SELECT person, body, since, enrolled_by AS by, revoked, revoked_by FROM keys
WHERE %(person)s::text IS NULL OR person = %(person)s ORDER BY since, person, key;

-- read_invitations --
-- What these people were sent for a first key.
SELECT person, known, until, misses, invited_by FROM invitations WHERE person = ANY(%(people)s);

-- read_ever --
-- Those of these people who ever had a key.
SELECT DISTINCT person FROM keys WHERE person = ANY(%(people)s) ORDER BY person;

-- read_vouchers --
-- Who may act in one of these roles and has a key of their own in force; a session's key has an end.
SELECT DISTINCT p.person FROM people p JOIN keys k USING (person)
WHERE p.active AND p.roles ?| %(roles)s AND k.revoked IS NULL AND (k.body ->> 'expires') IS NULL ORDER BY p.person;

-- read_taken --
-- Those of these keys that were ever enrolled.
SELECT key FROM keys WHERE key = ANY(%(names)s) ORDER BY key;

-- read_key --
-- One key of a person, null unless it is theirs and was not revoked, and the record's clock.
SELECT record_clock() AS at, (
    SELECT body FROM keys WHERE person = %(person)s AND key = %(key)s AND revoked IS NULL
) AS body;

-- read_signer --
-- The registration in force of a person, null for who is not registered, with one key as above.
SELECT p.person AS registered, p.roles, p.employer, p.active, record_clock() AS at, (
    SELECT body FROM keys WHERE person = %(person)s AND key = %(key)s AND revoked IS NULL
) AS body FROM (SELECT 1) AS one LEFT JOIN people p ON p.person = %(person)s;

-- read_clock --
-- The record's clock.
SELECT record_clock() AS at;

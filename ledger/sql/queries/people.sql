-- store_identities --
-- Store identities for a command; the hash under which each stands.
SELECT person, sha256, address FROM store_identities(%(command)s, %(people)s::jsonb);

-- read_people --
-- The registration in force of these people.
SELECT person, roles, employer, language, active, identity FROM people
WHERE person = ANY(%(people)s) ORDER BY person;

-- read_employed --
-- The registration in force of those whom these units employ.
SELECT person, roles, employer, active FROM people WHERE employer = ANY(%(employers)s) ORDER BY person;

-- read_registrars --
-- Everybody who ever signed a registration of these people, or of one who did.
WITH RECURSIVE above (person, registrar) AS (
    SELECT person, registrar FROM registrars WHERE person = ANY(%(people)s)
    UNION
    SELECT a.person, r.registrar FROM above a JOIN registrars r ON r.person = a.registrar
)
SELECT person, array_agg(registrar ORDER BY registrar) AS registrars FROM above GROUP BY person;

-- find_people --
-- Everyone with a role, or everyone.
SELECT person, roles, employer, language, active, identity FROM people
WHERE (%(role)s::text IS NULL OR roles ? %(role)s::text)
ORDER BY person;

-- read_names --
-- What those of these people are called who may act.
SELECT p.person, i.name FROM people p
JOIN identities i ON i.person = p.person AND i.sha256 = p.identity
WHERE p.person = ANY(%(people)s) AND p.active;

-- read_called --
-- What those of these people are called who were not erased, whether they may act or not.
SELECT p.person, i.name FROM people p
JOIN identities i ON i.person = p.person AND i.sha256 = p.identity
WHERE p.person = ANY(%(people)s);

-- read_identity --
-- The identity in force of a person; no row when it was erased.
SELECT i.name, i.mail, i.employer_name FROM people p
JOIN identities i ON i.person = p.person AND i.sha256 = p.identity WHERE p.person = %(person)s;

-- read_stored --
-- Those of these people whose identity of this hash, with the address of this hash, is stored.
SELECT i.person FROM identities i
JOIN jsonb_each_text(%(people)s::jsonb) AS w ON w.key = i.person AND w.value = i.sha256
JOIN jsonb_each_text(%(addresses)s::jsonb) AS a ON a.key = i.person AND a.value = i.address ORDER BY i.person;

-- read_awaiting --
-- Names of those of these people whose identity of this hash is stored, and registered by no act yet.
SELECT i.person, i.name FROM identities i
JOIN jsonb_each_text(%(people)s::jsonb) AS w ON w.key = i.person AND w.value = i.sha256
WHERE NOT i.registered ORDER BY i.person;

-- read_addresses --
-- The addresses that these people are registered with, by their hashes, and the identity in force.
SELECT a.person, a.address, a.since, a.changed, a.hands, p.identity FROM addresses a JOIN people p USING (person)
WHERE a.person = ANY(%(people)s);

-- read_former --
-- An identity of a person that is or was in force; no row when it was erased.
SELECT name, mail, employer_name FROM identities
WHERE person = %(person)s AND sha256 = %(identity)s AND registered;

-- find_erased --
-- Everyone who was erased.
SELECT person FROM people WHERE erased ORDER BY person;

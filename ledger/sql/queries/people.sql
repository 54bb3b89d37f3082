-- keep_identity --
-- Keep an identity under its salted hash.
SELECT keep_identity(%(person)s, %(sha256)s, %(salt)s, %(name)s, %(mail)s, %(employer_name)s);

-- read_people --
-- The registration in force of these people.
SELECT person, roles, employer, language, active, identity FROM people
WHERE person = ANY(%(people)s) ORDER BY person;

-- find_people --
-- Everyone with a role, or everyone.
SELECT person, roles, employer, language, active, identity FROM people
WHERE (%(role)s::text IS NULL OR roles ? %(role)s::text)
ORDER BY person;

-- read_identity --
-- The identity in force of a person; no row when it was erased.
SELECT i.name, i.mail, i.employer_name FROM people p
JOIN identities i ON i.person = p.person AND i.sha256 = p.identity WHERE p.person = %(person)s;

-- is_identity --
-- Whether a repeated registration says the same; true of an erased one.
SELECT is_identity(%(person)s, %(sha256)s, %(name)s, %(mail)s, %(employer_name)s) AS same;

-- is_erased --
-- One row if the person was erased.
SELECT person FROM people WHERE person = %(person)s AND erased;

-- find_erased --
-- Everyone who was erased.
SELECT person FROM people WHERE erased ORDER BY person;

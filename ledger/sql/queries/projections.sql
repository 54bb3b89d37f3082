-- project_stream --
-- Make the projections of a stream equal to its state; what is null stays as it is.
SELECT project_stream(%(log)s, %(stream)s, %(version)s, %(state)s, %(row)s::jsonb, %(tasks)s::jsonb,
    %(deadlines)s::jsonb);

-- save_person --
-- Store a person as last registered.
INSERT INTO people (person, roles, employer, language, active, identity)
VALUES (%(person)s, %(roles)s::jsonb, %(employer)s, %(language)s, %(active)s, %(identity)s)
ON CONFLICT (person) DO UPDATE SET roles = excluded.roles, employer = excluded.employer,
    language = excluded.language, active = excluded.active, identity = excluded.identity;

-- mark_erased --
-- A person as erased; erase_person does the same when it happens.
UPDATE people SET erased = true, active = false WHERE person = %(person)s;

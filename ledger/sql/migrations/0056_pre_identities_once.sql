-- The same identities that are sent twice at once for one command are stored once: each had a salt of its own, so that an act
-- named a hash of one and an address of the other, and was refused.

CREATE UNIQUE INDEX identities_once ON identities (person, stored_for, name, mail, employer_name);

CREATE OR REPLACE FUNCTION store_identities(p_command text, p_people jsonb) RETURNS TABLE (person text, sha256 text, address text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
#variable_conflict use_column
BEGIN
    -- What another call removes just now is left to it.
    DELETE FROM identities WHERE (person, sha256) IN (
        SELECT i.person, i.sha256 FROM identities i WHERE NOT i.registered AND (
            i.stored_at < now() - interval '7 days' OR EXISTS (SELECT FROM people e WHERE e.person = i.person AND e.erased)
        ) FOR UPDATE OF i SKIP LOCKED
    );
    IF EXISTS (SELECT FROM jsonb_array_elements(p_people) AS p WHERE is_erased(p ->> 'person')) THEN
        RAISE EXCEPTION 'a person under this id was erased'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_erased';
    END IF;
    -- Whoever sends the same at the same time waits for the other, and is told the hash that the other stored.
    INSERT INTO identities (person, sha256, salt, name, mail, employer_name, stored_for, address)
    SELECT t.person, t.sha256, decode(t.salt, 'hex'), t.name, t.mail, t.employer_name, p_command, coalesce(
        (
            SELECT i.address FROM identities i LEFT JOIN addresses a USING (person)
            WHERE i.person = t.person AND i.mail = t.mail AND i.registered
            ORDER BY i.address = a.address DESC NULLS LAST, i.stored_at DESC LIMIT 1
        ),
        encode(sha256(decode(t.salt, 'hex') || convert_to(t.mail, 'UTF8')), 'hex')
    )
    FROM jsonb_to_recordset(p_people) AS t
        (person text, sha256 text, salt text, name text, mail text, employer_name text)
    ORDER BY t.person
    ON CONFLICT (person, stored_for, name, mail, employer_name) DO NOTHING;
    RETURN QUERY
    SELECT i.person, i.sha256, i.address
    FROM jsonb_to_recordset(p_people) AS t (person text, name text, mail text, employer_name text)
    JOIN identities i USING (person, name, mail, employer_name) WHERE i.stored_for = p_command;
END
$$;

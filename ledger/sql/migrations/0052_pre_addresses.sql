-- By whose hands people are registered with the address that counts, and since when: a code for a first key waits for a changed one.

-- No append runs between the functions before and these: its entries would be in neither.
SELECT exclude_appends();

ALTER TABLE founding ADD COLUMN address_days integer NOT NULL DEFAULT 3;
ALTER TABLE invitations ADD COLUMN invited_by text NOT NULL DEFAULT '';
COMMENT ON TABLE invitations IS 'What knows the one-time code that a person was sent for a first key, by whom, until when it counts, and how often another one was shown.';
ALTER TABLE identities ADD COLUMN address text NOT NULL DEFAULT '';
UPDATE identities i SET address = encode(sha256((
    SELECT o.salt FROM identities o WHERE o.person = i.person AND o.mail = i.mail
    ORDER BY o.registered DESC, o.stored_at, o.sha256 LIMIT 1
) || convert_to(i.mail, 'UTF8')), 'hex');
COMMENT ON TABLE identities IS 'Personal data; erasing a row leaves the log provable, since the log holds SHA-256(salt, identity) only, and of the address SHA-256(salt, mail) by the first salt with which the person was registered with it. A row is stored for one command (person/command id); until an entry names its hash, it is not registered.';
GRANT SELECT (address) ON identities TO selection_app;

CREATE TABLE addresses (
    person text PRIMARY KEY,
    address text NOT NULL,
    since timestamptz NOT NULL,
    changed boolean NOT NULL,
    hands text[] NOT NULL
);
COMMENT ON TABLE addresses IS 'A projection of the installation log: the salted hash of the mail address that each person is registered with, since when, who signed that, and whether another one was registered before; of what an earlier version registered the address alone, by the stored identity. It goes when a person is erased.';

CREATE FUNCTION project_address(p_type text, p_data json, p_by text, p_command text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    next_address text := p_data ->> 'address';
BEGIN
    IF p_type = 'person.erased.v1' THEN
        DELETE FROM addresses WHERE person = named;
    ELSIF p_type <> 'person.registered.v1' THEN
        RETURN;
    ELSIF next_address IS NULL THEN
        -- What an earlier version registered tells neither the address nor a change: by the stored identity it is
        -- known whether the next one is another, and nothing is asked of whose hands it came from.
        INSERT INTO addresses (person, address, since, changed, hands) VALUES (
            named, coalesce((
                SELECT i.address FROM identities i WHERE i.person = named AND i.sha256 = p_data ->> 'identity'
            ), ''), p_at, false, '{}'
        ) ON CONFLICT (person) DO UPDATE
        SET address = excluded.address, since = excluded.since, changed = false, hands = '{}';
    ELSIF NOT EXISTS (SELECT FROM addresses a WHERE a.person = named AND a.address = next_address) THEN
        INSERT INTO addresses (person, address, since, changed, hands) VALUES (
            named, next_address, p_at, false, ARRAY(SELECT hand FROM hands_of(p_by, p_command) AS hand ORDER BY hand)
        ) ON CONFLICT (person) DO UPDATE
        SET address = excluded.address, since = excluded.since, changed = true, hands = excluded.hands;
        DELETE FROM invitations WHERE person = named;
    END IF;
END
$$;
COMMENT ON FUNCTION project_address IS 'With which address a person is registered, by whose hands, after one more entry of the installation. Another address ends what was sent to the former one.';

CREATE OR REPLACE FUNCTION project_key(p_type text, p_data json, p_by text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    CASE p_type
    WHEN 'installation.founded.v1' THEN
        INSERT INTO founding (installation, local, portals, address_days)
        VALUES (
            p_data ->> 'installation', (p_data ->> 'local')::boolean, coalesce((p_data -> 'portals')::jsonb, '[]'),
            coalesce((p_data ->> 'address_days')::integer, 3)
        );
    WHEN 'code.renewed.v1' THEN
        UPDATE founding SET portals = coalesce((p_data -> 'portals')::jsonb, portals);
    WHEN 'portals.named.v1' THEN
        UPDATE founding SET portals = (p_data -> 'portals')::jsonb;
    WHEN 'signer.invited.v1' THEN
        INSERT INTO invitations (person, known, until, invited_by)
        VALUES (p_data ->> 'person', p_data ->> 'known', (p_data ->> 'until')::timestamptz, p_by)
        ON CONFLICT (person) DO UPDATE
        SET known = excluded.known, until = excluded.until, invited_by = excluded.invited_by, misses = 0;
    WHEN 'code.missed.v1' THEN
        UPDATE invitations SET misses = misses + 1 WHERE person = p_data ->> 'person';
    WHEN 'key.enrolled.v1' THEN
        INSERT INTO keys (key, person, body, since, enrolled_by)
        VALUES (p_data -> 'key' ->> 'key', p_data ->> 'person', p_data -> 'key', p_at, p_data ->> 'by');
        DELETE FROM invitations WHERE person = p_data ->> 'person';
    WHEN 'key.revoked.v1', 'key.ended.v1' THEN
        UPDATE keys SET revoked = p_at, revoked_by = p_by
        WHERE key = p_data ->> 'key' AND person = p_data ->> 'person' AND revoked IS NULL;
    ELSE
        NULL;
    END CASE;
END
$$;

DROP FUNCTION store_identities(text, jsonb);
CREATE FUNCTION store_identities(p_command text, p_people jsonb) RETURNS TABLE (person text, sha256 text, address text)
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
    RETURN QUERY
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(p_people) AS t
            (person text, sha256 text, salt text, name text, mail text, employer_name text)
    ), known AS (
        SELECT t.person, min(i.sha256) AS sha256, min(i.address) AS address FROM told t JOIN identities i USING (person)
        WHERE i.stored_for = p_command
            AND (i.name, i.mail, i.employer_name) = (t.name, t.mail, t.employer_name)
        GROUP BY t.person
    ), added AS (
        INSERT INTO identities (person, sha256, salt, name, mail, employer_name, stored_for, address)
        SELECT t.person, t.sha256, decode(t.salt, 'hex'), t.name, t.mail, t.employer_name, p_command, coalesce(
            (
                SELECT i.address FROM identities i LEFT JOIN addresses a USING (person)
                WHERE i.person = t.person AND i.mail = t.mail AND i.registered
                ORDER BY i.address = a.address DESC NULLS LAST, i.stored_at DESC LIMIT 1
            ),
            encode(sha256(decode(t.salt, 'hex') || convert_to(t.mail, 'UTF8')), 'hex')
        )
        FROM told t WHERE t.person NOT IN (SELECT k.person FROM known k)
        RETURNING person, sha256, address
    )
    SELECT k.person, k.sha256, k.address FROM known k UNION ALL SELECT a.person, a.sha256, a.address FROM added a;
END
$$;
COMMENT ON FUNCTION store_identities IS 'Stores identities before the act that registers them, and returns their hashes: for the same command and identity always the same one, and for the address with which a person is registered always the same. What no entry named within a week is deleted.';
REVOKE ALL ON FUNCTION store_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION store_identities TO selection_app;

CREATE OR REPLACE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.command_id, e.at, convert_from(e.body, 'UTF8')::json -> 'data' AS data
        FROM entries e WHERE e.log = 'installation' AND e.seq >= p_first ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
        PERFORM project_address(told.type, told.data, told.person, told.command_id, told.at);
        PERFORM project_employment(told.type, told.data, told.at);
        PERFORM project_registrars(told.type, told.data, told.person, told.command_id);
        PERFORM project_key(told.type, told.data, told.person, told.at);
        PERFORM project_unit(told.type, told.data, told.version, told.at);
        CASE told.type
        WHEN 'person.registered.v1' THEN
            UPDATE identities SET registered = true
            WHERE person = told.data ->> 'person' AND sha256 = told.data ->> 'identity';
        WHEN 'person.erased.v1' THEN
            PERFORM erase_person(told.data ->> 'person', told.data -> 'contents');
        WHEN 'letter.settled.v1' THEN
            PERFORM settle_letter(split_part(told.data ->> 'task', '/', 2)::bigint, told.data ->> 'how');
        ELSE
            NULL;
        END CASE;
    END LOOP;
END
$$;
COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people with their addresses, employments, ties and registrars, keys, units with their former parents and registrars, erasures, letters that were settled.';

CREATE OR REPLACE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM addresses;
    DELETE FROM employments;
    DELETE FROM registrars;
    DELETE FROM unit_registrars;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    DELETE FROM former_parents;
    PERFORM project_person(e.type, e.data), project_address(e.type, e.data, e.person, e.command_id, e.at),
        project_employment(e.type, e.data, e.at),
        project_registrars(e.type, e.data, e.person, e.command_id), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version, e.at)
    FROM (
        SELECT type, version, person, command_id, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END
$$;
COMMENT ON FUNCTION rebuild_register IS 'Replaces all that follows from the installation''s log by what the log says: people with their addresses, employments, ties and registrars, keys, the founding, units with their former parents and registrars. It erases nothing.';

REVOKE ALL ON FUNCTION project_address FROM PUBLIC;
GRANT SELECT ON addresses TO selection_app, selection_auditor;
SELECT rebuild_register();

-- What was signed and handed on is not pushed out by what is only looked at, and what may not be answered is sought before it is limited.

CREATE FUNCTION portal_act_answered(p_id text, p_person text, p_body json) RETURNS boolean
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT CASE WHEN p_body -> 'items' IS NULL
        -- The second signer's page of an act goes by an id of its own; what answers it is the first signer's entry.
        THEN EXISTS (
            SELECT FROM entries e WHERE e.command_id = p_body #>> '{act,command_id}'
                AND e.person IN (p_person, p_body #>> '{act,actor,person}')
        )
        -- The signature of many goes once all of them are answered.
        ELSE NOT EXISTS (
            SELECT FROM portal_drafts d WHERE d.person = p_person AND d.place = 'signature-together ' || p_id
        ) END
$$;
COMMENT ON FUNCTION portal_act_answered IS 'Tells of what a person handed on whether all of it is answered.';

CREATE OR REPLACE FUNCTION keep_portal_act(p_id text, p_person text, p_session text, p_body text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_acts WHERE until <= clock_timestamp() - interval '1 day';
    DELETE FROM portal_acts WHERE (SELECT count(*) FROM portal_acts WHERE person = p_person) > 49 AND id IN (
        SELECT id FROM portal_acts
        WHERE person = p_person
            AND CASE WHEN sent IS NULL OR body::json ->> 'two' = 'true' THEN true
                ELSE portal_act_answered(id, person, body::json) END
        ORDER BY until DESC OFFSET 49
    );
    INSERT INTO portal_acts (id, person, session, body, until)
    VALUES (p_id, p_person, p_session, p_body, clock_timestamp() + portal_act_counts())
$$;
COMMENT ON FUNCTION keep_portal_act IS 'Keeps an act that is shown to its person; of one person fifty at most, the latest, beside those that were handed on and are not answered, which stay for a day; what waits for a second signature has its own place.';

CREATE OR REPLACE FUNCTION list_portal_acts_under_way(p_person text) RETURNS TABLE (body text, sent timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT a.body, a.sent FROM portal_acts a
    WHERE a.person = p_person AND a.sent IS NOT NULL
        -- What waits for a second signature has its own place; what another release kept is read by nobody.
        AND coalesce(a.body::json ->> 'two', 'false') = 'false'
        AND coalesce(a.body::json -> 'items', a.body::json #> '{act,command_id}') IS NOT NULL
        AND NOT portal_act_answered(a.id, a.person, a.body::json)
    ORDER BY a.sent DESC LIMIT 20
$$;
COMMENT ON FUNCTION list_portal_acts_under_way IS 'Returns what a person handed on of late and what may not be answered yet, the latest first, without what waits for a second signature.';

REVOKE ALL ON FUNCTION portal_act_answered FROM PUBLIC;

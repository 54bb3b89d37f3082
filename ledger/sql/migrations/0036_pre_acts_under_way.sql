-- What was signed and handed on is its person's, from whichever session of theirs; before that it is of the session that it was shown in.

CREATE OR REPLACE FUNCTION read_portal_act(p_id text, p_person text, p_session text)
RETURNS TABLE (body text, sent boolean, expired boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT body, sent IS NOT NULL, until <= clock_timestamp() FROM portal_acts
    WHERE id = p_id AND person = p_person AND (session = p_session OR sent IS NOT NULL)
$$;
COMMENT ON FUNCTION read_portal_act IS 'Returns an act to its person: in the session that it was shown in, and once it was handed on in any of theirs.';

CREATE OR REPLACE FUNCTION note_portal_act(p_id text, p_person text, p_session text, p_sent boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    UPDATE portal_acts SET sent = CASE WHEN p_sent THEN clock_timestamp() END, session = p_session
    WHERE id = p_id AND person = p_person AND (session = p_session OR sent IS NOT NULL)
$$;
COMMENT ON FUNCTION note_portal_act IS 'Notes that an act was handed on, or that it came to nothing and may be sent again in the session that found that out.';

CREATE FUNCTION list_portal_acts_under_way(p_person text) RETURNS TABLE (body text, sent timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT a.body, a.sent FROM portal_acts a
    WHERE a.person = p_person AND a.sent IS NOT NULL
        AND CASE WHEN a.body::json -> 'items' IS NULL
            THEN NOT EXISTS (SELECT FROM entries e WHERE e.command_id = a.id AND e.person = a.person)
            -- The signature of many goes once all of them are answered.
            ELSE EXISTS (
                SELECT FROM portal_drafts d WHERE d.person = a.person AND d.place = 'signature-together ' || a.id
            ) END
    ORDER BY a.sent DESC LIMIT 20
$$;
COMMENT ON FUNCTION list_portal_acts_under_way IS 'Returns what a person handed on of late and what may not be answered yet, the latest first.';

REVOKE ALL ON FUNCTION list_portal_acts_under_way FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_portal_acts_under_way TO selection_portal;

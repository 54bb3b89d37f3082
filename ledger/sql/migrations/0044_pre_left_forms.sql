-- What was typed when a session had ended by time alone is laid by for its person; nothing else can be done with such a session.

CREATE FUNCTION portal_ended_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '3 days' $$;
COMMENT ON FUNCTION portal_ended_counts IS 'How long after its end a session lays a form by for its person [D]: from a Friday evening to a Monday morning.';

CREATE OR REPLACE FUNCTION begin_portal_session(
    p_token bytea, p_name text, p_person text, p_means text, p_key text, p_until timestamptz, p_agent text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions
    WHERE least(until, seen + portal_idle()) <= clock_timestamp() - portal_ended_counts();
    INSERT INTO portal_sessions (token, name, person, means, key, until, agent)
    VALUES (
        p_token, p_name, p_person, p_means, p_key,
        least(coalesce(p_until, 'infinity'), clock_timestamp() + portal_longest()), p_agent
    )
$$;
COMMENT ON FUNCTION begin_portal_session IS 'Keeps a session, for portal_longest() at most, and removes those that ended by time portal_ended_counts() ago.';

CREATE FUNCTION find_ended_portal_session(p_token bytea) RETURNS TABLE (name text, person text, means text, key text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT s.name, s.person, s.means, s.key FROM portal_sessions s
    WHERE s.token = p_token AND least(s.until, s.seen + portal_idle()) <= clock_timestamp()
        AND least(s.until, s.seen + portal_idle()) > clock_timestamp() - portal_ended_counts()
$$;
COMMENT ON FUNCTION find_ended_portal_session IS 'Returns the session of a token that ended by time within portal_ended_counts(); one that was ended otherwise is known no more.';

CREATE FUNCTION leave_portal_form(p_token bytea, p_hash text, p_body text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    whose text;
    of_session text;
    taken text;
BEGIN
    SELECT s.person, 'left-form ' || s.name || '.' INTO whose, of_session FROM find_ended_portal_session(p_token) s;
    -- Of two forms that are left at once one waits for the other, and for an erasure, which then takes it along.
    PERFORM FROM people p WHERE p.person = whose AND p.active AND NOT p.erased FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    taken := of_session || p_hash;
    DELETE FROM portal_drafts WHERE changed <= clock_timestamp() - portal_draft_counts();
    IF EXISTS (SELECT FROM portal_drafts d WHERE d.person = whose AND d.place = taken) THEN
        RETURN taken;
    END IF;
    IF (SELECT count(*) FROM portal_drafts d WHERE d.person = whose AND starts_with(d.place, of_session)) >= 5
        OR (SELECT count(*) FROM portal_drafts d WHERE d.person = whose AND starts_with(d.place, 'left-form ')) >= 20 THEN
        RETURN NULL;
    END IF;
    INSERT INTO portal_drafts (person, place, version, body)
    VALUES (whose, taken, nextval('portal_draft_versions'), p_body);
    RETURN taken;
END
$$;
COMMENT ON FUNCTION leave_portal_form IS 'Keeps a form beside the drafts of whom a session was that ended by time, once however often it is sent, and returns its place; NULL, and nothing is kept, for any other session, where its person may no longer act, and beyond 5 forms of a session or 20 of a person [D].';

CREATE FUNCTION list_left_portal_forms(p_person text) RETURNS TABLE (place text, path text, changed timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT place, body::json ->> 'path', changed FROM portal_drafts
    WHERE person = p_person AND starts_with(place, 'left-form ') AND changed > clock_timestamp() - portal_draft_counts()
    ORDER BY changed DESC
$$;
COMMENT ON FUNCTION list_left_portal_forms IS 'Returns where a person''s left forms are kept, and the page of each, the latest first.';

REVOKE ALL ON FUNCTION find_ended_portal_session, leave_portal_form, list_left_portal_forms FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_ended_portal_session, leave_portal_form, list_left_portal_forms TO selection_portal;

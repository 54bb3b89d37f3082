-- Who is signed in at the portal: a part of its own beside the record, outside of every log. Tokens are stored hashed.

CREATE TABLE portal_sessions (
    token bytea PRIMARY KEY CONSTRAINT portal_sessions_token CHECK (octet_length(token) = 32),
    name text NOT NULL UNIQUE,
    person text NOT NULL,
    means text NOT NULL,
    key text NOT NULL,
    started timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz NOT NULL,
    agent text NOT NULL,
    CONSTRAINT portal_sessions_short CHECK (
        greatest(length(name), length(person), length(means), length(key), length(agent)) <= 200
    )
);
COMMENT ON TABLE portal_sessions IS 'One row for each session at the portal: whose, by which key or turn they were let in (reading/access), until when at most; name is told to its person, the token to nobody.';
CREATE INDEX portal_sessions_by_person ON portal_sessions (person);

CREATE TABLE portal_links (
    token bytea PRIMARY KEY CONSTRAINT portal_links_token CHECK (octet_length(token) = 32),
    until timestamptz NOT NULL
);
COMMENT ON TABLE portal_links IS 'Sign-in links of a local installation that were not used yet.';

CREATE FUNCTION portal_idle() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '30 minutes' $$;
COMMENT ON FUNCTION portal_idle IS 'How long a session lasts in which nothing is asked for [D].';
CREATE FUNCTION portal_longest() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '12 hours' $$;
COMMENT ON FUNCTION portal_longest IS 'How long a session lasts at most [D].';
CREATE FUNCTION portal_link_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 hour' $$;
COMMENT ON FUNCTION portal_link_counts IS 'How long a sign-in link counts [D].';

CREATE FUNCTION begin_portal_session(
    p_token bytea, p_name text, p_person text, p_means text, p_key text, p_until timestamptz, p_agent text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions WHERE until <= clock_timestamp() OR seen <= clock_timestamp() - portal_idle();
    INSERT INTO portal_sessions (token, name, person, means, key, until, agent)
    VALUES (
        p_token, p_name, p_person, p_means, p_key,
        least(coalesce(p_until, 'infinity'), clock_timestamp() + portal_longest()), p_agent
    )
$$;
COMMENT ON FUNCTION begin_portal_session IS 'Keeps a session, for portal_longest() at most, and removes those that have ended.';

CREATE FUNCTION resume_portal_session(p_token bytea)
RETURNS TABLE (name text, person text, means text, key text, started timestamptz, seen timestamptz, until timestamptz, agent text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    present timestamptz := clock_timestamp();
BEGIN
    UPDATE portal_sessions s SET seen = present
    WHERE s.token = p_token AND s.until > present
        AND s.seen > present - portal_idle() AND s.seen < present - interval '1 minute';
    RETURN QUERY SELECT s.name, s.person, s.means, s.key, s.started, s.seen, s.until, s.agent
    FROM portal_sessions s WHERE s.token = p_token AND s.until > present AND s.seen > present - portal_idle();
END
$$;
COMMENT ON FUNCTION resume_portal_session IS 'Returns the session of a token unless it has ended, and notes to the minute that it was used.';

CREATE FUNCTION end_portal_session(p_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions WHERE token = p_token
$$;

CREATE FUNCTION end_portal_session_named(p_person text, p_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions WHERE person = p_person AND name = p_name
$$;
COMMENT ON FUNCTION end_portal_session_named IS 'Ends a session of this person, wherever it is; of another person, none.';

CREATE FUNCTION list_portal_sessions(p_person text)
RETURNS TABLE (name text, person text, means text, key text, started timestamptz, seen timestamptz, until timestamptz, agent text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT name, person, means, key, started, seen, until, agent FROM portal_sessions
    WHERE person = p_person AND until > clock_timestamp() AND seen > clock_timestamp() - portal_idle()
    ORDER BY started
$$;

CREATE FUNCTION offer_portal_link(p_token bytea) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_links WHERE until <= clock_timestamp();
    INSERT INTO portal_links (token, until) VALUES (p_token, clock_timestamp() + portal_link_counts()) RETURNING until
$$;
COMMENT ON FUNCTION offer_portal_link IS 'Keeps a sign-in link and returns until when it counts. For who runs the servers; the portal makes none.';

CREATE FUNCTION has_portal_link(p_token bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT EXISTS (SELECT FROM portal_links WHERE token = p_token AND until > clock_timestamp())
$$;

CREATE FUNCTION take_portal_link(p_token bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_links WHERE token = p_token AND until > clock_timestamp();
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION take_portal_link IS 'Takes a sign-in link away, and tells whether it was there and counted.';

REVOKE ALL ON FUNCTION begin_portal_session, resume_portal_session, end_portal_session, end_portal_session_named,
    list_portal_sessions, offer_portal_link, has_portal_link, take_portal_link FROM PUBLIC;
GRANT USAGE ON SCHEMA selection TO selection_portal;
GRANT EXECUTE ON FUNCTION begin_portal_session, resume_portal_session, end_portal_session, end_portal_session_named,
    list_portal_sessions, has_portal_link, take_portal_link TO selection_portal;
GRANT EXECUTE ON FUNCTION offer_portal_link TO selection_recorder;

-- What people have begun at the portal: drafts of forms, and acts that wait for their person's signature.

CREATE SEQUENCE portal_draft_versions;
CREATE TABLE portal_drafts (
    person text NOT NULL,
    place text NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    changed timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (person, place),
    CONSTRAINT portal_drafts_short CHECK (greatest(length(person), length(place)) <= 400 AND octet_length(body) <= 1000000)
);
COMMENT ON TABLE portal_drafts IS 'What a person typed into a form so far, as JSON text; place names the form and what it is about. No version is given twice.';

CREATE TABLE portal_acts (
    id text PRIMARY KEY,
    person text NOT NULL,
    session text NOT NULL,
    body text NOT NULL,
    until timestamptz NOT NULL,
    sent timestamptz,
    CONSTRAINT portal_acts_short CHECK (
        greatest(length(id), length(person), length(session)) <= 200 AND octet_length(body) <= 4000000
    )
);
COMMENT ON TABLE portal_acts IS 'Acts by their command id as they were shown to their person in a session (portal_sessions.name), to be signed until then; sent says that they were handed on.';
CREATE INDEX portal_acts_by_person ON portal_acts (person, until);

CREATE FUNCTION portal_draft_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '90 days' $$;
COMMENT ON FUNCTION portal_draft_counts IS 'How long a draft is kept that nobody changes [D].';
CREATE FUNCTION portal_act_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 hour' $$;
COMMENT ON FUNCTION portal_act_counts IS 'How long an act that is shown can be signed [D].';

CREATE FUNCTION save_portal_draft(p_person text, p_place text, p_version bigint, p_body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    given bigint := nextval('portal_draft_versions');
BEGIN
    DELETE FROM portal_drafts WHERE changed <= clock_timestamp() - portal_draft_counts();
    IF p_version = 0 THEN
        INSERT INTO portal_drafts (person, place, version, body) VALUES (p_person, p_place, given, p_body)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE portal_drafts SET version = given, body = p_body, changed = clock_timestamp()
        WHERE person = p_person AND place = p_place AND version = p_version;
    END IF;
    RETURN CASE WHEN FOUND THEN given END;
END
$$;
COMMENT ON FUNCTION save_portal_draft IS 'Keeps a draft in place of the version that its writer had before them, 0 for none, and returns the new one; NULL, and nothing is changed, where another stands there.';

CREATE FUNCTION read_portal_draft(p_person text, p_place text)
RETURNS TABLE (version bigint, body text, changed timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT version, body, changed FROM portal_drafts
    WHERE person = p_person AND place = p_place AND changed > clock_timestamp() - portal_draft_counts()
$$;

CREATE FUNCTION drop_portal_draft(p_person text, p_place text, p_version bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_drafts WHERE person = p_person AND place = p_place AND version = p_version
$$;
COMMENT ON FUNCTION drop_portal_draft IS 'Removes one version of a draft; what was saved over it since stays.';

CREATE FUNCTION keep_portal_act(p_id text, p_person text, p_session text, p_body text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_acts WHERE until <= clock_timestamp() - interval '1 day';
    DELETE FROM portal_acts WHERE id IN (
        SELECT id FROM portal_acts WHERE person = p_person ORDER BY until DESC OFFSET 49
    );
    INSERT INTO portal_acts (id, person, session, body, until)
    VALUES (p_id, p_person, p_session, p_body, clock_timestamp() + portal_act_counts())
$$;
COMMENT ON FUNCTION keep_portal_act IS 'Keeps an act that is shown to its person; of one person fifty at most, the latest.';

CREATE FUNCTION read_portal_act(p_id text, p_person text, p_session text)
RETURNS TABLE (body text, sent boolean, expired boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT body, sent IS NOT NULL, until <= clock_timestamp() FROM portal_acts
    WHERE id = p_id AND person = p_person AND session = p_session
$$;
COMMENT ON FUNCTION read_portal_act IS 'Returns an act to the person and session that it was shown in, and to nobody else.';

CREATE FUNCTION note_portal_act(p_id text, p_person text, p_session text, p_sent boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    UPDATE portal_acts SET sent = CASE WHEN p_sent THEN clock_timestamp() END
    WHERE id = p_id AND person = p_person AND session = p_session
$$;
COMMENT ON FUNCTION note_portal_act IS 'Notes that an act was handed on, or that it came to nothing and may be sent again.';

CREATE FUNCTION forget_portal_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_drafts WHERE person = NEW.person;
    DELETE FROM portal_acts WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_work IS 'Who is erased leaves no draft and no act behind that waits.';
CREATE TRIGGER people_erased AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_work();

REVOKE ALL ON FUNCTION save_portal_draft, read_portal_draft, drop_portal_draft, keep_portal_act, read_portal_act,
    note_portal_act, forget_portal_work FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_portal_draft, read_portal_draft, drop_portal_draft, keep_portal_act, read_portal_act,
    note_portal_act TO selection_portal;

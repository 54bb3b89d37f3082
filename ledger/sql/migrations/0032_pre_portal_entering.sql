-- Who wants in at the portal: what they were asked, and how often they tried; kept here for all its processes. Lost with a crash.

CREATE UNLOGGED TABLE portal_questions (
    challenge bytea PRIMARY KEY CONSTRAINT portal_questions_challenge CHECK (octet_length(challenge) = 32),
    issued timestamptz NOT NULL,
    expires timestamptz NOT NULL
);
COMMENT ON TABLE portal_questions IS 'Questions that wait for an answer, each by the SHA-256 of what is random in it; an answer takes its question away, whatever comes of it.';
CREATE INDEX portal_questions_by_time ON portal_questions (expires);

CREATE FUNCTION keep_portal_question(p_challenge bytea, p_issued timestamptz, p_expires timestamptz, p_most integer)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    -- What another call removes just now is left to it. The time is asked for once, not for each row.
    DELETE FROM portal_questions WHERE challenge IN (
        SELECT q.challenge FROM portal_questions q WHERE q.expires <= (
            SELECT greatest(record_clock(), (
                SELECT o.expires FROM portal_questions o ORDER BY o.expires DESC OFFSET p_most - 1 LIMIT 1
            ))
        ) FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_questions (challenge, issued, expires) VALUES (p_challenge, p_issued, p_expires)
$$;
COMMENT ON FUNCTION keep_portal_question IS 'Keeps a question in place of those whose time is over, and of the oldest where so many wait.';

CREATE FUNCTION take_portal_question(p_challenge bytea) RETURNS TABLE (issued timestamptz, expires timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_questions q WHERE q.challenge = p_challenge RETURNING q.issued, q.expires
$$;
COMMENT ON FUNCTION take_portal_question IS 'Takes a question away and returns its time: of two that answer it at once, one is given it.';

CREATE UNLOGGED TABLE portal_attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CONSTRAINT portal_attempts_kind CHECK (kind IN ('sign-in', 'question')),
    network bytea NOT NULL CONSTRAINT portal_attempts_network CHECK (octet_length(network) = 32),
    at timestamptz NOT NULL
);
COMMENT ON TABLE portal_attempts IS 'What was tried of late, by the SHA-256 of the address that it came from, which hides it from a glance and not from who tries all addresses; what is older than portal_attempts_count() goes. What a limit refused is not in it, so that it is no larger than the limits.';
CREATE INDEX portal_attempts_by_time ON portal_attempts (kind, at);
CREATE INDEX portal_attempts_by_network ON portal_attempts (kind, network, at);

CREATE FUNCTION portal_attempts_count() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '10 minutes' $$;
COMMENT ON FUNCTION portal_attempts_count IS 'Within which time what somebody tries at the sign-in is counted [D].';

CREATE FUNCTION count_portal_attempt(p_kind text, p_network bytea, p_of_one integer, p_of_all integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    since timestamptz;
BEGIN
    -- Two processes that count at once would each see the other's as not tried.
    PERFORM pg_advisory_xact_lock(hashtextextended('attempts ' || p_kind, 0));
    since := record_clock() - portal_attempts_count();
    IF (SELECT count(*) FROM portal_attempts WHERE kind = p_kind AND network = p_network AND at > since) >= p_of_one
        OR (SELECT count(*) FROM portal_attempts WHERE kind = p_kind AND at > since) >= p_of_all THEN
        RETURN false;
    END IF;
    -- What another call removes just now is left to it.
    DELETE FROM portal_attempts WHERE id IN (
        SELECT id FROM portal_attempts WHERE kind = p_kind AND at <= since FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_attempts (kind, network, at) VALUES (p_kind, p_network, record_clock());
    RETURN true;
END
$$;
COMMENT ON FUNCTION count_portal_attempt IS 'Counts one more attempt of a kind and returns true, unless so many of one address or of all were counted within portal_attempts_count(): then nothing is.';

CREATE FUNCTION forget_portal_attempts(p_kind text, p_network bytea, p_most integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_attempts WHERE id IN (
        SELECT id FROM portal_attempts WHERE kind = p_kind AND network = p_network
        ORDER BY at DESC, id DESC LIMIT p_most FOR UPDATE SKIP LOCKED
    )
$$;
COMMENT ON FUNCTION forget_portal_attempts IS 'Forgets the latest attempts of an address, so many at most, as if they had not been tried.';

REVOKE ALL ON FUNCTION keep_portal_question, take_portal_question, count_portal_attempt, forget_portal_attempts
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_portal_question, take_portal_question, count_portal_attempt, forget_portal_attempts
TO selection_portal;

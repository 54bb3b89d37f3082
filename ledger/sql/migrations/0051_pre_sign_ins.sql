-- A right signature always lets in: what came to nothing is counted by network and person, nothing is counted for all, and
-- a question of the sign-in page waits nowhere, so that nobody who asks for many pushes out another's.

CREATE TABLE portal_seal (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret bytea NOT NULL CONSTRAINT portal_seal_secret CHECK (octet_length(secret) = 32)
);
COMMENT ON TABLE portal_seal IS 'By which every process of the portal knows again what any of them asked at the sign-in. It signs nothing of the record.';
INSERT INTO portal_seal (secret)
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE FUNCTION read_portal_seal() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = selection, pg_temp AS $$ SELECT secret FROM portal_seal $$;
COMMENT ON FUNCTION read_portal_seal IS 'What questions of the sign-in are sealed with, for who has the portal''s login.';

CREATE TABLE portal_answers (
    challenge bytea PRIMARY KEY CONSTRAINT portal_answers_challenge CHECK (octet_length(challenge) = 32),
    expires timestamptz NOT NULL
);
COMMENT ON TABLE portal_answers IS 'Questions of the sign-in that somebody answered rightly, each by the SHA-256 of what is random in it, until it runs out: none counts twice.';
CREATE INDEX portal_answers_by_time ON portal_answers (expires);

CREATE FUNCTION use_portal_answer(p_challenge bytea, p_expires timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- What another call removes just now is left to it.
    DELETE FROM portal_answers WHERE challenge IN (
        SELECT a.challenge FROM portal_answers a WHERE a.expires < record_clock() - interval '1 minute'
        LIMIT 100 FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_answers (challenge, expires) VALUES (p_challenge, p_expires) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION use_portal_answer IS 'Uses a question up, and returns true the first time: of two that answer it at once, to one.';

CREATE UNLOGGED TABLE portal_misses (
    whose bytea PRIMARY KEY CONSTRAINT portal_misses_whose CHECK (octet_length(whose) = 32),
    since timestamptz NOT NULL,
    missed integer NOT NULL
);
COMMENT ON TABLE portal_misses IS 'How often somebody tried to sign in and came to nothing, by the SHA-256 of their network, or of it and the person they named; which hides it from a glance and not from who tries all addresses. What began longer ago than portal_attempts_count() goes.';
CREATE INDEX portal_misses_by_time ON portal_misses (since);

CREATE FUNCTION count_portal_miss(p_whose bytea, p_most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    now_ timestamptz := record_clock();
    counted integer;
BEGIN
    INSERT INTO portal_misses AS m (whose, since, missed) VALUES (p_whose, now_, 1)
    ON CONFLICT (whose) DO UPDATE SET
        since = CASE WHEN m.since <= now_ - portal_attempts_count() THEN now_ ELSE m.since END,
        missed = CASE WHEN m.since <= now_ - portal_attempts_count() THEN 1 ELSE least(m.missed + 1, p_most + 1) END
    RETURNING missed INTO counted;
    -- After its own row: whoever deleted others' first could wait for who deletes theirs.
    DELETE FROM portal_misses WHERE whose IN (
        SELECT m.whose FROM portal_misses m WHERE m.since <= now_ - portal_attempts_count() AND m.whose <> p_whose
        LIMIT 100 FOR UPDATE SKIP LOCKED
    );
    RETURN counted <= p_most;
END
$$;
COMMENT ON FUNCTION count_portal_miss IS 'Counts one more attempt that came to nothing; false once more than so many did since the first of them, within portal_attempts_count().';

CREATE FUNCTION forget_portal_miss(p_whose bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    UPDATE portal_misses SET missed = greatest(missed - 1, 0) WHERE whose = p_whose
$$;
COMMENT ON FUNCTION forget_portal_miss IS 'Counts one attempt less: it came to something.';

REVOKE ALL ON FUNCTION read_portal_seal, use_portal_answer, count_portal_miss, forget_portal_miss FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_portal_seal, use_portal_answer, count_portal_miss, forget_portal_miss
TO selection_portal;

-- Nobody holds up the others by what only keeps processes apart: numbers, identities, and what the portal counts.

CREATE OR REPLACE FUNCTION give_number(p_log text, p_person text, p_command_id text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    given integer;
    passed_over integer := 0;
BEGIN
    LOOP
        SELECT n.number INTO given FROM numbers n
        WHERE n.log = p_log AND n.person = p_person AND n.command_id = p_command_id;
        IF given IS NULL THEN
            -- Another may be given this number just now: it is waited for a while, and passed over where it never commits.
            BEGIN
                INSERT INTO numbers (log, number, person, command_id)
                SELECT p_log, coalesce(max(n.number), 0) + 1 + passed_over, p_person, p_command_id
                FROM numbers n WHERE n.log = p_log
                ON CONFLICT DO NOTHING RETURNING number INTO given;
            EXCEPTION WHEN lock_not_available THEN
                passed_over := 4 * passed_over + 3;
            END;
            CONTINUE WHEN given IS NULL;
        END IF;
        EXIT WHEN NOT EXISTS (
            SELECT FROM application_begun(p_log, given) AS b
            WHERE (b.person, b.command_id) <> (p_person, p_command_id)
        );
        -- Another command began it: a database that was set back had forgotten whose it is.
        UPDATE numbers SET person = '', command_id = given::text WHERE log = p_log AND number = given;
    END LOOP;
    RETURN given;
END
$$;

CREATE FUNCTION is_erased(p_person text) RETURNS boolean
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    BEGIN
        PERFORM FROM people WHERE person = p_person FOR SHARE;
        RAISE EXCEPTION 'nothing stays locked';
    EXCEPTION WHEN raise_exception THEN
        NULL; -- with the block its lock is gone: no erasure ever waits for whoever asks
    END;
    RETURN EXISTS (SELECT FROM people WHERE person = p_person AND erased);
END
$$;
COMMENT ON FUNCTION is_erased IS 'Whether a person was erased; waits for an erasure that is under way, and holds nothing.';

CREATE FUNCTION refuse_of_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    IF is_erased(NEW.person) THEN
        RAISE EXCEPTION 'a person under this id was erased'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_erased';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_of_erased IS 'Nothing of who was erased meanwhile is kept: an erasure waits for nobody who stores, whoever stores finds it at the commit.';
CREATE CONSTRAINT TRIGGER identities_of_nobody_erased AFTER INSERT ON identities DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_of_erased();

CREATE OR REPLACE FUNCTION erase_person(p_person text, p_contents json) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM identities WHERE person = p_person;
    DELETE FROM content_keys WHERE person = p_person;
    UPDATE contents SET body = NULL, salt = NULL, erased_at = now()
    WHERE erased_at IS NULL AND id IN (SELECT json_array_elements_text(p_contents));
END
$$;

REVOKE ALL ON FUNCTION is_erased, refuse_of_erased FROM PUBLIC;

-- One after the other, where processes of the portal would each not see what another one counts or keeps. Lost with a crash.

CREATE UNLOGGED TABLE portal_turns (
    name text PRIMARY KEY
);
COMMENT ON TABLE portal_turns IS 'What is done one after the other, of whom: its row is locked until the end of the transaction, which only the owner may.';

CREATE FUNCTION take_portal_turn(p_name text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    LOOP
        PERFORM FROM portal_turns WHERE name = p_name FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO portal_turns (name) VALUES (p_name) ON CONFLICT DO NOTHING;
    END LOOP;
END
$$;
COMMENT ON FUNCTION take_portal_turn IS 'Waits for whoever has this turn, and keeps it until the end of the transaction.';
REVOKE ALL ON FUNCTION take_portal_turn FROM PUBLIC;

CREATE CONSTRAINT TRIGGER portal_drafts_of_nobody_erased AFTER INSERT ON portal_drafts DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_of_erased();

CREATE OR REPLACE FUNCTION offer_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- Two tabs that offer for one person at once would each not see what the other keeps.
    PERFORM take_portal_turn('seconds ' || p_person);
    -- What another call removes just now is left to it.
    DELETE FROM portal_seconds WHERE id IN (
        SELECT o.id FROM portal_seconds o WHERE o.until <= clock_timestamp() FOR UPDATE SKIP LOCKED
    );
    IF 50 <= (
        SELECT count(*) FROM portal_seconds s
        WHERE s.person = p_person AND s.id <> p_id AND s.until > clock_timestamp()
            AND NOT EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person)
    ) THEN
        RETURN false;
    END IF;
    INSERT INTO portal_seconds (id, person, stream, role, head, body, until)
    VALUES (p_id, p_person, p_stream, p_role, p_head, p_body, p_until)
    ON CONFLICT (id) DO UPDATE SET head = excluded.head, body = excluded.body, until = excluded.until
        WHERE portal_seconds.person = excluded.person;
    RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION begin_portal_upload(p_person text, p_place text, p_name text, p_size integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    made text;
BEGIN
    -- One after the other of each person, so that however many begin at once, no more are there.
    PERFORM take_portal_turn('upload ' || p_person);
    DELETE FROM portal_uploads WHERE begun <= clock_timestamp() - portal_upload_counts()
        OR (person = p_person AND place = p_place);
    DELETE FROM portal_uploads WHERE id IN (
        SELECT id FROM portal_uploads WHERE person = p_person ORDER BY begun DESC OFFSET 4
    );
    IF (SELECT coalesce(sum(size), 0) FROM portal_uploads) + p_size > portal_uploads_at_most() THEN
        RETURN NULL;
    END IF;
    INSERT INTO portal_uploads (person, place, name, size) VALUES (p_person, p_place, p_name, p_size)
    RETURNING id INTO made;
    RETURN made;
END
$$;

CREATE OR REPLACE FUNCTION count_portal_acts(
    p_person text, p_id text, p_streams text[], p_acts integer, p_refusals integer, OUT reached text, OUT again_s integer
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    present timestamptz;
    free timestamptz;
BEGIN
    -- Two processes that count for one person at once would each see the other's as not sent.
    PERFORM take_portal_turn('sent ' || p_person);
    present := record_clock();
    IF EXISTS (SELECT FROM portal_sent WHERE person = p_person AND id = p_id AND at > present - portal_pace()) THEN
        RETURN;
    END IF;
    SELECT max(f.at) INTO free FROM (SELECT DISTINCT unnest(p_streams) AS stream) s, LATERAL (
        SELECT e.recorded + portal_refusals_count() AS at FROM entries e
        WHERE e.person = p_person AND e.person <> 'system' AND e.recorded > present - portal_refusals_count()
            AND e.stream = s.stream AND e.type = 'act.refused.v1'
        ORDER BY e.recorded DESC OFFSET p_refusals - 1 LIMIT 1
    ) f;
    IF free IS NOT NULL THEN
        reached := 'refusals';
    ELSE
        SELECT max(l.at) + portal_pace() INTO free FROM (
            SELECT t.at, sum(t.acts) OVER (ORDER BY t.at DESC) AS since FROM portal_sent t
            WHERE t.person = p_person AND t.at > present - portal_pace()
        ) l WHERE l.since >= p_acts;
        IF free IS NOT NULL THEN
            reached := 'acts';
        END IF;
    END IF;
    IF reached IS NOT NULL THEN
        again_s := greatest(1, ceil(extract(epoch FROM free - present)));
        RETURN;
    END IF;
    -- What another call removes just now is left to it.
    DELETE FROM portal_sent WHERE (person, id) IN (
        SELECT o.person, o.id FROM portal_sent o WHERE o.at <= present - portal_pace() FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_sent (person, id, acts, at) VALUES (p_person, p_id, cardinality(p_streams), present)
    ON CONFLICT (person, id) DO UPDATE SET acts = excluded.acts, at = excluded.at;
END
$$;

CREATE OR REPLACE FUNCTION count_portal_attempt(p_kind text, p_network bytea, p_of_one integer, p_of_all integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    since timestamptz;
BEGIN
    -- Two processes that count at once would each see the other's as not tried.
    PERFORM take_portal_turn('attempts ' || p_kind);
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

CREATE OR REPLACE FUNCTION leave_portal_form(p_token bytea, p_hash text, p_body text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    whose text;
    of_session text;
    taken text;
BEGIN
    SELECT s.person, 'left-form ' || s.name || '.' INTO whose, of_session FROM find_ended_portal_session(p_token) s;
    IF is_erased(whose) OR NOT EXISTS (SELECT FROM people p WHERE p.person = whose AND p.active) THEN
        RETURN NULL;
    END IF;
    -- Two forms that are left at once would each not be counted for the other.
    PERFORM take_portal_turn('left-form ' || whose);
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

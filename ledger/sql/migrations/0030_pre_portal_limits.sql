-- How much one person sends through the portal: counted here for all its processes together.

CREATE TABLE portal_sent (
    person text NOT NULL,
    id text NOT NULL,
    acts integer NOT NULL CONSTRAINT portal_sent_some CHECK (acts > 0),
    at timestamptz NOT NULL,
    PRIMARY KEY (person, id),
    CONSTRAINT portal_sent_short CHECK (greatest(length(person), length(id)) <= 200)
);
COMMENT ON TABLE portal_sent IS 'What people sent of late, by its id: an act, or as many as were signed together; what is older than portal_pace() goes.';
CREATE INDEX portal_sent_by_time ON portal_sent (at);

CREATE FUNCTION portal_pace() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 minute' $$;
COMMENT ON FUNCTION portal_pace IS 'Within which time the acts of a person are counted [D].';
CREATE FUNCTION portal_refusals_count() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 day' $$;
COMMENT ON FUNCTION portal_refusals_count IS 'Within which time the refused acts of a person on a stream are counted [D].';

CREATE FUNCTION count_portal_acts(
    p_person text, p_id text, p_streams text[], p_acts integer, p_refusals integer, OUT reached text, OUT again_s integer
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    present timestamptz;
    free timestamptz;
BEGIN
    -- Two processes that count for one person at once would each see the other's as not sent.
    PERFORM pg_advisory_xact_lock(hashtextextended('sent ' || p_person, 0));
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
COMMENT ON FUNCTION count_portal_acts IS 'Counts what a person sends, one act on each of these streams, unless so many acts were sent within portal_pace(), or so many on one of the streams refused within portal_refusals_count(): then it returns which limit is reached, and in how many seconds it is no more. Under one id it is counted once.';

CREATE FUNCTION forget_portal_sent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_sent WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_sent IS 'Of who is erased nothing is counted.';
CREATE TRIGGER people_erased_sent AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_sent();

REVOKE ALL ON FUNCTION count_portal_acts, forget_portal_sent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_portal_acts TO selection_portal;

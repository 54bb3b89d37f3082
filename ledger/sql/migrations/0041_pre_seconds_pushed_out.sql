-- What waits for a second signature is not pushed out by what is offered after it: where there is no place, that is refused.

DROP FUNCTION offer_portal_second(text, text, text, text, text, text, timestamptz);

CREATE FUNCTION offer_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- Two tabs that offer for one person at once would each not see what the other keeps.
    PERFORM pg_advisory_xact_lock(hashtextextended('seconds ' || p_person, 0));
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
COMMENT ON FUNCTION offer_portal_second IS 'Keeps an act with its first signature for whoever signs second, and tells whether it does: where fifty others of that person wait there is no place, and none of them goes for it.';

CREATE FUNCTION put_back_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO portal_seconds (id, person, stream, role, head, body, until)
    VALUES (p_id, p_person, p_stream, p_role, p_head, p_body, p_until)
    ON CONFLICT (id) DO NOTHING
$$;
COMMENT ON FUNCTION put_back_portal_second IS 'Keeps again what was taken away to be signed second and came to nothing, however many others of its person wait by now; what its first signer signed anew meanwhile stays.';

REVOKE ALL ON FUNCTION offer_portal_second, put_back_portal_second FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_portal_second, put_back_portal_second TO selection_portal;

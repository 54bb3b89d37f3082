-- Files on their way to the portal, in pieces of one size: an upload that broke off goes on where it stopped. Lost with a crash.

CREATE FUNCTION portal_piece() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 262144 $$;
COMMENT ON FUNCTION portal_piece IS 'Bytes of each piece of an upload but the last [D].';
CREATE FUNCTION portal_upload_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '3 days' $$;
COMMENT ON FUNCTION portal_upload_counts IS 'How long an upload is kept that was begun [D].';
CREATE FUNCTION portal_uploads_at_most() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 10000000000 $$;
COMMENT ON FUNCTION portal_uploads_at_most IS 'Bytes of all uploads together, so that many people fill no disk [D].';

CREATE UNLOGGED TABLE portal_uploads (
    id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    person text NOT NULL,
    place text NOT NULL,
    name text NOT NULL,
    size integer NOT NULL CONSTRAINT portal_uploads_size CHECK (size BETWEEN 1 AND 20971520),
    parts integer NOT NULL DEFAULT 0,
    begun timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT portal_uploads_place UNIQUE (person, place),
    CONSTRAINT portal_uploads_short CHECK (greatest(length(person), length(place), length(name)) <= 400)
);
COMMENT ON TABLE portal_uploads IS 'Files that people began to send: place is the page of the field that one is for, parts how many pieces are there.';

CREATE UNLOGGED TABLE portal_upload_pieces (
    upload text NOT NULL REFERENCES portal_uploads ON DELETE CASCADE,
    part integer NOT NULL,
    piece bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (upload, part)
);
ALTER TABLE portal_upload_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
COMMENT ON TABLE portal_upload_pieces IS 'What came of an upload, each piece with its SHA-256.';

CREATE FUNCTION begin_portal_upload(p_person text, p_place text, p_name text, p_size integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    made text;
BEGIN
    -- One after the other of each person, so that however many begin at once, no more are there.
    PERFORM pg_advisory_xact_lock(hashtextextended('upload ' || p_person, 0));
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
COMMENT ON FUNCTION begin_portal_upload IS 'Begins an upload in the place of the one before at the same place; of one person five at most, the latest; NULL while all together are too large.';

CREATE FUNCTION find_portal_upload(p_person text, p_id text)
RETURNS TABLE (id text, place text, name text, size integer, received integer, seen bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT u.id, u.place, u.name, u.size, least(u.parts * portal_piece(), u.size), (
        SELECT sha256(coalesce(string_agg(p.hash, ''::bytea ORDER BY p.part), ''::bytea))
        FROM portal_upload_pieces p WHERE p.upload = u.id
    )
    FROM portal_uploads u
    WHERE u.person = p_person AND u.id = p_id AND u.begun > clock_timestamp() - portal_upload_counts()
$$;
COMMENT ON FUNCTION find_portal_upload IS 'Returns how far an upload of this person is; seen is the SHA-256 over those of its pieces.';

CREATE FUNCTION find_portal_upload_at(p_person text, p_place text)
RETURNS TABLE (id text, place text, name text, size integer, received integer, seen bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT f.* FROM portal_uploads u, LATERAL find_portal_upload(p_person, u.id) f
    WHERE u.person = p_person AND u.place = p_place
$$;
COMMENT ON FUNCTION find_portal_upload_at IS 'find_portal_upload by the place that it is for.';

CREATE FUNCTION add_portal_upload_piece(p_person text, p_id text, p_part integer, p_piece bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE portal_uploads SET parts = parts + 1
    WHERE id = p_id AND person = p_person AND parts = p_part AND begun > clock_timestamp() - portal_upload_counts()
        AND octet_length(p_piece) = least(portal_piece(), size - parts * portal_piece());
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO portal_upload_pieces (upload, part, piece, hash) VALUES (p_id, p_part, p_piece, sha256(p_piece));
    RETURN true;
END
$$;
COMMENT ON FUNCTION add_portal_upload_piece IS 'Keeps the next piece of an upload; false, and nothing is changed, where it is not the next, or not as long as it has to be.';

CREATE FUNCTION read_portal_upload_piece(p_person text, p_id text, p_part integer) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT p.piece FROM portal_upload_pieces p JOIN portal_uploads u ON u.id = p.upload
    WHERE u.person = p_person AND u.id = p_id AND p.part = p_part
$$;

CREATE FUNCTION drop_portal_upload(p_person text, p_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_uploads WHERE person = p_person AND id = p_id
$$;

CREATE FUNCTION forget_portal_uploads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_uploads WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_uploads IS 'Of who is erased no upload waits.';
CREATE TRIGGER people_erased_uploads AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_uploads();

REVOKE ALL ON FUNCTION begin_portal_upload, find_portal_upload, find_portal_upload_at, add_portal_upload_piece,
    read_portal_upload_piece, drop_portal_upload, forget_portal_uploads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_portal_upload, find_portal_upload, find_portal_upload_at, add_portal_upload_piece,
    read_portal_upload_piece, drop_portal_upload TO selection_portal;

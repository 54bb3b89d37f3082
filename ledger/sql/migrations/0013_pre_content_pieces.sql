-- A large content on its way, in pieces: what brings it holds one at a time. No piece outlasts the transaction.

CREATE UNLOGGED TABLE content_pieces (
    upload uuid NOT NULL,
    part integer NOT NULL CONSTRAINT content_pieces_count CHECK (part BETWEEN 0 AND 127),
    piece bytea NOT NULL CONSTRAINT content_pieces_limit CHECK (octet_length(piece) <= 1048576),
    PRIMARY KEY (upload, part)
);
ALTER TABLE content_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
COMMENT ON TABLE content_pieces IS 'Pieces of contents that are being stored, each in one transaction, at whose end they are gone.';

CREATE FUNCTION put_content_piece(p_upload uuid, p_part integer, p_piece bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO content_pieces (upload, part, piece) VALUES (p_upload, p_part, p_piece)
$$;
COMMENT ON FUNCTION put_content_piece IS 'Keeps a piece of a content until put_content_of_pieces, in the same transaction.';

CREATE FUNCTION put_content_of_pieces(p_id text, p_kind text, p_media_type text, p_upload uuid, p_stored_by text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    whole bytea;
BEGIN
    SELECT coalesce(string_agg(piece, ''::bytea ORDER BY part), ''::bytea) INTO whole
    FROM content_pieces WHERE upload = p_upload;
    DELETE FROM content_pieces WHERE upload = p_upload;
    RETURN put_content(p_id, p_kind, p_media_type, whole, p_stored_by);
END
$$;
COMMENT ON FUNCTION put_content_of_pieces IS 'put_content of all pieces in their order, which go.';

CREATE FUNCTION refuse_left_piece() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM content_pieces WHERE upload = NEW.upload AND part = NEW.part) THEN
        RAISE EXCEPTION 'a piece of no content is left'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'content_pieces_left';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_left_piece IS 'No piece outlasts its transaction: what no content was made of ends it.';
CREATE CONSTRAINT TRIGGER content_pieces_left AFTER INSERT ON content_pieces DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_left_piece();

-- What nobody cites is bounded: who stores file after file fills nothing.

CREATE INDEX contents_of_people ON contents (stored_by, stored_at) INCLUDE (size);
CREATE FUNCTION content_quota() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 1073741824::bigint $$;
COMMENT ON FUNCTION content_quota IS 'Bytes of one person that no entry of theirs cites, while a draft may still need them, at most [D].';

CREATE FUNCTION uncited_bytes(p_person text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    WITH cited AS (
        SELECT DISTINCT found.words[1] AS id FROM entries e
        CROSS JOIN LATERAL regexp_matches(convert_from(e.body, 'UTF8'), '"id":"([^"]+)"', 'g') AS found(words)
        WHERE e.person = p_person
    )
    SELECT coalesce(sum(c.size), 0)::bigint FROM contents c
    WHERE c.stored_by = p_person AND c.stored_at > clock_timestamp() - portal_draft_counts() AND c.erased_at IS NULL
        AND c.id NOT IN (SELECT id FROM cited)
$$;
COMMENT ON FUNCTION uncited_bytes IS 'What a person stored of late that no entry of theirs cites.';

CREATE FUNCTION refuse_more_contents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- Entries are read only of who stored so much at all.
    IF (SELECT sum(c.size) FROM contents c
        WHERE c.stored_by = NEW.stored_by AND c.stored_at > clock_timestamp() - portal_draft_counts()) > content_quota()
        AND uncited_bytes(NEW.stored_by) > content_quota() THEN
        RAISE EXCEPTION 'too much is stored that no entry cites'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contents_quota';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_more_contents IS 'Takes no large content of who has stored too much that nothing cites; texts as people type them are small.';
CREATE TRIGGER contents_quota AFTER INSERT ON contents
FOR EACH ROW WHEN (NEW.size > 65536) EXECUTE FUNCTION refuse_more_contents();

REVOKE ALL ON FUNCTION put_content_piece, put_content_of_pieces, refuse_left_piece, uncited_bytes, refuse_more_contents
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_content_piece, put_content_of_pieces TO selection_app;

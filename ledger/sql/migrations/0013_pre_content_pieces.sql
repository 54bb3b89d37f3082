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

REVOKE ALL ON FUNCTION put_content_piece, put_content_of_pieces FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_content_piece, put_content_of_pieces TO selection_app;

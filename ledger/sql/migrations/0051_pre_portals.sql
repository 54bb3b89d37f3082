-- Where people reach an installation stands in its record: what a browser signs on any other page counts for nothing.

ALTER TABLE founding ADD COLUMN portals jsonb NOT NULL DEFAULT '[]';
COMMENT ON TABLE founding IS 'What the installation is for good, by the first entry of its log, and where people reach it by the latest that says so.';

CREATE OR REPLACE FUNCTION project_key(p_type text, p_data json, p_by text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    CASE p_type
    WHEN 'installation.founded.v1' THEN
        INSERT INTO founding (installation, local, portals)
        VALUES (
            p_data ->> 'installation', (p_data ->> 'local')::boolean, coalesce((p_data -> 'portals')::jsonb, '[]')
        );
    WHEN 'code.renewed.v1' THEN
        UPDATE founding SET portals = coalesce((p_data -> 'portals')::jsonb, portals);
    WHEN 'portals.named.v1' THEN
        UPDATE founding SET portals = (p_data -> 'portals')::jsonb;
    WHEN 'signer.invited.v1' THEN
        INSERT INTO invitations (person, known, until)
        VALUES (p_data ->> 'person', p_data ->> 'known', (p_data ->> 'until')::timestamptz)
        ON CONFLICT (person) DO UPDATE SET known = excluded.known, until = excluded.until, misses = 0;
    WHEN 'code.missed.v1' THEN
        UPDATE invitations SET misses = misses + 1 WHERE person = p_data ->> 'person';
    WHEN 'key.enrolled.v1' THEN
        INSERT INTO keys (key, person, body, since, enrolled_by)
        VALUES (p_data -> 'key' ->> 'key', p_data ->> 'person', p_data -> 'key', p_at, p_data ->> 'by');
        DELETE FROM invitations WHERE person = p_data ->> 'person';
    WHEN 'key.revoked.v1', 'key.ended.v1' THEN
        UPDATE keys SET revoked = p_at, revoked_by = p_by
        WHERE key = p_data ->> 'key' AND person = p_data ->> 'person' AND revoked IS NULL;
    ELSE
        NULL;
    END CASE;
END
$$;
COMMENT ON FUNCTION project_key IS 'Who may sign with what, and on which pages, after one more entry of the installation.';

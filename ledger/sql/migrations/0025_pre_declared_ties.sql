-- What people declared of relatives, advisers and shared projects, beside who employed them meanwhile.

ALTER TABLE employments ADD COLUMN ties jsonb NOT NULL DEFAULT '[]';
COMMENT ON TABLE employments IS 'A projection of the installation log: the employers that people were registered with and the ties that they declared, each until a registration said otherwise. It stays when a person is erased, as codes and ids are no personal data.';
CREATE INDEX employments_tied ON employments (person) WHERE ties <> '[]';

CREATE OR REPLACE FUNCTION project_employment(p_type text, p_data json, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    declared jsonb := coalesce(p_data -> 'ties', '[]')::jsonb;
    known integer := (SELECT max(nth) FROM employments WHERE person = named);
BEGIN
    IF p_type <> 'person.registered.v1' OR EXISTS (
        SELECT FROM employments
        WHERE person = named AND nth = known AND unit = p_data ->> 'employer' AND ties = declared
    ) THEN
        RETURN;
    END IF;
    UPDATE employments SET until = p_at WHERE person = named AND nth = known;
    INSERT INTO employments (person, nth, unit, since, ties)
    VALUES (named, coalesce(known, 0) + 1, p_data ->> 'employer', p_at, declared);
END
$$;
COMMENT ON FUNCTION project_employment IS 'Who is and was employed where, and what they declared, after one more entry of the installation.';

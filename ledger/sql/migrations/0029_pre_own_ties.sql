-- What people declare of themselves, beside what registrations tell of them: neither takes the other back.

ALTER TABLE employments ADD COLUMN own jsonb NOT NULL DEFAULT '[]';
COMMENT ON TABLE employments IS 'A projection of the installation log: the employers that people were registered with, the ties that registrations tell of and those that they declared themselves, each until an entry said otherwise. It stays when a person is erased, as codes and ids are no personal data.';
DROP INDEX employments_tied;
CREATE INDEX employments_tied ON employments (person) WHERE ties || own <> '[]';

CREATE OR REPLACE FUNCTION project_employment(p_type text, p_data json, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    latest employments;
    next_unit text;
    next_ties jsonb;
    next_own jsonb;
BEGIN
    IF p_type NOT IN ('person.registered.v1', 'person.tie-declared.v1') THEN
        RETURN;
    END IF;
    SELECT * INTO latest FROM employments WHERE person = named ORDER BY nth DESC LIMIT 1;
    next_own := coalesce(latest.own, '[]');
    IF p_type = 'person.registered.v1' THEN
        next_unit := p_data ->> 'employer';
        next_ties := coalesce(p_data -> 'ties', '[]')::jsonb;
    ELSE
        next_unit := latest.unit;
        next_ties := latest.ties;
        SELECT coalesce(jsonb_agg(tie), '[]') INTO next_own FROM jsonb_array_elements(next_own) AS t (tie)
        WHERE tie <> (p_data -> 'tie')::jsonb;
        IF (p_data ->> 'holds')::boolean THEN
            next_own := next_own || jsonb_build_array((p_data -> 'tie')::jsonb);
        END IF;
    END IF;
    IF (latest.unit, latest.ties, latest.own) = (next_unit, next_ties, next_own) THEN
        RETURN;
    END IF;
    UPDATE employments SET until = p_at WHERE person = named AND nth = latest.nth;
    INSERT INTO employments (person, nth, unit, since, ties, own)
    VALUES (named, coalesce(latest.nth, 0) + 1, next_unit, p_at, next_ties, next_own);
END
$$;
COMMENT ON FUNCTION project_employment IS 'Who is and was employed where, and what they declared, after one more entry of the installation.';

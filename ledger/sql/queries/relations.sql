-- read_own_ties --
-- What a person declared themselves that still holds, and what registrations tell of them.
SELECT own, ties FROM employments WHERE person = %(person)s AND until IS NULL;

-- count_declared --
-- How often a person ever declared a tie themselves; that one ended is not counted.
SELECT count(*) AS declared FROM entries
WHERE person = %(person)s AND person <> 'system' AND log = 'installation' AND type = 'person.tie-declared.v1'
    AND (convert_from(body, 'UTF8')::json -> 'data' ->> 'holds')::boolean;

-- read_unit_registrars --
-- Everybody through whose hands these units came into the register: who ever signed a registration, or of one who did.
WITH RECURSIVE above (code, registrar) AS (
    SELECT code, registrar FROM unit_registrars WHERE code = ANY(%(units)s)
    UNION
    SELECT a.code, r.registrar FROM above a JOIN registrars r ON r.person = a.registrar
)
SELECT code, array_agg(registrar ORDER BY registrar) AS registrars FROM above GROUP BY code;

-- read_relations --
-- What binds these people to the bids of a round, as of one instant. Employments: with which units they were registered
-- and what they declared, each until that changed, in the order of the log; likewise of those of whom a tie to one of
-- them is registered. Units: theirs and those asked about, with all that they belong to, or did until an instant,
-- however far up; the second time a unit is met it leads no further. Bids: the round's in which a
-- unit takes part that employs them now, or one of `employing` (its host, or a co-builder that confirmed), or that they
-- handed in or confirmed for a co-builder, or whose team they are in.
WITH RECURSIVE asked AS (
    -- Lists as they stand would be planned for at each call, each by its length.
    SELECT %(people)s::text[] AS people, %(units)s::text[] AS units, %(employing)s::text[] AS employing
), registered AS (
    SELECT person, nth, unit, since, until, ties, own, reasoned FROM employments
    WHERE person = ANY((SELECT people FROM asked)::text[])
    UNION
    SELECT e.person, e.nth, e.unit, e.since, e.until, e.ties, e.own, e.reasoned FROM employments e WHERE e.person IN (
        SELECT d.person FROM asked, unnest(asked.people) AS named, employments d
        -- That there is any is said as well, as only then the index is used.
        WHERE d.ties <> '[]' AND d.ties @> jsonb_build_array(jsonb_build_object('other', named))
    )
), found (code) AS (
    (
        SELECT unnest(units) FROM asked
        UNION
        SELECT r.unit FROM registered r, asked WHERE r.person = ANY(asked.people)
    )
    UNION
    SELECT p.parent FROM found JOIN unit_parents p USING (code)
), bound AS MATERIALIZED (
    SELECT employing || ARRAY(
        SELECT r.unit FROM registered r
        WHERE r.person = ANY(people) AND r.until IS NULL AND r.unit NOT IN ('', %(no_unit)s)
    ) AS units
    FROM asked
), applying AS (
    SELECT stream, jsonb_agg(DISTINCT person) AS people FROM entries
    WHERE person = ANY((SELECT people FROM asked)::text[]) AND person <> 'system' AND log = %(log)s
        -- Named here, as only then the index on them is used.
        AND type IN ('application.submitted.v1', 'application.mended.v1', 'application.co-building-confirmed.v1')
    GROUP BY stream
), binding AS (
    -- Each by an index of its own.
    SELECT a.stream FROM bound b JOIN applications a ON a."row" -> 'units' ?| b.units AND a."row" -> 'bidders' ?| b.units
    UNION
    SELECT a.stream FROM asked JOIN applications a ON a."row" -> 'behind' ?| asked.people
    UNION
    SELECT stream FROM applying
)
SELECT
    (
        SELECT jsonb_agg(jsonb_build_array(person, since, unit, reasoned, ties, own) ORDER BY person, nth) FROM registered
    ) AS employments,
    (SELECT jsonb_object_agg(u.code, u.parents) FROM units u JOIN found USING (code)) AS parents,
    (
        SELECT jsonb_object_agg(left_by.code, left_by.parents) FROM (
            SELECT p.code, jsonb_object_agg(p.parent, jsonb_build_object(
                'until', p.until, 'corrected', CASE WHEN p.reasoned THEN p.since END
            )) AS parents
            FROM unit_parents p JOIN found USING (code) WHERE p.until IS NOT NULL GROUP BY p.code
        ) AS left_by
    ) AS former_parents,
    (
        SELECT jsonb_agg(jsonb_build_object(
            'stage', a.stage, 'number', a."row" -> 'number', 'field', a."row" -> 'field', 'bidders', a."row" -> 'bidders',
            'outcome', a."row" -> 'outcome', 'applicants', p.people, 'behind', a."row" -> 'behind'
        ) ORDER BY a.stream)
        FROM applications a LEFT JOIN applying p USING (stream)
        WHERE %(bids)s AND a.stream = ANY(ARRAY(SELECT stream FROM binding))
            AND a.log = %(log)s
    ) AS bids;

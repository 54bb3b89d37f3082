-- read_employments --
-- Which units these people were registered with and what they declared, each until that changed, in the order of the
-- log; likewise of those who declared a tie to one of them.
SELECT person, unit, since, ties || own AS ties FROM employments
WHERE person = ANY(%(people)s) OR person IN (
    SELECT e.person FROM employments e, jsonb_array_elements(e.ties || e.own) AS t
    WHERE e.ties || e.own <> '[]' AND t ->> 'other' = ANY(%(people)s)
)
ORDER BY person, nth;

-- read_own_ties --
-- What a person declared themselves that still holds, and what registrations tell of them.
SELECT own, ties FROM employments WHERE person = %(person)s AND until IS NULL;

-- read_named --
-- Whom a person ever named by what they declared themselves, also where it ended.
SELECT DISTINCT t ->> 'other' AS named FROM employments e, jsonb_array_elements(e.own) AS t
WHERE e.person = %(person)s AND t ? 'other' ORDER BY named;

-- read_bids --
-- The applications of a round, in a field or in all, in which these units take part or that these people handed in or
-- confirmed for a co-builder, or whose team they are in.
WITH applying AS (
    SELECT stream, array_agg(DISTINCT person) AS people FROM entries
    WHERE person = ANY(%(people)s::text[]) AND person <> 'system' AND log = %(log)s
        -- Named here, as only then the index on them is used.
        AND type IN ('application.submitted.v1', 'application.mended.v1', 'application.co-building-confirmed.v1')
    GROUP BY stream
)
SELECT a.stage, a."row" ->> 'number' AS number, a."row" ->> 'field' AS field, a."row" -> 'units' AS units,
    a."row" ->> 'outcome' AS outcome, p.people AS applicants, a."row" -> 'behind' AS behind
FROM applications a LEFT JOIN applying p USING (stream)
WHERE a.log = %(log)s AND (a."row" -> 'units' ?| %(units)s::text[] OR p.stream IS NOT NULL
        OR a."row" -> 'behind' ?| %(people)s::text[])
    AND (%(field)s = '' OR a."row" ->> 'field' = %(field)s)
ORDER BY a.stream;

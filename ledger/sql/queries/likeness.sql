-- read_others --
-- The other applications of a round in which one of these units takes part or that this person handed in, with the
-- version that each has handed in last.
SELECT a.stream, a."row" ->> 'number' AS number, a.stage, a."row" ->> 'outcome' AS outcome, s.version,
    s.fold, s.state::jsonb -> 'submission' AS submission
FROM applications a JOIN snapshots s USING (stream)
WHERE a.log = %(log)s AND a."row" ->> 'number' <> %(number)s
    AND (a."row" -> 'units' ?| %(units)s::text[] OR a."row" ->> 'agent' = %(agent)s)
ORDER BY a.stream;

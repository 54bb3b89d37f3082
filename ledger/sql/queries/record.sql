-- exclude_appends --
-- Wait for every append under way, and keep all others out until the end of the transaction.
SELECT exclude_appends();

-- read_snapshot_version --
-- The version of a stream's folded state, if it has one.
SELECT version FROM snapshots WHERE stream = %(stream)s;

-- read_stored --
-- What is already recorded under the idempotency keys of a batch.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE stream = %(stream)s AND version BETWEEN %(first)s AND %(last)s ORDER BY version;

-- record_leaves --
-- Append to a stream that stands at the expected version, with all that follows; null when it stands elsewhere.
SELECT record_leaves(%(log)s, %(stream)s, %(expected)s, %(bodies)s, %(version)s, %(state)s, %(row)s::jsonb,
    %(tasks)s::jsonb, %(deadlines)s::jsonb, %(items)s::jsonb, %(left)s, %(reads)s::jsonb) AS seq
FROM set_config('selection.fold', %(fold)s, true);

-- record_erasure --
-- Append that somebody was erased, which erases them; null when the installation stands at another version.
SELECT record_erasure(%(expected)s, %(bodies)s, %(state)s, %(reads)s::jsonb) AS seq
FROM set_config('selection.fold', %(fold)s, true);

-- begin_repair --
-- Let this transaction put entries back into a log that is halted because it lost them.
SELECT set_config('selection.repairing', %(log)s, true);

-- list_concerned --
-- Whom deadlines of a round concern: the applicants of applications that have not ended, also where what moves runs for
-- some alone, who has a task that is due with one of them, who may still confirm, and with those of the intake who
-- recommends for one of its units.
SELECT a."row" ->> 'agent' AS person FROM applications a
WHERE a.log = %(log)s AND a.stage <> 'ended' AND a."row" ->> 'agent' <> ''
UNION
SELECT t.person FROM tasks t
WHERE t.log = %(log)s AND t.person IS NOT NULL AND (
    t.deadline = ANY(%(names)s::text[])
    OR t.kind IN ('answer-invitation', 'review') AND %(names)s::text[] && '{review,review_last}'
)
UNION
SELECT p.person FROM tasks t JOIN people p ON p.employer = upper(trim(t.unit))
WHERE t.log = %(log)s AND t.kind = 'confirm-co-building' AND t.deadline = ANY(%(names)s::text[])
    AND p.active AND p.roles ? 'applicant'
UNION
SELECT p.person FROM people p
WHERE p.active AND %(names)s::text[] && '{submission,recommendation}'
    AND jsonb_exists_any(p.roles -> 'recommender', %(units)s::text[]);

-- list_recommending --
-- Who recommends for a unit for which a task of a kind waits in a round, and for which; null where it is several.
SELECT p.person, CASE WHEN count(DISTINCT t.unit) = 1 THEN min(t.unit) END AS unit
FROM open_tasks t JOIN people p ON jsonb_exists(p.roles -> 'recommender', t.unit)
WHERE t.log = %(log)s AND t.kind = %(kind)s AND p.active
GROUP BY p.person;

-- list_moved --
-- Of these people those whom another unit employed until now, of whom a tie is declared, or who may act no more, or again, and of these units those that were not below all of these
-- parents: who is registered for the first time has no hand in anything.
SELECT told.person, NULL AS unit
FROM unnest(%(people)s::text[], %(employers)s::text[], %(tied)s::boolean[], %(active)s::boolean[])
    AS told (person, employer, tied, active)
WHERE told.tied OR EXISTS (
    SELECT FROM employments e WHERE e.person = told.person AND e.until IS NULL AND e.unit <> told.employer
) OR EXISTS (
    SELECT FROM people p WHERE p.person = told.person AND p.active <> told.active
)
UNION
SELECT NULL, told.unit FROM unnest(%(units)s::text[], %(parents)s::text[]) AS told (unit, parents)
WHERE NOT EXISTS (
    SELECT FROM units u WHERE u.code = told.unit AND u.parents @> told.parents::jsonb
);

-- list_touched --
-- The running applications that a change of the register may bind somebody to, and those that ended while a request for
-- review waits: those in which one of these people has a hand or a task, examines or decides, or checks it; and those of a unit, or of one that is or was below it, as an applicant, or as who employs or employed
-- such a person.
WITH RECURSIVE family (code) AS (
    SELECT unnest(%(units)s::text[])
    UNION
    SELECT p.code FROM family f JOIN unit_parents p ON p.parent = f.code
), named (person) AS (
    SELECT unnest(%(people)s::text[])
    UNION
    SELECT e.person FROM family f JOIN employments e ON e.unit = f.code
), all_of AS (
    SELECT ARRAY(SELECT code FROM family) AS units, ARRAY(SELECT person FROM named) AS people
), running AS (
    -- Each by an index of its own, which holds none of those that have ended for good.
    SELECT stream, stage, "row" FROM applications
    WHERE stage <> 'ended' AND stage = ANY(%(stages)s::text[])
    UNION ALL
    SELECT stream, stage, "row" FROM applications
    WHERE stage = 'ended' AND "row" ->> 'requested' = 'true' AND stage = ANY(%(stages)s::text[])
)
SELECT a.stream FROM running a, all_of o
WHERE jsonb_exists_any(a."row" -> 'units', o.units)
    OR jsonb_exists_any(a."row" -> 'hands', o.people)
    OR jsonb_exists_any(a."row" -> 'duties' -> 'examiner', o.people)
    OR EXISTS (SELECT FROM tasks t WHERE t.stream = a.stream AND t.person = ANY(o.people))
    OR a.stage IN ('checking', 'mending') AND EXISTS (
        SELECT FROM entries e WHERE e.stream = a.stream AND e.person = ANY(o.people)
    )
ORDER BY a.stream;

-- list_approving --
-- The rounds in a stage.
SELECT log FROM rounds WHERE stage = %(stage)s ORDER BY log;

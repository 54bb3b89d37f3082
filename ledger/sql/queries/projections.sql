-- project_stream --
-- Make the projections of a stream equal to its state; what is null stays as it is.
SELECT project_stream(%(log)s, %(stream)s, %(version)s, %(state)s, %(row)s::jsonb, %(tasks)s::jsonb,
    %(deadlines)s::jsonb)
FROM set_config('selection.fold', %(fold)s, true);

-- hold_stream --
-- Hold a stream that still stands at a version.
SELECT hold_stream(%(log)s, %(stream)s, %(version)s) AS stands;

-- project_again --
-- Project a stream that is held, unless this code has done so meanwhile.
SELECT project_stream(%(log)s, %(stream)s, %(version)s, %(state)s, %(row)s::jsonb, %(tasks)s::jsonb,
    %(deadlines)s::jsonb)
FROM set_config('selection.fold', %(fold)s, true)
WHERE EXISTS (SELECT FROM snapshots s WHERE s.stream = %(stream)s AND s.fold <> %(fold)s);

-- rebuild_register --
-- Replace the people by what the log says.
SELECT rebuild_register();

-- read_leaves --
-- A page of a stream's leaves, up to a version.
SELECT version, body FROM entries
WHERE stream = %(stream)s AND version > %(after)s AND version <= %(until)s ORDER BY version LIMIT %(limit)s;

-- count_foreign --
-- How many streams other code projected.
SELECT count(*) AS n FROM selection.snapshots WHERE fold <> %(fold)s;

-- list_foreign --
-- A page of the streams that other code projected; without those of code that has no version, if they are to be spared.
SELECT stream, log, version FROM snapshots
WHERE fold <> %(fold)s AND stream > %(after)s AND NOT (%(spare)s AND fold = '') ORDER BY stream LIMIT %(limit)s;

-- keep_history --
-- Keep one run's history as far as it goes.
SELECT keep_history(%(log)s, %(workflow_id)s, %(run_id)s, %(events)s, %(closed)s, %(body)s) AS added;

-- read_kept_closed --
-- What is kept of runs that are over, without the bytes.
SELECT workflow_id, run_id, events, closed, sha256 FROM histories WHERE log = %(log)s AND closed;

-- read_history --
-- The bytes of a history by their hash.
SELECT body FROM histories
WHERE log = %(log)s AND workflow_id = %(workflow_id)s AND run_id = %(run_id)s AND sha256 = %(sha256)s;

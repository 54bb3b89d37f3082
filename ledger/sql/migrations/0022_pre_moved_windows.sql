-- What runs from an act (mending, invitations, the review of a seat) is due with its own date or where all of its kind were
-- moved to, whichever is later; a reminder that waits for such a task waits as much longer.

UPDATE tasks SET deadline = CASE kind
    WHEN 'mend' THEN 'mend'
    WHEN 'answer-invitation' THEN 'invitation'
    WHEN 'review' THEN 'review'
    WHEN 'submit-anew' THEN 'submission'
    WHEN 'correct-review' THEN 'review'
END WHERE kind IN ('mend', 'answer-invitation', 'review', 'submit-anew', 'correct-review');

CREATE OR REPLACE VIEW open_tasks AS
    SELECT t.log, t.stream, t.key, t.kind, t.role, t.person, t.unit, t.since, greatest(d.until, t.until) AS until
    FROM tasks t LEFT JOIN deadlines d ON d.log = t.log AND d.name = t.deadline
    UNION ALL
    SELECT log, stream, 'undelivered/' || id, 'undelivered', 'officer', NULL, NULL, closed_at, NULL
    FROM outbox WHERE state = 'refused';

CREATE OR REPLACE FUNCTION claim_outbox(p_limit integer, p_lease interval, p_now timestamptz) RETURNS SETOF outbox
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    WITH due AS (
        SELECT o.id, o.task IS NOT NULL AND t.key IS NULL AS needless, greatest(d.until, t.until) AS until,
            coalesce(greatest(d.until, t.until) > (o.body #>> '{params,until}')::timestamptz, false) AS moved
        FROM outbox o
        LEFT JOIN tasks t ON t.stream = o.stream AND t.key = o.task
        LEFT JOIN deadlines d ON d.log = t.log AND d.name = t.deadline
        WHERE o.state = 'pending' AND o.due <= coalesce(p_now, now())
            AND (o.lease_until IS NULL OR o.lease_until < now())
        -- Messages and wakes carry rounds on; letters come after them however many wait.
        ORDER BY o.kind = 'letter', o.due, o.id LIMIT p_limit FOR UPDATE OF o SKIP LOCKED
    )
    UPDATE outbox o SET
        state = CASE WHEN due.needless THEN 'dropped' ELSE o.state END,
        closed_at = CASE WHEN due.needless THEN now() END,
        lease_until = CASE WHEN due.needless OR due.moved THEN NULL ELSE now() + p_lease END,
        attempts = o.attempts + 1,
        due = CASE WHEN due.moved THEN o.due + (due.until - (o.body #>> '{params,until}')::timestamptz) ELSE o.due END,
        body = CASE WHEN due.moved THEN jsonb_set(o.body, '{params,until}', to_jsonb(due.until)) ELSE o.body END
    FROM due WHERE o.id = due.id
    RETURNING o.*
$$;
COMMENT ON FUNCTION claim_outbox IS 'Leases what is pending and due to one courier. A reminder whose task is done is dropped instead; one whose task is due later by now waits as much longer.';

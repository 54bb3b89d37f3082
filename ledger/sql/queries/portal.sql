-- begin --
SELECT begin_portal_session(
    %(token)s, %(name)s, %(person)s, %(means)s, %(key)s, %(until)s::timestamptz, %(agent)s
);

-- resume --
-- The session of a token, unless it has ended, with what its person is called, empty if erased, their registration,
-- null for who is not registered, the session's key, null unless it is theirs and was not revoked, and how many seconds
-- are left of it, at most and while nothing is asked for.
SELECT s.name, s.person, s.means, s.key, s.started, s.seen, s.until, s.agent, coalesce(i.name, '') AS called,
    p.person AS registered, p.roles, p.employer, p.active, record_clock() AS at, k.body,
    extract(epoch FROM s.until - record_clock())::int AS left_s, extract(epoch FROM portal_idle())::int AS idle_s
FROM resume_portal_session(%(token)s) s LEFT JOIN people p ON p.person = s.person
LEFT JOIN identities i ON i.person = p.person AND i.sha256 = p.identity
LEFT JOIN keys k ON k.person = s.person AND k.key = s.key AND k.revoked IS NULL;

-- find_ended --
-- The session of a token that ended by time of late, with its person's registration and the session's key, as above.
SELECT s.person, s.means, p.person AS registered, p.roles, p.employer, p.active, record_clock() AS at, k.body
FROM find_ended_portal_session(%(token)s) s LEFT JOIN people p ON p.person = s.person
LEFT JOIN keys k ON k.person = s.person AND k.key = s.key AND k.revoked IS NULL;

-- end --
SELECT end_portal_session(%(token)s);

-- end_named --
SELECT end_portal_session_named(%(person)s, %(name)s);

-- list --
-- The sessions of a person that have not ended, the oldest first.
SELECT name, person, means, key, started, seen, until, agent FROM list_portal_sessions(%(person)s);

-- offer_link --
SELECT offer_portal_link(%(token)s) AS until;

-- has_link --
SELECT has_portal_link(%(token)s) AS found;

-- take_link --
SELECT take_portal_link(%(token)s) AS found;

-- read_seal --
-- What questions of the sign-in are sealed with.
SELECT read_portal_seal() AS secret;

-- use_answer --
-- A question that was answered rightly: to one of all who answer it.
SELECT use_portal_answer(%(challenge)s, %(expires)s) AS first;

-- count_miss --
SELECT count_portal_miss(%(whose)s, %(most)s) AS allowed;

-- forget_miss --
SELECT forget_portal_miss(%(whose)s);

-- begin --
SELECT begin_portal_session(
    %(token)s, %(name)s, %(person)s, %(means)s, %(key)s, %(until)s::timestamptz, %(agent)s
);

-- resume --
-- The session of a token, unless it has ended.
SELECT name, person, means, key, started, seen, until, agent FROM resume_portal_session(%(token)s);

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

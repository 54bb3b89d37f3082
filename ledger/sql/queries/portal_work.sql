-- save_draft --
SELECT save_portal_draft(%(person)s, %(place)s, %(version)s, %(body)s) AS version;

-- read_draft --
SELECT version, body, changed FROM read_portal_draft(%(person)s, %(place)s);

-- drop_draft --
SELECT drop_portal_draft(%(person)s, %(place)s, %(version)s);

-- leave_form --
-- Where a form is kept that was sent after its session had ended by time; null where none is.
SELECT leave_portal_form(%(token)s, %(hash)s, %(body)s) AS place;

-- list_left_forms --
SELECT place, path, changed FROM list_left_portal_forms(%(person)s);

-- keep_act --
-- An act as it is shown to its person, to be signed.
SELECT keep_portal_act(%(id)s, %(person)s, %(session)s, %(body)s);

-- read_act --
-- An act, for the person and session that it was shown in; once it was handed on, in any session of theirs.
SELECT body, sent, expired FROM read_portal_act(%(id)s, %(person)s, %(session)s);

-- note_act --
SELECT note_portal_act(%(id)s, %(person)s, %(session)s, %(sent)s);

-- list_under_way --
SELECT body, sent FROM list_portal_acts_under_way(%(person)s);

-- offer_second --
-- An act with its first signature, for whoever signs second, unless there is no place for it.
SELECT offer_portal_second(
    %(id)s, %(person)s, %(stream)s, %(role)s, %(head)s, %(body)s, %(until)s
) AS kept;

-- put_back_second --
-- Both at once: between them the act would neither wait nor be under way.
SELECT put_back_portal_second(
    %(id)s, %(person)s, %(stream)s, %(role)s, %(head)s, %(body)s, %(until)s
), note_portal_act(%(own)s, %(second)s, %(session)s, false);

-- list_seconds --
SELECT id, person, stream, role, head, until FROM list_portal_seconds(%(person)s, %(roles)s);

-- list_seconds_and_drafts --
-- The same, and after them those of some places at which the person has a draft.
SELECT id, person, stream, role, head, until, NULL AS place FROM list_portal_seconds(%(person)s, %(roles)s)
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, asked.place
FROM jsonb_array_elements_text(%(places)s::jsonb) AS asked (place), LATERAL read_portal_draft(%(person)s, asked.place) AS draft;

-- read_second --
SELECT id, person, stream, role, head, until, body FROM read_portal_second(%(id)s);

-- take_second --
-- What waits for a second signature, away from there; the act of who signs second is noted as handed on with it.
SELECT id, person, stream, role, head, until, body, note_portal_act(%(own)s, %(second)s, %(session)s, true) AS noted
FROM take_portal_second(%(id)s, %(second)s);

-- withdraw_second --
SELECT withdraw_portal_second(%(id)s, %(person)s) AS there;

-- count_acts --
-- Counts what a person sends, unless a limit is reached: then which, and in how many seconds it is no more.
SELECT reached, again_s FROM count_portal_acts(
    %(person)s, %(id)s, %(streams)s, %(acts)s, %(refusals)s
);

-- lock_numbers --
-- One number at a time per round.
SELECT pg_advisory_xact_lock(hashtextextended(%(round)s, 2));

-- take_number --
-- The next number of a round, unless the command has one already.
INSERT INTO numbers (log, number, person, command_id)
SELECT %(round)s, coalesce(max(number), 0) + 1, %(person)s, %(command_id)s FROM numbers WHERE log = %(round)s
ON CONFLICT ON CONSTRAINT numbers_command DO NOTHING;

-- spend_number --
-- Take a command's number away where the log holds an application of it that another command began: a database that
-- was set back had forgotten whose it is.
UPDATE numbers n SET person = '', command_id = n.number::text
WHERE n.log = %(round)s AND n.person = %(person)s AND n.command_id = %(command_id)s AND EXISTS (
    SELECT FROM entries e
    WHERE e.stream = 'application/' || n.log || '/' || lpad(n.number::text, greatest(4, length(n.number::text)), '0')
) AND NOT EXISTS (
    SELECT FROM entries e
    WHERE e.stream = 'application/' || n.log || '/' || lpad(n.number::text, greatest(4, length(n.number::text)), '0')
        AND e.person = n.person AND e.command_id = n.command_id
)
RETURNING n.number;

-- read_number --
-- The number a command has.
SELECT number FROM numbers
WHERE log = %(round)s AND person = %(person)s AND command_id = %(command_id)s;

-- keep_number --
-- A number as it was given before; whoever got it since is given another.
INSERT INTO numbers (log, number, person, command_id)
SELECT %(round)s, %(number)s, %(person)s, %(command_id)s
WHERE NOT EXISTS (
    SELECT FROM numbers
    WHERE log = %(round)s AND person = %(person)s AND command_id = %(command_id)s
)
ON CONFLICT (log, number) DO UPDATE SET person = excluded.person, command_id = excluded.command_id;

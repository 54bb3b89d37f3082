-- lock_numbers --
-- One number at a time per round.
SELECT pg_advisory_xact_lock(hashtextextended(%(round)s, 2));

-- take_number --
-- The next number of a round, unless the command has one already.
INSERT INTO numbers (log, number, command_id)
SELECT %(round)s, coalesce(max(number), 0) + 1, %(command_id)s FROM numbers WHERE log = %(round)s
ON CONFLICT ON CONSTRAINT numbers_command DO NOTHING;

-- read_number --
-- The number a command has.
SELECT number FROM numbers WHERE log = %(round)s AND command_id = %(command_id)s;

-- keep_number --
-- A number as it was given before.
INSERT INTO numbers (log, number, command_id) VALUES (%(round)s, %(number)s, %(command_id)s) ON CONFLICT DO NOTHING;

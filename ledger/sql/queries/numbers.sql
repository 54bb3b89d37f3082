-- give_number --
-- The number of a command's application.
SELECT give_number(%(round)s, %(person)s, %(command_id)s) AS number;

-- keep_number --
-- A number as it was given before.
SELECT keep_number(%(round)s, %(number)s, %(person)s, %(command_id)s);

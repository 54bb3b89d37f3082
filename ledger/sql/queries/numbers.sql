-- give_number --
-- The number of a command's application.
SELECT give_number(%(round)s, %(person)s, %(command_id)s) AS number;

-- keep_number --
-- A number as it was given before.
SELECT keep_number(%(round)s, %(number)s, %(person)s, %(command_id)s);

-- read_numbered --
-- The numbers that a person's commands of this beginning took, each with what the person did there, in order.
SELECT n.number, n.command_id AS begun_by, e.command_id, e.type
FROM numbers AS n LEFT JOIN entries AS e ON e.person = n.person
    AND e.stream = 'application/' || n.log || '/' || lpad(n.number::text, greatest(4, length(n.number::text)), '0')
WHERE n.log = %(round)s AND n.person = %(person)s AND starts_with(n.command_id, %(begin)s)
ORDER BY n.number, e.version;

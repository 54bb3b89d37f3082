-- read_erased --
-- Those of these people who were erased, and the version of the last entry that says so.
SELECT p.person, max(e.version) AS version FROM people p
JOIN entries e ON e.log = 'installation' AND e.type = 'person.erased.v1'
    AND convert_from(e.body, 'UTF8')::json -> 'data' ->> 'person' = p.person
WHERE p.person = ANY(%(people)s) AND p.erased
GROUP BY p.person ORDER BY p.person;

-- erase_person --
-- Record the erasure and erase what it names.
SELECT erase_person(%(expected)s, %(body)s) AS seq;

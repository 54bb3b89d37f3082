-- read_stored_by --
-- What a person stored and what is left of it.
SELECT id FROM contents WHERE stored_by = %(person)s AND erased_at IS NULL ORDER BY id;

-- become_eraser --
-- Take the eraser's role until the end of the transaction.
SELECT set_config('role', %(role)s, true);

-- erase_person --
-- Record the erasure and erase what it names.
SELECT erase_person(%(expected)s, %(body)s) AS seq;

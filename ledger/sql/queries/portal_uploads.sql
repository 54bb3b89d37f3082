-- begin --
SELECT begin_portal_upload(%(person)s, %(place)s, %(name)s, %(size)s) AS id;

-- find --
SELECT id, place, name, size, received, seen FROM find_portal_upload(%(person)s, %(id)s);

-- find_at --
SELECT id, place, name, size, received, seen FROM find_portal_upload_at(%(person)s, %(place)s);

-- add --
SELECT add_portal_upload_piece(%(person)s, %(id)s, %(part)s, %(piece)s) AS added;

-- read --
SELECT read_portal_upload_piece(%(person)s, %(id)s, %(part)s) AS piece;

-- drop --
SELECT drop_portal_upload(%(person)s, %(id)s);

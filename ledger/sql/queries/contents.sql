-- save_content --
-- Store bytes once under the id the client chose; salt and time of the first attempt stay.
INSERT INTO contents (id, kind, media_type, size, sha256, salt, body, stored_by)
VALUES (%(id)s, %(kind)s, %(media_type)s, %(size)s, %(sha256)s, %(salt)s, %(body)s, %(stored_by)s)
ON CONFLICT (id) DO NOTHING;

-- read_content --
-- One content with its bytes.
SELECT id, kind, media_type, size, sha256, salt, body, stored_at, stored_by, erased_at
FROM contents WHERE id = %(id)s;

-- describe_contents --
-- What is known of contents without their bytes.
SELECT id, kind, media_type, size, sha256, stored_at, stored_by, erased_at
FROM contents WHERE id = ANY(%(ids)s) ORDER BY id;

-- read_stored_by --
-- What a person stored and what is left of it.
SELECT id FROM contents WHERE stored_by = %(person)s AND erased_at IS NULL ORDER BY id;

-- save_key --
-- A person's secret for content ids, once.
INSERT INTO content_keys (person, key) VALUES (%(person)s, %(key)s) ON CONFLICT DO NOTHING;

-- read_key --
-- A person's secret for content ids.
SELECT key FROM content_keys WHERE person = %(person)s;

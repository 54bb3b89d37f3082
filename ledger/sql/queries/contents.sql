-- put_content --
-- Store bytes once under the id the client chose; false when it holds others.
SELECT put_content(%(id)s, %(kind)s, %(media_type)s, %(body)s, %(stored_by)s) AS same;

-- put_piece --
-- One piece of a content, in the transaction that stores it.
SELECT put_content_piece(%(upload)s, %(part)s, %(piece)s);

-- put_content_of_pieces --
-- Store what the pieces make, as put_content does.
SELECT put_content_of_pieces(%(id)s, %(kind)s, %(media_type)s, %(upload)s, %(stored_by)s) AS same;

-- read_content --
-- One content with its bytes.
SELECT id, kind, media_type, size, sha256, body, stored_at, stored_by, erased_at
FROM contents WHERE id = %(id)s;

-- read_bodies --
-- The bytes of contents; nothing of what was erased.
SELECT id, body FROM contents WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::text[]))) AND erased_at IS NULL ORDER BY id;

-- read_texts --
-- The beginnings of texts, with who stored them; of what is no text, or was erased, no bytes.
SELECT id, stored_by, erased_at IS NOT NULL AS erased,
  CASE WHEN kind = 'text' AND erased_at IS NULL THEN substring(body FOR %(limit)s) END AS body
FROM contents WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::text[]))) ORDER BY id;

-- digest_bodies --
-- A hash of the bytes alone, which is the same of the same file stored anew; nothing of what was erased.
SELECT id, encode(sha256(body), 'hex') AS digest
FROM contents WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::text[]))) AND erased_at IS NULL ORDER BY id;

-- read_salted --
-- The same with its salt, for who may read salts.
SELECT id, kind, media_type, size, sha256, salt, body, stored_at, stored_by, erased_at
FROM contents WHERE id = %(id)s;

-- read_own_salt --
-- The salt of a content to who stored it.
SELECT own_salt(%(id)s, %(person)s) AS salt;

-- read_own_texts --
-- Texts with their salts to who stored them; nothing of what was erased.
SELECT sha256, own_salt(id, %(person)s) AS salt, body FROM contents
WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::text[]))) AND kind = 'text' AND stored_by = %(person)s AND erased_at IS NULL
ORDER BY id;

-- describe_contents --
-- What is known of contents without their bytes.
SELECT id, kind, media_type, size, sha256, stored_at, stored_by, erased_at
FROM contents WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::text[]))) ORDER BY id;

-- read_stored_by --
-- What a person stored and what is left of it.
SELECT id FROM contents WHERE stored_by = %(person)s AND erased_at IS NULL ORDER BY id;

-- read_key --
-- A person's secret for content ids, made by the first who asks.
SELECT content_key(%(person)s) AS key;

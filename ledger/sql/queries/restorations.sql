-- read_restorations --
-- What was chosen about logs that lost entries.
SELECT log, seq, stream, version, body, leaf_hash
FROM entries WHERE log = %(log)s AND type = %(type)s ORDER BY seq;

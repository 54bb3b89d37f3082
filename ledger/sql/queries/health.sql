-- look --
-- The server's version and its clock, to compare with ours.
SELECT current_setting('server_version') AS version, clock_timestamp() AS at;

-- takes_entries --
-- Whether this is no copy that only reads; of the session's own setting as well.
SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS takes_entries;

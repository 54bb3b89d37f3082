-- look --
-- The server's version and its clock, to compare with ours.
SELECT current_setting('server_version') AS version, clock_timestamp() AS at;

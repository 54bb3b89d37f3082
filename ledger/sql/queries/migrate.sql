-- begin_migrating --
-- How long a migration waits for other sessions: whatever else is to use the tables waits behind it.
SELECT set_config('lock_timeout', %(lock_timeout)s, false);

-- lock_migrations --
-- One migration of this database at a time: nobody but the owner may lock this so.
LOCK TABLE selection.migrations IN SHARE ROW EXCLUSIVE MODE;

-- is_applied --
-- Whether another run was faster.
SELECT EXISTS (SELECT FROM selection.migrations WHERE name = %(name)s);

-- become_owner --
-- What is created from here on belongs to the owner, who cannot log in.
SELECT set_config('role', 'selection_owner', false), set_config('search_path', 'selection', false);

-- become_migrator --
-- Back to the login that migrates: roles are not the owner's to make.
SELECT set_config('role', 'none', false);

-- create_table --
-- Where the applied migrations are remembered. Another run may make it at the same moment.
DO $$
BEGIN
    CREATE TABLE IF NOT EXISTS migrations (
        name text PRIMARY KEY,
        sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN
    NULL;
END
$$;

-- has_table --
-- Whether the database was ever migrated.
SELECT to_regclass('selection.migrations') IS NOT NULL;

-- read_applied --
-- The applied migrations and the hashes of their files.
SELECT name, sha256 FROM selection.migrations;

-- remember --
-- Remember a migration as applied.
INSERT INTO selection.migrations (name, sha256) VALUES (%(name)s, %(sha256)s);

-- The roles of the record. They belong to the cluster, so several databases share them; run as the login
-- that migrates, which owns the database and needs CREATEROLE, no more. Safe to run again.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'selection_owner', 'selection_app', 'selection_recorder', 'selection_auditor', 'selection_signer',
        'selection_eraser', 'selection_portal'
    ] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another database of the cluster was migrated at the same moment
        END;
    END LOOP;
    IF NOT pg_has_role(CURRENT_USER, 'selection_owner', 'SET') THEN
        -- What the owner may is taken on purpose, by SET ROLE: a session that only connects writes nothing.
        GRANT selection_owner TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;
    END IF;
    IF NOT pg_has_role('selection_recorder', 'selection_app', 'MEMBER') THEN
        GRANT selection_app TO selection_recorder;
    END IF;
    IF NOT pg_has_role('selection_portal', 'selection_app', 'MEMBER') THEN
        GRANT selection_app TO selection_portal;
    END IF;
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'selection') THEN
        CREATE SCHEMA selection AUTHORIZATION selection_owner;
    END IF;
EXCEPTION WHEN duplicate_schema OR unique_violation THEN
    NULL; -- another run made it at the same moment
END
$$;

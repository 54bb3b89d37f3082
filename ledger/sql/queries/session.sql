-- begin_session --
-- Take the role with the fewest rights that suffices, and limits below the record activity's timeout.
SELECT
    set_config('role', %(role)s, false),
    set_config('search_path', 'selection', false),
    set_config('statement_timeout', %(statement_timeout)s, false),
    set_config('lock_timeout', %(lock_timeout)s, false),
    set_config('idle_in_transaction_session_timeout', %(idle_timeout)s, false),
    set_config('timezone', 'UTC', false);

-- allow_long_statement --
-- Lift the statement limit until the end of the transaction, for bulk work that no act waits for.
SELECT set_config('statement_timeout', %(statement_timeout)s, true);

-- think_longer --
-- Let the session be idle for longer, until the end of the transaction.
SELECT set_config('idle_in_transaction_session_timeout', %(idle_timeout)s, true);

-- read_login --
-- Whether a user may do what no login of the record needs, and the roles that it is a member of.
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
    ARRAY(
        SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid
    )
FROM pg_roles r WHERE rolname = %(user)s;

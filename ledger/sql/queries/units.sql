-- read_units --
-- These units, and all that they belong to, however far up; the second time a unit is met it leads no further.
WITH RECURSIVE found (code) AS (
    SELECT unnest(%(units)s::text[])
    UNION
    SELECT parent FROM found JOIN units u ON u.code = found.code, jsonb_array_elements_text(u.parents) AS parent
)
SELECT u.code, u.name_zh, u.name_en, u.kind, u.parents, u.active, u.version FROM units u
JOIN found ON found.code = u.code ORDER BY u.code;

-- list_units --
-- Every unit.
SELECT code, name_zh, name_en, kind, parents, active, version FROM units ORDER BY code;

-- find_units --
-- These units alone.
SELECT code, name_zh, name_en, kind, parents, active, version FROM units WHERE code = ANY(%(units)s) ORDER BY code;

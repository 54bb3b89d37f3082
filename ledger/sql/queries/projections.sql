-- project_stream --
-- Make the projections of a stream equal to its state; what is null stays as it is.
SELECT project_stream(%(log)s, %(stream)s, %(version)s, %(state)s, %(row)s::jsonb, %(tasks)s::jsonb,
    %(deadlines)s::jsonb);

-- register_leaf --
-- What a leaf of the installation says of a person, as the record does it when the leaf is appended.
SELECT register_leaf(%(body)s);

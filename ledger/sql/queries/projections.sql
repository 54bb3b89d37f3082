-- project_stream --
-- Make the projections of a stream equal to its state; what is null stays as it is.
SELECT project_stream(%(log)s, %(stream)s, %(version)s, %(state)s, %(row)s::jsonb, %(tasks)s::jsonb,
    %(deadlines)s::jsonb);

-- rebuild_register --
-- Replace the people by what the log says.
SELECT rebuild_register();

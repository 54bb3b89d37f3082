-- What binds somebody to the bids of a round is asked with every act of who examines or judges: the bids of their units,
-- those that they are behind and the ties that name them are found by an index, and no other application is read.

CREATE INDEX applications_of_units ON applications USING gin (("row" -> 'units')) WITH (fastupdate = off);
CREATE INDEX applications_behind ON applications USING gin (("row" -> 'behind')) WITH (fastupdate = off);

DROP INDEX employments_tied;
CREATE INDEX employments_tied ON employments USING gin (ties jsonb_path_ops) WHERE ties <> '[]';

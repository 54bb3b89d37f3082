-- A change of the register looks at the applications that it may bind somebody in: it finds those that run, and those that
-- ended and of which a review is requested, by an index, and reads none of the others of any round.

CREATE INDEX applications_running ON applications (stage) WHERE stage <> 'ended';
CREATE INDEX applications_requested ON applications (stream) WHERE stage = 'ended' AND "row" ->> 'requested' = 'true';

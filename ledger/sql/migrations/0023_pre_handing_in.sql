-- Who handed in which application: of the thousands of acts of officers and experts none has to be read for it.

CREATE INDEX entries_handing_in ON entries (log, person) WHERE type IN (
    'application.submitted.v1', 'application.mended.v1', 'application.co-building-confirmed.v1'
);

-- What somebody did themselves, the latest first.

CREATE INDEX entries_of_people ON entries (person, recorded) WHERE person <> 'system';

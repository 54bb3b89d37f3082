-- Drafts that are too old are looked for each time one is saved, which is every few seconds as somebody types.

CREATE INDEX portal_drafts_by_change ON portal_drafts (changed);

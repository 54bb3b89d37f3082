"""The acts of people that no sheet is for: those with a page of their own, and those that pages do not do, with why."""

WITH_A_PAGE_OF_ITS_OWN = {
    "accept-invitation": "/invitations/",
    "decline-invitation": "/invitations/",
    "declare-conflict": "/invitations/",
    "submit-review": "/reviews/",
    "enrol-key": "/keys",
    "submit": "/rounds/",
    "mend": "/applications/",
    "open-round": "/open-round",
    "amend-form": "/rounds/",
    "commit-draw": "/rounds/",
    "fix-shortlist": "/rounds/",
    "fix-deviating-shortlist": "/rounds/",
    "propose": "/rounds/",
    "propose-deviating": "/rounds/",
    "record-papers": "/rounds/",
}
"""By the kind of the command, where it is done."""

NOT_IN_PAGES = {
    "record-restoration": "who runs the servers decides it beside the database that was set back",
    "report-unreached": "the client reports it by itself where an act reached no stream",
    "end-session": "it ends a session of the command line; sessions of pages end on the page of sessions",
}
"""By the kind of the command, why pages do not do it."""

-- Only who decides gives a number back to the command that had it: a client could take one from somebody who was given it.

REVOKE EXECUTE ON FUNCTION keep_number FROM selection_app;
GRANT EXECUTE ON FUNCTION keep_number TO selection_recorder;

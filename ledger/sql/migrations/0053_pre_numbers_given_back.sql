-- Only who decides gives a number back to the command that had it; clients may as well until programs of before are gone (0055).

GRANT EXECUTE ON FUNCTION keep_number TO selection_recorder;

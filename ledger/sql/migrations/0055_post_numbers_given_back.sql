-- A client could take a number from somebody who was given it: what reconciled with a client's login before 0053 is gone.

REVOKE EXECUTE ON FUNCTION keep_number FROM selection_app;

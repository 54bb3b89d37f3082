"""What a read raises besides the refusals of the core (selection/refusals) and the errors of the record (ledger)."""


class Hidden(Exception):
    """There is no such thing, or the subject may not see it; which of the two is told to nobody."""

    code = "hidden"


class SignatureEnded(Hidden):
    """What somebody signed counts no more, as their key was revoked or ran out, or their page is a portal no more."""


class ReadFailed(Exception):
    """What was asked for shows to the subject and cannot be had as the record stands; `code` is stable.

    `no-checkpoint`, `not-yet-signed`, `not-archived`: later it can. `history-gone`, `record-changed`: somebody
    wrote to the database past the record.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

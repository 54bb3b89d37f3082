"""What a client meets that is no refusal.

ClientError
├── Pending     the act was taken, its receipt is not there yet: ask with `selection receipt ID`
└── Broken      a part does not answer or met a bug; the sentence says what to do
"""


class ClientError(Exception):
    """`code` is stable; the text is a sentence for people."""

    code = "client-error"


class Pending(ClientError):
    """The act may have been taken; the same command id asks again without doing it twice."""

    code = "pending"

    def __init__(self, command_id: str) -> None:
        super().__init__(f"taken, receipt pending: `selection receipt {command_id}`")
        self.command_id = command_id


class Broken(ClientError):
    """Something does not work that should; nothing is known to be done."""

    code = "broken"

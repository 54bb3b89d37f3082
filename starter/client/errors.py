"""What a client meets that is no refusal.

ClientError
├── Pending     Temporal holds the act, its receipt is not there yet: ask with `selection receipt ID --on STREAM`
├── NotTaken    nothing holds the act: send it again with the same id
└── Broken      a part does not answer or met a bug; the sentence says what to do
"""


class ClientError(Exception):
    """`code` is stable; the text is a sentence for people."""

    code = "client-error"


class Pending(ClientError):
    """Temporal holds the act and it will be decided; the same command id asks again without doing it twice."""

    code = "pending"

    def __init__(self, command_id: str, stream: str) -> None:
        super().__init__(f"taken, receipt pending: `selection receipt {command_id} --on {stream}`")
        self.command_id = command_id
        self.stream = stream


class ActMissing(ClientError):
    """Neither Temporal nor the record holds the act; sent again with the same id it is done once."""

    code = "not-taken"

    def __init__(self, command_id: str) -> None:
        super().__init__(f"not taken: send it again with `--command-id {command_id}`")
        self.command_id = command_id


class Broken(ClientError):
    """Something does not work that should; nothing is known to be done."""

    code = "broken"

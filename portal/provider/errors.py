"""Why a provider lets nobody in; told by portal/wording/entering/sign_in.py under `provider-` and the code."""


class ProviderFailed(Exception):
    """Nobody is let in; `why` is for the operator's log and holds nothing of what was sent."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why

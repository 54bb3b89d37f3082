"""Failures as Temporal keeps them, in histories and in its server's log: kinds and places, no values and no code.

The SDK puts an error's text into the failure, and the code of each frame. What we raise on purpose is an
ApplicationError, whose text was written to be read; any other error's text may hold what people wrote.
"""

from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, PayloadConverter
from temporalio.exceptions import ApplicationError, FailureError

from runtime.error_places import list_places, name_error


class FailureWithoutValues(DefaultFailureConverter):
    """Gives the kind and the place of an error, and the text only of what was raised to be read."""

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """Fill in the failure for an error, and in the same way for what brought it about."""
        replacement = exception if isinstance(exception, FailureError) else _stand_in(exception)
        super().to_failure(replacement, payload_converter, failure)

    def _error_to_failure(
        self, error: FailureError, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        # The SDK's own step, overridden since it formats the traceback, and encrypts what it has formatted.
        super()._error_to_failure(error, payload_converter, failure)
        if not error.failure:
            failure.stack_trace = "\n".join(list_places(error.__traceback__))


class EncryptedFailureWithoutValues(FailureWithoutValues):
    """The same, with text and places where a codec encrypts them."""

    def __init__(self) -> None:
        super().__init__(encode_common_attributes=True)


def _stand_in(error: BaseException) -> ApplicationError:
    places = list_places(error.__traceback__)
    text = f"{name_error(error)} at {places[-1]}" if places else name_error(error)
    replacement = ApplicationError(text, type=type(error).__name__)
    replacement.__traceback__ = error.__traceback__
    replacement.__cause__, replacement.__context__ = error.__cause__, error.__context__
    replacement.__suppress_context__ = error.__suppress_context__
    return replacement

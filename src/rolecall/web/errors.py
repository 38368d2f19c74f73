"""What can be wrong with a request before it means anything, and the map from errors to answers."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from rolecall.web.limits import Window


class WebError(Exception):
    """A request that HTTP itself, not the domain, refuses."""


class UnknownPath(WebError):
    """Nothing is served at this path, or not with this method."""


class UnreadableBody(WebError):
    """The body is not what the contract asks for: another type, broken JSON, or not an object."""


class BodyTooLarge(WebError):
    """The body is larger than this installation reads."""


class ServiceUnavailable(WebError):
    """The database, or another store, cannot be reached."""


class RateLimited(WebError):
    """The window's requests are used up."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window = window


Answer = Callable[[Exception], Response]


class ErrorMap:
    """A surface's answer to each error class. The closest class in the error's ancestry decides."""

    def __init__(self, answers: Mapping[type[Exception], Answer]) -> None:
        self._answers = dict(answers)

    def under(self, answers: Mapping[type[Exception], Answer]) -> "ErrorMap":
        """This map with other answers to some classes."""
        return ErrorMap(self._answers | dict(answers)) if answers else self

    def find(self, error: type[Exception]) -> type[Exception] | None:
        """The class whose answer is used for errors of class `error`, None when there is none."""
        return next((known for known in error.__mro__ if known in self._answers), None)

    def answer(self, error: Exception) -> Response:
        """The response for an error. `Exception` itself must be mapped: it is the answer to a crash."""
        known = self.find(type(error))
        return self._answers[known if known is not None else Exception](error)

"""One application for many tests: making it costs more than most of them do with it.

An application depends on the settings, not on where the data lie: services reach the runtime by `core.runtime.current`.
So a test gets the application of the test before, unless its settings are others or something was hung on it since.
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from core.runtime import Runtime
from core.secrets import NAMES
from web.app import create_app

#: Where a test's data lie, and the secrets made there: the settings that differ from test to test as a rule.
_OF_ONE_TEST = {"home", "database_url", "broker_url", "storage_url", *NAMES}
#: What an application finds out by itself while it answers.
_LEARNED = {"_got_first_request", "components_schemas", "jinja_loader", "spec_json"}


class Applications:
    """Lends the application; one that a test has changed is not lent again."""

    def __init__(self) -> None:
        self._app: Flask | None = None
        self._settings: dict[str, Any] = {}
        self._marks: dict[str, Any] = {}

    def lend(self, runtime: Runtime) -> Flask:
        """An application for this runtime, as `create_app` makes it."""
        settings = runtime.settings.model_dump(exclude=_OF_ONE_TEST)
        if self._app is None or settings != self._settings or _marks(self._app) != self._marks:
            self._app, self._settings = create_app(runtime, testing=True), settings
        self._app.extensions["runtime"] = runtime
        self._app.config["SECRET_KEY"] = runtime.settings.secret_key.get_secret_value()
        # A test may hang routes on it, as on one that has answered nobody yet.
        self._app._got_first_request = False
        self._marks = _marks(self._app)
        return self._app


def _marks(app: Flask) -> dict[str, Any]:
    """Everything that is bound to the application, down to the functions and rules."""
    environment = app.jinja_env
    return {
        **{name: _shape(value) for name, value in vars(app).items() if name not in _LEARNED},
        "rules": len(app.url_map._rules),
        "templates": _shape([environment.filters, environment.globals, environment.tests, environment.undefined]),
    }


@dataclass(frozen=True, eq=False)
class _Itself:
    """An object that is equal to none but itself; kept, so that no later one can take its place in memory."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value


def _shape(value: Any) -> Any:
    """Something that is equal as long as nobody changed the collection or exchanged what is in it.

    Empty places do not count: a look into a `defaultdict` leaves some behind.
    """
    if isinstance(value, dict):
        shapes = ((key, _shape(kept)) for key, kept in value.items())
        return {key: shape for key, shape in shapes if shape not in ({}, [])}
    if isinstance(value, list | tuple | set):
        return [_shape(kept) for kept in value]
    return value if isinstance(value, str | int | float | None) else _Itself(value)

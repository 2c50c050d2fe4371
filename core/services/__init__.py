"""The processes of one installation: the embedded database and broker, and the supervisor that keeps all of them alive.

In: a data folder and a list of services. Out: running processes, their addresses, and nothing left behind afterwards.
"""


class ServiceError(Exception):
    """A service cannot be prepared or started; the text is one Vietnamese line that says what to do."""

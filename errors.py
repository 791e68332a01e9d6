"""The base of every error that a user can mend."""


class DatelineError(Exception):
    """Something the user can mend; the message says what is wrong, where, and what to do."""

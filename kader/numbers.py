"""Numbers that come from an address or a page, whatever somebody typed there."""

# The longest number that fits the id of a row on every database.
ID_DIGITS = 18
# The longest that fits the smaller column of a version, and more changes than are made.
VERSION_DIGITS = 9


def read_number(given: str, *, digits: int = ID_DIGITS) -> int | None:
    """Return a whole number of at most so many digits; None for anything else.

    The digits of other scripts are no number here: a page never writes them.
    """
    if given.isascii() and given.isdecimal() and len(given) <= digits:
        return int(given)
    return None


def read_version(given: str) -> int:
    """Return the version that a page showed; anything else fits no version."""
    version = read_number(given, digits=VERSION_DIGITS)
    return -1 if version is None else version

MAX_DIGITS = 18  # a longer number fits in no 64-bit column: PostgreSQL and SQLite raise on it


def could_be_row(pk: object) -> bool:
    """Whether a value that came in with a request can be looked up as a row's number at all."""
    number = str(pk)
    return number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS

MAX_DIGITS = 18  # a longer number may exceed a 64-bit column: PostgreSQL and SQLite raise on it


def is_row_id(value: object) -> bool:
    """Whether a value from a request can be looked up as a primary key without an error of the database."""
    number = str(value)
    return number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS

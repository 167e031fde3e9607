class CodeConverter:
    """A receipt code such as GY-8F3K7Q, in upper or lower case."""

    regex = "[Gg][Yy]-[0-9A-Za-z]{4,9}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class TokenConverter:
    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value

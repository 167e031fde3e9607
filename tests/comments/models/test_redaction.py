import pytest

from comments.models.redaction import find_spans, split_redacted


@pytest.mark.parametrize(
    ("redactions", "expected"),
    [
        ([], "abcdef"),
        ([(1, 3)], "a█def"),
        ([(0, 6)], "█"),
        ([(3, 4), (1, 2)], "a█c█ef"),
        ([(1, 3), (2, 5)], "a█f"),
        ([(1, 2), (2, 3)], "a█def"),
        ([(-5, 1)], "█bcdef"),
        ([(4, 99)], "abcd█"),
        ([(3, 3)], "abcdef"),
        ([(4, 2)], "abcdef"),
        ([(90, 99)], "abcdef"),
    ],
)
def test_redactions_may_overlap_and_exceed_the_text(redactions: list[tuple[int, int]], expected: str):
    found = split_redacted(
        "abcdef", [{"field": "body", "start": start, "end": end} for start, end in redactions], "body"
    )
    assert "".join("█" if is_redacted else words for words, is_redacted in found) == expected


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [("An", "an, AN, ban", [(0, 2), (4, 6), (9, 11)]), ("", "an", []), ("x", "an", []), ("İ", "aİb", [(1, 2)])],
)
def test_words_to_redact_are_found_everywhere(words: str, text: str, expected: list):
    assert find_spans(words, text) == expected

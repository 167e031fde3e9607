from django.utils.formats import number_format


def test_numbers_are_grouped_by_dots_and_have_a_decimal_comma():
    assert [number_format(number) for number in (0, 999, 4534, 312_343_234, -1_234_567)] == [
        "0",
        "999",
        "4.534",
        "312.343.234",
        "-1.234.567",
    ]
    assert number_format(1234.5, 2) == "1.234,50"

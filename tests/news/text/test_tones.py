import unicodedata

from news.text.tones import OLDER_PLACEMENT, Tone, split_tone, toned


def test_letter_is_split_into_vowel_and_tone():
    assert [split_tone(char) for char in "ếaạĐx"] == [
        ("ê", Tone.SAC),
        ("a", Tone.NGANG),
        ("a", Tone.NANG),
        ("Đ", Tone.NGANG),
        ("x", Tone.NGANG),
    ]


def test_vowel_takes_the_tones_in_the_order_of_dictionaries():
    assert toned("ê") == "ềểễếệ"
    assert toned("ư") == "ừửữứự"
    assert [split_tone(char) for char in toned("o")] == [("o", tone) for tone in list(Tone)[1:]]


def test_newer_and_older_placement_are_the_same_letters_and_tone():
    assert [OLDER_PLACEMENT[newer] for newer in ("oà", "oẻ", "uỵ")] == ["òa", "ỏe", "ụy"]
    assert len(OLDER_PLACEMENT) == 15
    for newer, older in OLDER_PLACEMENT.items():
        assert sorted(unicodedata.normalize("NFD", newer)) == sorted(unicodedata.normalize("NFD", older))

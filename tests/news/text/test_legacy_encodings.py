"""TCVN3 and VNI are converted; everything else stays as it is."""

import gettext
import time
from pathlib import Path

import django
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from news.text.legacy_encodings import html_to_unicode, to_unicode
from news.text.legacy_encodings.tables import TCVN3, VNI, Encoding
from news.text.syllables import is_syllable

TONED = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
LETTERS = TONED + "ăâđêôơư"

HEAD = """Cộng hoà xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Số: 12/2004/QĐ-UB
Hà Tĩnh, ngày 5 tháng 3 năm 2004
Quyết định của Uỷ ban nhân dân tỉnh về mức thu thuỷ lợi phí, áp dụng từ ngày 01/4/2004
Điều 1. Mỗi hộ ở vùng núi nộp 5.000đ/sào, được miễn nếu mất mùa; thư ký hội đồng lưu hồ sơ."""
HEAD_IN_TCVN3 = """Céng hoµ x· héi chñ nghÜa ViÖt Nam
§éc lËp - Tù do - H¹nh phóc
Sè: 12/2004/Q§-UB
Hµ TÜnh, ngµy 5 th¸ng 3 n¨m 2004
QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ møc thu thuû lîi phÝ, ¸p dông tõ ngµy 01/4/2004
§iÒu 1. Mçi hé ë vïng nói nép 5.000®/sµo, ®\xad\xeec miÔn nÕu mÊt mïa; th\xad ký héi ®ång l\xadu hå s¬."""  # noqa: RUF001
HEAD_IN_VNI = """Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam
Ñoäc laäp - Töï do - Haïnh phuùc
Soá: 12/2004/QÑ-UB
Haø Tónh, ngaøy 5 thaùng 3 naêm 2004
Quyeát ñònh cuûa Uyû ban nhaân daân tænh veà möùc thu thuyû lôïi phí, aùp duïng töø ngaøy 01/4/2004
Ñieàu 1. Moãi hoä ôû vuøng nuùi noäp 5.000ñ/saøo, ñöôïc mieãn neáu maát muøa; thö kyù hoäi ñoàng löu hoà sô."""


def encode(text: str, encoding: Encoding) -> str:
    """What the encoding has no sign for stays."""
    written = {letter: signs for signs, letter in reversed(encoding.letters.items())}
    return "".join(written.get(char, char) for char in text)


# ---------------------------------------------------------------- the tables


def test_every_small_letter_comes_back_from_either_encoding():
    for encoding in (TCVN3, VNI):
        assert [encoding.decode(encode(letter, encoding)) for letter in LETTERS] == list(LETTERS)
        assert all(encode(letter, encoding) != letter for letter in set(LETTERS) - set("ìíý"))
    assert (
        len({encode(letter, TCVN3) for letter in LETTERS})
        == len({encode(letter, VNI) for letter in LETTERS})
        == len(LETTERS)
    )


def test_every_capital_comes_back():
    assert [VNI.decode(encode(letter, VNI)) for letter in LETTERS.upper()] == list(LETTERS.upper())
    assert [TCVN3.decode(encode(letter, TCVN3)) for letter in "ĂÂĐÊÔƠƯ"] == list("ĂÂĐÊÔƠƯ"), "TCVN3 has no others"


def test_table_of_tcvn3_is_the_standards():
    places = {
        0xA1: "Ă",
        0xA7: "Đ",
        0xA8: "ă",
        0xAD: "ư",
        0xAE: "đ",
        0xB5: "à",
        0xB9: "ạ",
        0xC6: "ặ",
        0xCB: "ậ",
        0xD6: "ệ",
        0xDE: "ị",
        0xE4: "ọ",
        0xE9: "ộ",
        0xEE: "ợ",
        0xF4: "ụ",
        0xF9: "ự",
        0xFD: "ý",
        0xFE: "ỵ",
    }
    assert {place: TCVN3.decode(chr(place)) for place in places} == places


@pytest.mark.parametrize(
    "word", ["nghiêng", "khuỷu", "quyết", "giếng", "gì", "quốc", "thuở", "ngoằn", "yêu", "kỹ", "lý", "được", "xoong"]
)
def test_syllables_are_known(word: str):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cỏc", "kác", "ngề", "bếốn", "wan", "café", "tât", "strông", "héi", ""])
def test_what_cannot_be_a_syllable_is_known(word: str):
    assert not is_syllable(word)


# ---------------------------------------------------------------- what is converted


@pytest.mark.parametrize("written", [HEAD_IN_TCVN3, HEAD_IN_VNI], ids=["TCVN3", "VNI"])
def test_old_document_is_read(written: str):
    assert to_unicode(written) == HEAD


def test_conversion_changes_nothing_the_second_time():
    for written in (HEAD_IN_TCVN3, HEAD_IN_VNI):
        assert to_unicode(to_unicode(written)) == to_unicode(written)


def test_hyphens_that_a_pdf_has_for_a_letter_are_read_and_true_ones_stay():
    written = (
        "Nh-ng n-íc ch-a ®-îc -u tiªn; th- ký, t- vÊn vµ tr-ëng th«n ®i HuÕ - §µ N½ng, HuÕ-§µ N½ng theo 308/KH-UBND"
    )
    assert (
        to_unicode(written)
        == "Nhưng nước chưa được ưu tiên; thư ký, tư vấn và trưởng thôn đi Huế - Đà Nẵng, Huế-Đà Nẵng theo 308/KH-UBND"
    )
    assert to_unicode("Thu thuû lîi phÝ 5.000®-6.000® mçi hé") == "Thu thuỷ lợi phí 5.000đ-6.000đ mỗi hộ"
    assert to_unicode("b- Thu thuû lîi phÝ ®óng h¹n") == "b- Thu thuỷ lợi phí đúng hạn"
    assert to_unicode("Ban th-ký héi ®ång nh©n d©n") == "Ban thư ký hội đồng nhân dân", (
        "where a line was joined to the next"
    )


def test_letter_that_other_programs_have_dropped_is_missed():
    lost = (
        "Ngêi d©n ®îc cÊp níc s¹ch\nTríc ngµy mai, ph¬ng ch©m ®Çu t ph¶i râ nh TH ®· nãi\nnhng h«m nay míi ký, lu th ký"
    )
    read = (
        "Người dân được cấp nước sạch\nTrước ngày mai, phương châm đầu tư phải rõ như TH đã nói\n"
        "nhưng hôm nay mới ký, lưu thư ký"
    )
    assert to_unicode(lost) == read
    assert (
        html_to_unicode("<p>Biªn b¶n ghi lêi khai <em>ngêi</em> lµm chøng</p>")
        == "<p>Biên bản ghi lời khai <em>người</em> làm chứng</p>"
    )
    assert to_unicode("ChiÕn c«ng rùc rì, rÊt ngêi, l\xadu m·i") == "Chiến công rực rỡ, rất ngời, lưu mãi", (
        "where it was not dropped"
    )


def test_capital_fonts_are_read():
    assert to_unicode("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM") == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert to_unicode("céng hoµ x· héi chñ nghÜa viÖt nam") == "cộng hoà xã hội chủ nghĩa việt nam"
    assert to_unicode("UÛY BAN NHAÂN DAÂN TÆNH HAØ TÓNH") == "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH"


def test_each_line_is_read_in_its_own_encoding():
    lines = [
        HEAD_IN_TCVN3.split("\n")[0],
        HEAD.split("\n")[4],
        HEAD_IN_VNI.split("\n")[3],
        "Prière de répondre à la mairie où siège le comité.",
    ]
    assert to_unicode("\n".join(lines)).split("\n") == [
        HEAD.split("\n")[0],
        HEAD.split("\n")[4],
        HEAD.split("\n")[3],
        lines[3],
    ]


def test_line_in_doubt_follows_the_lines_around_it():
    assert to_unicode("C«ng an") == "C«ng an"
    assert to_unicode("Céng an\n" + HEAD_IN_TCVN3).startswith("Cộng an\n")
    assert to_unicode(f"{HEAD}\nC«ng an\n{HEAD_IN_TCVN3}").split("\n")[6] == "C«ng an"


def test_word_in_unicode_stays_amid_the_others():
    assert to_unicode("Uû ban nh©n d©n tØnh Hà Tĩnh ®· quyÕt ®Þnh") == "Uỷ ban nhân dân tỉnh Hà Tĩnh đã quyết định"


def test_ordinary_texts_come_back_line_by_line():
    lines = [
        line
        for path in (settings.BASE_DIR / "docs").glob("*-*.md")
        for line in path.read_text().split("\n")
        if line.strip()
    ]
    assert len(lines) > 100
    for encoding in (TCVN3, VNI):
        read = to_unicode("\n".join(encode(line.lower(), encoding) for line in lines)).split("\n")
        differing = [line for line, was in zip(read, lines, strict=True) if line.lower() != was.lower()]
        assert len(differing) <= len(lines) / 100, differing


@given(st.text(alphabet="aàáâạăđeéêếoôơuưy cnght,-\n«»®µ©·\xad<>&ABCÑöøäï", max_size=80))
def test_any_text_is_taken_line_for_line_and_settles(text: str):
    read = to_unicode(text)
    assert read.count("\n") == text.count("\n")
    assert [char for char in read if char in "<>&"] == [char for char in text if char in "<>&"]


@pytest.mark.parametrize(
    "text",
    ["é" * 400_000, "a-" * 200_000 + "é", "-" * 400_000 + "é", "<" * 400_000 + "é"],
    ids=["run", "hyphens", "dashes", "angles"],
)
def test_hostile_text_holds_nobody_up(text: str):
    begin = time.monotonic()
    assert to_unicode(text) == html_to_unicode(text) == text
    assert time.monotonic() - begin < 10


def test_long_line_holds_nobody_up():
    begin = time.monotonic()
    assert to_unicode(HEAD_IN_TCVN3.split("\n")[0] + "- 5®" * 100_000) == HEAD.split("\n")[0] + "- 5đ" * 100_000
    assert time.monotonic() - begin < 10


# ---------------------------------------------------------------- what is not touched


@pytest.mark.parametrize(
    "text",
    [
        "Bụi mịn PM2,5 là 35 µg/m³, sai số ± 2 µm ở 25 °C (§ 3, Điều 4) © 2026 Cổng Tin®",
        "5 µm, 3 µm, ¼ in, ½ h, 10 m² × 2 · §§ 3–4 · ® © ™ ¶",
        "Tôi có chú bé",
        "Các cô có lá, cá và tôm",
        "Cá tôm\nÔ tô\nÁo mưa",
        "Nå må du gå på do",
        "«né», « thé » et ¿qué?",
        "Où haïr? Là où l’été a été très tôt, à l’hôtel du théâtre près de la forêt où naît Noël.",
        "Der Bär möchte über die Brücke; Größe 3 µm, § 5 Abs. 2: früh übt sich, was ein Meister werden möchte.",
        "The naïve café façade – 5 µm ± 2 % © 2026 Société Générale®, Zürich, São Paulo, Ångström.",
        "Mañana el niño pidió más jamón; ¿cuándo vendrá la señora Peña?",
        "",
    ],
)
def test_good_text_stays(text: str):
    assert to_unicode(text) == text
    assert html_to_unicode(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_demo_and_documentation_stay():
    paths = [
        path
        for folder in ("portal/demo", "docs", "templates", "portal/locale")
        for path in (settings.BASE_DIR / folder).rglob("*.*")
    ]
    texts = [path.read_text() for path in paths if path.suffix in {".toml", ".md", ".html", ".py", ".po"}]
    assert len(texts) > 50
    for text in texts:
        assert to_unicode(text) == text
        assert [line for line in text.split("\n") if to_unicode(line) != line] == []


@pytest.mark.parametrize(
    "language", ["cs", "da", "de", "es", "fi", "fr", "hu", "is", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr", "vi"]
)
def test_sentences_of_other_languages_stay(language: str):
    """The sentences are Django's own, some thousand in each language, with the English ones."""
    sentences: list[str] = []
    for path in Path(django.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            for key, sentence in gettext.GNUTranslations(file)._catalog.items():  # type: ignore[attr-defined]
                sentences += [sentence, key] if isinstance(key, str) else [sentence]
    assert len(sentences) > 100
    assert [sentence for sentence in sentences if to_unicode(sentence) != sentence] == []
    assert to_unicode("\n".join(sentences)) == "\n".join(sentences)


# ---------------------------------------------------------------- rich text


def test_tags_stay_where_they_were():
    html = (
        '<p class="text-center"><strong>C</strong>éng hoµ x· héi &amp; chñ nghÜa ViÖt Nam</p>\n'
        "<table><tbody><tr><td>§éc lËp</td>"
        '<td>Tù do &lt; <a href="/tin-tuc/®/" title="µ">H¹nh phóc</a></td></tr></tbody></table>'
        '<p>QuyÕt ®Þnh cña tØnh</p><p>Đã có chữ đúng</p><p><img src="/media/a.jpg" alt="à"></p>'
    )
    assert html_to_unicode(html) == (
        '<p class="text-center"><strong>C</strong>ộng hoà xã hội &amp; chủ nghĩa Việt Nam</p>\n'
        "<table><tbody><tr><td>Độc lập</td>"
        '<td>Tự do &lt; <a href="/tin-tuc/®/" title="µ">Hạnh phúc</a></td></tr></tbody></table>'
        '<p>Quyết định của tỉnh</p><p>Đã có chữ đúng</p><p><img src="/media/a.jpg" alt="à"></p>'
    )

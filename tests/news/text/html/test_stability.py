"""Properties that hold for any input, tested with generated markup."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.text.html import clean_html, for_page
from news.text.html.sanitizer import SANITIZER

ALLOWED = (
    "p h2 h4 div strong em u s a ul ol li table tr td th tbody caption blockquote figure figcaption img br hr span"
)
OTHERS = (
    "h1 b i center font form svg math style title script template noscript textarea xmp iframe noembed plaintext pre "
    "select option button desc foreignObject mi mtext mglyph annotation-xml o:p dl dt section"
)
TAGS = st.sampled_from(ALLOWED.split() + OTHERS.split())
ATTRIBUTES = st.sampled_from(
    [
        "",
        "/",
        ' style="text-align:center"',
        " align=right",
        ' class="text-left x"',
        ' class="credit"',
        ' class="image"',
        ' href="/a?b&c"',
        ' src="/media/a.jpg"',
        ' src="data:x"',
        ' alt="a>b &quot;c"',
        ' title="</style><img onerror=x>"',
        " onclick=x",
    ]
)
OPENED = st.builds(lambda tag, rest: f"<{tag}{rest}>", TAGS, ATTRIBUTES)
CLOSED = TAGS.map(lambda tag: f"</{tag}>")
TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["&nbsp;", "&lt;b&gt;", "&amp;lt;", "Hà Tĩnh", " ", "<", ">", "&#8203;", "a\u0301", "\u0338"]),
    st.sampled_from(["<!-- x -->", "<!--", "-->", "<![CDATA[x]]>", "<?x>", "<![if x]>"]),
)
FRAGMENTS = st.lists(st.one_of(OPENED, CLOSED, TEXTS), max_size=25).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRAGMENTS)
def test_cleaning_what_is_clean_changes_nothing(fragment):
    cleaned = clean_html(fragment)
    assert clean_html(cleaned) == cleaned


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRAGMENTS)
def test_what_comes_out_is_exactly_what_the_sanitiser_approves(fragment):
    """Two parsers are at work. If the text were changed after the last of them, the other could read it differently."""
    cleaned = clean_html(fragment)
    assert SANITIZER.clean(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_can_be_cleaned_and_shown(text):
    cleaned = clean_html(text)
    assert clean_html(cleaned) == cleaned
    for_page(text, lambda src, alt: None, "Bảng")

import gettext as gnu_gettext
import re
from pathlib import Path

import django
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from news.models import Article
from tests.factories import make_article, make_category, make_event, make_photo, make_source, make_tag, make_ticker_item
from tests.news.admin.forms import ADD_URL, typed

PACKAGE = Path(django.__file__).parent
OURS = Path(__file__).parents[3] / "portal/locale/vi/LC_MESSAGES"
CATALOGUES = [
    "conf",
    *(f"contrib/{app}" for app in ("admin", "auth", "contenttypes", "flatpages", "redirects", "sites", "sessions")),
]
# Words that are the same in Vietnamese, and pages for programmers (the start page of a new project, DEBUG pages).
SAME_IN_VIETNAMESE = re.compile(
    r"""^(IPv[46]|UUID|JSON|,\s|:|:\?\.!|…|%\(truncated_text\)s…|%\(class_name\)s\ %\(instance\)s|\{\}(th|st|nd|rd)
        |[ap]\.m\.|%(s|\(size\)d)\ (KB|MB|GB|TB|PB|byte|bytes))$
    |Django|DEBUG=True|docs\.djangoproject|HTTPS\ site\ requires|browser\ to\ disable|Referer|CSRF\ cookie|Polling
    |install\ worked|^Syndication$|^Humanize$|^session\ (key|data)$|how-to|contribute""",
    re.VERBOSE,
)
LANGUAGE_NAMES = re.compile(r"^#: conf/global_settings\.py", re.MULTILINE)

# Words of the English admin that an editor would see if a translation were missing.
ENGLISH = re.compile(
    r"\b(add|added|change|changed|delete|deleted|save|view|history|home|log ?out|log ?in|select|selected|search|filter|"
    r"clear|action|actions|"
    r"today|now|yes|no|none|all|by|user|users|group|groups|password|username|email|staff|superuser|permission|permissions|date|time|"
    r"currently|remove|choose|available|chosen|this|that|the|and|with|please|error|errors|enter|required|unknown|"
    r"welcome|site|admin(istration)?|toggle|theme|skip|breadcrumbs|sidebar|flat|pages|page|redirect|redirects|recent|"
    r"show|hide|count|counts|can|last|first|name|active|status|order|close)\b",
    re.IGNORECASE,
)
# User names, file formats, addresses, and words that are Vietnamese too.
NOT_ENGLISH = re.compile(r"(?i)\b(admin|sep)\b|https?://\S+|/[\w/.-]*|\b[\w-]+\.(pdf|jpg|png|html)\b")


def english_messages(catalogue: str, domain: str) -> list[tuple[str | None, str]]:
    """Return the context and the text of every message in a catalogue of Django."""
    text = (PACKAGE / catalogue / "locale/en/LC_MESSAGES" / f"{domain}.po").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n\n"):
        if LANGUAGE_NAMES.search(block):
            continue
        parts = {
            key: "".join(re.findall(r'"(.*)"', quoted))
            for key, quoted in re.findall(r'^(msgctxt|msgid) ((?:".*"\n?)+)', block, re.MULTILINE)
        }
        if parts.get("msgid"):
            message = parts["msgid"].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
            found.append((parts.get("msgctxt"), message))
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_message_of_django_is_left_untranslated(catalogue):
    with translation.override("vi"):
        missing = [
            message
            for context, message in english_messages(catalogue, "django")
            if not SAME_IN_VIETNAMESE.search(message) and translate(context, message) == message
        ]
    assert [message for message in missing if message not in {"Email", "URL"}] == []


def translate(context: str | None, message: str) -> str:
    for found in (
        translation.pgettext(context, message) if context else translation.gettext(message),
        translation.npgettext(context, message, message, 2) if context else translation.ngettext(message, message, 2),
    ):
        if found != message:
            return found
    return message


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_compiled_catalogue_is_that_of_the_source(domain):
    source = OURS / f"{domain}.po"
    quoted = re.findall(
        r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"$',
        source.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    written = {
        (f"{context}\x04{message}" if context else message).replace('\\"', '"'): text.replace('\\"', '"')
        for context, message, text in quoted
    }
    with (OURS / f"{domain}.mo").open("rb") as file:
        compiled = gnu_gettext.GNUTranslations(file)._catalog
    assert {key[0] if isinstance(key, tuple) else key: text for key, text in compiled.items() if key} == written


def test_the_browsers_catalogue_has_every_message_of_the_admins_scripts():
    known = set()
    for folder in (OURS, PACKAGE / "contrib/admin/locale/vi/LC_MESSAGES"):
        with (folder / "djangojs.mo").open("rb") as file:
            known |= {key if isinstance(key, str) else key[0] for key in gnu_gettext.GNUTranslations(file)._catalog}
    wanted = {
        f"{context}\x04{message}" if context else message
        for context, message in english_messages("contrib/admin", "djangojs")
    }
    assert wanted - known == set()


@pytest.mark.django_db
def test_calendar_of_the_admin_reads_days_first_and_begins_on_monday(admin_client: Client):
    script = admin_client.get("/admin/jsi18n/").content.decode()
    assert '"FIRST_DAY_OF_WEEK": 1' in script
    assert re.search(r'"DATE_INPUT_FORMATS": \[\s*"%d/%m/%Y"', script)
    assert re.search(r'"TIME_INPUT_FORMATS": \[\s*"%H:%M"', script)
    assert r'"Choose a Date": "Ch\u1ecdn ng\u00e0y"' in script
    assert r'"abbrev. month January\u0004Jan": "Th1"' in script


def visible_text(html: str) -> str:
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, template, textarea, .ticker, #user-tools strong, .readonly code"):
        node.decompose()
    words = [node.text(separator=" ") for node in tree.css("title, body")]
    for attribute in ("title", "alt", "placeholder", "aria-label", "value"):
        for node in tree.css(f"[{attribute}]"):
            if attribute != "value" or node.attributes.get("type") in {"submit", "button"}:
                words.append(node.attributes[attribute] or "")
    return " ".join(" ".join(words).split())


@pytest.fixture
def admin_pages(db) -> list[str]:
    article = make_article(
        "Mùa cam",
        category=make_category("Nông nghiệp"),
        tags=(make_tag("Cam"),),
        events=(make_event("Lễ hội cam"),),
        source=make_source(),
        lead_photo=make_photo(caption="Vườn cam"),
    )
    draft = make_article("Bản nháp", status=Article.Status.DRAFT)
    ticker = make_ticker_item("Dòng tin")
    user, group = User.objects.create_user("lan", first_name="Trần Thị Lan", is_staff=True), Group.objects.first()
    rows = {
        "news/article": article.pk,
        "news/category": article.category_id,
        "news/tag": article.tags.get().pk,
        "news/event": article.events.get().pk,
        "news/source": article.source_id,
        "news/tickeritem": ticker.pk,
        "news/photo": article.lead_photo_id,
        "auth/user": user.pk,
        "auth/group": group.pk,
    }
    pages = [
        "/admin/",
        "/admin/password_change/",
        "/admin/news/siteidentity/1/change/",
        f"/admin/auth/user/{user.pk}/password/",
    ]
    for model in ("flatpages/flatpage", "redirects/redirect"):
        pages += [f"/admin/{model}/", f"/admin/{model}/add/"]
    for model, pk in rows.items():
        pages += [f"/admin/{model}/{page}" for page in ("", "add/", f"{pk}/change/", f"{pk}/delete/", f"{pk}/history/")]
    return [
        *pages,
        f"/admin/news/article/{draft.pk}/delete/",
        "/admin/news/",
        "/admin/auth/",
        "/admin/news/article/?q=cam&trang-thai=dang-dang",
    ]


def english_words(html: str) -> list[str]:
    text = NOT_ENGLISH.sub(" ", visible_text(html))
    return [text[max(0, match.start() - 40) : match.end() + 40] for match in ENGLISH.finditer(text)]


def test_no_admin_page_shows_an_english_word(admin_client: Client, admin_pages: list[str]):
    found = {page: english_words(admin_client.get(page, follow=True).content.decode()) for page in admin_pages}
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.django_db
def test_forms_with_mistakes_and_answers_are_vietnamese_too(admin_client: Client):
    make_article("Mùa cam")
    pages = {
        "empty article": admin_client.post(
            ADD_URL, typed(title="", category="", published_at_0="x", published_at_1="y")
        ),
        "empty user": admin_client.post("/admin/auth/user/add/", {"username": "", "password1": "a", "password2": "b"}),
        "weak password": admin_client.post(
            "/admin/password_change/", {"old_password": "x", "new_password1": "12345", "new_password2": "12345"}
        ),
        "saved": admin_client.post(ADD_URL, typed(), follow=True),
        "no action": admin_client.post("/admin/news/article/", {"action": "", "_selected_action": []}, follow=True),
        "bulk delete": admin_client.post(
            "/admin/news/article/", {"action": "delete_selected", "_selected_action": [Article.objects.last().pk]}
        ),
        "group": admin_client.post("/admin/auth/group/add/", {"name": ""}),
        "login": Client().post("/admin/login/", {"username": "lan", "password": "x"}),
        "logged out": Client().get("/admin/", follow=True),
        "gone": admin_client.get("/admin/news/article/999/change/", follow=True),
    }
    found = {name: english_words(response.content.decode()) for name, response in pages.items()}
    assert {name: words for name, words in found.items() if words} == {}

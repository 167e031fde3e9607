from django.test import Client

STRANGE = [
    "%",
    "_",
    "'",
    '"',
    '"*',
    '"a',
    "!!!",
    "\u202e",
    "a" * 10_000,
    "ă " * 5_000,
    "\\",
    "NEAR(",
    "a NEAR b",
    "a OR b",
    "NOT a",
    "t:a",
    "a:b",
    "-a",
    "^a",
    "a*",
    "(",
    "{a b}",
    "&",
    "|",
    "<->",
    "a & !b",
    "'; DROP TABLE news_article; --",
    "\ufffe",
    "🙂",
    "ß İ ﬁ",
    "٣٤",
    "e\u0301" * 90,
    "\u0301" * 300,
    "a\u19b0b",
]


def page(client: Client, query: str, **filters: str):
    response = client.get("/tim-kiem/", {"q": query, **filters})
    assert response.status_code == 200
    return response


def found(client: Client, query: str, **filters: str) -> list[str]:
    return [article.title for article in page(client, query, **filters).context["page"]]

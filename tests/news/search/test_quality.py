"""The queries of benchmarks/search_queries.toml on the database of the tests."""

from collections import Counter

import pytest
from django.test import Client

from benchmarks.search_quality import BAR, ask, make_demo, queries, share_right
from portal.demo import content


def test_queries_are_many_and_name_articles_of_the_demo():
    asked = queries()
    keys = {entry["key"] for entry in content.articles()}
    assert len(asked) >= 100
    assert min(Counter(query.kind for query in asked).values()) >= 5
    assert len({(query.kind, query.q) for query in asked}) == len(asked)
    assert {key for query in asked for key in (*query.first, *query.within_three)} <= keys
    assert [query.q for query in asked if not query.wanted] == []


@pytest.mark.django_db
def test_search_finds_what_people_mean(client: Client):
    make_demo()
    answers = ask(client)
    missed = [
        f"{answer.query.kind}: {answer.query.q} → {', '.join(answer.found) or 'nothing'}"
        for answer in answers
        if not answer.is_right
    ]
    assert share_right(answers) >= BAR, "\n".join(missed)

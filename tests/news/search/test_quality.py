"""The queries of benchmarks/search_queries on the database of the tests."""

from collections import Counter

import pytest
from django.test import Client

from benchmarks.search_quality import MIN_SHARE, make_demo, queries, run, share_expected
from portal.demo import content


def test_queries_are_many_and_name_articles_of_the_demo():
    all_queries = queries()
    keys = {entry["key"] for entry in content.articles()}
    assert len(all_queries) >= 100
    assert min(Counter(query.kind for query in all_queries).values()) >= 5
    assert len({(query.kind, query.q) for query in all_queries}) == len(all_queries)
    assert {key for query in all_queries for key in (*query.first, *query.within_three)} <= keys
    assert [query.q for query in all_queries if not query.expected] == []


@pytest.mark.django_db
def test_search_finds_what_people_mean(client: Client):
    make_demo()
    answers = run(client)
    missed = [
        f"{answer.query.kind}: {answer.query.q} → {', '.join(answer.found) or 'nothing'}"
        for answer in answers
        if not answer.is_expected
    ]
    assert share_expected(answers) >= MIN_SHARE, "\n".join(missed)

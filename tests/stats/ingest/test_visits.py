from hypothesis import given
from hypothesis import strategies as st

from stats.ingest.visits import VISIT_TIMEOUT, format_visits, merge_views, parse_visits


def test_thirty_minutes_without_a_page_end_a_visit():
    assert merge_views([], [0, VISIT_TIMEOUT - 1, 2 * VISIT_TIMEOUT - 2]) == [(0, 2 * VISIT_TIMEOUT - 2)]
    assert merge_views([], [0, VISIT_TIMEOUT]) == [(0, 0), (VISIT_TIMEOUT, VISIT_TIMEOUT)]


def test_late_hit_joins_two_visits():
    assert merge_views([(0, 0), (VISIT_TIMEOUT + 600, VISIT_TIMEOUT + 600)], [900]) == [(0, VISIT_TIMEOUT + 600)]


@given(st.lists(st.integers(0, 86_399), max_size=60), st.integers(1, 7), st.randoms())
def test_order_and_portions_of_hits_do_not_matter(seconds: list[int], portions: int, random: object):
    whole = merge_views([], seconds)
    shuffled = list(seconds)
    random.shuffle(shuffled)
    visits = []
    for start in range(portions):
        visits = parse_visits(format_visits(merge_views(visits, shuffled[start::portions])))
    assert visits == whole

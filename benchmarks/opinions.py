"""The speed of the opinions at scale:  python -m benchmarks.opinions [--table 1000000] [--article 100000]

Starts a PostgreSQL of its own (tests/postgres.py), fills the table with opinions, a part of them on one article, and
measures the public list from the first page to the last, the number of opinions, a bulk decision and the receipt.
The budget applies to the column SQL, PostgreSQL's own planning and execution time; the median and the best time are
measured by the caller and include the load of the machine."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

BUDGET_LIST = 5.0  # milliseconds of SQL, at any depth
REPEATS = 101  # so many that a busy machine does not disturb the median
ROWS = """
INSERT INTO comments_comment (
  article_id, code, token_hash, name, email, body, redactions, status, previous_status, version, created_at,
  published_at, reason, reason_note, score, hits, text_hash, consent_at, wants_mail, is_demo)
SELECT CASE WHEN n <= %(many)s THEN %(article)s ELSE %(first)s + n %% %(others)s END,
  'GY-' || lpad(n::text, 9, '0'), md5(n::text) || md5('t' || n), 'Nguyễn Thị Thử', '',
  repeat('Đề nghị mở thêm quầy tiếp dân. ', 6), '[]',
  CASE WHEN n %% 20 = 0 THEN 'rejected' WHEN n > %(table)s - 500 THEN 'pending' ELSE 'published' END,
  'pending', 2, now() - n * interval '7 seconds', now() - n * interval '7 seconds',
  CASE WHEN n %% 20 = 0 THEN 'off_topic' ELSE '' END, '', 0, '[]', md5((n %% 1000)::text), now(), false, false
FROM generate_series(1, %(table)s) AS n
"""
REPLIES = """
INSERT INTO comments_officialreply (comment_id, agency, body, status, created_at, updated_at, published_at)
SELECT id, 'Ủy ban nhân dân xã Mẫu', repeat('Xã đã tiếp thu ý kiến. ', 8), 'published', now(), now(), now()
FROM comments_comment WHERE status = 'published' AND id %% 3 = 0
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--table", type=int, default=1_000_000)
    options.add_argument("--article", type=int, default=100_000)
    arguments = options.parse_args()
    if "BENCHMARK_INSIDE" not in os.environ:
        environment = os.environ | {
            "BENCHMARK_INSIDE": "1",
            "TESTING": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        command = [
            sys.executable,
            "-m",
            "tests.postgres",
            "--",
            sys.executable,
            "-m",
            "benchmarks.opinions",
            *sys.argv[1:],
        ]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own program
    import django  # noqa: PLC0415 - the settings need the database, which exists only now

    django.setup()
    from benchmarks import opinions_measured  # noqa: PLC0415 - needs the apps

    return opinions_measured.measure(arguments.table, arguments.article)


def milliseconds(work: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, float]:
    """Median and best time."""
    taken = []
    for _number in range(repeats):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), min(taken)


if __name__ == "__main__":
    sys.exit(main())

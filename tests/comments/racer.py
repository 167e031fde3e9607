"""One of several processes that do the same thing at the same moment. Told what by one line of JSON, starts at the next line."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.test import Client  # noqa: E402


def main() -> None:
    task = json.loads(sys.stdin.readline())
    settings.COMMENTS = task.get("settings", {})
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.get("/healthz/ready")  # the connection is there before the start
    print("ready", flush=True)
    sys.stdin.readline()
    response = client.post(task["path"], task["data"])
    print(json.dumps([response.status_code, response.get("Location", "")]), flush=True)


main()

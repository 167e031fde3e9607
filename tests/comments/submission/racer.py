"""One of several concurrent processes. Reads its task as a line of JSON, and starts it when the next line arrives."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402


def main() -> None:
    task = json.loads(sys.stdin.readline())
    settings.COMMENTS = task.get("settings", {})
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if "user" in task:
        client.force_login(User.objects.get(username=task["user"]))
    client.get("/healthz/ready")  # the connection is there before the start
    print("ready", flush=True)
    sys.stdin.readline()
    for data in task.get("posts", [task.get("data")]):
        response = client.post(task["path"], data)
    print(json.dumps([response.status_code, response.get("Location", "")]), flush=True)


main()

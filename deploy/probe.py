"""The container's health check: asks its gunicorn for /healthz/live, with a Host header that Django allows."""

import os
import sys
import urllib.request

host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".")
address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/healthz/live"
try:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=4) as response:
        sys.exit(response.status != 200)
except OSError as error:
    sys.exit(f"{address}: {error}")

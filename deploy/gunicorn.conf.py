"""Gunicorn behind nginx, or alone for the demo. Values from the environment are listed in .env.example."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# Threads overlap while they wait for the database; a second process keeps serving while the first is restarted.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
# Each worker loads the code itself, so that a reload (HUP) loads the new code.
preload_app = False

timeout = 60  # seconds without a heartbeat until a worker is replaced
graceful_timeout = 30  # seconds for running requests when a worker is stopped
keepalive = 65  # seconds; longer than nginx keeps connections open, so that nginx is the side that closes them

# Resizing pictures fragments memory, so workers are restarted now and then. Workers share requests evenly; the wide
# jitter keeps them from restarting at the same time, when every reader would wait until one has loaded the code.
max_requests = 10_000
max_requests_jitter = 10_000

# For the workers' heartbeat files: on a busy disk writing them can stall for seconds.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Nothing here uses the control socket, and the container's file system is read-only.
control_socket_disable = True

# Off by default: nginx writes its own. The format has no address, query or referrer: search words are personal data.
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL") or "warning"

# Proxies whose X-Forwarded-Proto is believed. Only the local machine, unless the environment names nginx's addresses.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
# Nobody may set SCRIPT_NAME or PATH_INFO by headers: our proxies do not send them.
forwarder_headers = ""

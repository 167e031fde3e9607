"""Gunicorn behind nginx, or alone for the demo. Values from the environment are listed in .env.example."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# Threads wait for the database together; a second process keeps serving while the first is renewed.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
# Each worker loads the program itself, so that a reload (HUP) brings the new one.
preload_app = False

timeout = 60  # seconds until a worker that gives no sign of life is replaced
graceful_timeout = 30  # seconds that running requests get when a worker is asked to stop
keepalive = 65  # seconds; longer than nginx keeps its side open, so that nginx is the one to hang up

# Picture work leaves memory in pieces: a worker is renewed now and then. The wide jitter keeps workers, who share requests
# evenly, from leaving within the seconds that a new one needs to load the program: every reader would wait so long.
max_requests = 10_000
max_requests_jitter = 10_000

# The workers' heartbeat: on a busy disk it can stall for seconds.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# One more way in, and a file to write where the container's file system is read-only.
control_socket_disable = True

# Off: nginx has its own. When on, without address, query or referrer: a citizen's words stay out of the logs.
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL") or "warning"

# Whose X-Forwarded-Proto counts: nobody's, unless the environment names nginx's addresses.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
# No proxy of ours sends SCRIPT_NAME or PATH_INFO as headers; from anybody else they would be an attack.
forwarder_headers = ""

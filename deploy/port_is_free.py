"""Exits with a sentence if the port for `make run` or `make dev` cannot be used. Needs no package and any Python 3."""

import socket
import sys

given = sys.argv[1]
if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
    sys.exit(f"PORT is a number from 1 to 65535, not {given!r}.")

with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(given)))
    except PermissionError:
        sys.exit(f"Port {given} is only for the system's administrator. Take another: make run PORT=8080")
    except OSError:
        sys.exit(f"Port {given} is taken by another program. Take another: make run PORT={int(given) % 65535 + 1}")

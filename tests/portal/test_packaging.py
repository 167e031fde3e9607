"""What stands around the program: the lock, the container, the web server in front."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pytest import TempPathFactory

from portal.views import MEDIA_POLICY, ONE_YEAR, SHOWN_IN_BROWSER
from tests.redis_server import free_port

ROOT = Path(settings.BASE_DIR)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
DEV: list[str] = PROJECT["dependency-groups"]["dev"]
RUN_MAKE_LOCK = "pyproject.toml and the lock disagree: run `make lock`"


# ---------------------------------------------------------------- the lock


def locked(file: str) -> dict[str, str]:
    """Package → its whole entry: version, hashes and who asked for it."""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / file).read_text(), flags=re.MULTILINE)[1:]
    return {canonicalize_name(entry.partition("==")[0].partition("[")[0]): entry for entry in entries}


def version_of(entry: str) -> str:
    return entry.partition("==")[2].split()[0]


@pytest.mark.parametrize(("file", "asked"), [("requirements.txt", RUNTIME), ("requirements-dev.txt", RUNTIME + DEV)])
def test_lock_holds_what_pyproject_asks_for(file: str, asked: list[str]) -> None:
    entries = locked(file)
    wanted = {canonicalize_name(Requirement(line).name): Requirement(line).specifier for line in asked}
    from_pyproject = {name for name, entry in entries.items() if "(pyproject.toml" in entry}
    assert from_pyproject == set(wanted), RUN_MAKE_LOCK
    unfit = [
        name
        for name, specifier in wanted.items()
        if not specifier.contains(version_of(entries[name]), prereleases=True)
    ]
    assert unfit == [], RUN_MAKE_LOCK


def test_lock_for_tests_has_the_versions_that_readers_get() -> None:
    runtime, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    different = [
        name for name, entry in runtime.items() if name not in dev or version_of(dev[name]) != version_of(entry)
    ]
    assert different == [], RUN_MAKE_LOCK


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_lock_is_hashed_and_names_no_server(file: str) -> None:
    assert [name for name, entry in locked(file).items() if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|--index|--find-links|@ ", (ROOT / file).read_text()) == []


# ---------------------------------------------------------------- the container


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert set(compose["volumes"]) == {"db", "media", "spool", "static"}
    return compose["services"]


def test_command_that_takes_the_pictures_of_the_documentation_starts() -> None:
    subprocess.run(
        [sys.executable, "-c", "import docs.screenshots"], check=True, cwd=ROOT, env={"PATH": os.environ["PATH"]}
    )


def test_every_container_is_locked_down(services: dict[str, Any]) -> None:
    assert set(services) == {"db", "redis", "migrate", "web", "nginx"}
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("user") or service.get("build"), f"{name} would run as root"
        assert "privileged" not in service and "cap_add" not in service, name


def test_only_the_web_server_is_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "nginx": ["${HTTP_PORT:-127.0.0.1:8080}:8080"]
    }


def test_no_secret_is_written_into_the_files(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|DATABASE", variable):
                assert re.search(r"\$\{[A-Z_]+:\?", value), f"{name}: {variable}"


def test_web_container_waits_for_the_migrations(services: dict[str, Any]) -> None:
    assert services["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["web"]["environment"]["MIGRATE"] == "0"
    assert services["web"]["environment"]["DATABASE_URL"] == services["migrate"]["environment"]["DATABASE_URL"]


def test_image_runs_without_root_from_hashed_wheels() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^FROM python:3\.1[1-9]-slim$", dockerfile, re.MULTILINE)
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE) == ["cong-tin"]
    assert "--require-hashes --requirement requirements.txt" in dockerfile
    for needed in re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE):
        assert (ROOT / needed).exists(), needed


# ---------------------------------------------------------------- nginx


class Nginx:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def get(self, path: str) -> tuple[int, Message]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
                return response.status, response.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers


@pytest.fixture(scope="module")
def nobodys_port() -> Iterator[int]:
    """Taken, so that nobody else gets it, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: TempPathFactory, nobodys_port: int) -> Iterator[Nginx]:
    """deploy/nginx.conf with other folders and ports, and nobody behind it."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program:
        pytest.skip("no nginx here; on Debian: apt install nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    folder.chmod(0o755)
    for file in (
        "media/2026/anh.jpg",
        "media/2026/van-ban.docx",
        "media/2026/trang.html",
        "static/css/base.0123456789ab.css",
        "static/robots.txt",
        "static/503.html",
    ):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("nội dung")
    text = (ROOT / "deploy/nginx.conf").read_text()
    for there, here in {
        "/tmp/": f"{folder}/",  # noqa: S108
        "/srv/": f"{folder}/",
        "/dev/stderr": f"{folder}/error.log",
        "/dev/stdout": f"{folder}/access.log",
        "web:8000": f"127.0.0.1:{nobodys_port}",
        "listen 8080": f"listen 127.0.0.1:{port}",
        "worker_processes auto": "worker_processes 1",
    }.items():
        assert there in text
        text = text.replace(there, here)
    # Run by root, nginx would give its worker to an account that cannot enter the test's folder.
    text = "user root;\n" + text if Path(folder).owner() == "root" else text
    (folder / "nginx.conf").write_text(text)
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"], stdin=subprocess.DEVNULL)
    try:
        server = Nginx(folder, port)
        wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def wait_for(server: Nginx) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            server.get("/static/robots.txt")
            return
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def test_upload_runs_nothing_also_when_nginx_serves_it(nginx: Nginx) -> None:
    status, headers = nginx.get("/media/2026/trang.html")
    assert status == 200
    assert headers["Content-Security-Policy"] == MEDIA_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == f"public, max-age={ONE_YEAR}, immutable"
    assert headers["Content-Disposition"] == "attachment"
    assert "Server" not in headers or headers["Server"] == "nginx"


def test_nginx_shows_the_same_kinds_of_files_as_the_portal(nginx: Nginx) -> None:
    shown = re.search(r'"~\*\\\.\((.+?)\)\$" "";', (ROOT / "deploy/nginx.conf").read_text())
    assert shown and {f".{kind}" for kind in shown[1].split("|")} == set(SHOWN_IN_BROWSER)
    assert "Content-Disposition" not in nginx.get("/media/2026/anh.jpg")[1]
    assert nginx.get("/media/2026/van-ban.docx")[1]["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    ("path", "cached"),
    [
        ("/static/css/base.0123456789ab.css", "public, max-age=31536000, immutable"),
        ("/static/robots.txt", "public, max-age=3600"),
    ],
)
def test_static_file_is_kept_as_long_as_its_name_allows(nginx: Nginx, path: str, cached: str) -> None:
    status, headers = nginx.get(path)
    assert (status, headers["Cache-Control"], headers["X-Content-Type-Options"]) == (200, cached, "nosniff")


@pytest.mark.parametrize("path", ["/", "/media/khong-co.jpg", "/static/khong-co.css", "/media/%2e%2e/nginx.conf"])
def test_without_a_portal_behind_it_nginx_says_when_to_come_back(nginx: Nginx, path: str) -> None:
    status, headers = nginx.get(path)
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_nginx_log_keeps_neither_address_nor_search_words(nginx: Nginx) -> None:
    nginx.get("/static/robots.txt?q=benh-cua-toi")
    log = (nginx.folder / "access.log").read_text() + (nginx.folder / "error.log").read_text()
    assert "/static/robots.txt 200" in log
    assert "benh-cua-toi" not in log and "127.0.0.1" not in log

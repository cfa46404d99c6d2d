"""The recipes that `proekt init` writes: their files are right by the hosts' schemas, and their commands work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.settings import load_settings
from generator.source import read
from generator.templating import Templating
from generator.templating.policy import policy
from tests.conftest import TODAY

ROOT = Path(__file__).parent.parent
HOSTS = {
    "github": ("https://github.com/mozhga/site", ".github/workflows/site.yml"),
    "gitlab": ("https://gitlab.com/mozhga/site", ".gitlab-ci.yml"),
    "forgejo": ("https://codeberg.org/mozhga/site", ".forgejo/workflows/site.yml"),
    "gitea": ("https://gitea.com/mozhga/site", ".gitea/workflows/site.yml"),
    "gitverse": ("https://gitverse.ru/mozhga/site", ".gitverse/workflows/site.yml"),
}
QUICK = {
    r"apt-get .*": "",
    r"proekt build --admin \|\| proekt build": "proekt build --no-handouts --no-search",
}
"""What is not done here: the machine gets nothing installed; sheets, search and the form are built in other tests."""

pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site for each git host, at an address with a folder."""
    folder = tmp_path_factory.mktemp("hosts")
    for host, (url, _) in HOSTS.items():
        given = (f"url={url}", "time_zone=Asia/Kamchatka", "site_url=https://библиотека.рф/nko/")
        settings = [part for setting in given for part in ("--set", setting)]
        assert main(["init", str(folder / host), "--today", str(TODAY), *settings]) == 0
    return {host: folder / host for host in HOSTS}


def test_the_files_of_each_host_are_right_by_its_schema(sites: dict[str, Path]) -> None:
    workflows = [str(sites[host] / path) for host, (_, path) in HOSTS.items() if host != "gitlab"]
    pipeline = ["--data-transform", "gitlab-ci", str(sites["gitlab"] / ".gitlab-ci.yml")]
    for schema, files in (("vendor.github-workflows", workflows), ("vendor.gitlab-ci", pipeline)):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_site_has_the_file_of_its_host_alone_and_builds_in_its_own_night(sites: dict[str, Path]) -> None:
    for host, (_, own) in HOSTS.items():
        assert [path for _, path in HOSTS.values() if (sites[host] / path).exists()] == [own]
        # 00:17 in Kamchatka, UTC+12.
        assert "17 12 * * *" in (sites[host] / own).read_text() or host == "gitlab"


def test_servers_send_the_policy_that_pages_state(sites: dict[str, Path]) -> None:
    site = sites["github"]
    stated = policy(Templating(site, load_settings(site), TODAY))
    for name in ("nginx.conf", "Caddyfile"):
        told = (site / "deploy" / name).read_text()
        assert f"\"{stated}; frame-ancestors 'self'\"" in told
        # Such servers know a Cyrillic name only as the network does, and pages only under their folder.
        assert "xn--80abaqnbpf2a4b.xn--p1ai" in told
        assert {"/nko/404.html", "/nko/_headers"} <= set(re.findall(r"/[\w/.]+", told))


STUBS = {
    # The program: what is published is tested here, and not what is built.
    "proekt": 'if [ "$1" = check ]; then test ! -e spoiled; else mkdir -p site && cat record > site/index.html; fi',
    # Releases are named by their second; the test is quicker than that.
    "date": 'if [ "$1" = -u ]; then echo . >> seconds; wc -l < seconds; else echo 2026-11-20; fi',
    "cp": """
        if [ -e full ]; then mkdir "$3"; exit 1; fi
        if [ -e killed ]; then mkdir "$3"; kill -9 $PPID; exit 1; fi
        /bin/cp "$@"
    """,
}


def test_a_server_steps_back_through_whole_releases_only(sites: dict[str, Path], tmp_path: Path) -> None:
    """Publish as editors do, with the accidents that machines have, and step back."""
    site, root = tmp_path / "site", tmp_path / "srv"
    shutil.copytree(sites["github"] / "deploy", site / "deploy")
    for name, script in STUBS.items():
        stub = tmp_path / "bin" / name
        stub.parent.mkdir(exist_ok=True)
        stub.write_text(f"#!/bin/sh\n{script}\n")
        stub.chmod(0o755)
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    environment = os.environ | who | {"SITE_ROOT": str(root), "PROEKT": "proekt", "PATH": path}

    page = root / "web/nko/index.html"

    def run(*command: str) -> tuple[int, str]:
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, page.read_text() if page.exists() else ""

    def publish(record: str, accident: str = "") -> tuple[int, str]:
        (site / "record").write_text(record)
        run("git", "commit", "--quiet", "--allow-empty", "--message", record)
        (site / (accident or "none")).touch()
        done = run("sh", "deploy/publish.sh")
        (site / (accident or "none")).unlink()
        return done

    def again() -> tuple[int, str]:
        return run("sh", "deploy/publish.sh")

    def back() -> tuple[int, str]:
        return run("sh", "deploy/back.sh")

    run("git", "init", "--quiet")
    assert back() == (1, "")
    assert publish("первый", "full") == (1, "")
    assert publish("первый") == (0, "первый")
    assert back() == (1, "первый")
    assert publish("второй") == (0, "второй")
    assert publish("второй") == again() == (0, "второй")
    assert publish("с ошибкой", "spoiled") == (1, "второй")
    assert again() == (0, "второй")
    assert publish("третий", "killed") == (-9, "второй")
    assert again() == (0, "третий")
    assert publish("не влез", "full") == (1, "третий")
    assert [back(), back(), back()] == [(0, "второй"), (0, "первый"), (1, "первый")]
    assert again() == (0, "первый")
    assert publish("исправленный") == (0, "исправленный")
    assert back() == (0, "первый")


def commands(workflow: Path) -> Iterator[str]:
    """Yield what a workflow runs."""
    jobs: Mapping[str, Any] = read(workflow, workflow.parent)[0].values["jobs"]
    for job in jobs.values():
        for step in job["steps"]:
            if "run" in step:
                yield step["run"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the program from its wheel alone, and its dependencies from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheel = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *wheel], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    python = folder / "venv/bin/python"
    [file] = folder.glob("*.whl")
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", str(python)]
    subprocess.run([*uv, str(file)], check=True)
    [packages] = (folder / "venv/lib").glob("*/site-packages")
    [ours] = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "dependencies.pth").write_text(f"{ours}\n")
    return folder / "venv/bin"


def test_the_wheel_makes_a_site_that_its_own_workflow_publishes(installed: Path, tmp_path: Path) -> None:
    who = {
        f"GIT_{role}_{what}": f"{what}@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {
        "PATH": f"{installed}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PROEKT_TODAY": str(TODAY),
        "LANG": "C.UTF-8",
        **who,
    }

    def run(*command: str, folder: Path = tmp_path) -> str:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout

    run("proekt", "init", "site", "--set", "town=Можга", "--set", "url=https://codeberg.org/mozhga/site")
    site = tmp_path / "site"
    assert re.fullmatch(r"\./program/proekt_plus-[\d.]+-py3-none-any\.whl\n", (site / "program.txt").read_text())
    run("git", "init", "--quiet", "--initial-branch", "main", folder=site)
    run("git", "add", ".", folder=site)
    run("git", "commit", "--quiet", "--message", "Сайт", folder=site)
    bare = tmp_path / "mozhga/site.git"
    run("git", "clone", "--quiet", "--bare", "site", str(bare))

    clean = tmp_path / "clean"
    clean.mkdir()
    told = {"github.server_url": str(tmp_path), "github.repository": "mozhga/site", "github.token": "token"}
    told["github.ref"] = "refs/heads/main"
    for command in commands(site / ".forgejo/workflows/site.yml"):
        filled = re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda name: told[name[1]], command)
        for slow, quick in QUICK.items():
            filled = re.sub(slow, quick, filled)
        run("bash", "-e", "-c", filled, folder=clean)
    published = run("git", "ls-tree", "-r", "--name-only", "pages", folder=bare).splitlines()
    assert {"index.html", "feed.xml", "calendar.ics", "grants/primer-dvory/index.html"} <= set(published)
    assert (
        run("proekt", "upgrade", folder=clean).splitlines()[1] == "Файлы программы в этой папке уже такие, как нужно."
    )

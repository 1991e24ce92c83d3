"""What is deployed is parsed, since it cannot be built everywhere: loopback only, no default password, health checks, a user of its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_every_service_is_bounded_checked_and_on_loopback() -> None:
    for name, service in COMPOSE["services"].items():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["healthcheck"]["test"], name
        assert service["mem_limit"], name
        assert "build" in service or re.search(r":\d+\.\d+", service["image"]), name


def test_named_volumes_are_declared() -> None:
    used = {volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_no_password_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8") + (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"PASSWORD[:=] *(\S+)", text) == ["${POSTGRES_PASSWORD:-}"]


def test_the_image_runs_as_a_user_of_its_own_and_copies_what_is_there() -> None:
    last = DOCKERFILE.split("FROM ")[-1]
    assert re.search(r"^USER (?!root)", last, re.MULTILINE)
    for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source


def test_the_constraints_name_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["postgres"]]
    pinned = {name(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line}
    assert sorted({name(item) for item in wanted} - pinned) == []


def name(requirement: str) -> str:
    return re.split(r"[\[<>=]", requirement)[0].strip().lower().replace("_", "-")

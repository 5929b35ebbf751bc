"""The compose file agrees with the code: services, commands, variables, health paths; no password stands in it."""

import inspect
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from ops import health

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "ocr", "beat")
SETTINGS = (ROOT / "huanglong_exec" / "settings.py").read_text(encoding="utf-8")


def test_the_services_are_those_of_the_court():
    assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "ocr", "beat", "nginx"}
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")


def test_every_variable_must_be_given_and_stands_in_the_example():
    used = set(re.findall(r"\$\{(\w+)", TEXT))
    assert used == set(re.findall(r"\$\{(\w+):\?\}", TEXT)), "a variable with a default"
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text().splitlines()
        if "=" in line and line[0] != "#"
    )
    assert set(example) == used
    assert not any(example.values())


@pytest.mark.parametrize("name", OURS)
def test_what_a_service_is_told_the_program_reads(name):
    for variable in SERVICES[name]["environment"]:
        known = f'"{variable}"' in SETTINGS or variable == "APP_DB_PASSWORD"
        assert known, f"{variable} is not read by the settings"


def test_each_folder_that_the_worker_reads_or_writes_is_of_the_host_or_a_volume():
    mounted = {volume.split(":")[-1] for volume in SERVICES["worker"]["volumes"]}
    told = {value for key, value in SERVICES["worker"]["environment"].items() if key.endswith("_DIR")}
    assert told == mounted
    assert SERVICES["worker"]["environment"]["SCAN_DIR"] in mounted


@pytest.mark.parametrize("name", OURS)
def test_no_service_of_ours_runs_as_root_or_writes_its_image(name):
    assert SERVICES[name]["read_only"] is True
    assert "USER exec" in (ROOT / "Dockerfile").read_text()


def test_nobody_elses_service_runs_as_root():
    assert SERVICES["redis"]["user"] == "redis"
    assert SERVICES["postgres"]["command"][0] == "postgres"  # for which the image's entry point drops root
    assert "unprivileged" in SERVICES["nginx"]["image"]


def test_nginx_listens_where_the_ports_lead_and_serves_the_files_of_the_volume():
    conf = (ROOT / "ops" / "deploy" / "nginx.conf").read_text()
    assert {port.split(":")[1] for port in SERVICES["nginx"]["ports"]} == set(re.findall(r"listen (\d+)", conf))
    ours = SERVICES["web"]["environment"]
    assert f"location {ours['FILES_ACCEL']} {{" in conf
    assert f"alias {ours['FILES_DIR']}/;" in conf
    assert f"files:{ours['FILES_DIR']}:ro" in SERVICES["nginx"]["volumes"]
    assert "location = /alive" in conf
    assert SERVICES["nginx"]["healthcheck"]["test"][-1].endswith("/alive")


@pytest.mark.parametrize("name", ["worker", "ocr"])
def test_a_worker_is_healthy_by_its_own_answer_only(name):
    command, asked = SERVICES[name]["command"], SERVICES[name]["healthcheck"]["test"][-1]
    assert f"-d {command[command.index('-n') + 1].replace('%h', '$$(hostname)')}" in asked


def test_what_the_program_logs_outlives_its_containers_for_half_a_year():
    assert {SERVICES[name]["logging"]["driver"] for name in (*OURS, "nginx")} == {"journald"}
    kept = (ROOT / "ops" / "deploy" / "journald.conf").read_text()
    assert int(re.search(r"MaxRetentionSec=(\d+)day", kept)[1]) > 183
    assert "Storage=persistent" in kept


def test_a_failed_collection_of_files_fails_the_build():
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", "").splitlines()
    (collects,) = [line for line in lines if "collectstatic" in line]
    assert "||" not in collects


def test_commands_name_what_exists():
    assert import_module("huanglong_exec.celery").app.main == "huanglong_exec"
    assert callable(import_module("huanglong_exec.wsgi").application)
    command = SERVICES["migrate"]["command"]
    assert command[:2] == ["python", "manage.py"]
    assert command[2] in get_commands()


def test_the_health_path_resolves_and_is_public_and_the_web_listens_where_it_is_asked():
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", "python", "-m", "ops.health"]
    port, path = re.search(r"(\d+)", str(health.main.__defaults__))[1], "/health/"
    assert f"0.0.0.0:{port}" in SERVICES["web"]["command"]
    assert f"http://web:{port}" in (ROOT / "ops" / "deploy" / "nginx.conf").read_text()
    assert path in inspect.getsource(health.main)
    assert resolve(path).func.public


@pytest.mark.skipif(shutil.which("docker") is None, reason="no docker client")
def test_docker_reads_the_file():
    env = {
        **dict.fromkeys(re.findall(r"\$\{(\w+)", TEXT), "x"),
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "TLS_DIR": "/tmp",
    }
    if subprocess.run(["docker", "compose", "version"], capture_output=True, env=env).returncode:
        pytest.skip("no compose plugin")
    done = subprocess.run(["docker", "compose", "config", "-q"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

"""Flows are wiring: short bodies, no work of their own, and a prefect.yaml that names what is there."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FLOWS = ROOT / "flows"
LONGEST_BODY = 15  # lines, without the docstring
WORK = {"re", "httpx", "duckdb", "requests", "sqlite3", "urllib", "feedparser", "trafilatura", "lxml"}


def decorated(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
            if names & {"flow", "task"}:
                yield node


def test_there_are_flows_and_tasks():
    assert {node.name for node in decorated(FLOWS / "monitor.py")} >= {
        "monitor",
        "poll",
        "read",
        "code",
        "append",
        "publish",
    }


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.py")), ids=lambda path: path.name)
def test_bodies_of_flows_and_tasks_are_short(path):
    for node in decorated(path):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        assert body[-1].end_lineno - body[0].lineno < LONGEST_BODY, node.name


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.py")), ids=lambda path: path.name)
def test_flows_do_no_work_of_their_own(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert not imported & WORK


def test_no_task_caches_and_none_runs_in_prefects_process_pool():
    source = (FLOWS / "monitor.py").read_text("utf-8")
    assert "ProcessPoolTaskRunner" not in source
    for node in decorated(FLOWS / "monitor.py"):
        for decorator in node.decorator_list:
            words = ast.unparse(decorator)
            assert words.startswith("flow(") or "cache_policy=NO_CACHE" in words, node.name


def test_every_deployment_names_a_flow_that_is_there_and_a_sober_schedule():
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert "monitor" in {one["name"] for one in deployments}
    for one in deployments:
        file, _, name = one["entrypoint"].partition(":")
        assert name in {node.name for node in decorated(ROOT / file)}
        assert one["work_pool"]["name"] == "deconflict"
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert all(schedule.get("interval", 300) >= 300 for schedule in one["schedules"])


def test_prefect_yaml_names_no_folder_of_a_machine():
    assert "pull" not in yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))

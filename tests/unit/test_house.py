"""The house rules that a machine can hold: who imports what, the README, the codebook, what is pinned."""

import ast
import functools
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from components.record.codebook import with_codebook
from components.record.model import Record
from components.record.reading import BESIDE
from components.record.schema import TABLES
from tests.conftest import ROOT

# What each room may import beside its own files; whatever it may import, it may do so wholly.
MAY_IMPORT: dict[str, set[str]] = {
    "run": set(),
    "record": set(),
    "summaries": {"record"},
    "figures": {"record", "summaries"},
    "publish": {"record", "summaries", "figures"},
    "curate": {"record", "summaries"},
    "pages": {"record", "summaries", "figures", "publish", "curate"},
}
# The commands that the README names: each hands its arguments to the room that knows them.
COMMANDS = {"launch": "run", "serve": "run", "validation": "curate", "export": "publish"}
LIMITS = {
    "streamlit": {"pages", "dashboard"},
    "plotly": {"figures"},
    "jinja2": {"publish"},
    "markupsafe": {"publish"},
    "choreographer": {"publish", "pages"},
}
LONGEST = 40  # lines of a function


@functools.cache
def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((ROOT / "components").rglob("*.py"))
    }


@functools.cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} if node.module != "components" else {f"components.{a.name}" for a in node.names}
    return found


@functools.cache
def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [name for name in modules() if room(name)])
def test_imports_go_one_way(module: str) -> None:
    path, here = modules()[module], room(module)
    allowed = {COMMANDS[here]} if here in COMMANDS else {here, *MAY_IMPORT[here]}
    for imported in imports(path):
        if imported.startswith("components."):
            assert room(imported) in allowed, f"{path}: {imported} is not for {here}"


@pytest.mark.parametrize("module", [*modules(), "dashboard"])
def test_libraries_stay_in_their_rooms(module: str) -> None:
    path = modules().get(module, ROOT / "dashboard.py")
    for library, rooms in LIMITS.items():
        used = any(name.split(".")[0] == library for name in imports(path))
        assert not used or (room(module) or module) in rooms, f"{path}: {library} belongs in {', '.join(sorted(rooms))}"


def test_no_module_asks_the_clock() -> None:
    for name, path in modules().items():
        text = path.read_text(encoding="utf-8")
        asked = re.search(r"\.(today|now|utcnow)\(|time\.time\(", text)
        assert not asked or name == "components.curate.new", f"{name} asks the clock"


def test_no_code_names_a_subject() -> None:
    for name, path in modules().items():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Taliban|Kabul|\bUSA\b|\bPAK\b", text) or name in {"components.curate.make_shapes"}, name


def test_the_codebook_is_made_from_the_schema(shipped: Record) -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert text == with_codebook(text, shipped.words), "run: python -m components.validation --fix-format"


def test_every_requirement_is_pinned_with_hashes_and_names_no_host() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*wanted["project"]["dependencies"], *wanted["project"]["optional-dependencies"]["images"]]
    for file in (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"):
        text = file.read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^([a-z0-9-]+)==\S+( ; [^\\]+)? \\$", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
        for requirement in named:
            name = re.match(r"[a-z0-9-]+", requirement)
            assert name and any(pin == name.group() for pin, _ in pins), f"{requirement} is not pinned in {file}"


def test_the_readme_speaks_of_commands_and_files_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for module in re.findall(r"-m (components\.\w+)", text):
        assert module in modules()
    tables = {*(table.file for table in TABLES.values()), *BESIDE}  # which not every record has
    for file in re.findall(r"`([\w./]+\.(?:md|toml|txt|py|html|csv|geojson|cff))`", text):
        assert file in tables or any(f"/{path}".endswith(f"/{file}") for path in tracked()), file


def test_the_top_level_is_what_it_should_be() -> None:
    assert {path.split("/")[0] for path in tracked()} <= {
        ".ci", ".gitignore", ".streamlit", "CITATION.cff", "LICENSE", "README.md", "components", "dashboard.py", "data",
        "packages.txt", "pyproject.toml", "requirements.txt", "static", "tests",
    }  # fmt: skip


@pytest.mark.parametrize("module", [*modules(), "dashboard"])
def test_no_function_is_long(module: str) -> None:
    path = modules().get(module, ROOT / "dashboard.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= LONGEST, f"{path}: {node.name} has {lines} lines"

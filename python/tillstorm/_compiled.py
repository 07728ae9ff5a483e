"""The one place that imports the compiled core, and says what to do when it is not there."""

from __future__ import annotations

try:
    from tillstorm import _core as core
except ImportError as error:  # pragma: no cover - needs a broken installation
    raise ImportError(
        "tillstorm's compiled core (tillstorm._core) cannot be imported"
        f" ({error}). In a source tree it is built by `pip install .`, which needs a C++20 compiler and CMake;"
        " an installed copy is put right by `pip install --force-reinstall tillstorm`.",
        name="tillstorm._core",
    ) from error

__all__ = ["core"]

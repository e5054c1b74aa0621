"""Hand tests out to the workers of pytest-xdist, those of a group to one of them.

Its own groups (`--dist loadgroup`) need an attribute of tests that pytest 9.2 no longer has, so a worker writes down
which test is of which group, and the scheduler reads it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests.harness import tiers


def write_groups(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Write down the group of each test, and put tests in the order in which groups are handed out."""
    items.sort(key=tiers.turn)
    if config.workerinput["workerid"] == "gw0":  # type: ignore[attr-defined]
        groups = {item.nodeid: tiers.group(item) for item in items}
        Path(config.workerinput["groups"]).write_text(json.dumps(groups), encoding="utf-8")  # type: ignore[attr-defined]


def name_file(node: WorkerController, file: Path) -> None:
    """Tell a worker where to write the groups."""
    node.workerinput["groups"] = str(file)


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]  # the plugin has no types
    """The scheduler: a worker takes the next group when it has one left."""

    def __init__(self, config: pytest.Config, log: Producer | None, file: Path) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._file, self._groups = file, dict[str, str]()

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test; all workers have collected before this is asked."""
        if not self._groups:
            self._groups = json.loads(self._file.read_text(encoding="utf-8"))
        return self._groups[nodeid]

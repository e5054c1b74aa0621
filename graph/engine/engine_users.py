"""Who may do what at the embedded engine: its files of groups and users, which it reads when it starts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graph.engine.data_folder import write_privately

if TYPE_CHECKING:
    from graph.engine.data_folder import DataFolder


ROOT = "root"
READER = "reader"

_USERS = "config/server-users.jsonl"


def _group(access: list[str], records: list[str]) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


_ALL_RECORDS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_GROUPS = {
    "admin": _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], _ALL_RECORDS),
    "writer": _group(["updateSchema"], _ALL_RECORDS),
    "readonly": _group([], ["readRecord"]),
}


def write_groups(home: DataFolder, *, read_only: bool) -> None:
    """Write the groups file, which the engine reads when it starts; each start writes it anew.

    With `read_only` each group gets the rights of `readonly`, so that every user is refused a write, root too. The
    engine's own read-only mode is of no use: it lets no transaction commit, not even one that only reads.
    """
    rights = dict.fromkeys(_GROUPS, _GROUPS["readonly"]) if read_only else _GROUPS
    file = home.engine / "config" / "server-groups.json"
    home.engine.mkdir(mode=0o700, exist_ok=True)
    file.parent.mkdir(exist_ok=True)
    groups = json.dumps({"databases": {"*": {"groups": rights}}, "version": 1})
    if not file.exists() or file.read_text(encoding="utf-8") != groups:
        file.write_text(groups, encoding="utf-8")


def forget_others(home: DataFolder) -> None:
    """Remove every user but our two: that of a serve that has ended, however it ended, and whom somebody else made."""
    users = _users(home)
    kept = [user for user in users if _name(user) in (ROOT, READER, None)]
    if len(kept) < len(users):
        write_privately(home.engine / _USERS, "".join(f"{user}\n" for user in kept))


def has_reader(home: DataFolder) -> bool:
    """Return whether the engine knows the user who may only read."""
    return any(_name(user) == READER for user in _users(home))


def _users(home: DataFolder) -> list[str]:
    file = home.engine / _USERS
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _name(line: str) -> object:
    """Return whom a line of the users file is about; none where it cannot be read, which the engine will judge."""
    try:
        return json.loads(line)["name"]
    except (ValueError, TypeError, KeyError):
        return None

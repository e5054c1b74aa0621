"""Who may do what at the embedded engine: its files of groups and users, which it reads when it starts.

Our own commands log in under names that are new at each start, `Address.login`: the engine locks a name out for half a
minute after five wrong passwords, whoever gave them, and nobody knows these names beforehand.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from graph.engine.data_folder import DATABASE, write_privately
from graph.engine.serve_settings import ANALYST

if TYPE_CHECKING:
    from graph.engine.data_folder import DataFolder, Passwords


ROOT = "root"
READER = "reader"

_MAY_READ = {DATABASE: ["readonly"]}
_USERS = "config/server-users.jsonl"
_OF_OURS, _OF_PEOPLE = 1_000, 65_536
"""Rounds of the hash of a password: one of 24 random bytes cannot be guessed, one that a person chose is to be slow."""


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
    if not file.exists() or file.read_bytes() != groups.encode():
        file.write_text(groups, encoding="utf-8")


def write_users(home: DataFolder, passwords: Passwords, *, key: str = "", analyst: str | None = None) -> None:
    """Write the users file, which the engine reads when it starts: whom somebody else made is not let in again.

    With a `key` those whom our commands are for as long as the engine runs are in it, and an analyst with a password.
    """
    writers = {"*": ["admin"]}
    lines = [_user(ROOT, passwords.root, writers), _user(READER, passwords.reader, _MAY_READ)]
    if key:
        lines += [_user(f"{READER}-{key[:8]}", key, _MAY_READ), _user(f"{ROOT}-{key[:8]}", key, writers)]
    if analyst:
        lines += [_user(ANALYST, analyst, {DATABASE: ["writer"]}, _OF_PEOPLE)]
    write_privately(home.engine / _USERS, "".join(lines), lasting=False)  # the next start writes it anew


def _user(name: str, password: str, databases: dict[str, list[str]], rounds: int = _OF_OURS) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    mark = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds)
    coded = f"PBKDF2WithHmacSHA256${rounds}${salt}${base64.b64encode(mark).decode()}"
    return json.dumps({"name": name, "databases": databases, "password": coded}) + "\n"

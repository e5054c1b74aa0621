"""The folder of the embedded graph: its files and their limit, its passwords, and the address that serves it."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import stat
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph.errors import StoreError

DATABASE = "neo4j"

_ROOM = 1 << 20
_OTHERS = 0o077

OPEN_FILES = 768
"""How many files a process may have open that runs the engine: 311 were with all real documents, the samples and a
force of 2,000 people in one graph; the rest is for guests, Browser, new kinds of facts and merges of indexes."""


@dataclass(frozen=True)
class Address:
    """Where the owner of a folder serves its graph."""

    bolt: int
    http: int
    owner: int
    engine: str
    page: str | None = None
    host: str = "127.0.0.1"
    serving: bool = False
    read_only: bool = False
    key: str = field(default="", repr=False)

    def login(self, role: str) -> tuple[str, str]:
        """Return name and password of one of our commands, as what `reader` or `root` it acts."""
        return f"{role}-{self.key[:8]}", self.key

    @property
    def uri(self) -> str:
        """The address for a driver."""
        return bolt_uri(self.host, self.bolt)


@dataclass(frozen=True)
class Passwords:
    """The passwords of the two users; made once, because the engine keeps the first one."""

    root: str
    reader: str


def bolt_uri(host: str, port: int) -> str:
    """Return the address of a Bolt port.

    >>> bolt_uri("127.0.0.1", 7687), bolt_uri("::1", 7687)
    ('bolt://127.0.0.1:7687', 'bolt://[::1]:7687')
    """
    return f"bolt://{f'[{host}]' if ':' in host else host}:{port}"


def home_folder() -> Path:
    """Return the folder of the embedded graph: RANKGRAPH_HOME, else the user's data folder."""
    chosen = os.environ.get("RANKGRAPH_HOME")
    if chosen:
        try:
            return Path(chosen).expanduser().absolute()
        except RuntimeError as error:
            raise StoreError(chosen, f"names no folder ({error}); set RANKGRAPH_HOME to one") from error
    from platformdirs import user_data_path  # only without RANKGRAPH_HOME

    return user_data_path("rankgraph", appauthor=False)


class DataFolder:
    """The files of one folder; the engine's own lie in `engine`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = folder / "engine"
        self.guests = folder / "guests"
        self.log = folder / "log"
        self.owner_lock = folder / "owner.lock"
        self.door_lock = folder / "door.lock"
        self._address = folder / "address.json"
        self.password_file = folder / "passwords.json"
        self._finished = folder / "finished"

    def prepare(self) -> None:
        """Make the folder. Raises StoreError where it cannot be written."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in (self.guests, self.log, self.engine):
                if part is not self.engine:  # which is there once the engine has begun
                    part.mkdir(mode=0o700, exist_ok=True)
                if part.exists() and is_open_to_others(part):
                    part.chmod(0o700)
        except OSError as error:
            advice = room(error) or "; set RANKGRAPH_HOME to a folder that you can write"
            message = f"cannot be made or written ({error}){advice}"
            raise StoreError(str(self.folder), message) from error

    def check_private(self) -> None:
        """Raise StoreError unless the passwords can be read, and by this user alone."""
        file = self.password_file
        try:
            with file.open("rb"):
                owner = file.stat().st_uid
        except FileNotFoundError:
            return
        except OSError as error:
            message = f"its passwords.json cannot be read ({error}); make it a file that you can read, as it was"
            raise StoreError(str(self.folder), message) from error
        if os.name == "posix" and owner != os.geteuid():
            message = f"{file} belongs to user {owner}, not to you; give it back to its owner, or run this as that one"
            raise StoreError(str(self.folder), message)
        if is_open_to_others(file):
            mode = stat.S_IMODE(file.stat().st_mode)
            message = f"others may read the passwords: found mode {mode:04o}, expected 0600; run `chmod 600 {file}`"
            raise StoreError(str(self.folder), message)

    @property
    def finished(self) -> bool:
        """Whether a first start went through to its end."""
        return self._finished.exists()

    def begin(self) -> Path | None:
        """Make way for a first start; return where the remains of one that was cut short lie now, if there were any.

        Nothing is ever removed. An engine that holds data stays in its place, and one without our own passwords
        beside it is not ours to move. Raises StoreError for that one.
        """
        if not self.engine.exists():
            return None
        if not self.password_file.exists():
            message = "holds a graph but not its passwords.json; put that file back, or set RANKGRAPH_HOME to another"
            raise StoreError(str(self.folder), message)
        if any(self.engine.rglob("*.bucket")):  # a database without records has none yet
            return None
        names = (self.folder / f"engine.set-aside-{number}" for number in itertools.count(1))
        aside = next(path for path in names if not path.exists())
        return self.engine.rename(aside)

    def finish(self) -> None:
        """Write down that the first start went through."""
        write_privately(self._finished, "the first start went through\n")

    def passwords(self) -> Passwords:
        """Return the passwords, made now if the folder has none.

        Raises StoreError for a file that is damaged, or that others may read.
        """
        self.check_private()
        try:
            passwords = Passwords(**json.loads(self.password_file.read_text(encoding="utf-8")))
            if not all(isinstance(one, str) and one for one in (passwords.root, passwords.reader)):
                raise ValueError("a password is no text")  # noqa: TRY301 -- one message for all
        except FileNotFoundError:
            return self._new_passwords()
        except (OSError, ValueError, TypeError) as error:
            message = f"its passwords.json cannot be read ({error}); put the file back as it was"
            raise StoreError(str(self.folder), message) from error
        return passwords

    def _new_passwords(self) -> Passwords:
        import secrets  # once in the life of a folder

        if self.finished:
            raise StoreError(str(self.folder), "its passwords.json is missing; put the file back as it was")
        made = Passwords(root=secrets.token_urlsafe(24), reader=secrets.token_urlsafe(24))
        write_privately(self.password_file, json.dumps(asdict(made)))
        return made

    def address(self) -> Address:
        """Return where the owner serves. Raises StoreError where the file says nothing of use."""
        try:
            return Address(**json.loads(self._address.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            message = f"is in use by a process that left no address ({error}); end that process and try again"
            raise StoreError(str(self.folder), message) from error

    def owner(self) -> Address | None:
        """Return where the owner serves; none where it says nothing, as one that comes or goes."""
        try:
            return self.address()
        except StoreError:
            return None

    def publish(self, address: Address) -> None:
        """Write down for other processes where this one serves."""
        write_privately(self._address, json.dumps(asdict(address)), lasting=False)

    def cannot_grow(self) -> str:
        """Return why the largest file here cannot grow, or nothing if it can: the engine does not say it."""
        probe = self.folder / f"{os.getpid()}.probe"
        try:
            sizes = [file.stat().st_size for file in self.folder.rglob("*") if file.is_file()]
            with probe.open("wb") as file:
                file.truncate(max(sizes, default=0))
                file.seek(0, os.SEEK_END)
                file.write(bytes(_ROOM))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            return str(error)
        finally:
            with contextlib.suppress(OSError):
                probe.unlink(missing_ok=True)
        return ""

    def withdraw(self) -> None:
        """Take the address back."""
        with contextlib.suppress(OSError):
            self._address.unlink(missing_ok=True)


def is_open_to_others(path: Path) -> bool:
    """Return whether other users of this machine may read or enter a file or folder; Windows has no such modes."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def write_privately(path: Path, text: str, *, lasting: bool = True) -> None:
    """Write a small file whole or not at all, readable by its owner only."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            if lasting:  # must outlive a crash of the machine
                os.fsync(file.fileno())
        draft.replace(path)
        if lasting:
            sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise StoreError(str(path.parent), f"{path.name} cannot be written ({error}){room(error)}") from error


def room(error: OSError) -> str:
    """Return advice, after a semicolon, where a file could not be written for want of room; else nothing."""
    return "; make room and try again" if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else ""


def sync_folder(folder: Path) -> None:
    """Have what was made, renamed or removed in a folder outlive a crash of the machine; Windows cannot be asked to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def allow_open_files(folder: Path) -> None:
    """Raise the limit of open files of this process to what the engine needs. Raises StoreError where it may not.

    An engine that runs out of files leaves kinds of facts half made, and says nothing of use.
    """
    try:
        import resource  # Windows has neither the module nor the limit
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= OPEN_FILES:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))
    except (OSError, ValueError) as error:
        message = f"the engine needs {OPEN_FILES} open files, and this process may have {hard}"
        raise StoreError(str(folder), f"{message}; allow more (`ulimit -n {OPEN_FILES}`) and run this again") from error

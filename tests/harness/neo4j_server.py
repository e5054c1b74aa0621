"""Start a real Neo4j from its jars, for the length of a test run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j
import yaml
from neo4j.exceptions import DriverError, Neo4jError
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Iterator


PASSWORD = "only-for-this-test-run"
_READY_SECONDS = 120
_MAVEN_SECONDS = 900
_BROWSER = "5.24.0"


class NoServerError(Exception):
    """No server can be started here; the message says why."""


@dataclass(frozen=True)
class Line:
    """A line of Neo4j releases: the version tested, the class to run and the Java it takes."""

    version: str
    main: str
    oldest_java: int
    newest_java: int
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Server:
    """A server under way."""

    uri: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings by which the project finds it."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": "neo4j",
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": "neo4j",
        }


LINES = {
    "neo4j-5.26": Line("5.26.30", "org.neo4j.server.CommunityEntryPoint", 17, 21),
    "neo4j-2026": Line(
        "2026.08.1", "org.neo4j.server.Neo4jCommunity", 21, 99, ("--add-modules", "jdk.incubator.vector")
    ),
}
_SHORT_LIVED = (
    *("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=240m"),
    *("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"),
)
"""A server that lives for minutes spends most of them on compiling itself: less of it is a third faster, if all that
was compiled can be kept. To have its classes verified, which come from Maven, takes a tenth of its first load."""
_OPENED = ("java.nio", "java.io", "sun.nio.ch")
_POM = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>rankgraph</groupId><artifactId>test-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>{}</dependencies>
</project>
"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_CONF = """server.bolt.listen_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.https.enabled=false
dbms.usage_report.enabled=false
{browser}
server.memory.heap.initial_size=256m
server.memory.heap.max_size=1g
server.memory.pagecache.size=128m
dbms.cypher.min_replan_interval=1h
internal.cypher.use_parameter_size=false
server.memory.query_cache.per_db_cache_num_entries=5000
"""
"""To plan one of our questions takes a second or two, so each is planned once: not anew when lists and texts that are
sent get longer, and not after a thousand others."""


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def container(version: str) -> Iterator[Server]:
    """Run a server in a container. Raises NoServerError where no engine answers."""
    if shutil.which("docker") is None:
        raise NoServerError("no docker command")
    asked = subprocess.run(["docker", "version", "--format", "{{.Server.Version}}"], capture_output=True, check=False)
    if asked.returncode != 0:
        raise NoServerError("no Docker engine answers")
    from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415  (only where an engine answers)

    with Neo4jContainer(f"neo4j:{version}", password=PASSWORD) as running:
        yield Server(running.get_connection_url(), PASSWORD)


@contextmanager
def from_jars(line: Line, imported: tuple[Path, str] | None = None) -> Iterator[Server]:
    """Run a server from the jars that Maven fetches. Raises NoServerError where Java or Maven is missing.

    What is imported before it starts is a folder, and the command of neo4j-admin to run there.
    """
    with startable(line, imported) as jars:
        yield jars.server


@contextmanager
def startable(line: Line, imported: tuple[Path, str] | None = None) -> Iterator[Jars]:
    """Run a server as `from_jars` does, which can be killed and started again."""
    running = Jars(line)
    try:
        if imported:
            _import(_java_command(running.java, running.jars, line), running.home, *imported)
        running.start()
        yield running
    finally:
        running.kill()  # its home goes with it, so nothing is lost by not asking
        shutil.rmtree(running.home, ignore_errors=True)


class Jars:
    """A server from jars, in a home of its own. Raises NoServerError where Java or Maven is missing."""

    def __init__(self, line: Line) -> None:
        self._line, self.java, self.jars = line, _java(line), _jars(line.version)
        self.home = Path(tempfile.mkdtemp(prefix="rankgraph-neo4j-"))
        self.server = Server(f"bolt://127.0.0.1:{free_port()}", PASSWORD)
        self._process: subprocess.Popen[bytes] | None = None
        (self.home / "conf").mkdir()
        browser = _of_compose("browser_post__connect__cmd")
        conf = _CONF.format(bolt=self.server.uri.rpartition(":")[2], http=free_port(), browser=browser)
        (self.home / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.home / "output").open("ab") as output:
            words = _command(self.java, self.jars, self._line, self.home)
            self._process = subprocess.Popen(words, stdout=output, stderr=output)
        _await(self._process, self.server.uri, self.home)

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _of_compose(name: str) -> str:
    """Return a setting of docker-compose.yml as it stands in neo4j.conf."""
    file = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8"))
    value = file["services"]["neo4j"]["environment"][f"NEO4J_{name}"]
    return f"{name.replace('__', '-').replace('_', '.').replace('-', '_')}={value}"


def _java_command(java: Path, jars: Path, line: Line) -> list[str]:
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    return [str(java), *_SHORT_LIVED, *opened, *line.options, "-cp", f"{jars}/*"]


def _import(java: list[str], home: Path, folder: Path, admin: str) -> None:
    """Run a command of neo4j-admin in a folder."""
    program, *words = shlex.split(admin)
    assert program == "neo4j-admin"
    there = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = [*java, "org.neo4j.cli.AdminTool", *words]
    done = subprocess.run(command, cwd=folder, env=there, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def _command(java: Path, jars: Path, line: Line, home: Path) -> list[str]:
    place = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    return [*_java_command(java, jars, line), line.main, *place]


def _await(process: subprocess.Popen[bytes], uri: str, home: Path) -> None:
    """Wait until Bolt answers, and set the password that the first login must change, at the first start."""
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if (home / "answered").exists():
                with neo4j.GraphDatabase.driver(uri, auth=("neo4j", PASSWORD)) as driver:
                    driver.verify_connectivity()
            else:
                _set_password(uri)
                (home / "answered").touch()
        except (DriverError, Neo4jError, OSError):
            time.sleep(0.25)
        else:
            return
    said = (home / "output").read_text(encoding="utf-8", errors="replace")[-2000:]
    raise NoServerError(f"Neo4j did not get ready: {said}")


def _set_password(uri: str) -> None:
    with (
        neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver,
        driver.session(database="system") as session,
    ):
        session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=PASSWORD).consume()


def _java(line: Line) -> Path:
    """Return a Java of the right age, the newest of them."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parents[1]] if on_path else []
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    found = {home / "bin" / "java": _java_version(home) for home in homes if (home / "bin" / "java").is_file()}
    fitting = {java: version for java, version in found.items() if line.oldest_java <= version <= line.newest_java}
    if not fitting:
        raise NoServerError(f"no Java {line.oldest_java} to {line.newest_java} (found {sorted(set(found.values()))})")
    return max(fitting, key=lambda java: fitting[java])


def _java_version(home: Path) -> int:
    release = home / "release"
    text = release.read_text(encoding="utf-8") if release.is_file() else ""
    if not text:
        text = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'(?:JAVA_VERSION=|version )"(\d+)', text)
    return int(match[1]) if match else 0


def browser_jar() -> Path:
    """Return the jar with the page of Neo4j Browser, fetched once and kept. Raises NoServerError."""
    found = _fetched(f"neo4j-browser-{_BROWSER}", [("org.neo4j.client", "neo4j-browser", _BROWSER)])
    return found / f"neo4j-browser-{_BROWSER}.jar"


def _jars(version: str) -> Path:
    """Return a folder with the server's jars, fetched once and kept."""
    return _fetched(f"neo4j-{version}", [("org.neo4j", "neo4j", version), ("org.neo4j.app", "neo4j-server", version)])


def _fetched(name: str, wanted: list[tuple[str, str, str]]) -> Path:
    chosen = os.environ.get("RANKGRAPH_TEST_CACHE")
    cache = Path(chosen) if chosen else user_cache_path("rankgraph-tests", appauthor=False)
    jars = cache / name
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServerError("no Maven")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as draft:
        dependencies = "".join(_DEPENDENCY.format(*one) for one in wanted)
        (Path(draft) / "pom.xml").write_text(_POM.format(dependencies), encoding="utf-8")
        lib = Path(draft) / "lib"
        copy = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
        fetched = subprocess.run(copy, cwd=draft, capture_output=True, text=True, check=False, timeout=_MAVEN_SECONDS)
        if fetched.returncode != 0:
            raise NoServerError(f"Maven could not fetch {name}: {fetched.stdout[-500:]}")
        lib.rename(jars)
    return jars

"""Run one question with nothing but the engine and the driver: what a cold `rankgraph ask` is compared with.

Usage: python bench/bare.py FILE PARAMETERS, the question's file and its parameters as JSON; the graph
is that of NEO4J_URI, else the embedded one in the folder RANKGRAPH_HOME.
"""

import json
import os
import sys
from pathlib import Path

os.environ["ARCADEDB_LOG_CONSOLE"] = "0"

import neo4j

query, parameters = Path(sys.argv[1]).read_text(encoding="utf-8"), json.loads(sys.argv[2])
server = None
if os.environ.get("NEO4J_URI"):
    uri = os.environ["NEO4J_URI"]
    user = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
else:
    import socket

    import arcadedb

    home = Path(os.environ["RANKGRAPH_HOME"])
    os.environ["ARCADEDB_LOG_DIR"] = str(home / "log")
    passwords = json.loads((home / "passwords.json").read_text(encoding="utf-8"))
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        bolt, http = first.getsockname()[1], second.getsockname()[1]
    server = arcadedb.create_server(
        str(home / "engine"),
        root_password=passwords["root"],
        config={
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": bolt,
            "http_port": http,
            "host": "127.0.0.1",
            "mode": "production",
        },
    )
    server.start()
    uri, user = f"bolt://127.0.0.1:{bolt}", ("reader", passwords["reader"])
with neo4j.GraphDatabase.driver(uri, auth=user) as driver, driver.session(database="neo4j") as session:
    rows = session.execute_read(lambda transaction: transaction.run(query, parameters).data())
if server is not None:
    server.stop()
print(json.dumps(rows, default=str))

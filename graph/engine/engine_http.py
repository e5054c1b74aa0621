"""Ask the embedded engine over HTTP for what Bolt does not offer: statements of SQL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graph.engine.data_folder import DATABASE
from graph.engine.engine_users import ROOT
from graph.engine.serve_settings import LOCALHOST

if TYPE_CHECKING:
    from graph.engine.data_folder import Address


def post(address: Address, body: dict[str, str]) -> dict[str, Any]:
    """Return what the engine answers. Raises RuntimeError for a refusal, OSError where nothing answers."""
    import base64  # no question needs it
    import http.client

    secret = base64.b64encode(":".join(address.login(ROOT)).encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {secret}"}
    connection = http.client.HTTPConnection(LOCALHOST, address.http, timeout=60)
    try:
        connection.request("POST", f"/api/v1/command/{DATABASE}", json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"the embedded engine refused a command: {answer.status} {text[:200]}")
    parsed: dict[str, Any] = json.loads(text)
    return parsed

"""The parts of the campaign, in their order."""

from __future__ import annotations

from tests.campaign import (
    clock,
    disk,
    documents,
    home_files,
    kills,
    other_users,
    readers,
    room,
    server_kills,
    sheets,
    yaml_files,
)
from tests.campaign.trial import Part

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        documents.PART,
        sheets.PART,
        yaml_files.PART,
        kills.PART,
        server_kills.PART,
        readers.PART,
        home_files.PART,
        disk.PART,
        room.FILE_SIZE,
        room.FILES,
        room.MEMORY,
        clock.PART,
        other_users.PART,
    )
}

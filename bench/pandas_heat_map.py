"""What a planner would write instead: the heat map of a whole force by pandas over clean CSV files.

Usage: python bench/pandas_heat_map.py FOLDER DAY; the files are those that bench/workforce.py writes: the sheets with
ids resolved, and role_needs.csv, because the spreadsheet way has no documents to read needs from. Prints a JSON list
of unit_id, requirement_id, level, need, have, have_absent and short.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

FOLDER, DAY = Path(sys.argv[1]), sys.argv[2]


def sheet(name: str) -> pd.DataFrame:
    """Read one file; all is text."""
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def on(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Keep the rows that count on the day."""
    return rows[(rows[first] <= DAY) & ((rows[last] == "") | (rows[last] >= DAY))]


def needs_of(posts: pd.DataFrame) -> pd.DataFrame:
    """Return what each open post asks for, at the highest level."""
    roles = sheet("role_needs")
    own = sheet("post_requirements").query("necessity == 'essential'").merge(posts[["post_id"]], on="post_id")
    by_role = [posts.merge(roles, left_on=column, right_on="for_role") for column in ("rank", "role")]
    needs = pd.concat([part[["post_id", "requirement", "level"]] for part in (*by_role, own)])
    needs["level"] = pd.to_numeric(needs["level"]).fillna(-1)
    return needs.groupby(["post_id", "requirement"], as_index=False)["level"].max()


def holders(posts: pd.DataFrame) -> pd.DataFrame:
    """Return what the occupants of open posts hold, and whether they are present."""
    people = on(sheet("people"), "joined", "left")[["person_id"]]
    inside = (
        on(sheet("occupancies"), "from", "to").merge(people, on="person_id").merge(posts[["post_id"]], on="post_id")
    )
    away = set(on(sheet("absences"), "from", "to")["person_id"])
    holdings = on(sheet("holdings"), "achieved", "expires")[["person_id", "requirement", "level"]]
    holdings["held"] = pd.to_numeric(holdings.pop("level")).fillna(0)
    occupants = inside[["person_id", "post_id"]].drop_duplicates().merge(holdings, on="person_id")
    occupants["present"] = ~occupants["person_id"].isin(away)
    return occupants


def main() -> None:
    """Print the rows."""
    posts = on(sheet("posts"), "opened", "closed")
    needs = needs_of(posts)
    met = needs.merge(holders(posts), on=["post_id", "requirement"]).query("held >= level")
    met = met.groupby(["post_id", "requirement"], as_index=False)["present"].max()
    needs = needs.merge(met, on=["post_id", "requirement"], how="left").merge(
        posts[["post_id", "unit_id"]], on="post_id"
    )
    needs["have"] = (needs["present"] == True).astype(int)  # noqa: E712 -- a column, not a truth
    needs["have_absent"] = (needs["present"] == False).astype(int)  # noqa: E712 -- the same
    parents = dict(sheet("units")[["unit_id", "parent_id"]].itertuples(index=False))
    parts, left = [], needs
    while len(left):
        parts.append(left)
        left = left.assign(unit_id=left["unit_id"].map(parents)).query("unit_id != ''")
    rows = pd.concat(parts).groupby(["unit_id", "requirement", "level"], as_index=False)
    result = rows.agg(need=("post_id", "size"), have=("have", "sum"), have_absent=("have_absent", "sum"))
    result["short"] = result["need"] - result["have"]
    print(result.rename(columns={"requirement": "requirement_id"}).to_json(orient="records"))


if __name__ == "__main__":
    main()

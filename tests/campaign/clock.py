"""A wrong clock: whatever day a machine takes it for, commands answer, and no load day in the future stays."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.campaign.homes import fresh, whole
from tests.campaign.judge import apart, settings_of
from tests.campaign.kills import SCENARIOS, words_of
from tests.campaign.trial import Part
from tests.harness.once import made_once

_SHIFTED = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static time_t shift(void) { const char *s = getenv("RANKGRAPH_CLOCK_SHIFT"); return s ? atol(s) : 0; }
int clock_gettime(clockid_t id, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int done = real(id, at);
  if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) at->tv_sec += shift();
  return done;
}
int gettimeofday(struct timeval *at, void *zone) {
  struct timespec now; (void)zone; clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000; return 0;
}
time_t time(time_t *at) {
  struct timespec now; clock_gettime(CLOCK_REALTIME, &now); if (at) *at = now.tv_sec; return now.tv_sec;
}
"""
"""Stands before the clock of the system, and moves it by so many seconds."""

_DAYS = (1, -1, 40, -40, 366, -3650, 3650, -20_000, 20_000)
_STAFF = next(scenario for scenario in SCENARIOS if scenario.name == "staff")


def missing() -> str:
    """Return why the clock cannot be moved here."""
    return "" if shutil.which("cc") else "no compiler (cc) for what moves the clock of one process"


def library(shared: Path) -> Path:
    """Return what is put before the clock, compiled once."""

    def make(draft: Path) -> None:
        (draft / "clock.c").write_text(_SHIFTED, encoding="utf-8")
        words = ["cc", "-shared", "-fPIC", "-o", str(draft / "clock.so"), str(draft / "clock.c"), "-ldl"]
        subprocess.run(words, check=True, capture_output=True)

    return made_once(shared, "clock", make) / "clock.so"


def attempt(shared: Path, own: Path, seed: int) -> str:
    """Load staff while the clock is wrong, then load it again while it is right."""
    days = _DAYS[seed % len(_DAYS)] + Random(seed).randint(-1, 1) * (seed >= len(_DAYS))
    home, words = fresh(shared, _STAFF.begins, own / "home"), words_of(_STAFF, shared, own)
    shifted = {"LD_PRELOAD": str(library(shared)), "RANKGRAPH_CLOCK_SHIFT": str(days * 86_400)}
    loaded = apart(*words, settings=settings_of(home, **shifted))
    why = loaded.wrong() or apart("status", settings=settings_of(home, **shifted)).wrong()
    for command in (words, ["trend"]):
        why = why or apart(*command, settings=settings_of(home)).wrong()
    status = apart("status", "--format", "json", settings=settings_of(home))
    future = [day for day in _days(status.output) if day > (date.today() + timedelta(days=1)).isoformat()]  # noqa: DTZ011
    if not why and days > 1 and future:
        why = f"status names a day in the future as that of a load: {future[0]}"
    return f"{days:+} days: {why}" if why else ""


def _days(text: str) -> list[str]:
    return [
        word.strip('",') for word in text.split() if len(word.strip('",')) == len("2026-01-01") and word.count("-") == 2
    ]


PART = Part(
    "clock",
    count=len(_DAYS),
    means="while the clock is wrong, and after it is right again, commands answer or say in one message what is wrong; "
    "the day of a load is none in the future",
    attempt=attempt,
    prepare=lambda shared: (whole(shared, _STAFF.begins), library(shared)),
    missing=missing,
)

"""A case file for tests, and copies of the assets that it can be put into."""

import shutil

from lessons.data import ASSETS

CASE = """\
schema_version: 1
id: nora
order: 13
name: Nora
age: 44
who: baker
pain: {forearm_back-r: 2}
visits:
- story: For four weeks Nora's right forearm has hurt when she kneads. She takes warfarin.
  examination: [Pressing the wrist extensors brings it back]
  present:
    thinned-blood: She takes warfarin
  near:
    nerve-deficit: Strength and sensation were not touched.
  local: [6, 8]
  central: [1, 2]
  doses: [low]
  shares: {release: 60, retain: 10, both: 5, neither: 25, refer: 0}
  why: One muscle brings it back.
  tell: It will be sore for a day.
  measure: Grip after two weeks.
  stop: Two treatments without a change.
  trap: To needle deep.
  safety: Press on every place.
  flip: Both arms and bad sleep.
  evidence: [thinned-blood-is-relative]
"""


def copied_assets(folder):
    """A copy of the assets without questions and pictures; gives its folder."""
    assets = folder / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns("quizzes", "pictures"))
    return assets


def with_case(folder, text=CASE, name="13_nora.yaml"):
    """A copy of the assets with one case more; gives its folder."""
    assets = copied_assets(folder)
    (assets / "cases" / name).write_text(text, encoding="utf-8")
    return assets

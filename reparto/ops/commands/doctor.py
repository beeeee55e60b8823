"""`reparto doctor`: is this installation sound."""

from argparse import Namespace

from ..answer import Answer
from ..examine_installation import examine_installation


def doctor(options: Namespace) -> Answer:
    """Say what was looked at and what was found; not good if anything is wrong."""
    findings = examine_installation(options.data)
    marks = {"ok": "ok  ", "warning": "note", "fault": "NO  "}
    lines = [f"{marks[finding.verdict]}  {finding.subject}: {finding.said}" for finding in findings]
    good = all(finding.verdict != "fault" for finding in findings)
    said = [{"subject": f.subject, "verdict": f.verdict, "said": f.said} for f in findings]
    return Answer("\n".join(lines), {"sound": good, "findings": said}, good=good)

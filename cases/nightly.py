"""What happens every night: the integrity check, and files without a row."""

import logging

from cases import hooks, materials

log = logging.getLogger(__name__)


def run() -> int:
    """Run every invariant; the number of findings."""
    findings = [finding for check in hooks.of("invariant") for finding in check()]
    for finding in findings:
        log.error("integrity: %s", finding.text)
    materials.sweep_orphans()
    return len(findings)

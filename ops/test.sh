#!/usr/bin/env bash
# Three phases, each with its own budget: rules and services on two processes, the browser, faults.
set -u
marks=$1; shift
export EXEC_MODE=demo DJANGO_ALLOW_ASYNC_UNSAFE=1
status=0
phase() {
    local name=$1 budget=$2; shift 2
    local began=$SECONDS
    echo "== $name (budget ${budget}s)"
    "$PY" -m ops.services --test -- "$PY" -m pytest -m "$marks" "$@"
    local code=$?
    [ $code -eq 5 ] && code=0  # nothing collected in this phase
    echo "== $name took $((SECONDS - began))s of ${budget}s"
    [ $code -ne 0 ] && status=$code
}
if [ $# -gt 0 ]; then
    phase "chosen tests" 600 "$@"
else
    phase "rules and services" 240 -n 2 --ignore=tests/browser --ignore=tests/faults tests
    phase "browser" 240 -n 2 --dist worksteal tests/browser
    phase "faults" 120 -n 2 --dist worksteal tests/faults
fi
exit $status

#!/usr/bin/env bash
# Holds the reports of the demo data set against what was published.
#
#   demo_figures.sh BIN_DIR [SEED [SCALE]]
#
# One line for each published figure; ends with 1 when one is not met.
set -euo pipefail

bin=$1
seed=${2:-1}
scale=${3:-1}
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/independent/server.sh
source "$here/server.sh"

data=$work/demo
"$bin/stegvis" demo generate --seed "$seed" --scale "$scale" "$data" >/dev/null
start_server node
"$bin/stegvis" import forbund "$data/forbund.csv" >/dev/null
"$bin/stegvis" import insatser "$data/insatser.csv" >/dev/null
"$bin/stegvis" import participants --migrate "$data/participants.csv" >/dev/null
"$bin/stegvis" import counts --migrate "$data/counts.csv" >/dev/null

report() { "$bin/stegvis" report --format json "$@"; }
report --year 2013 >"$work/2013.json"
report --year 2015 --as-of 2016-01-16 >"$work/2015-january.json"
report --year 2015 --as-of 2016-02-26 >"$work/2015-february.json"
report --year 2020 >"$work/2020.json"
failed=0
python3 "$here/published.py" "$work" --scale "$scale" || failed=1

# The same reports from the files alone.
independent() {
  local name=$1
  shift
  python3 "$here/outcome.py" --data "$data" "$@" >"$work/expected.json"
  if python3 "$here/compare.py" "$work/expected.json" "$work/$name.json" \
    --at-least 500; then
    echo "ok      $name agrees with the independent calculation"
  else
    echo "FAILED  $name differs from the independent calculation"
    failed=1
  fi
}
independent 2013 --from 2013-01-01 --to 2013-12-31
independent 2015-january --from 2015-01-01 --to 2015-12-31 --as-of 2016-01-16
independent 2015-february --from 2015-01-01 --to 2015-12-31 --as-of 2016-02-26
independent 2020 --from 2020-01-01 --to 2020-12-31
exit "$failed"

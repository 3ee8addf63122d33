#!/usr/bin/env bash
# Holds the server's outcome reports against an independent calculation, on
# random data full of edges.
#
#   run.sh BIN_DIR SEED...
#
# Ends with 1 when a report differs, naming every field; keeps nothing.
set -euo pipefail

bin=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/independent/server.sh
source "$here/server.sh"

# Fields that every comparison has at least: the whole report without
# breakdowns.
at_least=300
failed=0
compared=0

# check NAME ARGUMENT...: the same question to both.
check() {
  local name=$1
  shift
  "$bin/stegvis" report --format json "$@" >"$work/server.json"
  python3 "$here/outcome.py" --data "$data" $sight "$@" >"$work/expected.json"
  if ! python3 "$here/compare.py" "$work/expected.json" "$work/server.json" \
    --at-least "$at_least" >"$work/compared"; then
    echo "DIFFERS seed $seed, $name: report $*"
    sed 's/^/    /' "$work/compared"
    failed=1
  fi
  compared=$((compared + 1))
}

every_dimension=(--by SEX --by AGE_GROUP --by EDUCATION --by REFERRED_BY
  --by MONTHS_ON_SUPPORT --by FOCUS --by TARGET_GROUP --by INSATS --by FORBUND
  --by KOMMUN --by YEAR --by END_REASON)
one='Samordningsförbundet Ett'
two='Förbundet "Två"; norr'

import_all() {
  "$bin/stegvis" import forbund "$data/forbund.csv" >"$work/imported"
  "$bin/stegvis" import insatser "$data/insatser.csv" >>"$work/imported"
  local file
  for file in 1 2; do
    "$bin/stegvis" import participants --migrate "$data/participants-$file.csv" \
      >>"$work/imported"
    "$bin/stegvis" import counts --migrate "$data/counts-$file.csv" \
      >>"$work/imported"
  done
  local role
  for role in samordnare analyst; do
    "$bin/stegvis" user grant --user samordnare --role "$role" \
      --forbund alla >/dev/null
  done
  "$bin/stegvis" --profile "$samordnare" import participants "$data/participants-3.csv" >>"$work/imported"
  "$bin/stegvis" import counts "$data/counts-3.csv" >>"$work/imported"
}

years=(--from 2015-01-01 --to 2015-12-31)
all=(--from 2013-01-01 --to 2020-12-31)

check_periods() {
  local year
  for year in 2013 2016 2018 2020; do
    check "year $year" --from "$year-01-01" --to "$year-12-31" \
      "${every_dimension[@]}"
  done
  check "eight years" "${all[@]}" "${every_dimension[@]}"
  check "odd period" --from 2015-03-15 --to 2017-08-31 "${every_dimension[@]}"
  check "a leap day" --from 2016-02-29 --to 2016-02-29 --by YEAR --by SEX
  check "less than a year" --from 2016-01-01 --to 2016-12-30 --by INSATS
  check "nobody there" --from 2004-01-01 --to 2004-12-31 --forbund "$one"
}

check_filters() {
  local where
  for where in SEX=women SEX=men AGE_GROUP=20-24 AGE_GROUP=60+ \
    EDUCATION=uppgift_saknas EDUCATION=gymnasium REFERRED_BY=kommun \
    KOMMUN=0180 FOCUS=forberedande FOCUS=dialog TARGET_GROUP=nyanlanda \
    "INSATS=Insats 2"; do
    check "$where" "${all[@]}" --where "$where" "${every_dimension[@]}"
  done
  check "or" "${all[@]}" --where FOCUS=forberedande \
    --where FOCUS=annan_individ --by FOCUS --by SEX
  check "both sexes" "${all[@]}" --where SEX=women --where SEX=men --by SEX
  check "and" "${all[@]}" --where TARGET_GROUP=ovriga --where SEX=men \
    --where AGE_GROUP=30-39 --where AGE_GROUP=40-49 --by INSATS
}

check_forbund_and_reasons() {
  check "one förbund" "${all[@]}" --forbund "$one" "${every_dimension[@]}"
  check "two förbund" "${years[@]}" --forbund "$one" --forbund "$two" \
    "${every_dimension[@]}"
  check "without flytt" "${all[@]}" --exclude-reason flytt \
    --by END_REASON --by SEX
  check "without two reasons" "${all[@]}" --exclude-reason avliden \
    --exclude-reason ovrigt "${every_dimension[@]}"
}

check_as_of() {
  local as_of
  for as_of in 2013-12-31 2015-12-31 2016-01-01 2017-05-31 2017-06-01 \
    2020-12-31 2016-02-29T22:59:59.999999Z 2016-02-29T23:00:00Z \
    2018-03-25T02:30:00+01:00 2019-10-27T00:59:59Z; do
    check "as of $as_of" "${all[@]}" --as-of "$as_of" "${every_dimension[@]}"
  done
  check "as of, one year" "${years[@]}" --as-of 2016-01-16 --forbund "$two" \
    --where SEX=women --by INSATS
}

# Who may not see a person gets the base alone of a few who were singled out.
check_few() {
  local where few=$at_least
  at_least=5
  for where in FOCUS=dialog AGE_GROUP=60+ AGE_GROUP=16-19 KOMMUN=0180 \
    EDUCATION=eftergymnasial_lang; do
    check "few, $where" "${years[@]}" --where "$where" --forbund "$two" \
      --by SEX
    check "few women, $where" "${all[@]}" --where "$where" --where SEX=women \
      --by YEAR
  done
  check "few but not singled out" --from 2013-01-01 --to 2013-02-28 --by SEX
  at_least=$few
}

for seed in "$@"; do
  data=$work/data-$seed
  python3 "$here/random_data.py" "$seed" "$data"
  start_server "node-$seed"
  admin=$STEGVIS_PROFILE
  samordnare=${admin%admin.toml}samordnare.toml
  if ! import_all 2>"$work/refused"; then
    echo "REFUSED seed $seed: rows that domain.md allows"
    cat "$work/imported" "$work/refused"
    exit 1
  fi
  sight=--sees-no-persons
  check_few
  export STEGVIS_PROFILE=$samordnare
  sight=
  check_periods
  check_filters
  check_forbund_and_reasons
  check_as_of
  stop_server
done
echo "$compared reports compared"
exit "$failed"

#!/usr/bin/env bash
# Makes examples/harbour-supplies with the commands of okr, as its people would have typed them.
#
#   OKR=path/to/okr examples/make.sh [FOLDER]
#
# Without OKR it takes the `okr` on the PATH, and without FOLDER the folder harbour-supplies beside
# this script. All but the README of that folder is made anew. Every command is told what day it is,
# so the same okr makes the same bytes, whenever and wherever it runs.
set -euo pipefail

okr=${OKR:-okr}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A path to the program is meant from where the script was called, not from the folder that is made.
case $okr in
/*) ;;
*/*) okr=$PWD/$okr ;;
esac
target=${1:-$here/harbour-supplies}
mkdir -p "$target"
cd "$target"
rm -rf 2026-Q3 2026-Q4 exports okr.toml

# Runs okr on the day $1. Exit status 1 is that something is left to look at, which is no failure here.
on() {
  local day=$1
  shift
  "$okr" "$@" --today "$day" --color never >/dev/null 2>"$log" && return
  local status=$?
  [ $status -eq 1 ] && return
  printf 'okr %s\n' "$*" >&2
  cat "$log" >&2
  exit $status
}

# What okr says goes here, and is shown where a command fails.
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Changes the plan $1 on the day $2: the others are ELEMENT FIELD VALUE, three by three.
change() {
  local plan=$1 day=$2
  shift 2
  while [ $# -gt 0 ]; do
    on "$day" set "$plan" "$1" "$2" "$3"
    shift 3
  done
}

# Puts other words in the place of words that stand in the free text of a plan: reword PLAN OLD NEW.
reword() {
  local text
  text=$(cat "$1")
  case $text in
  *"$2"*) printf '%s\n' "${text/"$2"/$3}" >"$1" ;;
  *) printf '%s: there is no "%s"\n' "$1" "$2" >&2 && exit 1 ;;
  esac
}

# Records one check-in: checkin PLAN KEY-RESULT DAY "VALUE STATUS-AND-CONFIDENCE | NOTE".
# The status is g, y or r, d for achieved, p for paused, c for cancelled; `y5` is yellow at 5 of 10.
checkin() {
  local plan=$1 key_result=$2 day=$3 entry=$4 note='' value seen status
  case $entry in *' | '*) note=${entry#* | } ;; esac
  read -r value seen <<<"${entry%% | *}"
  set -- "$value"
  case ${seen:0:1} in
  g) status=green ;;
  y) status=yellow ;;
  r) status=red ;;
  d) status=achieved ;;
  p) status=paused ;;
  c) status=cancelled ;;
  *) status='' ;;
  esac
  if [ -n "$status" ]; then set -- "$@" --status "$status"; fi
  if [ ${#seen} -gt 1 ]; then set -- "$@" --confidence "${seen:1}"; fi
  if [ -n "$note" ]; then set -- "$@" --note "$note"; fi
  # What the boxes of a milestone in steps come to is not typed.
  if [ "$value" = steps ]; then shift && set -- - "$@"; fi
  on "$day" checkin "$plan" "$key_result" "$@" --date "$day"
}

# Records a check-in for each Friday of `$fridays`, from the first on; `.` is a week that was missed.
weeks() {
  local plan=$1 key_result=$2 friday
  shift 2
  for friday in $fridays; do
    [ $# -gt 0 ] || return 0
    if [ "$1" != . ]; then checkin "$plan" "$key_result" "$friday" "$1"; fi
    shift
  done
}

cat >okr.toml <<'END'
# What holds for all plans below this folder.
cadence = "weekly"

# Files that a `Source` of a plan may name.
sources = ["exports"]
END

mkdir -p exports
for quarter in 2026-Q3 2026-Q4; do
  mkdir -p $quarter/finance $quarter/sales $quarter/operations $quarter/people
done

# Third quarter: planned in the last days of June, followed until September, closed on 1 October.
fridays='2026-07-10 2026-07-17 2026-07-24 2026-07-31 2026-08-07 2026-08-14 2026-08-21 2026-08-28
  2026-09-04 2026-09-11 2026-09-18 2026-09-25 2026-09-30'
. "$here/make/2026-Q3-plans.sh"
. "$here/make/2026-Q3-weeks.sh"
. "$here/make/2026-Q3-close.sh"

# Fourth quarter: carried over on its first day, followed until 20 November.
fridays='2026-10-09 2026-10-16 2026-10-23 2026-10-30 2026-11-06 2026-11-13 2026-11-20'
. "$here/make/2026-Q4-plans.sh"
. "$here/make/2026-Q4-weeks.sh"

printf 'made %s\n' "$(basename "$target")"

#!/usr/bin/env bash
# A hundred rounds of the 458 MiB experiment in a cgroup with a limit of 700 MiB and no swap: memory that a
# release kept would end the process in the second round. Both ways of the demo run, one after the other: the
# one with a mask needs 572 MiB at its peak, the one in place 458.
#
#     sudo tools/cgroup-rounds.sh [rounds] [limit in MiB]
#
# Needs Linux, root and a memory controller (version 2 or 1); elsewhere it says so and succeeds. Exits 1 when
# a process is killed, or ends before its last round.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-100}
limit=$((${2:-700} * 1024 * 1024))
way=apps/demo/dist/way.js

skip() {
  echo "skipped: $1"
  exit 0
}

[ "$(uname -s)" = Linux ] || skip 'cgroups are Linux'
[ "$(id -u)" = 0 ] || skip 'making a cgroup needs root'
[ -f "$way" ] || { echo "$way is missing: build first" >&2; exit 1; }

# The directory below which groups with a memory limit can be made, and the names of its files.
find_controller() {
  local mount
  mount=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
  if [ -n "$mount" ] && grep -qw memory "$mount/cgroup.controllers"; then
    parent=$mount max=memory.max swap=memory.swap.max noswap=0 peak=memory.peak events=memory.events
    grep -qw memory "$mount/cgroup.subtree_control" && return
    echo +memory 2>/dev/null >"$mount/cgroup.subtree_control" && return
  fi
  mount=$(awk '$3 == "cgroup" && $4 ~ /(^|,)memory(,|$)/ { print $2; exit }' /proc/mounts)
  [ -n "$mount" ] || return 1
  parent=$mount max=memory.limit_in_bytes swap=memory.memsw.limit_in_bytes noswap=$limit
  peak=memory.max_usage_in_bytes events=memory.oom_control
}

find_controller || skip 'there is no memory controller to make a cgroup with'
group=$parent/ebb-rounds.$$
mkdir "$group" 2>/dev/null || skip "no cgroup can be made below $parent"
reports=$(mktemp)
trap 'rmdir "$group"; rm -f "$reports"' EXIT
echo "$limit" 2>/dev/null >"$group/$max" || skip 'the cgroup takes no limit'
# Without an account of swap there may still be swap; then the limit proves less.
[ ! -f "$group/$swap" ] || echo "$noswap" >"$group/$swap"

mib() {
  awk -v bytes="$1" 'BEGIN { printf "%.1f MiB", bytes / 1048576 }'
}

run_way() {
  local plan status=0 survived highest=unknown
  plan="{\"shape\":[400,500,600],\"dtype\":\"int32\",\"threshold\":2800,\"seed\":0,\"rounds\":$rounds}"
  [ ! -w "$group/$peak" ] || echo 0 2>/dev/null >"$group/$peak" || true
  (
    echo "$BASHPID" >"$group/cgroup.procs"
    exec node --expose-gc "$way" "$1" "$plan"
  ) >"$reports" || status=$?
  survived=$(grep -c '^{"round"' "$reports") || true
  [ ! -f "$group/$peak" ] || highest=$(mib "$(cat "$group/$peak")")
  echo "$1: $survived of $rounds rounds, peak of the cgroup $highest of $(mib "$limit"), exit code $status, $(grep -w oom_kill "$group/$events")"
  [ "$status" = 0 ] && [ "$survived" = "$rounds" ]
}

failed=0
for name in mask in-place; do run_way "$name" || failed=1; done
exit "$failed"

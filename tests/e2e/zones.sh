# Is every running process what the process table says, and is a zone's portal reachable from inside its zone only?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
# It runs as it was asked to. That the zones have no networks of their own is a warning, which nobody can overlook.
sekisho zone status --settings "$settings" >"$root/status" 2>"$root/warning" || fail "not isolated: $(grep -A1 NO "$root/status")"
equal "$(grep -c '(!) network' "$root/status")" 3 "each portal is marked"
contains "$(cat "$root/warning")" "--isolate" "what to do is said"
sekisho zone status --settings "$settings" --json 2>/dev/null | grep -c '"warning":"not isolated' >"$root/marked"
equal "$(cat "$root/marked")" 3 "each portal is marked, as JSON"
# A process of the table that somebody runs by hand, without its confinement.
cp /bin/bash "$root/sekisho-conveyor"
"$root/sekisho-conveyor" -c 'sleep 60; true' by-hand --settings "$settings" &
by_hand=$!
waits_until 5 test -e "/proc/$by_hand/exe"
sekisho zone status --settings "$settings" >"$root/status" 2>/dev/null
equal $? 10 "with a process that runs free"
contains "$(grep -A30 '^conveyor' "$root/status" | sed '/^[^ c]/q')" NO "it is marked"
kill $(family_of $by_hand)
wait $by_hand 2>/dev/null
sekisho zone status --settings "$settings" >/dev/null 2>&1 || fail "still marked when it is gone"
# A process that is not there is told.
kill -KILL "$(pid_of conveyor)"
sekisho zone status --settings "$settings" >"$root/status"
equal $? 10 "with one process dead"
contains "$(cat "$root/status")" NO "it is marked"
stop_gateway

: >"$log"
start_gateway --isolate
sekisho zone status --settings "$settings" >"$root/status" || fail "isolated: $(grep -B5 -A1 NO "$root/status")"
sekisho zone status --settings "$settings" --json >"$root/status.json" || fail "the same as JSON"
equal "$(grep -c '"equal":true,"items"' "$root/status.json")" 13 "one line for each process"
ask() { curl -sS --max-time 5 --cacert "$root/state/tls/$1.crt" "https://127.0.0.1:$(port_of "$1")/health/live" 2>/dev/null; }
inside() { nsenter --net="/proc/$(pid_of "$1")/ns/net" -- "${@:2}"; }
export -f ask port_of
export root first_port
for zone in "${zones[@]}"; do
    ask "$zone" >/dev/null && fail "the portal of $zone answers outside its zone"
    answer=$(inside "portal@$zone" bash -c "zones=(${zones[*]}); ask $zone")
    equal "$answer" '{"live":true}' "the portal of $zone, asked inside its zone"
    for other in "${zones[@]}"; do
        [[ $other == "$zone" ]] && continue
        inside "portal@$zone" bash -c "zones=(${zones[*]}); ask $other" >/dev/null && fail "$other answers inside $zone"
        [[ $(readlink "/proc/$(pid_of "portal@$zone")/ns/net") != $(readlink "/proc/$(pid_of "portal@$other")/ns/net") ]] ||
            fail "$zone and $other share a network"
    done
    equal "$(inside "portal@$zone" ip -o link | wc -l)" 1 "interfaces of $zone"
done
for name in ledger conveyor scanner sanitizer verifier release audit; do
    for pid in $(family_of "$(pid_of $name)"); do
        links=$(nsenter --net="/proc/$pid/ns/net" -- ip -o link)
        equal "$(wc -l <<<"$links")" 1 "interfaces that $name has"
        contains "$links" "lo: <LOOPBACK> " "that the one that $name has is down"
    done
done

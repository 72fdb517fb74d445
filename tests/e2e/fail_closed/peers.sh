# Is a process that speaks to another out of turn not heard, and one that lies not believed?
. "$(dirname "$0")/../lib.sh" || exit 1
[[ -x ${SEKISHO_IMPOSTOR:-} ]] || skip "SEKISHO_IMPOSTOR is not set"
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan
run=$root/run
cp "$SEKISHO_IMPOSTOR" "$root/impostor"
chmod 755 "$root/impostor"
# impostor PROCESS ARGUMENT...: with the user and the groups that the process has
impostor() {
    local pid groups
    pid=$(pid_of "$1")
    groups=$(sed -n 's/^Groups:[[:space:]]*//p' "/proc/$pid/status" | xargs | tr ' ' ,)
    shift
    setpriv --reuid "$(stat -c %u "/proc/$pid")" --regid "$(stat -c %g "/proc/$pid")" \
        ${groups:+--groups "$groups"} $([[ $groups ]] || echo --clear-groups) "$root/impostor" "$@"
}
alive() { # everything still works, for everybody
    echo "after $1" >"$root/memo.txt"
    send tanaka@internet lgwan "$root/memo.txt"
    settles tanaka@internet "$id"
    equal "$(field state)" delivered "after $1 ($(field reason))"
    nobody_died "$1"
}

# A message that is too large closes its own connection and harms nobody.
for pair in portal@internet:ledger conveyor:ledger conveyor:scanner conveyor:sanitizer conveyor:verifier \
    ledger:release ledger:audit portal@internet:auth; do
    equal "$(impostor "${pair%:*}" oversized "$run/${pair#*:}.sock")" closed "oversized, from ${pair%:*} to ${pair#*:}"
done
alive "oversized messages"

# Whoever is not a caller of the table is not heard: neither a stranger nor another process of the gateway.
for name in ledger scanner sanitizer verifier release audit auth; do
    said=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$root/impostor" forged-release "$run/$name.sock" 00000000000000000000000000000000.1)
    [[ $said == *" peer.unreachable" || $said == *" ipc.closed" ]] || fail "a stranger was heard by $name: $said"
done
for pair in portal@internet:release portal@internet:verifier conveyor:release scanner:ledger sanitizer:ledger release:ledger; do
    said=$(impostor "${pair%:*}" forged-release "$run/${pair#*:}.sock" 00000000000000000000000000000000.1)
    [[ $said == *" peer.unreachable" || $said == *" ipc.closed" ]] || fail "${pair%:*} was heard by ${pair#*:}: $said"
done
alive "strangers"

# A ledger that was taken over, with a file that it wrote itself and a ticket that it signed itself.
forged=$(printf '%032x' 12345)
printf 'what was sent\n' >"$root/state/staging/$forged.1"
chown --reference="$root/state/staging" "$root/state/staging/$forged.1"
before=$(delivered_files)
said=$(impostor ledger forged-release "$run/release.sock" "$root/state/staging/$forged.1")
equal "$said" "$forged ticket.signature" "a forged ticket"
equal "$(delivered_files)" "$before" "files on the other side"
[[ -e $root/state/staging/$forged.1 ]] || fail "it was moved"
rm "$root/state/staging/$forged.1"

# A portal that was taken over passes a file that it can still write.
printf 'what was sent\n' >"$root/writable"
chmod 666 "$root/writable"
said=$(impostor portal@internet passed-file "$run/ledger.sock" "$root/writable")
contains "$said" upload.pipe "a file in place of a pipe"
alive "a portal that lies"

# A portal that was taken over keeps its end of the pipe, and writes after it was told that all is there.
said=$(impostor portal@internet late-writer "$run/ledger.sock")
equal "${said#* }" done "the upload was whole while the pipe was still open"
late=${said% *}
settles tanaka@internet "$late"
equal "$(field state)" delivered "what was announced passes ($(field reason))"
equal "$(field digest_in)" "$(printf 'what was sent\n' | sha256sum | cut -d' ' -f1)" "what the ledger took in"
fetch tanaka@lgwan "$late" content "$root/late"
equal "$(cat "$root/late")" "what was sent" "and nothing of what came too late"
alive "a portal that writes on"

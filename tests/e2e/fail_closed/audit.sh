# Does intake stop while the audit log cannot be written, and does nothing get released that is not on record?
. "$(dirname "$0")/../lib.sh" || exit 1
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan
login sato@lgwan
echo hello >"$root/memo.txt"
send tanaka@internet lgwan "$root/memo.txt"
settles tanaka@internet "$id"
send tanaka@lgwan internet "$root/memo.txt"
settles tanaka@lgwan "$id"
equal "$(field state)" held "one waits for its approver"
waiting=$id
stops() { accepts; [[ $status == 503 ]]; }
accepts() {
    create tanaka@internet lgwan 6 memo.txt
    [[ $status == 201 ]] || return
    call tanaka@internet DELETE "/api/v1/uploads/$id" -H 'Tus-Resumable: 1.0.0'
}

# It hangs.
freeze audit
waits_until 40 stops || fail "files are still taken: $status"
answered 503 audit.unwritable "while the log hangs"
decide sato@lgwan "$waiting" true
sleep 2
look tanaka@lgwan "$waiting"
[[ $(field state) != delivered ]] || fail "released without a record"
equal "$(delivered_files)" 1 "files on the other side"
thaw
waits_until 40 accepts || fail "not taken again: $status $body"
settles tanaka@lgwan "$waiting"
[[ $(field state) == held ]] && { decide sato@lgwan "$waiting" true; settles tanaka@lgwan "$waiting"; }
equal "$(field state)" delivered "released once it is on record"

# It is dead, and nobody starts it anew. (One that is killed again and again answers in between, and is well then.)
kill -STOP "$launcher"
stopped_processes=" $launcher"
kill -KILL "$(pid_of audit)"
waits_until 40 stops || fail "files are still taken with a dead log"
thaw
waits_until 60 accepts || fail "not taken again after the log came back: $status $body"

# Its folder has no room: a tiny file system takes the place of the log's.
stop_gateway
mkdir "$root/log-copy"
cp -a "$root/state/audit/." "$root/log-copy/"
if mount -t tmpfs -o size=1m none "$root/state/audit"; then
    trap 'code=$?; stop_gateway; umount "$root/state/audit"; end $code' EXIT
    cp -a "$root/log-copy/." "$root/state/audit/"
    start_gateway
    login tanaka@internet
    waits_until 20 accepts || fail "not taken on a small file system: $status $body"
    head -c 2000000 /dev/zero >"$root/state/audit/filler" 2>/dev/null
    waits_until 60 stops || fail "files are still taken with a full log: $status"
    answered 503 audit.unwritable "with a full log"
    rm "$root/state/audit/filler"
    waits_until 60 accepts || fail "not taken again with room: $status $body"
    send tanaka@internet lgwan "$root/memo.txt"
    settles tanaka@internet "$id"
    equal "$(field state)" delivered "everything goes on"
    stop_gateway
fi
sekisho audit verify --settings "$settings" >/dev/null || fail "the log is not whole"
sekisho audit search --settings "$settings" --event intake.stopped | grep audit-unwritable >/dev/null || fail "the stop is not on record"
sekisho audit search --settings "$settings" --event intake.resumed >/dev/null || fail "the end of it is not on record"

# Does a file of a gigabyte cross while every process stays small?
. "$(dirname "$0")/lib.sh" || exit 1
free=$(df --output=avail -B1 "$root" | tail -n 1)
((free > 6 * 1024 ** 3)) || skip "less than 6 GB are free"
prepare "limits.seconds = 300" "scanner.seconds = 300"
start_gateway
login tanaka@internet
login tanaka@lgwan

# The largest that any process, or anything that one has forked, ever held at once, in KiB. What is mapped from a file
# counts only if it was read in by hand; the scanner's signatures are small here.
most=300000
watch_memory() {
    trap - EXIT
    local name pid line
    while :; do
        for name in ledger conveyor scanner sanitizer verifier release audit portal@internet portal@lgwan; do
            for pid in $(family_of "$(pid_of "$name")"); do
                while read -r line; do
                    [[ $line == VmHWM:* ]] && echo "$name ${line//[^0-9]/}"
                done 2>/dev/null <"/proc/$pid/status"
            done
        done
        sleep 0.3
    done 2>/dev/null >>"$root/memory"
}
watch_memory &
watcher=$!

yes '2026-04-01,税務課,山田 太郎,固定資産税,12345,納付済み,備考なし' | head -n 13000000 >"$root/large.csv"
started=$SECONDS
send tanaka@internet lgwan "$root/large.csv"
echo "received after $((SECONDS - started)) s"
settles tanaka@internet "$id" 240
echo "settled after $((SECONDS - started)) s"
equal "$(field state)" delivered "a gigabyte ($(field reason))"
fetch tanaka@lgwan "$id" content "$root/out"
equal "$status" 200 "it is fetched"
contains "$body$(fetch tanaka@lgwan "$id" receipt "$root/receipt"; cat "$root/receipt")" "$(sha256 "$root/out")" "its digest"
(($(stat -c %s "$root/out") > 1000000000)) || fail "only a part arrived"

kill $watcher
wait $watcher 2>/dev/null
[[ -s $root/memory ]] || fail "nothing was measured"
sort -k1,1 -k2,2nr "$root/memory" | sort -u -k1,1 | tee "$root/peaks"
while read -r name peak; do
    ((peak < most)) || fail "$name held $peak KiB at once"
done <"$root/peaks"
equal "$(wc -l <"$root/peaks")" 9 "every process was measured"

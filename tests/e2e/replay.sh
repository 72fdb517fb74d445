# Does every decision of a run come out the same, to the last bit, when it is made again? And does another policy show what
# it would change?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
for desk in tanaka@internet tanaka@lgwan sato@lgwan sato@internet; do login "$desk"; done
printf 'hello\r\n' >"$root/memo.txt"
printf 'name,amount\r\nTanaka,1\r\n' >"$root/table.csv"
printf '\x7fELF\x02\x01\x01' >"$root/program.bin"
for file in memo.txt table.csv program.bin; do
    send tanaka@internet lgwan "$root/$file"
    settles tanaka@internet "$id"
done
send tanaka@lgwan internet "$root/memo.txt" # waits for an approver, or is refused: whatever the default policy says
settles tanaka@lgwan "$id"
if [[ $(field state) == held ]]; then
    for desk in sato@lgwan sato@internet; do
        confirm "$desk"
        decide "$desk" "$id" true fine
    done
fi
create tanaka@internet mynumber 5 memo.txt # refused at the door

sekisho policy replay --settings "$settings" --json >"$root/replayed" || fail "replay: $(cat "$root/replayed")"
body=$(cat "$root/replayed")
own=$(number own)
((own >= 8)) || fail "only $own decisions were recorded: $body"
equal "$(number own_same)" "$own" "decisions that came out the same"
equal "$(number same)" "$(number asked)" "all of them"
equal "$(number opened) $(number closed) $(number obligations)" "0 0 0" "nothing flips"
contains "$(sekisho policy replay --settings "$settings" --since 2999-01-01 --json)" '"asked":0' "nothing since then"

# Another policy: text files may no longer come in.
candidate=$root/candidate.sekisho
cp "$root/policy/policy.sekisho" "$candidate"
printf '\nforbid "F-900 文書の停止" from internet to lgwan when type is text reason "試験"\n' >>"$candidate"
sekisho policy replay "$candidate" --settings "$settings" --json >"$root/replayed"
equal $? 10 "a policy that changes something"
body=$(cat "$root/replayed")
contains "$body" '"F-900":{"opened":0,"closed":1' "the flip, by rule"
contains "$body" '"tax":{"opened":0,"closed":1' "the flip, by department"
contains "$(LANG=ja_JP.UTF-8 LC_ALL= sekisho policy replay "$candidate" --settings "$settings")" F-900 "the same for people"

# The same beside the live one, without effect.
sekisho policy shadow "$candidate" --settings "$settings" >/dev/null || fail "shadow"
send tanaka@internet lgwan "$root/memo.txt"
settles tanaka@internet "$id"
equal "$(field state)" delivered "the shadow decides nothing"
sekisho policy shadow --settings "$settings" --json >"$root/shadow"
equal $? 10 "the shadow differed"
contains "$(cat "$root/shadow")" '"F-900":{"opened":0,"closed":1' "what it would have refused"
sekisho policy shadow --stop --settings "$settings" >/dev/null || fail "ending the shadow"
contains "$(sekisho policy history --settings "$settings" --json)" '"shadow":null' "it is gone"
sekisho policy replay --settings "$settings" --json >/dev/null || fail "replay at the end"

# Does nothing pass without a policy that the right people signed, and does a good one stay in force whatever is tried?
. "$(dirname "$0")/../lib.sh" || exit 1
prepare
policy=$root/policy/policy.sekisho
good=$root/good
policy_is_optional=yes
cp -r "$root/policy" "$good"
ssh-keygen -q -t ed25519 -N '' -C '' -f "$root/desk/stranger"
ssh-keygen -q -t ecdsa -N '' -C '' -f "$root/desk/glass"
printf 'signer s.mori break-glass always %s\n' "$(cat "$root/desk/glass.pub")" >>"$root/policy/signers"
cp "$root/policy/signers" "$good/signers"

again() { rm -f "$root/policy"/*; cp "$good"/* "$root/policy/"; } # the folder itself stays: the ledger may read this one only
denied() { # WHAT
    create tanaka@internet lgwan 5 memo.txt
    answered 503 policy.none "$1"
    equal "$(delivered_files)" 0 "$1"
}
passes() { # WHAT
    echo hello >"$root/memo.txt"
    send tanaka@internet lgwan "$root/memo.txt"
    settles tanaka@internet "$id"
    equal "$(field state)" delivered "$1"
}
# not_activated EXIT CODE WHAT
not_activated() {
    local said status
    said=$(activate_policy 2>&1 >/dev/null)
    status=$?
    equal "$status" "$1" "$3: $said"
    contains "$said" "$2" "$3"
}
sign_with() { ssh-keygen -q -Y sign -n "${2-sekisho-policy@v1}" -f "$root/desk/$1" <"$policy.manifest"; }

start_gateway
login tanaka@internet
denied "no policy was ever activated"
contains "$(sekisho policy history --settings "$settings")" P0931 "the operator is told why"

rm "$policy.manifest" "$policy.manifest.sig"
not_activated 4 P0931 "a policy without a manifest"
again; : >"$policy.manifest.sig"
not_activated 4 P0931 "a manifest without signatures"
again; sign_with author >"$policy.manifest.sig"
not_activated 4 P0936 "the author alone"
again; { sign_with author; sign_with stranger; } >"$policy.manifest.sig"
not_activated 4 P0932 "a stranger"
again; { sign_with author; sign_with author; } >"$policy.manifest.sig"
not_activated 4 P0934 "the same person twice"
again; { sign_with author; sign_with approver file; } >"$policy.manifest.sig"
not_activated 4 P0903 "a signature for another purpose"
again; sed -i 's/^version .*/version 9/' "$policy.manifest"
not_activated 4 P0904 "a manifest that was changed"
again; echo '# changed' >>"$policy"
not_activated 4 P0922 "a file that was changed"
again; : >"$policy"
not_activated 4 P0922 "an empty policy"
again; sed '/ when type in /{s/ in .*//;q}' "$good/policy.sekisho" >"$policy"; sekisho policy sign "$policy" --author k.sato --follow none >/dev/null 2>&1
equal $? 3 "a policy that stops in the middle is not even signed"
again; sed -i 's/version \([0-9]*\)/version \1 valid 2020-01-01..2020-12-31/' "$policy"; sign_policy none
not_activated 4 P0943 "a policy whose time is over"
denied "none of these passed"
stop_gateway
nobody_died "no bad policy"

again
start_gateway
login tanaka@internet
denied "nothing is in force after a restart, either"
activate_policy >/dev/null || fail "the good policy"
passes "with the good policy"
not_activated 0 "" "the policy in force once more"
manifest=$(sha256 "$policy.manifest")
sign_policy "$manifest"
not_activated 4 P0941 "a version that is not newer"
sed -i 's/version [0-9]*/version 900/' "$policy"; sign_policy "$(printf '0%.0s' {1..64})"
not_activated 4 P0942 "a policy that follows another one"
passes "the good policy is still in force"

# One person alone, in an emergency: loudly.
sekisho policy sign "$policy" --author s.mori --reason 'under attack' --follow "$manifest" --key "$root/desk/glass" >/dev/null 2>&1 || fail "signing alone"
activate_policy >/dev/null || fail "the emergency policy"
contains "$(sekisho policy history --settings "$settings")" EMERGENCY "the operator sees it"
contains "$(sekisho zone status --settings "$settings")" EMERGENCY "the status shows it"
call tanaka@internet GET /
contains "$body" emergency "the page shows it"
passes "with the emergency policy"

# Back to the first one, signed by two people.
number=$(sekisho policy history --settings "$settings" --json | grep -o '"number":[0-9]*' | tail -n 1 | cut -d: -f2)
sekisho policy rollback "$number" --author k.sato --reason 'the emergency is over' --out "$root/back" --key "$root/desk/author" --settings "$settings" >/dev/null 2>&1 || fail "rollback"
activate_policy "$root/back/policy.sekisho" >/dev/null 2>&1
equal $? 4 "the way back, signed by one person"
sekisho policy sign "$root/back/policy.sekisho" --key "$root/desk/approver" >/dev/null 2>&1 || fail "approving the way back"
activate_policy "$root/back/policy.sekisho" >/dev/null || fail "the way back"
passes "with the first policy again"
stop_gateway

# What was in force is checked again at the next start.
sed -i "s|^signer m.ito .*|signer m.ito approver always $(cat "$root/desk/stranger.pub")|" "$root/policy/signers"
start_gateway
login tanaka@internet
create tanaka@internet lgwan 5 memo.txt
answered 503 policy.none "the approver is nobody any more"
stop_gateway
cp "$good/signers" "$root/policy/signers"
start_gateway
login tanaka@internet
passes "the signers are what they were"
for event in policy.activated policy.refused policy.break-glass policy.missing; do
    sekisho audit search --settings "$settings" --event $event >/dev/null || fail "the log has no $event"
done

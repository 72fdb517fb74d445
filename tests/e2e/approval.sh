# Does a file that needs an approver wait for one, and is the approver never the sender, and always fresh?
. "$(dirname "$0")/lib.sh" || exit 1
prepare "portal.fresh_minutes = 1"
start_gateway
for desk in tanaka@lgwan tanaka@internet suzuki@lgwan sato@lgwan sato@internet; do login "$desk"; done
logged_in=$SECONDS
echo 'three lines' >"$root/plan.txt"

send tanaka@lgwan internet "$root/plan.txt"
settles tanaka@lgwan "$id"
equal "$(field state) $(field phase)" "held waiting" "it waits"
equal "$(number approvals_needed)$(number approvals_given)" 10 "one approval of one"
equal "$(number may_approve)" false "the sender's page offers no approval"
first=$id
fetch tanaka@internet "$first" content "$root/out"
[[ $status == 404 || $status == 409 ]] || fail "fetched before anybody approved: $status"
equal "$(delivered_files)" 0 "nothing is there yet"

decide tanaka@lgwan "$first" true
answered 403 approval.own "the sender approves"
decide suzuki@lgwan "$first" true
[[ $status == 403 || $status == 404 ]] || fail "a colleague without the role approves: $status"
decide sato@internet "$first" true
[[ $status == 403 || $status == 404 ]] || fail "approval in the less trusted zone: $status"
call suzuki@lgwan GET "/api/v1/transfers?box=approval"
[[ $body == *"$first"* ]] && fail "a colleague without the role sees it"
call sato@lgwan GET "/api/v1/transfers?box=approval"
contains "$body" "$first" "the chief's box"
look sato@lgwan "$first"
equal "$(number may_approve)" true "the chief's page offers it"
look tanaka@lgwan "$first"
equal "$(field state)" held "it still waits"

decide sato@lgwan "$first" true
equal "$status" 204 "the chief approves"
settles tanaka@lgwan "$first"
equal "$(field state)" delivered "delivered after the approval"
contains "$body" '"approver":"sato","approved":true' "who approved"
fetch tanaka@internet "$first" content "$root/out"
equal "$status $(cat "$root/out")" "200 three lines" "it arrives"
decide sato@lgwan "$first" true
[[ $status == 409 || $status == 404 ]] || fail "approved twice: $status $body"

# The chief himself is a sender like any other.
send sato@lgwan internet "$root/plan.txt"
settles sato@lgwan "$id"
equal "$(field state)" held "the chief's own file waits, too"
decide sato@lgwan "$id" true
answered 403 approval.own "the chief approves his own"
call sato@lgwan DELETE "/api/v1/transfers/$id"
equal "$status" 204 "he withdraws it"

send tanaka@lgwan internet "$root/plan.txt" 案.txt
settles tanaka@lgwan "$id"
decide sato@lgwan "$id" false
[[ $status == 422 || $status == 400 ]] || fail "sent back without a reason: $status"
decide sato@lgwan "$id" false '宛先を確認してください'
equal "$status" 204 "sent back with a reason"
look tanaka@lgwan "$id"
equal "$(field state) $(field phase)" "sent-back returned" "it came back"
contains "$body" '宛先を確認してください' "the sender reads why"
fetch tanaka@internet "$id" content "$root/out"
[[ $status == 404 || $status == 409 ]] || fail "what was sent back can be fetched"

# A minute after the log-in an approval asks for the password once more; a wrong one does not count.
send tanaka@lgwan internet "$root/plan.txt"
settles tanaka@lgwan "$id"
while ((SECONDS < logged_in + 62)); do sleep 0.5; done
decide sato@lgwan "$id" true
answered 403 session.not-fresh "a log-in that is a minute old"
call sato@lgwan POST /api/v1/session/confirm -H 'Content-Type: application/json' --data '{"password":"wrong"}'
answered 401 login.wrong "a wrong password"
decide sato@lgwan "$id" true
answered 403 session.not-fresh "still not fresh"
look tanaka@lgwan "$id"
equal "$(field state)" held "still waiting"
confirm sato@lgwan
equal "$status" 200 "the right password"
decide sato@lgwan "$id" true
equal "$status" 204 "fresh again"
settles tanaka@lgwan "$id"
equal "$(field state)" delivered "delivered"
sekisho audit search --settings "$settings" --transfer "$id" --event transfer.approved | grep p-0003 >/dev/null || fail "the approval is not in the log"

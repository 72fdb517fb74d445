# Does nothing pass without a policy that can be read, and does it go on when there is one?
. "$(dirname "$0")/../lib.sh" || exit 1
prepare
policy=$root/policy/policy.sekisho
cp "$policy" "$root/good"
try() { # WHAT
    start_gateway
    login tanaka@internet
    create tanaka@internet lgwan 5 memo.txt
    answered 503 policy.none "$1"
    equal "$(delivered_files)" 0 "$1"
    stop_gateway
    nobody_died "$1"
}
rm "$policy"
try "no policy"
: >"$policy"
try "an empty policy"
sed 's/^allow "R-010/alow "R-010/' "$root/good" >"$policy"
try "a policy with an unknown word"
head -c 2000 "$root/good" >"$policy"
printf 'allow "X" from internet to' >>"$policy"
try "a policy that stops in the middle"
head -c 3000000 /dev/zero | tr '\0' '#' >"$policy"
try "a policy of three megabytes"
cp "$root/good" "$policy"
start_gateway
login tanaka@internet
echo hello >"$root/memo.txt"
send tanaka@internet lgwan "$root/memo.txt"
settles tanaka@internet "$id"
equal "$(field state)" delivered "with the good policy again"

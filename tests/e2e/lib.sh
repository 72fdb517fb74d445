# Helpers of the end-to-end tests, to be sourced by bash. Needs root (the launcher gives every process its own user),
# SEKISHO_BIN_DIR (the programs) and SEKISHO_SOURCE_DIR (policy and signatures). Each test has its own gateway in a
# directory of its own, and ends with the first thing that is not as it should be.
set -uo pipefail

password=sekisho-demo
zones=(internet lgwan mynumber)
status='' body='' id='' launcher='' # of the last answer, the last transfer, the running gateway

skip() { echo "skipped: $*"; exit 77; }
[[ $EUID == 0 ]] || skip "only root can start a gateway"

root=$(mktemp -d "${TMPDIR:-/tmp}/sekisho-e2e-XXXXXX")
chmod 755 "$root"
mkdir "$root/desk"
settings=$root/sekisho.toml
log=$root/log
headers=$root/headers # of the last answer
trap 'end $?' EXIT
trap 'exit 1' INT TERM

end() {
    trap - EXIT
    (($1 == 0 || $1 == 77)) || { echo "--- the gateway's last lines:"; tail -n 30 "$log"; } 2>/dev/null
    kill $(jobs -p | grep -vx "${launcher:-none}") 2>/dev/null
    stop_gateway
    rm -rf "$root"
    exit "$1"
}

fail() { echo "FAILED: $*"; exit 1; }
# equal FOUND WANTED WHAT
equal() { [[ $1 == "$2" ]] || fail "$3: found \"$1\", wanted \"$2\""; }
# contains TEXT PART WHAT
contains() { [[ $1 == *"$2"* ]] || fail "$3: \"$2\" is not in: ${1:0:2000}"; }
# answered STATUS [CODE] WHAT: the last answer had this status, and is a problem with this code
answered() {
    [[ $status == "$1" ]] || fail "${*: -1}: status $status, wanted $1; body: ${body:0:500}"
    (($# == 2)) && return
    equal "$(field code)" "$2" "${*: -1}"
    contains "$(tr '[:upper:]' '[:lower:]' <"$headers")" "content-type: application/problem+json" "${*: -1}"
    [[ $(field title) && $(field detail) && $body == *'"type":"about:blank"'* ]] || fail "$3: not a whole problem: $body"
    equal "$(number status)" "$1" "$3: the problem's own status"
}
# waits_until SECONDS COMMAND...: true as soon as the command is
waits_until() {
    local end=$((SECONDS + $1)); shift
    until "$@"; do ((SECONDS < end)) || return 1; sleep 0.05; done
}

# The first member of that name in the last body (or in the second argument): text, or number, true, false, null.
field() { local text=${2-$body}; [[ $text =~ \"$1\":\"([^\"]*)\" ]] && printf %s "${BASH_REMATCH[1]}"; }
number() { local text=${2-$body}; [[ $text =~ \"$1\":([0-9a-z.]+) ]] && printf %s "${BASH_REMATCH[1]}"; }

# --- the gateway

free_ports() { # sets first_port: three in a row that nobody listens on
    local try port
    for try in {1..100}; do
        first_port=$((15000 + (RANDOM % 5000) * 3))
        for port in $first_port $((first_port + 1)) $((first_port + 2)); do
            (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue 2
        done
        return
    done
    fail "no free ports"
}
port_of() { local i; for i in 0 1 2; do [[ ${zones[i]} == "$1" ]] && echo $((first_port + i)); done; }

# prepare [LINE...]: a state directory with policy, signatures, accounts, and settings with these lines, too
# ("ledger.reserve_bytes = 1").
prepare() {
    local zone account i line
    free_ports
    mkdir -p "$root/state/auth" "$root/signatures" "$root/policy"
    cp "$SEKISHO_SOURCE_DIR/policy/profiles/default.sekisho" "$root/policy/policy.sekisho"
    # Signed like any other: by an author and by another person, with keys of this test.
    for account in author approver; do
        ssh-keygen -q -t ed25519 -N '' -C '' -f "$root/desk/$account" || skip "ssh-keygen is needed (openssh-client)"
    done
    printf 'sekisho-policy-trust 1\nthreshold 2\nbreak-glass 1 hours\nsigner k.sato author always %s\nsigner m.ito approver always %s\n' \
        "$(cat "$root/desk/author.pub")" "$(cat "$root/desk/approver.pub")" >"$root/policy/signers"
    sign_policy none
    cp "$SEKISHO_SOURCE_DIR/gateway/scanner/signatures/sekisho.ndb" "$root/signatures/"
    {
        for line in "state.directory = \"$root/state\"" "run.directory = \"$root/run\"" \
            "signatures.directory = \"$root/signatures\"" "policy.file = \"$root/policy/policy.sekisho\"" "$@"; do
            echo "$line"
        done
        for i in 0 1 2; do
            printf '[[zone]]\nname = "%s"\naddress = "127.0.0.1"\nport = %d\n' "${zones[i]}" $((first_port + i))
        done
    } >"$settings"
    # The password is "sekisho-demo".
    local hash='$argon2id$v=19$m=19456,t=2,p=1$mBPfYSKZ6mBnI+raXb/ryw$U8EtV+PbzKwiDx1PEvro7oHau5xS1M2NwwMQo1F8ypM'
    for zone in "${zones[@]}"; do
        for account in tanaka:p-0001:'"tax"' suzuki:p-0002:'"tax"' sato:p-0003:'"tax", "section-chief"'; do
            IFS=: read -r account person groups <<<"$account"
            printf '[[account]]\nzone = "%s"\naccount = "%s"\nperson = "%s"\ndisplay = "%s"\ngroups = [%s]\npassword = "%s"\n' \
                "$zone" "$account" "$person" "$account" "$groups" "$hash"
        done
    done >"$root/state/auth/accounts.toml"
}

# sign_policy FOLLOWS [FILE]: a new manifest by the author, signed by the approver, too
sign_policy() {
    local file=${2-$root/policy/policy.sekisho}
    sekisho policy sign "$file" --author k.sato --reason test --follow "$1" --key "$root/desk/author" >/dev/null 2>&1 &&
        sekisho policy sign "$file" --key "$root/desk/approver" >/dev/null 2>&1 || fail "signing $file"
}
# activate_policy [FILE]: puts it into force, and waits until the gateway accepts files again
activate_policy() { sekisho policy activate "${1-$root/policy/policy.sekisho}" --settings "$settings"; }

# start_gateway [OPTION...]: starts it and waits until all its processes are ready.
start_gateway() {
    "$SEKISHO_BIN_DIR/sekisho" up --settings "$settings" "$@" >>"$log" 2>&1 &
    launcher=$!
    waits_until 60 is_ready || fail "the gateway did not become ready"
    ready_at=$(wc -l <"$log")
    [[ ${policy_is_optional-} ]] || activate_policy >>"$log" 2>&1 || fail "the policy was not activated"
}
# nobody_died WHAT: no process has died since the gateway was ready
nobody_died() {
    local dead
    dead=$(tail -n "+$((ready_at + 1))" "$log" | grep process.died)
    [[ -z $dead ]] || fail "$1 killed something: $dead"
}
is_ready() {
    kill -0 "$launcher" 2>/dev/null || fail "the gateway ended"
    [[ $(cat "$root/run/status.json" 2>/dev/null) == *'"ready":true,"processes"'* ]]
}
stop_gateway() {
    local name
    [[ $launcher ]] || return 0
    for name in $stopped_processes; do kill -CONT "$name" 2>/dev/null; done
    kill -TERM "$launcher" 2>/dev/null
    wait "$launcher" 2>/dev/null
    launcher=''
}
stopped_processes=''
# The process id of a process of the table: pid_of ledger, pid_of portal@lgwan
pid_of() { local all; all=$(cat "$root/run/status.json"); [[ $all =~ \"$1\":\{\"pid\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }
# kill_again_and_again PROCESS: in the background, until $killer is ended.
kill_again_and_again() {
    (
        trap - EXIT
        while :; do
            pid=$(pid_of "$1") # 0 while it is down
            ((${pid:-0} > 1)) && kill -KILL "$pid" 2>/dev/null
            sleep 0.05
        done
    ) &
    killer=$!
}
# A process with all that it has forked.
family_of() {
    local pid child
    pid=${1:?}
    ((pid > 1)) || return
    echo "$pid"
    for child in $(cat "/proc/$pid/task/"*/children 2>/dev/null); do family_of "$child"; done
}
freeze() { local pid; for pid in $(family_of "$(pid_of "$1")"); do kill -STOP "$pid"; stopped_processes+=" $pid"; done; }
thaw() { local pid; for pid in $stopped_processes; do kill -CONT "$pid" 2>/dev/null; done; stopped_processes=''; }
delivered_files() { find "$root/state/egress" -type f | wc -l; }

# --- people at their desks: "tanaka@lgwan"

# login DESK
login() {
    local desk=$1
    : >"$root/desk/$desk.csrf" >"$root/desk/$desk.session"
    call "$desk" POST /api/v1/session -H 'Content-Type: application/json' \
        --data "{\"account\":\"${desk%@*}\",\"password\":\"$password\"}"
    equal "$status" 200 "$desk logs in"
    field csrf >"$root/desk/$desk.csrf"
    [[ $(cat "$headers") =~ __Host-sekisho=([0-9a-f]{64}) ]] || fail "no session for $desk"
    echo "${BASH_REMATCH[1]}" >"$root/desk/$desk.session"
}
# call DESK METHOD PATH [ARGUMENT OF CURL...]: sets status and body; the headers lie in $headers
call() {
    local desk=$1 method=(-X "$2") path=$3 zone=${1#*@}
    shift 3
    [[ ${method[1]} == HEAD ]] && method=(-I)
    body=$(curl -sS --max-time 120 --cacert "$root/state/tls/$zone.crt" "${method[@]}" -D "$headers" \
        -H "Cookie: __Host-sekisho=$(cat "$root/desk/$desk.session")" -H "X-CSRF-Token: $(cat "$root/desk/$desk.csrf")" \
        -H "Accept-Language: en" -w '\n%{http_code}' "$@" "https://127.0.0.1:$(port_of "$zone")$path")
    status=${body##*$'\n'}
    body=${body%$'\n'*}
}
header() { tr -d '\r' <"$headers" | sed -n "s/^$1: //Ip" | tail -n 1; }
# create DESK ZONE_TO BYTES NAME: announces a file; sets id
create() {
    call "$1" POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $3" \
        -H "Upload-Metadata: filename $(printf %s "$4" | base64 -w0),zone_to $(printf %s "$2" | base64 -w0)"
    id=$(header Location)
    id=${id##*/}
}
# append DESK ID OFFSET FILE [ARGUMENT OF CURL...]
append() {
    local desk=$1 upload=$2 offset=$3 file=$4
    shift 4
    call "$desk" PATCH "/api/v1/uploads/$upload" -H 'Tus-Resumable: 1.0.0' -H "Upload-Offset: $offset" \
        -H 'Content-Type: application/offset+octet-stream' -H 'Expect:' --upload-file "$file" "$@"
}
# send DESK ZONE_TO FILE [NAME]: sets id
send() {
    create "$1" "$2" "$(stat -c %s "$3")" "${4-${3##*/}}"
    [[ $status == 201 ]] || fail "$1 could not announce $3: $status $body"
    append "$1" "$id" 0 "$3"
    [[ $status == 204 ]] || fail "$1 could not send $3: $status $body"
}
look() { call "$1" GET "/api/v1/transfers/$2"; }
# settles DESK ID [SECONDS]: waits until the transfer needs nobody but people; its detail is then the body
settles() { waits_until "${3-60}" has_settled "$1" "$2" || fail "the transfer is still $(field state)"; }
has_settled() {
    look "$1" "$2"
    [[ $status == 200 ]] || fail "$1 cannot see the transfer: $status $body"
    [[ ! $(field state) =~ ^(uploading|received|processing|releasing)$ ]]
}
# fetch DESK ID content|receipt FILE [ARGUMENT OF CURL...]
fetch() { local desk=$1 path="/api/v1/transfers/$2/$3" file=$4; shift 4; call "$desk" GET "$path" -o "$file" "$@"; }
confirm() { call "$1" POST /api/v1/session/confirm -H 'Content-Type: application/json' --data "{\"password\":\"$password\"}"; }
# decide DESK ID true|false [REASON]
decide() {
    call "$1" POST "/api/v1/transfers/$2/decision" -H 'Content-Type: application/json' \
        --data "{\"approve\":$3,\"reason\":\"${4-}\"}"
}
sha256() { sha256sum "$1" | cut -d' ' -f1; }
sekisho() { "$SEKISHO_BIN_DIR/sekisho" "$@"; }

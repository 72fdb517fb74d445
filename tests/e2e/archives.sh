# Do archives of every kind, split sets and passwords work in the confined workers, from the command line?
. "$(dirname "$0")/lib.sh" || exit 1
in=$root/in out=$root/out
mkdir -p "$in/資料"
printf '住民票\n' >"$in/資料/報告.txt"
printf 'a,b\r\n' >"$in/表.csv"
seq 100000 | sort -R --random-source=<(yes) >"$in/noise.txt"
cd "$in" || exit 1
run() { # EXIT-CODE ARGUMENT...
    local wanted=$1 code
    shift
    LC_ALL=C.UTF-8 timeout 100 "$SEKISHO_BIN_DIR/sekisho" sanitize "$@" >"$root/stdout" 2>"$root/stderr"
    code=$?
    equal "$code" "$wanted" "sekisho sanitize $*: $(cat "$root/stdout" "$root/stderr")"
}
# The names in a ZIP, by a program that is not ours.
names() { LC_ALL=C.UTF-8 unzip -Z1 "$1" | LC_ALL=C sort | tr '\n' ' '; }

# Every kind comes out as a ZIP, a single packed file as what is in it.
all=$root/all
mkdir "$all"
LC_ALL=C.UTF-8 7z a "$all/a.7z" 資料 表.csv >/dev/null
tar -cf "$all/b.tar" 資料 表.csv
tar -czf "$all/c.tar.gz" 資料 表.csv
tar -cJf "$all/d.txz" 資料 表.csv
tar --zstd -cf "$all/e.tar.zst" 資料 表.csv
tar -cjf "$all/f.tbz2" 資料 表.csv
LC_ALL=C.UTF-8 gcab -c -z "$all/g.cab" 表.csv
gzip -c 表.csv >"$all/h.csv.gz"
run 0 "$all" --out "$out" --json
for name in a b c d e f; do
    equal "$(names "$out/$name.zip")" '表.csv 資料/ 資料/報告.txt ' "$name"
    equal "$(unzip -p "$out/$name.zip" '*.txt')" 住民票 "the content of $name"
    7z t "$out/$name.zip" >/dev/null || fail "7z does not open $name"
done
equal "$(names "$out/g.zip")" '表.csv ' "the cabinet"
equal "$(tr -d '\r\357\273\277' <"$out/h.csv")" a,b "the packed table"
contains "$(cat "$root/stdout")" '"code":"archive.repacked"' "the finding"

# A RAR and an LZH, byte by byte: nothing free makes them.
python3 - "$root" <<'PYTHON'
import struct, sys, zlib
def block(content): return struct.pack("<I", zlib.crc32(bytes([len(content)]) + content)) + bytes([len(content)]) + content
data, name = b"hello\n", "報告.txt".encode()
file = bytes([2, 2, len(data), 4, len(data), 0]) + struct.pack("<I", zlib.crc32(data)) + bytes([0, 1, len(name)]) + name
open(sys.argv[1] + "/r.rar", "wb").write(b"Rar!\x1a\x07\1\0" + block(bytes([1, 0, 0])) + block(file) + data + block(bytes([5, 0, 0])))
def crc16(data):
    crc = 0
    for octet in data:
        crc ^= octet
        for _ in range(8): crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
name = "報告.txt".encode("cp932")
header = b"-lh0-" + struct.pack("<III", len(data), len(data), 0x210000) + b"\x20\0" + bytes([len(name)]) + name + struct.pack("<H", crc16(data))
open(sys.argv[1] + "/l.lzh", "wb").write(bytes([len(header), sum(header) & 255]) + header + data + b"\0")
PYTHON
run 0 "$root/r.rar" "$root/l.lzh" --out "$out"
equal "$(names "$out/r.zip")$(names "$out/l.zip")" '報告.txt 報告.txt ' "RAR and LZH"

# The parts of a set are one input, if they are all there; alone they are refused by name.
sets=$root/sets
mkdir "$sets"
7z a -v150k "$sets/n.7z" noise.txt >/dev/null
zip -q -s 100k "$sets/z.zip" noise.txt
run 0 "$sets" --out "$root/joined" --json
equal "$(wc -l <"$root/stdout")" 2 "one line for each set"
for name in n z; do
    cmp <(unzip -p "$root/joined/$name.zip") noise.txt || fail "the content of $name"
done
contains "$(cat "$root/stdout")" '"code":"archive.joined"' "the finding"
run 10 "$sets/n.7z.001" "$sets/z.z01" --out "$root/alone" --json
equal "$(grep -c '"reason":"archive.part"' "$root/stdout")" 2 "parts alone"
mkdir "$root/numbers"
echo one >"$root/numbers/day.001"
echo two >"$root/numbers/day.002"
run 0 "$root/numbers" --out "$root/apart" --json
equal "$(wc -l <"$root/stdout")" 2 "numbered files that are no archive"

# Passwords come from a file, never from the command line.
printf '\357\273\277wrong\r\nひみつ\r\nsecret\r\n' >"$root/passwords"
echo wrong >"$root/no-passwords"
zip -q -P secret "$root/p.zip" 表.csv
7z a -psecret -mem=AES256 "$root/q.zip" 表.csv >/dev/null
LC_ALL=C.UTF-8 7z a -pひみつ -mhe=on "$root/t.7z" 表.csv >/dev/null
zip -q -P "$(printf ひみつ | iconv -t CP932)" "$root/s.zip" 表.csv
run 10 "$root/p.zip" "$root/q.zip" "$root/t.7z" --out "$root/closed" --json
equal "$(grep -c '"reason":"input.encrypted"' "$root/stdout")" 3 "without passwords"
run 10 "$root/p.zip" "$root/q.zip" "$root/t.7z" --out "$root/closed" --json --password-file "$root/no-passwords"
equal "$(grep -c '"reason":"archive.password"' "$root/stdout")" 3 "with wrong ones"
run 0 "$root/p.zip" "$root/q.zip" "$root/s.zip" "$root/t.7z" --out "$root/opened" --json --password-file "$root/passwords"
for name in p q s t; do equal "$(names "$root/opened/$name.zip")" '表.csv ' "$name"; done
grep -E 'secret|ひみつ' "$root/stdout" "$root/opened/"*.json && fail "a password is told"
for n in {1..11}; do echo "$n"; done >"$root/eleven"
run 2 "$root/p.zip" --out "$root/closed" --password-file "$root/eleven"
head -c 200 /dev/zero | tr '\0' a >"$root/long"
run 2 "$root/p.zip" --out "$root/closed" --password-file "$root/long"

# Bombs end soon with a limit.
truncate -s 300M "$root/zeros"
xz -0 -T1 -c "$root/zeros" >"$root/bomb.xz"
tar -S -cf "$root/bomb.tar" -C "$root" zeros
start=$SECONDS
run 10 "$root/bomb.xz" "$root/bomb.tar" --out "$root/bombs" --json
equal "$(grep -c '"reason":"limit\.' "$root/stdout")" 2 "bombs"
((SECONDS - start < 10)) || fail "bombs took $((SECONDS - start)) seconds"
exit 0

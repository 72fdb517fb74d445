// Excel of 5 to 2003, record by record.
#include "tests/sanitizer/rows/l_samples.h"
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

enum Record : std::uint16_t {
    formula = 0x0006,
    defined_name = 0x0018,
    file_pass = 0x002F,
    query = 0x00DC,
    supporting_book = 0x01AE,
    hyperlink = 0x01B8,
};

Bytes record(Record type, std::string_view content) {
    return excel_record(type, as_view(content));
}

Bytes with_vba() {
    return excel_file({}, {storage("_VBA_PROJECT_CUR", {storage("VBA", {stream("dir", to_bytes("evil macro"))})})});
}

// =EXEC("calc.exe") in A1 of a macro sheet, and the name that starts it.
Book started_macro(bool old) {
    ByteWriter call;
    for (int i = 0; i < 3; ++i) call.u16le(0);
    call.u64le(0); // the last result
    call.u16le(0);
    call.u32le(0);
    const std::string tokens = old ? std::string("\x17\x08"
                                                 "calc.exe\x42\x01\x6E\x00",
                                                 14)
                                   : std::string("\x17\x08\x00"
                                                 "calc.exe\x42\x01\x6E\x00",
                                                 15);
    call.u16le(static_cast<std::uint16_t>(tokens.size()));
    call.text(tokens);
    Book book;
    book.old = old;
    book.macros = {excel_record(formula, call.bytes())};
    const std::string automatic(old ? std::string("\x20\0\0\1\0\0\0\0\0\0\0\0\0\0\1", 15)
                                    : std::string("\x20\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1", 16));
    book.globals = {record(defined_name, automatic)};
    return book;
}

// [MS-XLS] 2.5.277: a path begins with 1; "\1\5" and a length is an address.
Bytes with_other_book() {
    const std::string place = "http://evil.example/other.xls";
    Book book;
    book.globals = {
        record(supporting_book, std::string("\1\0", 2) +
                                    excel_string("\1\5" + std::string(1, static_cast<char>(place.size())) + place) +
                                    excel_string("Sheet1"))};
    return excel_file(book);
}

Bytes with_query() {
    Book book;
    book.cells = {record(query, excel_string("ODBC;DSN=evil;SERVER=evil.example"))};
    return excel_file(book);
}

// [MS-OSHARED] 2.3.7.1: a hyperlink (class D0...) whose place is an address (class E0...).
Bytes with_link(std::string_view place) {
    ByteWriter writer;
    writer.u64le(0); // the cells: A1
    for (const char* one : {"\xD0", "\xE0"}) {
        writer.text(one);
        writer.text({"\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 15});
        if (*one != '\xD0') break;
        writer.u32le(2);
        writer.u32le(3); // there is an address, and it is absolute
    }
    writer.u32le(static_cast<std::uint32_t>(place.size() * 2 + 2));
    for (const char c : place) writer.u16le(static_cast<std::uint8_t>(c));
    writer.u16le(0);
    Book book;
    book.cells = {excel_record(hyperlink, writer.bytes())};
    return excel_file(book);
}

Bytes with_control() {
    return excel_file({}, {stream("Ctls", to_bytes("evil.Control.1"))});
}

Bytes of_1995() {
    return excel_file({.old = true});
}

// [MS-OFFCRYPTO] 2.3.6 with the password that Office tries by itself, or another.
constexpr const char* rc4 = R"(
import hashlib, struct, sys
password, salt = sys.argv[1].encode("utf-16-le"), bytes(range(16))
def md5(data): return hashlib.md5(data).digest()
base = md5((md5(password)[:5] + salt) * 16)[:5]
def stream(key):
    s, j = list(range(256)), 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        yield s[(s[i] + s[j]) & 255]
def block(number, size):
    key = stream(md5(base + struct.pack("<I", number)))
    return [next(key) for _ in range(size)]
data = bytearray(open("in", "rb").read())
keys = [k for number in range(len(data) // 1024 + 1) for k in block(number, 1024)]
verifier = bytes(range(16, 32))
packed = bytes(a ^ b for a, b in zip(verifier + md5(verifier), block(0, 32)))
at = 0
while at < len(data):
    kind, size = struct.unpack_from("<HH", data, at)
    begin, end = at + 4, at + 4 + size
    if kind == 0x2F:
        data[begin:end] = struct.pack("<HHH", 1, 1, 1) + salt + packed
    elif kind != 0x809:
        for i in range(begin + 4 * (kind == 0x85), end):
            data[i] ^= keys[i]
    at = end
open("out", "wb").write(data)
)";

Bytes encrypted(const std::string& password) {
    Book book;
    book.globals = {record(file_pass, std::string(54, '\0'))};
    const tests::Workbench bench;
    bench.write("rc4.py", rc4);
    bench.write("in", as_text(book.bytes()));
    if (!bench.run("python3 rc4.py " + password)) bug("the sample could not be encrypted");
    return tests::ole_file({stream("Workbook", to_bytes(bench.read("out")))});
}

} // namespace

Row L02() {
    return {.made = {{.name = "macro.xls",
                      .make = with_vba,
                      .found = {Finding::ole_excel_macro},
                      .gone = {"evil macro"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "macroEnabled"}};
}

Row L03() {
    return {.made = {{.name = "macro-sheet.xls",
                      .make = [] { return excel_file(started_macro(false)); },
                      .found = {Finding::ole_xlm_macro},
                      .never = {"EXEC(", "Auto_Open", "macrosheet"},
                      .kept = {"words"}},
                     {.name = "macro-sheet-95.xls",
                      .make = [] { return excel_file(started_macro(true)); },
                      .found = {Finding::ole_xlm_macro},
                      .never = {"EXEC(", "Auto_Open", "macrosheet"},
                      .kept = {"words"}}},
            .never = {"EXEC(", "Auto_Open", "macrosheet"}};
}

Row L08() {
    return {.made = {{.name = "other-book.xls",
                      .make = with_other_book,
                      .found = {Finding::ole_external_link},
                      .gone = {"evil.example"},
                      .kept = {"words"}},
                     {.name = "query.xls",
                      .make = with_query,
                      .found = {Finding::ole_external_link},
                      .gone = {"DSN=evil", "evil.example"},
                      .kept = {"words"}}},
            .never = {"externalLink", "queryTable"}};
}

Row L09() {
    return {.made = {{.name = "control.xls",
                      .make = with_control,
                      .found = {Finding::ole_activex},
                      .gone = {"evil.Control"},
                      .kept = {"words"}}},
            .never = {"activeX"}};
}

Row L10() {
    return {.made = {{.name = "script.xls",
                      .make = [] { return with_link("javascript:evil()"); },
                      .found = {Finding::ole_hyperlink},
                      .gone = {"javascript:"},
                      .kept = {"words"}},
                     {.name = "script.doc",
                      .make = [] { return word_field_file(" HYPERLINK \"javascript:evil()\"", '\x58'); },
                      .found = {Finding::ooxml_hyperlink},
                      .gone = {"javascript:"},
                      .kept = {"words"}}},
            .also_plain = true,
            .never = {"javascript:"}};
}

Row L11() {
    return {.made = {{.name = "default-password.xls",
                      .make = [] { return encrypted("VelvetSweatshop"); },
                      .found = {Finding::ole_encryption},
                      .kept = {"words"}},
                     {.name = "known-password.xls",
                      .make = [] { return encrypted("secret"); },
                      .found = {Finding::ole_encryption},
                      .kept = {"words"},
                      .passwords = {"wrong", "secret"}},
                     {.name = "unknown-password.xls",
                      .make = [] { return encrypted("secret"); },
                      .refused = Reason::input_encrypted,
                      .passwords = {"wrong"}}}};
}

Row L13() {
    return {.made = {{.name = "of-1995.xls", .make = of_1995, .found = {Finding::ole_old_version}, .kept = {"words"}}}};
}

} // namespace sekisho::rows

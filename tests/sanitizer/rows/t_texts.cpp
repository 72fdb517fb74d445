// Text and everything else.
#include "tests/sanitizer/formats/zip_container/raw_zip.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

namespace {

Bytes packed(const std::vector<std::pair<std::string, std::string>>& members) {
    tests::RawZip archive;
    for (const auto& [name, content] : members) {
        archive.members.emplace_back();
        archive.members.back().name = name;
        archive.members.back().content = content;
        archive.members.back().flags = 1 << 11; // names are UTF-8
    }
    return to_bytes(archive.build());
}

} // namespace

Row T01() {
    return {.made = {{.name = "formula.csv",
                      .make = written<"name,value\nx,=cmd|'/c calc'!A1\ny,-1.5\nz,2026-11-28\n">,
                      .found = {Finding::csv_formula},
                      .gone = {",=cmd"},
                      .kept = {"name,value", "y,-1.5", "z,2026-11-28"}}},
            .never = {",=cmd", "\n=cmd"}};
}

Row T02() {
    return {.made = {{.name = "table.slk",
                      .make = written<"ID;PWXL;N;E\nC;Y1;X1;K1;ECALL()\nE\n">,
                      .refused = Reason::type_unsupported},
                     {.name = "query.iqy",
                      .make = written<"WEB\n1\nhttp://evil.example/x\n">,
                      .refused = Reason::type_executable}},
            .also_refused = {Reason::type_executable, Reason::type_unknown}};
}

Row T03() {
    return {.made = {{.name = "direction.txt",
                      .make = written<"words \xE2\x80\xAE reversed \xE2\x80\xAC end\n">,
                      .found = {Finding::text_bidi},
                      .gone = {"\xE2\x80\xAE"},
                      .kept = {"words", "reversed"}},
                     {.name = "invisible.txt",
                      .make = written<"wo\xE2\x80\x8Brds\n">,
                      .found = {Finding::text_zero_width},
                      .kept = {"rds"}},
                     {.name = "control.txt",
                      .make = written<"words \x1b[31m red\n">,
                      .found = {Finding::text_control},
                      .gone = {"\x1b"},
                      .kept = {"words", "red"}}},
            .also_found = {Finding::html_charset, Finding::html_unknown, Finding::html_script, Finding::html_remote,
                           Finding::html_address},
            .also_refused = {Reason::type_executable},
            .also_plain = true,
            .never = {"\xE2\x80\xAE", "\xE2\x80\xAD", "\xE2\x81\xA6"}};
}

Row T04() {
    return {
        .made = {{.name = "name-that-turns.eml",
                  .make = written<"From: a@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
                                  "boundary=x\r\n\r\n--x\r\nContent-Type: application/octet-stream\r\n"
                                  "Content-Disposition: attachment; filename=\"a\xE2\x80\xAEgpj.exe\"\r\n\r\nwords\r\n"
                                  "--x--\r\n">,
                  .found = {Finding::mail_attachment_name},
                  .gone = {"\xE2\x80\xAE"},
                  .kept = {"words"}},
                 {.name = "names-that-turn.zip",
                  .make =
                      [] {
                          return packed({{"a\xE2\x80\xAEtxt.exe", "words"}});
                      },
                  .found = {Finding::zip_name},
                  .gone = {"\xE2\x80\xAE"},
                  .kept = {"words"}}},
        .also_plain = true}; // the name of the file itself is the concern of sanitizer/name
}

Row T05() {
    return {.made = {{.name = "shortcut.lnk",
                      .make =
                          [] {
                              return to_bytes(std::string("L\0\0\0\1\x14\2\0\0\0\0\0\xC0\0\0\0\0\0\0F", 20) +
                                              std::string(80, '\0'));
                          },
                      .refused = Reason::type_executable},
                     {.name = "shortcut.url",
                      .make = written<"[InternetShortcut]\r\nURL=file://evil/x.exe\r\n">,
                      .refused = Reason::type_executable}}};
}

Row T06() {
    return {.made = {{.name = "section.one",
                      .make =
                          [] {
                              return to_bytes(
                                  std::string("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3") +
                                  std::string(1000, '\0'));
                          },
                      .refused = Reason::type_unsupported}}};
}

Row T07() {
    return {.made = {{.name = "help.chm",
                      .make = [] { return to_bytes("ITSF" + std::string(100, '\0')); },
                      .refused = Reason::type_executable},
                     {.name = "help.hlp",
                      .make = [] { return to_bytes(std::string("?_\3\0", 4) + std::string(100, '\0')); },
                      .refused = Reason::type_executable}}};
}

Row T08() {
    return {.made = {{.name = "renamed-program.txt",
                      .make = [] { return to_bytes("MZ" + std::string(200, '\0')); },
                      .refused = Reason::type_executable},
                     {.name = "renamed-text.zip",
                      .make =
                          [] {
                              return packed({{"photo.jpg", "words"}});
                          },
                      .found = {Finding::zip_extension},
                      .kept = {"photo.jpg.txt", "words"}},
                     {.name = "renamed-attachment.eml",
                      .make = written<"From: a@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
                                      "boundary=x\r\n\r\n--x\r\nContent-Type: image/jpeg; name=photo.jpg\r\n"
                                      "Content-Disposition: attachment; filename=photo.jpg\r\n\r\nwords\r\n--x--\r\n">,
                      .found = {Finding::mail_attachment_type},
                      .kept = {"words"}},
                     {.name = "other-charset.txt",
                      .make = written<"\x8f\x5a\x96\xaf\x95\x5b\x82\xcc\x8e\xca\x82\xb5\r\n">,
                      .found = {Finding::text_charset},
                      .kept = {"住民票の写し"}}}};
}

Row T09() {
    return {
        .made =
            {{.name = "book.epub",
              .make =
                  [] {
                      return packed({{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", "<container/>"}});
                  },
              .refused = Reason::type_unsupported},
             {.name = "drawing.vsdx",
              .make =
                  [] {
                      return packed(
                          {{"[Content_Types].xml",
                            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            "<Override PartName=\"/visio/document.xml\" "
                            "ContentType=\"application/vnd.ms-visio.drawing.main+xml\"/></Types>"},
                           {"_rels/.rels",
                            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            "<Relationship Id=\"r\" Type=\"http://schemas.microsoft.com/visio/2010/"
                            "relationships/document\" Target=\"visio/document.xml\"/></Relationships>"},
                           {"visio/document.xml", "<VisioDocument/>"}});
                  },
              .refused = Reason::type_unknown}},
        .also_refused = {Reason::type_executable}};
}

Row T11() {
    // In two halves, so that no anti-virus program stops at this source file.
    return {.made = {{.name = "standard-test-file.txt",
                      .make =
                          [] {
                              return to_bytes(std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}$") +
                                              "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
                          },
                      .refused = Reason::scan_infected,
                      .signatures = "gateway/scanner/signatures"}}};
}

} // namespace sekisho::rows

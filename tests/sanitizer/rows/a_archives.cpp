// Archives: what is in them.
#include "tests/sanitizer/formats/zip_container/raw_zip.h"
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

using tests::RawMember;
using tests::RawZip;

Bytes zip(RawZip archive) {
    return to_bytes(archive.build());
}

RawMember member(std::string name, std::string content = "words") {
    RawMember made;
    made.name = std::move(name);
    made.content = std::move(content);
    return made;
}

} // namespace

Row A05() {
    return {.made = {{.name = "out-of-here.zip",
                      .make =
                          [] {
                              return zip({.members = {member("ok.txt"), member("../../evil.txt")}});
                          },
                      .refused = Reason::zip_traversal},
                     {.name = "absolute.zip",
                      .make =
                          [] {
                              return zip({.members = {member("C:\\Windows\\a.txt"), member("/etc/b.txt")}});
                          },
                      .found = {Finding::zip_name},
                      .gone = {"C:\\Windows"},
                      .kept = {"member Windows/a.txt", "member etc/b.txt"}}},
            .also_found = {Finding::archive_repacked},
            .never = {"member /", "../"}};
}

Row A06() {
    return {.made = {{.name = "link.zip",
                      .make =
                          [] {
                              RawZip archive{.members = {member("link.txt", "/etc/passwd"), member("ok.txt")}};
                              archive.members[0].attributes = 0120777U << 16;
                              return zip(archive);
                          },
                      .found = {Finding::zip_link},
                      .gone = {"passwd", "link.txt"},
                      .kept = {"ok.txt"}},
                     {.name = "link.tar",
                      .make =
                          [] {
                              return made_by(
                                  "ln -s /etc/passwd link.txt && echo words >ok.txt && tar -cf out link.txt ok.txt",
                                  {});
                          },
                      .found = {Finding::zip_link},
                      .gone = {"passwd", "link.txt"},
                      .kept = {"ok.txt", "words"}}},
            .also_refused = {Reason::type_empty, Reason::zip_method, Reason::zip_traversal}};
}

Row A08() {
    return {.made = {{.name = "names-twice.zip",
                      .make =
                          [] {
                              return zip({.members = {member("a.txt", "one"), member("A.TXT", "two")}});
                          },
                      .found = {Finding::zip_duplicate},
                      .kept = {"member a.txt", "member A (2).TXT", "one", "two"}}},
            .also_refused = {Reason::zip_headers_disagree, Reason::type_ambiguous, Reason::zip_overlap}};
}

Row A12() {
    return {.made = {{.name = "japanese-names.zip",
                      .make = [] { return zip({.members = {member("\x8f\x5a\x96\xaf\x95\x5b.txt")}}); },
                      .found = {Finding::zip_name_charset},
                      .kept = {"住民票.txt"}},
                     {.name = "japanese-names.lzh",
                      .make =
                          [] {
                              return to_bytes(tests::lzh({{"\x8f\x5a\x96\xaf\x95\x5b.txt", "words"}}));
                          },
                      .found = {Finding::archive_repacked},
                      .kept = {"住民票.txt", "words"}}},
            .also_refused = {Reason::zip_headers_disagree},
            .also_plain = true};
}

Row A13() {
    return {.made = {{.name = "reserved-names.zip",
                      .make =
                          [] {
                              return zip({.members = {member("nul.txt"), member("a:b.txt"),
                                                      member(std::string(1000, 'n') + ".txt")}});
                          },
                      .found = {Finding::zip_name},
                      .gone = {"member nul.txt", "a:b.txt", std::string(300, 'n')},
                      .kept = {"member _nul.txt"}},
                     {.name = "left-behind.zip",
                      .make =
                          [] {
                              return zip({.members = {member("__MACOSX/._a.txt", "evil"), member("a.txt")}});
                          },
                      .found = {Finding::zip_litter},
                      .gone = {"__MACOSX", "evil"},
                      .kept = {"member a.txt"}}},
            .also_refused = {Reason::zip_traversal}};
}

Row A16() {
    return {.made = {{.name = "old.lzh",
                      .make =
                          [] {
                              return to_bytes(tests::lzh({{"a.txt", "words"}}));
                          },
                      .found = {Finding::archive_repacked},
                      .gone = {"-lh0-"},
                      .kept = {"member a.txt", "words"}},
                     {.name = "old.cab",
                      .make = [] { return made_by("echo words >a.txt && gcab -c out a.txt >/dev/null", {}); },
                      .found = {Finding::archive_repacked},
                      .gone = {"MSCF"},
                      .kept = {"member a.txt", "words"}}}};
}

Row A18() {
    return {.made = {{.name = "program-inside.zip",
                      .make =
                          [] {
                              return zip({.members = {member("setup.exe", "MZ evil program" + std::string(100, '\0')),
                                                      member("ok.txt")}});
                          },
                      .found = {Finding::zip_member_refused},
                      .gone = {"evil program"},
                      .kept = {"setup.exe.blocked.txt", "member ok.txt"}},
                     {.name = "double-extension.zip",
                      .make = [] { return zip({.members = {member("letter.txt.js", "words")}}); },
                      .found = {Finding::zip_extension},
                      .kept = {"letter.txt.js.txt"}}}};
}

Row A20() {
    return {
        .made = {{.name = "packed-text.gz",
                  .make = [] { return made_by("gzip -n <in >out", as_view("words\n")); },
                  .found = {Finding::archive_unpacked},
                  .kept = {"words"}},
                 {.name = "more-behind.gz",
                  .make = [] { return made_by("gzip -n <in >out && printf 'evil behind' >>out", as_view("words\n")); },
                  .found = {Finding::zip_hidden_data},
                  .gone = {"evil behind"},
                  .kept = {"words"}}},
        .also_refused = {Reason::archive_part, Reason::limit_depth, Reason::archive_damaged, Reason::input_damaged}};
}

} // namespace sekisho::rows

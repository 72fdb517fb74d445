// Archives: how they are built, packed and locked.
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

Bytes nested(int depth) {
    std::string inner = RawZip{.members = {member("a.txt")}}.build();
    for (int i = 0; i < depth; ++i) inner = RawZip{.members = {member("inner.zip", inner)}}.build();
    return to_bytes(inner);
}

std::vector<std::string> two_volumes() {
    return tests::rar5_volumes("a.txt", {"wo", "rds"});
}

} // namespace

Row A01() {
    return {
        .made = {{.name = "zeros.zip",
                  .make =
                      [] { return made_by("head -c 40000000 /dev/zero | zip -q -9 out.zip - && cp out.zip out", {}); },
                  .refused = Reason::limit_ratio}},
        .also_found = {Finding::zip_member_refused},
        .also_plain = true}; // the real files stay below the limits
}

Row A02() {
    return {.made = {{.name = "nested.zip", .make = [] { return nested(10); }, .refused = Reason::limit_depth}},
            .also_found = {Finding::zip_member_refused},
            .also_refused = {Reason::limit_ratio}};
}

Row A03() {
    // A file that truly contains itself is among the real ones; an endless nesting is what it amounts to.
    return {.made = {{.name = "endless.zip", .make = [] { return nested(40); }, .refused = Reason::limit_depth}},
            .also_found = {Finding::zip_member_refused},
            .also_refused = {Reason::archive_repeats, Reason::type_ambiguous, Reason::zip_headers_disagree,
                             Reason::zip_directory_damaged}};
}

Row A04() {
    return {.made = {{.name = "overlapping.zip",
                      .make =
                          [] {
                              return zip({.members = {member("a.txt", "same"), member("a.txt", "same")},
                                          .same_data_for_all = true});
                          },
                      .refused = Reason::zip_overlap},
                     {.name = "one-of-several.zip",
                      .make = [] { return zip({.members = {member("a.txt")}, .disk = 3}); },
                      .refused = Reason::zip_spanned}},
            .also_refused = {Reason::archive_part}};
}

Row A07() {
    return {.made = {{.name = "two-names.zip",
                      .make =
                          [] {
                              RawMember two = member("a.txt");
                              two.local_name = "b.exe";
                              return zip({.members = {two}});
                          },
                      .refused = Reason::zip_headers_disagree}},
            .also_refused = {Reason::zip_directory_damaged, Reason::zip_truncated}};
}

Row A09() {
    return {
        .made = {{.name = "around.zip",
                  .make =
                      [] {
                          return zip(
                              {.members = {member("a.txt")}, .prefix = "PREFIX", .comment = "COMMENT", .gap = "GAPS"});
                      },
                  .found = {Finding::zip_hidden_data},
                  .gone = {"PREFIX", "COMMENT", "GAPS"},
                  .kept = {"member a.txt"}}},
        .also_refused = {Reason::zip_headers_disagree, Reason::type_ambiguous}};
}

Row A10() {
    return {.made = {{.name = "larger-than-said.zip",
                      .make =
                          [] {
                              RawMember lie = member("a.txt", std::string(5000, 'x'));
                              lie.deflate = true;
                              lie.local = lie.central = [](RawMember::Fields& fields) { fields.unpacked = 10; };
                              return zip({.members = {lie}});
                          },
                      .refused = Reason::zip_size}},
            .also_refused = {Reason::limit_ratio, Reason::zip_headers_disagree, Reason::zip_crc, Reason::limit_bytes,
                             Reason::zip_directory_damaged}};
}

Row A11() {
    return {
        .made = {{.name = "locked.zip",
                  .make = [] { return made_by("echo words >a.txt && zip -q -P secret z a.txt && cp z.zip out", {}); },
                  .refused = Reason::input_encrypted},
                 {.name = "opened.zip",
                  .make = [] { return made_by("echo words >a.txt && zip -q -P secret z a.txt && cp z.zip out", {}); },
                  .found = {Finding::archive_decrypted},
                  .kept = {"member a.txt", "words"},
                  .passwords = {"wrong", "secret"}},
                 {.name = "wrong-password.zip",
                  .make = [] { return made_by("echo words >a.txt && zip -q -P secret z a.txt && cp z.zip out", {}); },
                  .refused = Reason::archive_password,
                  .passwords = {"wrong"}},
                 {.name = "locked.7z",
                  .make =
                      [] {
                          return made_by(
                              "echo words >a.txt && 7z a -psecret -mhe=on z.7z a.txt >/dev/null && cp z.7z out", {});
                      },
                  .refused = Reason::input_encrypted},
                 {.name = "opened.7z",
                  .make =
                      [] {
                          return made_by(
                              "echo words >a.txt && 7z a -psecret -mhe=on z.7z a.txt >/dev/null && cp z.7z out", {});
                      },
                  .found = {Finding::archive_decrypted},
                  .kept = {"member a.txt", "words"},
                  .passwords = {"wrong", "secret"}}},
        .also_refused = {Reason::archive_encryption, Reason::archive_damaged}};
}

Row A14() {
    return {.made = {{.name = "lone.part1.rar",
                      .make = [] { return to_bytes(two_volumes()[0]); },
                      .refused = Reason::archive_part}},
            .also_refused = {Reason::zip_spanned, Reason::zip_truncated, Reason::zip_directory_damaged}};
}

Row A15() {
    return {.made = {{.name = "rare-way.zip",
                      .make =
                          [] {
                              RawMember rare = member("a.txt");
                              rare.local = rare.central = [](RawMember::Fields& fields) { fields.method = 98; };
                              return zip({.members = {rare}});
                          },
                      .refused = Reason::zip_method}},
            .also_found = {Finding::zip_link},
            .also_refused = {Reason::archive_method}};
}

Row A17() {
    return {.made = {{.name = "damaged.7z",
                      .make =
                          [] {
                              return made_by("echo words >a.txt && 7z a z.7z a.txt >/dev/null && printf XXXX | dd "
                                             "of=z.7z bs=1 seek=40 conv=notrunc status=none && cp z.7z out",
                                             {});
                          },
                      .refused = Reason::archive_damaged}},
            .also_refused = {Reason::archive_part, Reason::limit_memory, Reason::limit_members, Reason::input_short,
                             Reason::archive_method},
            .also_plain = true};
}

Row A19() {
    return {
        .made = {{.name = "self-extracting.exe",
                  .make = [] { return zip({.members = {member("a.txt")}, .prefix = "MZ" + std::string(200, '\0')}); },
                  .refused = Reason::type_executable},
                 {.name = "disk.iso",
                  .make = [] { return to_bytes(std::string(32768, '\0') + "\1CD001\1" + std::string(2041, '\0')); },
                  .refused = Reason::type_executable}}};
}

} // namespace sekisho::rows

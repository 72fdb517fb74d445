// What is signed: a short text that names every file by its digest, and what the policy follows.
//
//   sekisho-policy-manifest 1
//   act activate
//   title 霞市の標準ポリシー
//   version 42
//   valid 2026-04-01..2027-03-31        (or: always)
//   previous 64 hexadecimal digits      (of the manifest in force; or: none)
//   author k.sato
//   reason ...                          (only if there is one)
//   main policy.sekisho
//   file DIGEST BYTES NAME              (by name)
//
// There is exactly one way to write a manifest: what differs in a byte is refused, so nothing that was signed can be
// read in two ways. Manifests form a chain by `previous`, so none can ever be used again.
#pragma once

#include <vector>

#include "base/crypto/crypto.h"
#include "policy/sign/lines.h"
#include "policy/sign/problem.h"

namespace sekisho::sign {

inline constexpr std::size_t manifest_max = 64 * 1024;  // bytes
inline constexpr std::size_t files_max = 64;            // as the language allows
inline constexpr std::size_t file_bytes_max = 1U << 20; // each
inline constexpr std::size_t text_max = 1000;           // bytes of title and reason

enum class Act : std::uint8_t {
    activate, // a version that is newer than every one before
    rollback  // files that were in force before
};
std::string_view name_of(Act act);

struct NamedText {
    std::string name;
    std::string text;
};

struct ManifestFile {
    std::string name;
    std::uint64_t size = 0;
    Digest digest{};
    friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

struct Manifest {
    Act act = Act::activate;
    std::string title;
    std::uint64_t version = 0;
    std::optional<Days> valid;
    std::optional<Digest> previous; // SHA-256 of the manifest in force
    std::string author;
    std::string reason;
    std::string main;
    std::vector<ManifestFile> files; // by name
    friend bool operator==(const Manifest&, const Manifest&) = default;

    // manifest_format.
    static Result<Manifest> parse(std::string_view text);
    std::string text() const;
    // name_bad for what text() could not write.
    Result<> check() const;
};

// Sorted. name_bad.
Result<std::vector<ManifestFile>> describe(const std::vector<NamedText>& files);
// files_differ unless these are exactly the files of the manifest, in any order.
Result<> check_files(const Manifest& manifest, const std::vector<NamedText>& files);

} // namespace sekisho::sign

// libarchive behind our types: one kind of archive at a time, members in the order of the file. Everything that differs
// between its versions stays in reader.cpp and library.cpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/formats/archive_encryption/archive_encryption.h"

namespace sekisho::archive_foreign {

class Reader {
public:
    struct Entry {
        enum class Kind : std::uint8_t { file, folder, other }; // other: links and devices
        std::string name;                                       // as stored, or UTF-8
        Kind kind = Kind::other;
        std::optional<std::uint64_t> size; // as declared
        bool sparse = false;
    };

    // `type` is an archive or a single compressed file, which is an archive with one member. `parts`: sizes, if `in` is
    // a split set with its parts one behind the other. `sums`: of the files of a RAR that was encrypted. `in`, `sums`
    // and `budget` must outlive the reader.
    using Sums = std::span<const std::optional<archive_encryption::Sum>>;
    static Result<std::unique_ptr<Reader>> open(Type type, const Source& in, std::span<const std::uint64_t> parts,
                                                Budget& budget, Sums sums = {});
    virtual ~Reader() = default;

    // The next member, or nothing at the end. Refuses an encrypted one.
    virtual Result<std::optional<Entry>> next() = 0;
    // The content of the member that next() gave; takes from the budget.
    virtual Result<> read_to(Sink& out) = 0;
    // After the end: whether bytes follow that belong to no member.
    virtual Result<bool> bytes_after() = 0;
};

// Libarchive on one archive in one piece that was made here.
Result<std::unique_ptr<Reader>> open_library(Type type, const Source& in, Budget& budget);

} // namespace sekisho::archive_foreign

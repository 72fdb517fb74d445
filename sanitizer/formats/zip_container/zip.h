// ZIP (PKWARE APPNOTE 6.3.10) read strictly and written in one canonical shape. Used by the archive and Office formats.
// Why our own: a gate must refuse what two readers read differently (local and central headers that disagree, overlaps,
// duplicate names), and no library reports that; the inflating itself is libdeflate's and zlib's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho {

struct ZipEntry {
    enum class Kind : std::uint8_t { file, directory, symlink, device };
    std::string raw_name; // as stored
    std::string
        unicode_name; // Info-ZIP Unicode path (extra field 0x7075), if there and made for raw_name; UTF-8 by claim
    bool name_is_utf8 = false;
    Kind kind = Kind::file;
    bool encrypted = false;
    enum class Encryption : std::uint8_t { none, zipcrypto, aes, other };
    Encryption encryption = Encryption::none;
    std::uint8_t password_check = 0; // ZipCrypto: what the last byte of its header must become
    std::uint8_t aes_strength = 0;   // 1 to 3: 128, 192, 256 bits
    std::uint16_t aes_method = 0;    // how it was packed before it was encrypted
    std::uint16_t method = 0;        // 0 stored, 8 deflated; others cannot be read
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0; // as declared; reading more is refused
    std::uint32_t crc = 0;
    bool crc_given = true; // not with AES by its second version, which has a proof of its own
    std::uint64_t data_offset = 0;
};

class ZipReader {
public:
    struct Quirks { // what a rebuild repairs silently but reports
        bool bytes_before = false;
        bool bytes_after = false;
        bool comment = false;
        bool gaps = false;
    };
    // Reads and checks the whole structure; no content. Refuses reasons zip.* and limit.members.
    // `in` and `budget` must outlive the reader.
    // `parts`: sizes, if `in` is a split set with its parts one behind the other (.z01, .z02, ..., .zip).
    static Result<ZipReader> open(const Source& in, Budget& budget, std::span<const std::uint64_t> parts = {});
    // Byte strings that are tried on encrypted members, at the first that fits the search ends. Without any, reading
    // such a member is refused as Reason::input_encrypted; if none fits, as Reason::archive_password.
    void use_passwords(std::vector<std::string> passwords) { m_passwords = std::move(passwords); }
    const std::vector<ZipEntry>& entries() const { return m_entries; }
    const Quirks& quirks() const { return m_quirks; }
    const ZipEntry* find(std::string_view raw_name) const; // exact, or nullptr

    // The member unpacked and CRC-checked; takes from the budget. At most limits().bytes_in_memory.
    Result<Bytes> read(const ZipEntry& entry) const;
    // The same in pieces, for members of any size.
    Result<> read_to(const ZipEntry& entry, Sink& out) const;

private:
    Result<> read_encrypted(const ZipEntry& entry, Sink& out) const;

    const Source* m_in = nullptr;
    Budget* m_budget = nullptr;
    std::vector<std::string> m_passwords;
    mutable std::size_t m_fitted = 0; // the password that fitted last: mostly there is one for all members
    std::vector<ZipEntry> m_entries;
    std::vector<std::uint32_t> m_by_name; // indices of m_entries, sorted by raw_name; equal names keep their order
    Quirks m_quirks;
};

// Loads OpenSSL's algorithms, so that a confined process finds them in memory.
void warm_up_zip();

// Writes members in the order given; fixed date 1980-01-01, no extra fields (but ZIP64 where needed), UTF-8 names.
class ZipWriter {
public:
    enum class Pack : std::uint8_t { store, fast, normal }; // deflate levels 0, 1, 6

    explicit ZipWriter(Sink& out);
    ~ZipWriter();
    ZipWriter(ZipWriter&&) noexcept;
    // A member known whole: sizes stand in its local header.
    Result<> add(std::string_view name, View content, Pack pack = Pack::normal);
    Result<> add_directory(std::string_view name); // `name` ends with '/'
    // A member of unknown size: everything written to the returned Sink until end_member(); data descriptor follows.
    // Less than 4 GiB (a ZIP64 local header would be needed before the size is known); more is refused.
    Result<Sink*> begin_member(std::string_view name, Pack pack = Pack::fast);
    Result<> end_member();
    // Compulsory: writes the central directory.
    Result<> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho

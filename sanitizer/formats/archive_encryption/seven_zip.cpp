#include "sanitizer/formats/archive_encryption/seven_zip.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <libdeflate.h>

#include "sanitizer/formats/archive_encryption/assembled.h"
#include "sanitizer/formats/archive_encryption/passwords.h"
#include "sanitizer/formats/archive_encryption/seven_zip_plan.h"

namespace sekisho::archive_encryption {

namespace {

constexpr std::uint64_t largest_header = 16 << 20; // a hundred bytes for each of 160,000 members
constexpr std::size_t deepest = 4;                 // encoded headers of encoded headers

std::uint32_t crc_of(View view) {
    return libdeflate_crc32(0, view.data(), view.size());
}

// Limits, and what is wrong with us: no other password would do better.
bool ends_the_search(const Error& error) {
    return error.code.starts_with("limit.") || reason_of(error) == Reason::internal;
}

// Counts the first bytes of what is unpacked, and then has enough.
class Proof final : public Sink {
public:
    explicit Proof(const First& first) : m_first(first) {}
    Result<> write(View view) override {
        const std::size_t size = std::min<std::uint64_t>(view.size(), m_first.size - m_size);
        m_crc = libdeflate_crc32(m_crc, view.data(), size);
        m_size += size;
        return is_full() ? refuse(Reason::archive_password) : Result<>();
    }
    bool is_full() const { return m_size == m_first.size; }
    bool proves() const { return is_full() && m_crc == m_first.crc; }

private:
    First m_first;
    std::uint64_t m_size = 0;
    std::uint32_t m_crc = 0;
};

class Opening {
public:
    Opening(const Source& in, std::span<const std::string> passwords, Budget& budget, const Unpack& unpack)
        : m_in(in), m_budget(budget), m_unpack(unpack) {
        for (const std::string& password : utf8_passwords(passwords)) m_passwords.push_back(utf16le(password));
    }

    Result<std::unique_ptr<Source>> run();

private:
    Result<Bytes> stored_header();
    Result<Bytes> decoded(Bytes header);
    Result<Header> header();
    Result<> find_password(const std::function<Result<>()>& attempt);
    Result<> prove(const Plan& plan, const std::vector<First>& firsts);
    Result<std::unique_ptr<Assembled>> assemble(const Plan& plan, std::size_t first_stream, std::size_t count,
                                                const Bytes& header);
    Result<std::unique_ptr<Assembled>> single(const Plan& plan, std::size_t folder, bool with_crc);
    Result<Key> key_for(const Aes& aes);

    const Source& m_in;
    Budget& m_budget;
    const Unpack& m_unpack;
    std::vector<Bytes> m_passwords; // UTF-16LE
    std::size_t m_password = 0;     // the one at hand
    bool m_fits = false;            // it opened something
    std::uint64_t m_end = 0;        // of the archive
    std::map<std::tuple<std::size_t, unsigned, Bytes>, Key> m_keys;
};

Result<Key> Opening::key_for(const Aes& aes) {
    const std::tuple place(m_password, aes.power, aes.salt);
    if (const auto known = m_keys.find(place); known != m_keys.end()) return known->second;
    const Key key = TRY(seven_zip_key(aes.power, aes.salt, m_passwords[m_password], m_budget));
    m_keys.emplace(place, key);
    return key;
}

Result<std::unique_ptr<Assembled>> Opening::assemble(const Plan& plan, std::size_t first_stream, std::size_t count,
                                                     const Bytes& header) {
    std::uint64_t at = plan.from, size = 0;
    for (std::size_t i = 0; i < first_stream; ++i) at += plan.stored[i];
    for (std::size_t i = first_stream; i < first_stream + count; ++i) size += plan.streams.pack_sizes[i];
    ByteWriter next; // "Start Header"
    next.u64le(size);
    next.u64le(header.size());
    next.u32le(crc_of(header));
    ByteWriter start;
    start.text("7z\xbc\xaf\x27\x1c");
    start.u16le(0x0400); // version 0.4
    start.u32le(crc_of(next.bytes()));
    start.raw(next.bytes());
    auto made = std::make_unique<Assembled>(m_in);
    made->add(start.take());
    for (std::size_t i = first_stream; i < first_stream + count; ++i) {
        const auto locked = plan.locked.find(i);
        if (locked == plan.locked.end())
            made->add(at, plan.stored[i]);
        else
            made->add_decrypted(at, locked->second.size, TRY(key_for(locked->second.aes)), locked->second.aes.iv);
        at += plan.stored[i];
    }
    made->add(header);
    return made;
}

Result<std::unique_ptr<Assembled>> Opening::single(const Plan& plan, std::size_t folder, bool with_crc) {
    std::size_t first_stream = 0;
    for (std::size_t i = 0; i < folder; ++i) first_stream += plan.streams.folders[i].packed.size();
    Streams streams;
    streams.folders.push_back(plan.streams.folders[folder]);
    const std::size_t count = streams.folders[0].packed.size();
    if (!with_crc) streams.folders[0].crc.reset();
    for (std::size_t i = 0; i < count; ++i) streams.pack_sizes.push_back(plan.streams.pack_sizes[first_stream + i]);
    return assemble(plan, first_stream, count, write_single(streams));
}

// Runs `attempt` with one password after another until it succeeds.
Result<> Opening::find_password(const std::function<Result<>()>& attempt) {
    if (m_passwords.empty()) return refuse(Reason::input_encrypted);
    if (m_fits) return attempt();
    for (m_password = 0; m_password < m_passwords.size(); ++m_password) {
        const auto done = attempt();
        m_fits = done.has_value();
        if (m_fits || ends_the_search(done.error())) return done;
    }
    return refuse(Reason::archive_password);
}

Result<Bytes> Opening::stored_header() {
    Bytes start(seven_zip_start);
    start.resize(TRY(m_in.read_at(0, start)));
    ByteReader reader(start);
    TRY(reader.skip(12));
    const std::uint64_t offset = TRY(reader.u64le());
    const std::uint64_t size = TRY(reader.u64le());
    const std::uint32_t crc = TRY(reader.u32le());
    const std::uint64_t left = m_in.size() - seven_zip_start;
    if (offset > left || size > left - offset || size > largest_header) return refuse(Reason::archive_damaged);
    m_end = seven_zip_start + offset + size;
    Bytes header(size);
    if (TRY(m_in.read_at(seven_zip_start + offset, header)) != size || crc_of(header) != crc)
        return refuse(Reason::archive_damaged);
    return header;
}

Result<Bytes> Opening::decoded(Bytes header) {
    constexpr std::uint8_t is_plain = 0x01, is_encoded = 0x17;
    for (std::size_t depth = 0; depth < deepest && !header.empty() && header[0] == is_encoded; ++depth) {
        const Plan plan = TRY(plan_of(TRY(read_encoded(View(header).subspan(1))), m_in.size()));
        const Folder& folder = plan.streams.folders[0];
        const std::uint64_t size = TRY(folder.unpacked_size());
        if (size > largest_header) return refuse(Reason::limit_members);
        // Without its checksum nothing tells a wrong password.
        if (!plan.locked.empty() && !folder.crc) return refuse(Reason::archive_encryption);
        const auto unpack = [&]() -> Result<> {
            MemorySink sink(size);
            TRY(m_unpack(*TRY(single(plan, 0, true)), sink));
            const bool right = sink.bytes().size() == size && (!folder.crc || *folder.crc == crc_of(sink.bytes()));
            if (!right) return refuse(Reason::archive_damaged);
            header = sink.take();
            return {};
        };
        TRY(plan.locked.empty() ? unpack() : find_password(unpack));
    }
    if (header.empty() || header[0] != is_plain) return refuse(Reason::archive_damaged);
    return header;
}

// By the first file of the smallest folder that has one.
Result<> Opening::prove(const Plan& plan, const std::vector<First>& firsts) {
    std::optional<std::size_t> smallest;
    std::uint64_t smallest_size = 0;
    std::size_t stream = 0;
    for (std::size_t i = 0; i < plan.streams.folders.size(); ++i) {
        std::uint64_t size = 0;
        bool is_locked = false;
        for (std::size_t left = plan.streams.folders[i].packed.size(); left > 0; --left, ++stream) {
            size += plan.stored[stream];
            is_locked = is_locked || plan.locked.contains(stream);
        }
        if (!is_locked || firsts[i].size == 0 || !firsts[i].crc || (smallest && size >= smallest_size)) continue;
        smallest = i;
        smallest_size = size;
    }
    if (!smallest) return refuse(Reason::archive_encryption);
    return find_password([&]() -> Result<> {
        Proof proof(firsts[*smallest]);
        const auto unpacked = m_unpack(*TRY(single(plan, *smallest, false)), proof);
        if (proof.proves()) return {};
        return unpacked ? refuse(Reason::archive_password) : unpacked;
    });
}

Result<Header> Opening::header() {
    const Bytes bytes = TRY(decoded(TRY(stored_header())));
    return read_header(View(bytes).subspan(1));
}

Result<std::unique_ptr<Source>> Opening::run() {
    auto header = this->header();
    if (!header) {
        const Reason reason = reason_of(header.error());
        const bool ours = m_fits || ends_the_search(header.error()) || reason == Reason::input_encrypted ||
                          reason == Reason::archive_password || reason == Reason::archive_encryption;
        if (ours) return std::unexpected(header.error());
        return nullptr;
    }
    const bool is_locked = m_fits || std::ranges::any_of(header->streams.folders, &Folder::is_encrypted);
    if (!is_locked) return nullptr;
    if (m_passwords.empty()) return refuse(Reason::input_encrypted);
    const Plan plan = TRY(plan_of(header->streams, m_in.size()));
    if (!plan.locked.empty() && !m_fits) TRY(prove(plan, header->firsts));
    header->streams = plan.streams;
    auto made = TRY(assemble(plan, 0, plan.stored.size(), write_header(*header)));
    made->add(m_end, m_in.size() - m_end); // what hides behind the archive is found as ever
    return made;
}

} // namespace

Result<std::unique_ptr<Source>> open_seven_zip(const Source& in, std::span<const std::string> passwords, Budget& budget,
                                               const Unpack& unpack) {
    if (in.size() < seven_zip_start) return nullptr;
    return Opening(in, passwords, budget, unpack).run();
}

} // namespace sekisho::archive_encryption

#include <array>
#include <new>

#include <libdeflate.h>

#include "sanitizer/formats/zip_container/streamed.h"

namespace sekisho {

namespace {

constexpr std::uint16_t version_plain = 20, version_zip64 = 45;
constexpr std::uint16_t date_1980_01_01 = 0x0021;
constexpr std::uint16_t flag_utf8 = 1 << 11, flag_descriptor = 1 << 3;
constexpr std::uint32_t saturated = 0xFFFFFFFF;
// "Made by Unix" with the modes that go with it: Info-ZIP takes names of a FAT archive for an OEM code page, whatever
// their UTF-8 flag says.
constexpr std::uint16_t made_by_unix = 3 << 8;
constexpr std::uint32_t attributes_file = 0100644U << 16, attributes_directory = 0040755U << 16 | 0x10;

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

struct Written {
    std::string name;
    std::uint16_t flags = 0, method = 0;
    std::uint32_t crc = 0, attributes = attributes_file;
    std::uint64_t packed = 0, unpacked = 0, offset = 0;
};

std::uint16_t name_flags(std::string_view name) {
    for (const char c : name)
        if (static_cast<unsigned char>(c) >= 0x80) return flag_utf8;
    return 0;
}

std::uint32_t narrow(std::uint64_t value) {
    return value >= saturated ? saturated : static_cast<std::uint32_t>(value);
}

// The values that do not fit, in the order of APPNOTE 4.5.3; empty if all fit.
Bytes zip64_extra(std::initializer_list<std::uint64_t> values, bool all) {
    ByteWriter content;
    for (const std::uint64_t value : values)
        if (all || value >= saturated) content.u64le(value);
    if (content.size() == 0) return {};
    ByteWriter extra;
    extra.u16le(0x0001);
    extra.u16le(static_cast<std::uint16_t>(content.size()));
    extra.raw(content.bytes());
    return extra.take();
}

Bytes local_header(const Written& member) {
    // In a local header both sizes are given if either does not fit (4.5.3).
    const bool wide = member.packed >= saturated || member.unpacked >= saturated;
    const Bytes extra = wide ? zip64_extra({member.unpacked, member.packed}, true) : Bytes{};
    const bool later = (member.flags & flag_descriptor) != 0;
    ByteWriter writer;
    writer.u32le(0x04034b50);
    writer.u16le(wide ? version_zip64 : version_plain);
    writer.u16le(member.flags);
    writer.u16le(member.method);
    writer.u16le(0);
    writer.u16le(date_1980_01_01);
    writer.u32le(later ? 0 : member.crc);
    writer.u32le(later ? 0 : wide ? saturated : narrow(member.packed));
    writer.u32le(later ? 0 : wide ? saturated : narrow(member.unpacked));
    writer.u16le(static_cast<std::uint16_t>(member.name.size()));
    writer.u16le(static_cast<std::uint16_t>(extra.size()));
    writer.text(member.name);
    writer.raw(extra);
    return writer.take();
}

Bytes central_header(const Written& member) {
    const Bytes extra = zip64_extra({member.unpacked, member.packed, member.offset}, false);
    const std::uint16_t version = extra.empty() ? version_plain : version_zip64;
    ByteWriter writer;
    writer.u32le(0x02014b50);
    writer.u16le(made_by_unix | version);
    writer.u16le(version);
    writer.u16le(member.flags);
    writer.u16le(member.method);
    writer.u16le(0);
    writer.u16le(date_1980_01_01);
    writer.u32le(member.crc);
    writer.u32le(narrow(member.packed));
    writer.u32le(narrow(member.unpacked));
    writer.u16le(static_cast<std::uint16_t>(member.name.size()));
    writer.u16le(static_cast<std::uint16_t>(extra.size()));
    writer.u16le(0); // comment
    writer.u16le(0); // disk
    writer.u16le(0); // internal attributes
    writer.u32le(member.attributes);
    writer.u32le(narrow(member.offset));
    writer.text(member.name);
    writer.raw(extra);
    return writer.take();
}

Bytes end_records(std::uint64_t count, std::uint64_t size, std::uint64_t offset) {
    ByteWriter writer;
    const bool wide = count >= 0xFFFF || size >= saturated || offset >= saturated;
    if (wide) {
        writer.u32le(0x06064b50);
        writer.u64le(44); // size of the rest of this record
        writer.u16le(version_zip64);
        writer.u16le(version_zip64);
        writer.u32le(0);
        writer.u32le(0);
        writer.u64le(count);
        writer.u64le(count);
        writer.u64le(size);
        writer.u64le(offset);
        writer.u32le(0x07064b50);
        writer.u32le(0);
        writer.u64le(offset + size);
        writer.u32le(1);
    }
    const auto short_count = static_cast<std::uint16_t>(count >= 0xFFFF ? 0xFFFF : count);
    writer.u32le(0x06054b50);
    writer.u16le(0);
    writer.u16le(0);
    writer.u16le(short_count);
    writer.u16le(short_count);
    writer.u32le(narrow(size));
    writer.u32le(narrow(offset));
    writer.u16le(0);
    return writer.take();
}

} // namespace

struct ZipWriter::State {
    explicit State(Sink& sink) : out(sink) {}

    Sink& out;
    std::uint64_t offset = 0;
    std::vector<Written> members;
    Compressor fast, normal;
    std::unique_ptr<zip_detail::StreamedMember> open;

    Result<> put(View view) {
        offset += view.size();
        return out.write(view);
    }
    Result<> check_ready(std::string_view name) const {
        if (open) bug("a zip member is begun before the one before it ended");
        if (name.empty() || name.size() > 0xFFFF) return refuse(Reason::zip_name);
        return {};
    }
    // Nothing if it does not get smaller.
    Result<Bytes> deflate(View content, Pack pack) {
        if (pack == Pack::store || content.empty()) return Bytes{};
        Compressor& compressor = pack == Pack::fast ? fast : normal;
        if (!compressor) compressor.reset(libdeflate_alloc_compressor(pack == Pack::fast ? 1 : 6));
        if (!compressor) return refuse(Reason::limit_memory);
        Bytes packed(content.size() - 1);
        packed.resize(libdeflate_deflate_compress(compressor.get(), content.data(), content.size(), packed.data(),
                                                  packed.size()));
        return packed;
    }
};

ZipWriter::ZipWriter(Sink& out) : m_state(std::make_unique<State>(out)) {}
ZipWriter::~ZipWriter() = default;
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;

Result<> ZipWriter::add(std::string_view name, View content, Pack pack) try {
    TRY(m_state->check_ready(name));
    const Bytes packed = TRY(m_state->deflate(content, pack));
    const View data = packed.empty() ? content : View(packed);
    Written member;
    member.name = name;
    member.flags = name_flags(name);
    member.method = packed.empty() ? 0 : 8;
    member.crc = content.empty() ? 0 : libdeflate_crc32(0, content.data(), content.size());
    member.packed = data.size();
    member.unpacked = content.size();
    member.offset = m_state->offset;
    TRY(m_state->put(local_header(member)));
    TRY(m_state->put(data));
    m_state->members.push_back(std::move(member));
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> ZipWriter::add_directory(std::string_view name) try {
    TRY(m_state->check_ready(name));
    Written member;
    member.name = name;
    member.flags = name_flags(name);
    member.attributes = attributes_directory;
    member.offset = m_state->offset;
    TRY(m_state->put(local_header(member)));
    m_state->members.push_back(std::move(member));
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Sink*> ZipWriter::begin_member(std::string_view name, Pack pack) try {
    TRY(m_state->check_ready(name));
    Written member;
    member.name = name;
    member.flags = static_cast<std::uint16_t>(name_flags(name) | flag_descriptor);
    member.method = 8; // also for Pack::store: a stored member of unknown length cannot be read from a stream
    member.offset = m_state->offset;
    auto open = std::make_unique<zip_detail::StreamedMember>(m_state->out);
    TRY(open->start(pack == Pack::store ? 0 : pack == Pack::fast ? 1 : 6));
    TRY(m_state->put(local_header(member)));
    m_state->members.push_back(std::move(member));
    m_state->open = std::move(open);
    return static_cast<Sink*>(m_state->open.get());
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> ZipWriter::end_member() {
    if (!m_state->open) bug("a zip member is ended that was not begun");
    const auto open = std::move(m_state->open);
    TRY(open->finish());
    Written& member = m_state->members.back();
    member.crc = open->crc();
    member.packed = open->packed();
    member.unpacked = open->unpacked();
    m_state->offset += member.packed;
    ByteWriter descriptor;
    descriptor.u32le(0x08074b50);
    descriptor.u32le(member.crc);
    descriptor.u32le(static_cast<std::uint32_t>(member.packed));
    descriptor.u32le(static_cast<std::uint32_t>(member.unpacked));
    return m_state->put(descriptor.bytes());
}

Result<> ZipWriter::finish() try {
    if (m_state->open) bug("a zip is finished before its last member ended");
    const std::uint64_t directory = m_state->offset;
    for (const Written& member : m_state->members) TRY(m_state->put(central_header(member)));
    return m_state->put(end_records(m_state->members.size(), m_state->offset - directory, directory));
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho

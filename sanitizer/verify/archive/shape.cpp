// The one shape of archive that is delivered, byte by byte (APPNOTE 4.3): each value is known or bounded.
#include "sanitizer/verify/archive/shape.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

namespace {

constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50,
                        wide_end_mark = 0x06064b50, locator_mark = 0x07064b50, descriptor_mark = 0x08074b50;
constexpr std::uint64_t end_size = 22, locator_size = 20, wide_end_size = 56, local_size = 30;
constexpr std::uint64_t largest_directory = 64ULL << 20;
constexpr std::uint32_t wide = 0xFFFFFFFF;
constexpr std::uint16_t flag_descriptor = 1 << 3, flag_utf8 = 1 << 11;
constexpr std::uint16_t made_by_unix = 3 << 8;
constexpr std::uint32_t attributes_file = 0100644U << 16, attributes_directory = 0040755U << 16 | 0x10;
constexpr std::uint32_t date = 0x00210000; // 1980-01-01 00:00

Result<Bytes> take(const Source& source, std::uint64_t offset, std::uint64_t size) {
    if (offset > source.size() || size > source.size() - offset) return refuse(Reason::verify_zip_shape);
    Bytes bytes(size);
    if (TRY(source.read_at(offset, bytes)) != size) return refuse(Reason::input_short);
    return bytes;
}

// Reads one value after the other and remembers whether each was what it must be.
class Fields {
public:
    explicit Fields(View view) : m_reader(view) {}
    void expect16(std::uint16_t value) { m_good &= next16() == value; }
    void expect32(std::uint32_t value) { m_good &= next32() == value; }
    void expect64(std::uint64_t value) { m_good &= next64() == value; }
    void check(bool condition) { m_good &= condition; }
    std::uint16_t next16() { return value(m_reader.u16le()); }
    std::uint32_t next32() { return value(m_reader.u32le()); }
    std::uint64_t next64() { return value(m_reader.u64le()); }
    View bytes(std::size_t count) { return value(m_reader.bytes(count)); }
    bool good() const { return m_good; }
    std::size_t position() const { return m_reader.position(); }
    std::size_t remaining() const { return m_reader.remaining(); }

private:
    template <typename T> T value(Result<T> read) {
        m_good &= read.has_value();
        return read.value_or(T());
    }
    ByteReader m_reader;
    bool m_good = true;
};

struct End {
    std::uint64_t count = 0, directory = 0, size = 0;
};

Result<End> read_end(const Source& output) {
    if (output.size() < end_size) return refuse(Reason::verify_zip_shape);
    const std::uint64_t at = output.size() - end_size;
    const Bytes bytes = TRY(take(output, at, end_size));
    Fields fields(bytes);
    fields.expect32(end_mark);
    fields.expect32(0); // disks
    End end;
    const std::uint16_t count = fields.next16();
    fields.expect16(count);
    end.count = count;
    end.size = fields.next32();
    end.directory = fields.next32();
    fields.expect16(0); // comment
    if (!fields.good()) return refuse(Reason::verify_zip_field);
    std::uint64_t directory_end = at;
    if (count == 0xFFFF || end.size == wide || end.directory == wide) {
        if (at < locator_size + wide_end_size) return refuse(Reason::verify_zip_shape);
        directory_end = at - locator_size - wide_end_size;
        const Bytes record = TRY(take(output, directory_end, wide_end_size + locator_size));
        Fields wide_fields(record);
        wide_fields.expect32(wide_end_mark);
        wide_fields.expect64(wide_end_size - 12);
        wide_fields.expect32(45U << 16 | 45U);
        wide_fields.expect64(0);
        end.count = wide_fields.next64();
        wide_fields.expect64(end.count);
        end.size = wide_fields.next64();
        end.directory = wide_fields.next64();
        wide_fields.expect32(locator_mark);
        wide_fields.expect32(0);
        wide_fields.expect64(directory_end);
        wide_fields.expect32(1);
        if (!wide_fields.good()) return refuse(Reason::verify_zip_field);
    }
    if (end.directory > directory_end || end.size != directory_end - end.directory)
        return refuse(Reason::verify_zip_shape);
    return end;
}

// The ZIP64 extra field with exactly the values that do not fit, and nothing else.
Result<> read_extra(Fields& fields, std::size_t size, std::initializer_list<std::uint64_t*> values) {
    if (size == 0) return {};
    std::size_t needed = 0;
    for (const std::uint64_t* value : values) needed += *value == wide ? 8 : 0;
    if (needed == 0 || size != needed + 4) return refuse(Reason::verify_zip_field);
    fields.expect16(0x0001);
    fields.expect16(static_cast<std::uint16_t>(needed));
    for (std::uint64_t* value : values)
        if (*value == wide) *value = fields.next64();
    return {};
}

bool flags_known(std::uint16_t flags) {
    return (flags & ~(flag_descriptor | flag_utf8)) == 0;
}

Result<ZipMember> read_central(Fields& fields) {
    ZipMember member;
    fields.expect32(central_mark);
    const std::uint16_t made_by = fields.next16();
    fields.check(made_by == (made_by_unix | 20) || made_by == (made_by_unix | 45));
    fields.expect16(made_by & 0xFF);
    member.flags = fields.next16();
    fields.check(flags_known(member.flags));
    member.method = fields.next16();
    fields.check(member.method == 0 || member.method == 8);
    fields.expect32(date);
    member.crc = fields.next32();
    member.packed = fields.next32();
    member.unpacked = fields.next32();
    const std::uint16_t name = fields.next16();
    const std::uint16_t extra = fields.next16();
    fields.expect16(0); // comment
    fields.expect16(0); // disk
    fields.expect16(0); // internal attributes
    member.attributes = fields.next32();
    member.offset = fields.next32();
    member.name = as_text(fields.bytes(name));
    TRY(read_extra(fields, extra, {&member.unpacked, &member.packed, &member.offset}));
    fields.check(member.method == 8 || member.packed == member.unpacked);
    fields.check(member.attributes == (member.name.ends_with('/') ? attributes_directory : attributes_file));
    if (!fields.good()) return refuse(Reason::verify_zip_field);
    return member;
}

// Checks a member from its local header to its last byte; returns where the next one starts.
Result<std::uint64_t> check_local(const Source& output, ZipMember& member) {
    const bool later = (member.flags & flag_descriptor) != 0;
    const bool large = !later && (member.packed >= wide || member.unpacked >= wide);
    const std::size_t extra = large ? 20 : 0;
    const Bytes bytes = TRY(take(output, member.offset, local_size + member.name.size() + extra));
    Fields fields(bytes);
    fields.expect32(local_mark);
    fields.expect16(large ? 45 : 20);
    fields.expect16(member.flags);
    fields.expect16(member.method);
    fields.expect32(date);
    fields.expect32(later ? 0 : member.crc);
    fields.expect32(later ? 0 : large ? wide : static_cast<std::uint32_t>(member.packed));
    fields.expect32(later ? 0 : large ? wide : static_cast<std::uint32_t>(member.unpacked));
    fields.expect16(static_cast<std::uint16_t>(member.name.size()));
    fields.expect16(static_cast<std::uint16_t>(extra));
    fields.check(as_text(fields.bytes(member.name.size())) == member.name);
    if (large) {
        fields.expect16(0x0001);
        fields.expect16(16);
        fields.expect64(member.unpacked);
        fields.expect64(member.packed);
    }
    if (!fields.good()) return refuse(Reason::verify_zip_field);
    member.data = member.offset + bytes.size();
    if (member.packed > output.size() - member.data) return refuse(Reason::verify_zip_shape);
    const std::uint64_t after = member.data + member.packed;
    if (!later) return after;
    if (member.packed >= wide || member.unpacked >= wide) return refuse(Reason::verify_zip_field);
    const Bytes descriptor = TRY(take(output, after, 16));
    Fields sums(descriptor);
    sums.expect32(descriptor_mark);
    sums.expect32(member.crc);
    sums.expect32(static_cast<std::uint32_t>(member.packed));
    sums.expect32(static_cast<std::uint32_t>(member.unpacked));
    if (!sums.good()) return refuse(Reason::verify_zip_field);
    return after + descriptor.size();
}

} // namespace

Result<std::vector<ZipMember>> zip_shape(const Source& output, const Limits& limits) {
    const End end = TRY(read_end(output));
    if (end.count == 0) return refuse(Reason::verify_zip_shape);
    if (end.count > limits.members || end.size > largest_directory) return refuse(Reason::limit_members);
    const Bytes directory = TRY(take(output, end.directory, end.size));
    Fields fields(directory);
    std::vector<ZipMember> members;
    std::uint64_t next = 0;
    for (std::uint64_t i = 0; i < end.count; ++i) {
        members.push_back(TRY(read_central(fields)));
        if (members.back().offset != next) return refuse(Reason::verify_zip_shape);
        next = TRY(check_local(output, members.back()));
    }
    if (fields.remaining() != 0 || next != end.directory) return refuse(Reason::verify_zip_shape);
    return members;
}

} // namespace sekisho::verify

// Builds ZIP files that may lie: every field that matters can differ between the local and the central header.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <libdeflate.h>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct RawMember {
    std::string name;
    std::string content;
    bool deflate = false;
    bool descriptor = false;
    std::uint32_t attributes = 0;
    std::uint16_t flags = 0;
    Bytes extra;

    // What the local header says instead, when set.
    std::string local_name;
    // Called on the finished fields, to lie.
    struct Fields {
        std::uint16_t flags, method;
        std::uint32_t crc, packed, unpacked;
    };
    std::function<void(Fields&)> local, central;
};

struct RawZip {
    std::vector<RawMember> members;
    std::string prefix = {}, comment = {}, suffix = {}, gap = {}; // gap: before the central directory
    bool offsets_count_prefix = false;
    bool same_data_for_all = false; // every central header points at the first local one
    std::uint16_t disk = 0;

    std::string build() const;
};

inline std::uint32_t crc_of(std::string_view content) {
    return content.empty() ? 0 : libdeflate_crc32(0, content.data(), content.size());
}

inline std::string deflated(std::string_view content) {
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(1);
    std::string packed(libdeflate_deflate_compress_bound(compressor, content.size()), '\0');
    packed.resize(
        libdeflate_deflate_compress(compressor, content.data(), content.size(), packed.data(), packed.size()));
    libdeflate_free_compressor(compressor);
    return packed;
}

inline void put_fields(ByteWriter& writer, const RawMember::Fields& fields, std::size_t name, std::size_t extra) {
    writer.u16le(fields.flags);
    writer.u16le(fields.method);
    writer.u32le(0x00210000); // 1980-01-01
    writer.u32le(fields.crc);
    writer.u32le(fields.packed);
    writer.u32le(fields.unpacked);
    writer.u16le(static_cast<std::uint16_t>(name));
    writer.u16le(static_cast<std::uint16_t>(extra));
}

inline std::string RawZip::build() const {
    ByteWriter writer, directory;
    writer.text(prefix);
    const std::size_t base = offsets_count_prefix ? 0 : prefix.size();
    std::size_t first = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const RawMember& member = members[i];
        const std::string data = member.deflate ? deflated(member.content) : member.content;
        RawMember::Fields fields{static_cast<std::uint16_t>(member.flags | (member.descriptor ? 8 : 0)),
                                 static_cast<std::uint16_t>(member.deflate ? 8 : 0), crc_of(member.content),
                                 static_cast<std::uint32_t>(data.size()),
                                 static_cast<std::uint32_t>(member.content.size())};
        RawMember::Fields local = fields, central = fields;
        if (member.descriptor) local.crc = local.packed = local.unpacked = 0;
        if (member.local) member.local(local);
        if (member.central) member.central(central);
        const std::size_t at = same_data_for_all && i > 0 ? first : writer.size() - base;
        if (i == 0) first = at;
        if (!same_data_for_all || i == 0) {
            const std::string& name = member.local_name.empty() ? member.name : member.local_name;
            writer.u32le(0x04034b50);
            writer.u16le(20);
            put_fields(writer, local, name.size(), member.extra.size());
            writer.text(name);
            writer.raw(member.extra);
            writer.text(data);
            if (member.descriptor) {
                writer.u32le(0x08074b50);
                writer.u32le(fields.crc);
                writer.u32le(fields.packed);
                writer.u32le(fields.unpacked);
            }
        }
        directory.u32le(0x02014b50);
        directory.u16le(0x031e);
        directory.u16le(20);
        put_fields(directory, central, member.name.size(), member.extra.size());
        directory.u16le(0);
        directory.u16le(0);
        directory.u16le(0);
        directory.u32le(member.attributes);
        directory.u32le(static_cast<std::uint32_t>(at));
        directory.text(member.name);
        directory.raw(member.extra);
    }
    writer.text(gap);
    const std::size_t start = writer.size() - base;
    writer.raw(directory.bytes());
    writer.u32le(0x06054b50);
    writer.u16le(disk);
    writer.u16le(disk);
    writer.u16le(static_cast<std::uint16_t>(members.size()));
    writer.u16le(static_cast<std::uint16_t>(members.size()));
    writer.u32le(static_cast<std::uint32_t>(directory.size()));
    writer.u32le(static_cast<std::uint32_t>(start));
    writer.u16le(static_cast<std::uint16_t>(comment.size()));
    writer.text(comment);
    writer.text(suffix);
    return std::string(as_text(writer.bytes()));
}

} // namespace sekisho::tests

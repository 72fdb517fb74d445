#include <algorithm>

#include "sanitizer/formats/archive_encryption/seven_zip_header.h"
#include "sanitizer/formats/archive_encryption/seven_zip_ids.h"

namespace sekisho::archive_encryption {

namespace {

// The longest form of NUMBER is as good as any.
void put_number(ByteWriter& out, std::uint64_t value) {
    if (value < 0x80) return out.u8(static_cast<std::uint8_t>(value));
    out.u8(0xff);
    out.u64le(value);
}

void put_folder(ByteWriter& out, const Folder& folder) {
    put_number(out, folder.coders.size());
    for (const Coder& coder : folder.coders) {
        const bool is_complex = coder.inputs != 1 || coder.outputs != 1;
        out.u8(static_cast<std::uint8_t>(coder.id.size() | (is_complex ? 0x10U : 0) | (coder.properties ? 0x20U : 0)));
        out.raw(coder.id);
        if (is_complex) {
            put_number(out, coder.inputs);
            put_number(out, coder.outputs);
        }
        if (!coder.properties) continue;
        put_number(out, coder.properties->size());
        out.raw(*coder.properties);
    }
    for (const auto& [input, output] : folder.binds) {
        put_number(out, input);
        put_number(out, output);
    }
    if (folder.packed.size() > 1)
        for (const std::uint64_t input : folder.packed) put_number(out, input);
}

void put_sums(ByteWriter& out, const std::vector<Folder>& folders) {
    out.u8(id_crc);
    out.u8(0); // not all are defined
    Bytes bits((folders.size() + 7) / 8);
    for (std::size_t i = 0; i < folders.size(); ++i)
        if (folders[i].crc) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 0x80 >> i % 8);
    out.raw(bits);
    for (const Folder& folder : folders)
        if (folder.crc) out.u32le(*folder.crc);
}

void put_streams(ByteWriter& out, const Streams& streams) {
    out.u8(id_pack);
    put_number(out, streams.position);
    put_number(out, streams.pack_sizes.size());
    out.u8(id_size);
    for (const std::uint64_t size : streams.pack_sizes) put_number(out, size);
    out.u8(id_end);
    out.u8(id_unpack);
    out.u8(id_folder);
    put_number(out, streams.folders.size());
    out.u8(0); // not external
    for (const Folder& folder : streams.folders) put_folder(out, folder);
    out.u8(id_unpack_size);
    for (const Folder& folder : streams.folders)
        for (const std::uint64_t size : folder.sizes) put_number(out, size);
    if (std::ranges::any_of(streams.folders, [](const Folder& folder) { return folder.crc.has_value(); }))
        put_sums(out, streams.folders);
    out.u8(id_end);
}

} // namespace

Bytes write_header(const Header& header) {
    ByteWriter out;
    out.u8(id_header);
    out.raw(header.before);
    out.u8(id_main_streams);
    put_streams(out, header.streams);
    out.raw(header.rest);
    return out.take();
}

Bytes write_single(const Streams& streams) {
    ByteWriter out;
    out.u8(id_header);
    out.u8(id_main_streams);
    put_streams(out, streams);
    out.raw(Bytes{id_substreams, id_end, id_end});
    out.raw(Bytes{id_files, 1, id_names, 5, 0, 'a', 0, 0, 0, id_end, id_end}); // "Files Info": one, called "a"
    return out.take();
}

} // namespace sekisho::archive_encryption

#include "sanitizer/formats/archive_encryption/seven_zip_header.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/archive_encryption/seven_zip_ids.h"

namespace sekisho::archive_encryption {

namespace {

constexpr std::size_t most_coders = 32; // as 7-Zip has it, and as many streams
constexpr std::size_t most_folders = 100'000;

std::unexpected<Error> damaged() {
    return refuse(Reason::archive_damaged);
}

// "NUMBER": the highest bits of the first byte say how many follow.
Result<std::uint64_t> number(ByteReader& reader) {
    const std::uint8_t first = TRY(reader.u8());
    std::uint64_t value = 0;
    std::uint8_t mask = 0x80;
    for (unsigned i = 0; i < 8; ++i, mask = static_cast<std::uint8_t>(mask >> 1)) {
        if ((first & mask) == 0) return value | static_cast<std::uint64_t>(first & (mask - 1)) << (8 * i);
        value |= static_cast<std::uint64_t>(TRY(reader.u8())) << (8 * i);
    }
    return value;
}

// How many items of at least one byte each follow.
Result<std::size_t> count_of(ByteReader& reader) {
    const std::uint64_t count = TRY(number(reader));
    if (count > reader.remaining()) return damaged();
    return static_cast<std::size_t>(count);
}

Result<bool> next_is(ByteReader& reader, Id id) {
    if (reader.at_end() || reader.rest()[0] != id) return false;
    TRY(reader.skip(1));
    return true;
}

Result<> expect(ByteReader& reader, Id id) {
    return TRY(next_is(reader, id)) ? Result<>() : damaged();
}

// "Digests (NumStreams)"
Result<std::vector<std::optional<std::uint32_t>>> digests(ByteReader& reader, std::size_t count) {
    std::vector<std::optional<std::uint32_t>> all(count);
    Bytes defined(count, 1);
    if (TRY(reader.u8()) == 0) {
        const View bits = TRY(reader.bytes((count + 7) / 8));
        for (std::size_t i = 0; i < count; ++i) defined[i] = bits[i / 8] >> (7 - i % 8) & 1;
    }
    for (std::size_t i = 0; i < count; ++i)
        if (defined[i] != 0) all[i] = TRY(reader.u32le());
    return all;
}

// "Pack Info"
Result<> read_pack(ByteReader& reader, Streams& streams) {
    streams.position = TRY(number(reader));
    const std::size_t count = TRY(count_of(reader));
    if (TRY(next_is(reader, id_size)))
        for (std::size_t i = 0; i < count; ++i) streams.pack_sizes.push_back(TRY(number(reader)));
    if (streams.pack_sizes.size() != count) return damaged();
    if (TRY(next_is(reader, id_crc))) TRY(digests(reader, count));
    return expect(reader, id_end);
}

Result<Coder> read_coder(ByteReader& reader) {
    constexpr std::uint8_t id_size_bits = 0x0f, is_complex = 0x10, has_properties = 0x20;
    const std::uint8_t flags = TRY(reader.u8());
    if ((flags & ~(id_size_bits | is_complex | has_properties)) != 0) return damaged();
    Coder coder;
    const View id = TRY(reader.bytes(flags & id_size_bits));
    coder.id.assign(id.begin(), id.end());
    if ((flags & is_complex) != 0) {
        coder.inputs = TRY(number(reader));
        coder.outputs = TRY(number(reader));
        if (coder.inputs > most_coders || coder.outputs > most_coders) return damaged();
    }
    if ((flags & has_properties) != 0) {
        const View properties = TRY(reader.bytes(TRY(count_of(reader))));
        coder.properties.emplace(properties.begin(), properties.end());
    }
    return coder;
}

// "Folder"
Result<Folder> read_folder(ByteReader& reader) {
    Folder folder;
    const std::uint64_t coders = TRY(number(reader));
    if (coders == 0 || coders > most_coders) return damaged();
    std::uint64_t inputs = 0, outputs = 0;
    for (std::uint64_t i = 0; i < coders; ++i) {
        folder.coders.push_back(TRY(read_coder(reader)));
        inputs += folder.coders.back().inputs;
        outputs += folder.coders.back().outputs;
    }
    if (outputs == 0 || outputs > most_coders || inputs > most_coders || inputs + 1 < outputs) return damaged();
    for (std::uint64_t i = 1; i < outputs; ++i) {
        const std::uint64_t input = TRY(number(reader));
        const std::uint64_t output = TRY(number(reader));
        if (input >= inputs || output >= outputs) return damaged();
        folder.binds.emplace_back(input, output);
    }
    const std::uint64_t packed = inputs + 1 - outputs;
    for (std::uint64_t i = 0; i < inputs && packed == 1; ++i)
        if (std::ranges::none_of(folder.binds, [i](const auto& bind) { return bind.first == i; }))
            folder.packed.push_back(i);
    for (std::uint64_t i = 0; i < packed && packed > 1; ++i) {
        folder.packed.push_back(TRY(number(reader)));
        if (folder.packed.back() >= inputs) return damaged();
    }
    if (folder.packed.size() != packed) return damaged();
    folder.sizes.resize(outputs);
    return folder;
}

// "Coders Info"
Result<> read_unpack(ByteReader& reader, Streams& streams) {
    TRY(expect(reader, id_folder));
    const std::size_t count = TRY(count_of(reader));
    if (count > most_folders) return refuse(Reason::limit_members);
    if (TRY(reader.u8()) != 0) return damaged(); // external
    std::size_t packed = 0;
    for (std::size_t i = 0; i < count; ++i) {
        streams.folders.push_back(TRY(read_folder(reader)));
        packed += streams.folders.back().packed.size();
    }
    if (packed != streams.pack_sizes.size()) return damaged();
    TRY(expect(reader, id_unpack_size));
    for (Folder& folder : streams.folders)
        for (std::uint64_t& size : folder.sizes) size = TRY(number(reader));
    if (TRY(next_is(reader, id_crc))) {
        const auto sums = TRY(digests(reader, count));
        for (std::size_t i = 0; i < count; ++i) streams.folders[i].crc = sums[i];
    }
    return expect(reader, id_end);
}

Result<Streams> read_streams(ByteReader& reader) {
    Streams streams;
    if (TRY(next_is(reader, id_pack))) TRY(read_pack(reader, streams));
    if (TRY(next_is(reader, id_unpack))) TRY(read_unpack(reader, streams));
    if (streams.folders.empty() && !streams.pack_sizes.empty()) return damaged();
    return streams;
}

struct Counted {
    std::size_t files = 1;
    First first;
};

// "SubStreams Info", behind its id: sizes of all files but the last of each folder, then sums of those whose folder's
// is not theirs.
Result<> read_substreams(ByteReader& reader, const Streams& streams, std::vector<Counted>& counted) {
    if (TRY(next_is(reader, id_unpack_streams)))
        for (Counted& folder : counted) folder.files = TRY(count_of(reader));
    const bool has_sizes = TRY(next_is(reader, id_size));
    for (Counted& folder : counted)
        for (std::size_t i = 1; i < folder.files; ++i) {
            if (!has_sizes) return damaged();
            const std::uint64_t size = TRY(number(reader));
            if (i == 1) folder.first.size = size;
        }
    const auto is_known = [&](std::size_t i) { return counted[i].files == 1 && streams.folders[i].crc.has_value(); };
    std::size_t unknown = 0;
    for (std::size_t i = 0; i < counted.size(); ++i) unknown += is_known(i) ? 0 : counted[i].files;
    if (unknown > reader.remaining() || !TRY(next_is(reader, id_crc))) return {};
    const auto sums = TRY(digests(reader, unknown));
    std::size_t at = 0;
    for (std::size_t i = 0; i < counted.size(); ++i) {
        if (is_known(i) || counted[i].files == 0) continue;
        counted[i].first.crc = sums[at];
        at += counted[i].files;
    }
    return {};
}

} // namespace

bool Coder::is_aes() const {
    return id == Bytes{0x06, 0xf1, 0x07, 0x01}; // DOC/Methods.txt: "7zAES (AES-256 + SHA-256)"
}

bool Folder::is_encrypted() const {
    return std::ranges::any_of(coders, &Coder::is_aes);
}

Result<std::uint64_t> Folder::unpacked_size() const {
    for (std::uint64_t output = 0; output < sizes.size(); ++output)
        if (std::ranges::none_of(binds, [output](const auto& bind) { return bind.second == output; }))
            return sizes[output];
    return damaged();
}

Result<Streams> read_encoded(View bytes) {
    ByteReader reader(bytes);
    Streams streams = TRY(read_streams(reader));
    if (streams.folders.size() != 1) return damaged();
    return streams;
}

Result<Header> read_header(View bytes) {
    ByteReader reader(bytes);
    Header header;
    if (TRY(next_is(reader, id_archive_properties))) {
        while (TRY(reader.u8()) != id_end) TRY(reader.skip(TRY(count_of(reader))));
        header.before.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(reader.position()));
    }
    TRY(expect(reader, id_main_streams));
    header.streams = TRY(read_streams(reader));
    header.rest.assign(reader.rest().begin(), reader.rest().end());
    std::vector<Counted> counted(header.streams.folders.size());
    for (std::size_t i = 0; i < counted.size(); ++i)
        counted[i].first = {TRY(header.streams.folders[i].unpacked_size()), header.streams.folders[i].crc};
    if (TRY(next_is(reader, id_substreams))) TRY(read_substreams(reader, header.streams, counted));
    for (const Counted& one : counted) header.firsts.push_back(one.files > 0 ? one.first : First());
    return header;
}

} // namespace sekisho::archive_encryption

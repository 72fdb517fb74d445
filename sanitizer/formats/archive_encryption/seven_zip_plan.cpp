#include "sanitizer/formats/archive_encryption/seven_zip_plan.h"

#include <algorithm>

namespace sekisho::archive_encryption {

namespace {

constexpr unsigned most_power = 22; // 7-Zip writes 19; the 24 that it reads serve only to keep a gateway busy
constexpr unsigned no_hash = 0x3f;

Result<Aes> aes_of(const Coder& coder) {
    if (!coder.properties || coder.inputs != 1 || coder.outputs != 1) return refuse(Reason::archive_encryption);
    ByteReader reader(*coder.properties);
    const auto first = reader.u8();
    if (!first) return refuse(Reason::archive_encryption);
    Aes aes;
    aes.power = *first & 0x3f;
    std::size_t salt = *first >> 7 & 1, iv = *first >> 6 & 1;
    if (salt + iv > 0) {
        const std::uint8_t second = TRY(reader.u8());
        salt += second >> 4;
        iv += second & 0x0f;
    }
    const auto salt_bytes = reader.bytes(salt);
    const auto iv_bytes = reader.bytes(iv);
    if (!salt_bytes || !iv_bytes || (aes.power > most_power && aes.power != no_hash))
        return refuse(Reason::archive_encryption);
    aes.salt.assign(salt_bytes->begin(), salt_bytes->end());
    std::ranges::copy(*iv_bytes, aes.iv.begin());
    return aes;
}

// Takes the coder out of the folder: what it read is read by whoever it wrote for.
Result<> take_out(Folder& folder, std::size_t coder, std::size_t first_stream, LockedStreams& locked) {
    std::uint64_t input = 0, output = 0;
    for (std::size_t i = 0; i < coder; ++i) {
        input += folder.coders[i].inputs;
        output += folder.coders[i].outputs;
    }
    const Aes aes = TRY(aes_of(folder.coders[coder]));
    const auto packed = std::ranges::find(folder.packed, input);
    if (packed == folder.packed.end()) return refuse(Reason::archive_encryption);
    const auto stream = first_stream + static_cast<std::size_t>(packed - folder.packed.begin());
    if (!locked.emplace(stream, Locked{aes, folder.sizes[output]}).second) return refuse(Reason::archive_encryption);
    const auto bind = std::ranges::find(folder.binds, output, [](const auto& one) { return one.second; });
    if (bind == folder.binds.end()) {                     // it stands alone
        folder.coders[coder] = {{0}, 1, 1, std::nullopt}; // DOC/Methods.txt: "Copy"
        return {};
    }
    *packed = bind->first;
    folder.binds.erase(bind);
    folder.coders.erase(folder.coders.begin() + static_cast<std::ptrdiff_t>(coder));
    folder.sizes.erase(folder.sizes.begin() + static_cast<std::ptrdiff_t>(output));
    const auto close = [](std::uint64_t& place, std::uint64_t gap) { place -= place > gap ? 1 : 0; };
    for (std::uint64_t& one : folder.packed) close(one, input);
    for (auto& [of_input, of_output] : folder.binds) {
        close(of_input, input);
        close(of_output, output);
    }
    return {};
}

Result<> unlock(Folder& folder, std::size_t first_stream, LockedStreams& locked) {
    for (std::size_t i = 0; i < folder.coders.size();) {
        const std::size_t before = folder.coders.size();
        if (folder.coders[i].is_aes()) TRY(take_out(folder, i, first_stream, locked));
        if (folder.coders.size() == before) ++i;
    }
    return {};
}

} // namespace

Result<Plan> plan_of(const Streams& streams, std::uint64_t archive_size) {
    Plan plan{seven_zip_start + streams.position, streams.pack_sizes, streams, {}};
    if (streams.position > archive_size - seven_zip_start) return refuse(Reason::archive_part);
    std::uint64_t left = archive_size - plan.from;
    for (const std::uint64_t size : plan.stored) {
        if (size > left) return refuse(Reason::archive_part);
        left -= size;
    }
    std::size_t first_stream = 0;
    for (Folder& folder : plan.streams.folders) {
        TRY(unlock(folder, first_stream, plan.locked));
        first_stream += folder.packed.size();
    }
    plan.streams.position = 0;
    for (const auto& [stream, locked] : plan.locked) {
        const std::uint64_t stored = plan.stored[stream];
        if (locked.size > stored / block_size * block_size) return refuse(Reason::archive_damaged);
        plan.streams.pack_sizes[stream] = locked.size;
    }
    return plan;
}

} // namespace sekisho::archive_encryption

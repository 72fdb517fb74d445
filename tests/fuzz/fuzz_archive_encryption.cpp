// A RAR, or a 7z archive whose checksums are made right; with a first byte of 0 or 1, what follows is a header alone.
#include <libdeflate.h>

#include "sanitizer/formats/archive_encryption/archive_encryption.h"
#include "sanitizer/formats/archive_encryption/rar5_blocks.h"
#include "sanitizer/formats/archive_encryption/seven_zip_plan.h"

namespace {

using namespace sekisho;
using namespace sekisho::archive_encryption;

constexpr std::size_t longest = 1 << 20;

// What is written must be read as the same.
void look_at_header(View bytes) {
    const auto header = read_header(bytes);
    if (!header) return;
    (void)plan_of(header->streams, longest);
    const Bytes written = write_header(*header);
    const auto again = read_header(View(written).subspan(1));
    if (!again || write_header(*again) != written || again->rest != header->rest) __builtin_trap();
}

// The same for the block of a RAR, whose checksum is made right.
void look_at_block(Bytes bytes) {
    if (bytes.size() < 4) return;
    const std::uint32_t crc = libdeflate_crc32(0, bytes.data() + 4, bytes.size() - 4);
    for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(crc >> (8 * i));
    const auto block = read_block(bytes);
    if (!block) return;
    (void)read_encryption(*block);
    auto file = read_file(*block);
    if (!file) return;
    const Block written = file_block(*block, *file, block->data);
    const auto again = read_block(write_block(written));
    if (!again || again->fields != written.fields || again->extra != file->extra || read_file(*again)->locked)
        __builtin_trap();
    file->drop_sums();
    if (file->extra.size() > block->extra.size()) __builtin_trap();
}

void put(Bytes& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

void settle(Bytes& archive) {
    ByteReader reader(archive);
    (void)reader.skip(12);
    const std::uint64_t offset = reader.u64le().value_or(0), size = reader.u64le().value_or(0),
                        left = archive.size() - 32;
    if (offset > left || size > left - offset) return;
    put(archive, 28, libdeflate_crc32(0, archive.data() + 32 + offset, size), 4);
    put(archive, 8, libdeflate_crc32(0, archive.data() + 12, 20), 4);
}

// Stands for the unpacking: everything is stored.
Result<> copied(const Source& archive, Sink& out) {
    const Bytes whole = [&] {
        const auto view = archive.whole(longest);
        return view ? Bytes(view->begin(), view->end()) : Bytes();
    }();
    return out.write(View(whole).subspan(std::min<std::size_t>(whole.size(), 32)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    if (size > 0 && data[0] == 0) {
        look_at_header(input.subspan(1));
        return 0;
    }
    if (size > 0 && data[0] == 1) {
        look_at_block(Bytes(input.begin() + 1, input.end()));
        return 0;
    }
    if (size < 32) return 0;
    Bytes archive(input.begin(), input.end());
    const Type type = starts_with(input, "Rar!") ? Type::rar : Type::seven_zip;
    if (type == Type::seven_zip) settle(archive);
    Limits limits;
    limits.seconds = 1;
    Budget budget(limits);
    const MemorySource source(archive);
    const auto opened = open(type, source, std::array<std::string, 1>{"secret"}, budget, copied);
    if (opened && opened->source) (void)opened->source->whole(longest);
    if (!opened && reason_of(opened.error()) == Reason::internal) __builtin_trap();
    return 0;
}

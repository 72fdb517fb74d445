#include "tests/sanitizer/formats/archive_foreign/samples.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include <libdeflate.h>
#include <sys/wait.h>

namespace sekisho::tests {

namespace {

std::uint32_t crc32_of(View view) {
    return libdeflate_crc32(0, view.data(), view.size());
}

void variable(ByteWriter& writer, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) writer.u8(static_cast<std::uint8_t>(value | 0x80));
    writer.u8(static_cast<std::uint8_t>(value));
}

// A RAR 4 block: the checksum covers everything behind it and is cut to 16 bits.
void block4(ByteWriter& archive, std::uint8_t type, std::uint16_t flags, View fields) {
    ByteWriter block;
    block.u8(type);
    block.u16le(flags);
    block.u16le(static_cast<std::uint16_t>(7 + fields.size()));
    block.raw(fields);
    archive.u16le(static_cast<std::uint16_t>(crc32_of(block.bytes())));
    archive.raw(block.bytes());
}

// A RAR 5 block: checksum, size, content.
void block5(ByteWriter& archive, View content) {
    ByteWriter block;
    variable(block, content.size());
    block.raw(content);
    archive.u32le(crc32_of(block.bytes()));
    archive.raw(block.bytes());
}

// `volume`: which one of a set, from 0; only from the second on it is written.
void start5(ByteWriter& archive, std::uint8_t flags, std::size_t volume = 0) {
    archive.text(std::string_view("Rar!\x1a\x07\1\0", 8));
    ByteWriter main;
    variable(main, 1); // type
    variable(main, 0); // flags of the header
    variable(main, flags | (volume > 0 ? 2U : 0U));
    if (volume > 0) variable(main, volume);
    block5(archive, main.bytes());
}

void end5(ByteWriter& archive, bool more = false) {
    ByteWriter end;
    variable(end, 5);
    variable(end, 0);
    variable(end, more ? 1 : 0);
    block5(archive, end.bytes());
}

// The header of a stored file; `flags` beside "data follow".
void file5(ByteWriter& archive, const std::string& name, std::string_view data, std::uint64_t size,
           std::optional<std::uint32_t> crc, std::uint8_t flags = 0) {
    ByteWriter file;
    variable(file, 2); // type
    variable(file, 2U | flags);
    variable(file, data.size());
    variable(file, crc ? 4 : 0); // flags of the file: it has a checksum
    variable(file, size);
    variable(file, 0100644);
    if (crc) file.u32le(*crc);
    variable(file, 0); // stored
    variable(file, 1); // Unix
    variable(file, name.size());
    file.text(name);
    block5(archive, file.bytes());
    archive.text(data);
}

// CRC-16/ARC, as LHA uses it.
std::uint16_t crc16(std::string_view text) {
    std::uint16_t crc = 0;
    for (const char c : text) {
        crc = static_cast<std::uint16_t>(crc ^ static_cast<std::uint8_t>(c));
        for (int bit = 0; bit < 8; ++bit)
            crc = static_cast<std::uint16_t>((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
    }
    return crc;
}

} // namespace

Workbench::Workbench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sekisho-archive-XXXXXX").string();
    if (!mkdtemp(pattern.data())) bug("no temporary folder");
    m_path = pattern;
}

Workbench::~Workbench() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void Workbench::write(const std::string& name, std::string_view content) const {
    const auto path = std::filesystem::path(m_path) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

std::string Workbench::read(const std::string& name) const {
    std::ifstream file(std::filesystem::path(m_path) / name, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

bool Workbench::run(const std::string& command, std::string* words) const {
    const std::string line = "cd '" + m_path + "' && LC_ALL=C.UTF-8 sh -c \"" + command + "\" 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    if (!pipe) return false;
    std::string said;
    std::array<char, 4096> piece{};
    while (const std::size_t count = fread(piece.data(), 1, piece.size(), pipe)) said.append(piece.data(), count);
    const int status = pclose(pipe);
    if (words) *words = said;
    const bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!good && !words) std::fprintf(stderr, "%s: %s\n", command.c_str(), said.c_str());
    return good;
}

std::string rar4(const std::vector<Stored>& members, std::uint16_t flags) {
    ByteWriter archive;
    archive.text(std::string_view("Rar!\x1a\x07\0", 7));
    block4(archive, 0x73, flags, Bytes(6));
    for (const Stored& member : members) {
        ByteWriter fields;
        fields.u32le(static_cast<std::uint32_t>(member.content.size()));
        fields.u32le(static_cast<std::uint32_t>(member.content.size()));
        fields.u8(3); // Unix
        fields.u32le(crc32_of(as_view(member.content)));
        fields.u32le(0x00210000);
        fields.u8(20);
        fields.u8(0x30); // stored
        fields.u16le(static_cast<std::uint16_t>(member.name.size()));
        fields.u32le(0100644);
        fields.text(member.name);
        block4(archive, 0x74, 0x8000, fields.bytes());
        archive.text(member.content);
    }
    block4(archive, 0x7b, 0x4000, {});
    return std::string(as_text(archive.bytes()));
}

std::string rar5(const std::vector<Stored>& members, std::uint8_t flags) {
    ByteWriter archive;
    start5(archive, flags);
    for (const Stored& member : members)
        file5(archive, member.name, member.content, member.content.size(),
              member.crc ? std::optional(crc32_of(as_view(member.content))) : std::nullopt);
    end5(archive);
    return std::string(as_text(archive.bytes()));
}

std::vector<std::string> rar5_volumes(const std::string& name, const std::vector<std::string>& pieces) {
    constexpr std::uint8_t from_previous = 8, to_next = 16;
    std::string whole;
    for (const std::string& piece : pieces) whole += piece;
    std::vector<std::string> volumes;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        ByteWriter archive;
        start5(archive, 1, i);
        const auto flags = static_cast<std::uint8_t>((i > 0 ? from_previous : 0) | (last ? 0 : to_next));
        file5(archive, name, pieces[i], whole.size(), crc32_of(as_view(last ? whole : pieces[i])), flags);
        end5(archive, !last);
        volumes.emplace_back(as_text(archive.bytes()));
    }
    return volumes;
}

std::string rar5_link(const std::string& name, const std::string& target) {
    ByteWriter archive;
    start5(archive, 0);
    ByteWriter record; // redirection: a Unix symbolic link
    variable(record, 5);
    variable(record, 1);
    variable(record, 0);
    variable(record, target.size());
    record.text(target);
    ByteWriter extra;
    variable(extra, record.size());
    extra.raw(record.bytes());
    ByteWriter file;
    variable(file, 2);
    variable(file, 3); // extra area, data
    variable(file, extra.size());
    variable(file, 0);
    variable(file, 0);
    variable(file, 0);
    variable(file, 0120777);
    variable(file, 0);
    variable(file, 1);
    variable(file, name.size());
    file.text(name);
    file.raw(extra.bytes());
    block5(archive, file.bytes());
    end5(archive);
    return std::string(as_text(archive.bytes()));
}

std::string lzh(const std::vector<Stored>& members) {
    ByteWriter archive;
    for (const Stored& member : members) {
        ByteWriter header;
        header.text("-lh0-");
        header.u32le(static_cast<std::uint32_t>(member.content.size()));
        header.u32le(static_cast<std::uint32_t>(member.content.size()));
        header.u32le(0x00210000);
        header.u8(0x20);
        header.u8(0); // level 0
        header.u8(static_cast<std::uint8_t>(member.name.size()));
        header.text(member.name);
        header.u16le(crc16(member.content));
        std::uint8_t sum = 0;
        for (const std::uint8_t octet : header.bytes()) sum = static_cast<std::uint8_t>(sum + octet);
        archive.u8(static_cast<std::uint8_t>(header.size()));
        archive.u8(sum);
        archive.raw(header.bytes());
        archive.text(member.content);
    }
    archive.u8(0);
    return std::string(as_text(archive.bytes()));
}

} // namespace sekisho::tests

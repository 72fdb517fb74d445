#include "tests/crash/samples.h"

#include <random>

#include <fmt/format.h>
#include <turbojpeg.h>
#include <zlib.h>

namespace sekisho::crash {

namespace {

constexpr unsigned edge = 24; // pixels

std::vector<std::uint8_t> pixels(std::mt19937_64& random) {
    std::vector<std::uint8_t> made(edge * edge * 3);
    for (auto& value : made) value = static_cast<std::uint8_t>(random());
    return made;
}

void put_number(std::string& out, unsigned long value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void put_chunk(std::string& png, const std::string& type, const std::string& data) {
    const std::string body = type + data;
    put_number(png, data.size());
    png += body;
    put_number(png, crc32(0, as_view(body).data(), static_cast<uInt>(body.size())));
}

std::string png(std::mt19937_64& random) {
    const auto colours = pixels(random);
    std::vector<std::uint8_t> rows;
    for (unsigned y = 0; y < edge; ++y) {
        rows.push_back(0); // no filter
        rows.insert(rows.end(), colours.begin() + y * edge * 3, colours.begin() + (y + 1) * edge * 3);
    }
    uLongf size = compressBound(rows.size());
    Bytes packed(size);
    compress(packed.data(), &size, rows.data(), rows.size());
    std::string made = "\x89PNG\r\n\x1a\n";
    std::string header;
    put_number(header, edge);
    put_number(header, edge);
    header += std::string("\x08\x02\x00\x00\x00", 5); // 8 bits, RGB
    put_chunk(made, "IHDR", header);
    put_chunk(made, "IDAT", std::string(as_text(View(packed).first(size))));
    put_chunk(made, "IEND", "");
    return made;
}

std::string jpeg(std::mt19937_64& random) {
    const auto colours = pixels(random);
    unsigned char* packed = nullptr;
    unsigned long size = 0;
    tjhandle encoder = tjInitCompress();
    tjCompress2(encoder, colours.data(), edge, 0, edge, TJPF_RGB, &packed, &size, TJSAMP_444, 90, 0);
    std::string made(as_text(View(packed, size)));
    tjFree(packed);
    tjDestroy(encoder);
    return made;
}

std::string table(std::mt19937_64& random, unsigned number) {
    std::string made = "番号,氏名,金額\r\n";
    for (unsigned row = 0; row < 20; ++row)
        made += fmt::format("{}-{},住民 {},{}\r\n", number, row, row, random() % 10'000);
    return made;
}

} // namespace

Sample sample(std::uint64_t seed, unsigned number) {
    std::mt19937_64 random(seed * 1'000'003 + number);
    const auto named = [number](const char* kind) { return fmt::format("書類-{}.{}", number, kind); };
    switch (number / 4 % 4) {
    case 0:
        return {named("txt"), fmt::format("通知 {}\n照会番号 {:016x}\n", number, random())};
    case 1:
        return {named("csv"), table(random, number)};
    case 2:
        return {named("png"), png(random)};
    default:
        return {named("jpg"), jpeg(random)};
    }
}

} // namespace sekisho::crash

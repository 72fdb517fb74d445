#include "tests/sanitizer/formats/raster/samples.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace sekisho::tests {

namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "raster-XXXXXX").string();
        EXPECT_NE(mkdtemp(name.data()), nullptr);
        m_path = name;
    }
    ~Folder() { fs::remove_all(m_path); }
    std::string file(const std::string& name) const { return (m_path / name).string(); }

private:
    fs::path m_path;
};

std::string output_of(const std::string& command) {
    std::string output;
    std::array<char, 65536> buffer{};
    FILE* pipe = popen(command.c_str(), "r");
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), count);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return output;
}

} // namespace

Seen look(View picture, const std::string& kind) {
    const Folder folder;
    const std::string path = folder.file("in." + kind);
    std::ofstream(path, std::ios::binary) << as_text(picture);
    // PAM: a header of lines, then RGBA, for each frame.
    const std::string all = output_of(fmt::format("convert {} {} -colorspace sRGB -alpha set -depth 8 pam:-", path,
                                                  kind == "gif" ? "-coalesce" : ""));
    Seen seen;
    constexpr std::string_view head_end = "ENDHDR\n";
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t body = all.find(head_end, at);
        if (body == all.npos) break;
        const std::string head = all.substr(at, body - at);
        const auto number = [&](const std::string& key) {
            return std::stoul(head.substr(head.find(key) + key.size()));
        };
        const std::size_t size = number("WIDTH ") * number("HEIGHT ") * number("DEPTH ");
        const std::size_t depth = number("DEPTH ");
        seen.sizes += fmt::format("{}x{} ", number("WIDTH "), number("HEIGHT "));
        const View pixels = as_view(all).subspan(body + head_end.size(), size);
        for (std::size_t i = 0; i < pixels.size(); i += depth) {
            // Grey and alpha, or colours and alpha; what cannot be seen has no colour.
            const std::uint8_t alpha = pixels[i + depth - 1];
            for (std::size_t c = 0; c < 3; ++c)
                seen.pixels.push_back(alpha == 0 ? 0 : pixels[i + (depth == 2 ? 0 : c)]);
            seen.pixels.push_back(alpha);
        }
        at = body + head_end.size() + size;
    }
    return seen;
}

int difference(const Seen& a, const Seen& b) {
    if (a.sizes != b.sizes || a.pixels.size() != b.pixels.size() || a.pixels.empty()) return 256;
    int most = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) most = std::max(most, std::abs(a.pixels[i] - b.pixels[i]));
    return most;
}

Bytes make(const std::string& options, const std::string& kind) {
    const Folder folder;
    const std::string path = folder.file("out." + kind);
    output_of(
        fmt::format("convert -depth 8 -size 64x48 gradient:red-blue -fill '#102030' -draw 'rectangle 0,0 20,9' {} {}",
                    options, path));
    std::ifstream in(path, std::ios::binary);
    return to_bytes(std::string(std::istreambuf_iterator<char>(in), {}));
}

Bytes make_gif(const std::string& blocks, const std::string& behind) {
    const std::string head("GIF89a\2\0\2\0\xF1\0\0\xFF\0\0\0\xFF\0\0\0\xFFxyz", 25);
    // Codes of three bits, low bit first: clear 0 1 2 0, end. The fourth colour is never used.
    const std::string frame(",\0\0\0\0\2\0\2\0\0\2\3\x44\x04\x05\0", 16);
    return to_bytes(head + blocks + frame + ";" + behind);
}

} // namespace sekisho::tests

// A picture that the verifier accepts carries no comment, no camera's data and nothing behind its end, by a plain walk
// from block to block.
#include <set>

#include "base/bytes/bytes.h"
#include "base/error/error.h"
#include "sanitizer/verify/image/image.h"

namespace {

using namespace sekisho;

std::size_t number_at(View file, std::size_t at, std::size_t bytes, bool little = false) {
    if (at + bytes > file.size()) bug("accepted a file that is cut off");
    std::size_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i) number = number << 8 | file[at + (little ? bytes - 1 - i : i)];
    return number;
}

// ITU-T T.81, annex B: segments up to the scan, in which 0xFF is never followed by 0xD9.
void look_at_jpeg(View file) {
    std::size_t at = 2;
    for (std::size_t marker = 0; marker != 0xFFDA; at += 2 + number_at(file, at + 2, 2)) {
        marker = number_at(file, at, 2);
        if (marker == 0xFFFE ||
            (marker >= 0xFFE0 && marker <= 0xFFEF && marker != 0xFFE0 && marker != 0xFFE2 && marker != 0xFFEE))
            bug("accepted a comment or an application's segment");
    }
    const auto end = as_text(file).find("\xFF\xD9", at);
    if (end != file.size() - 2) bug("accepted bytes behind the end");
}

void look_at_png(View file) {
    std::string_view name;
    std::size_t at = 8;
    for (; name != "IEND"; at += 12 + number_at(file, at, 4)) {
        (void)number_at(file, at, 8);
        name = as_text(file).substr(at + 4, 4);
        for (const std::string_view vector : {"tEXt", "zTXt", "iTXt", "eXIf", "tIME"})
            if (name == vector) bug("accepted " + std::string(name));
    }
    if (at != file.size()) bug("accepted bytes behind the end");
}

std::size_t after_blocks(View file, std::size_t at) {
    for (std::size_t size = 1; size != 0; at += 1 + size) size = number_at(file, at, 1);
    return at;
}

std::size_t colours_at(View file, std::size_t flags) {
    const std::size_t value = number_at(file, flags, 1);
    return value & 0x80 ? 3U << ((value & 7) + 1) : 0;
}

// GIF89a, section 17 and following.
void look_at_gif(View file) {
    std::size_t at = 13 + colours_at(file, 10);
    while (number_at(file, at, 1) != 0x3B) {
        if (number_at(file, at, 1) == 0x21) {
            const std::size_t label = number_at(file, at + 1, 1);
            const bool loop = label == 0xFF && as_text(file).substr(at + 3, 11) == "NETSCAPE2.0";
            if (label != 0xF9 && !loop) bug("accepted an extension");
            at = after_blocks(file, at + 2);
        } else {
            at = after_blocks(file, at + 11 + colours_at(file, at + 9));
        }
    }
    if (at + 1 != file.size()) bug("accepted bytes behind the end");
}

// TIFF 6.0, section 2, and Adobe's and EXIF's private tags.
void look_at_tiff(View file) {
    static const std::set<std::size_t> forbidden = {270, 271,   272,   305,   306,   315,   330,
                                                    700, 33432, 33723, 34377, 34665, 34853, 37724};
    const bool little = as_text(file).starts_with("II");
    for (std::size_t at = number_at(file, 4, 4, little); at != 0;) {
        const std::size_t count = number_at(file, at, 2, little);
        for (std::size_t i = 0; i < count; ++i)
            if (forbidden.contains(number_at(file, at + 2 + 12 * i, 2, little)))
                bug("accepted a tag about the picture");
        at = number_at(file, at + 2 + 12 * count, 4, little);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View file(data, size);
    const MemorySource source(file);
    Limits limits;
    limits.pixels_one = 1U << 20;
    if (verify::jpeg(source, limits)) look_at_jpeg(file);
    if (verify::png(source, limits)) look_at_png(file);
    if (verify::gif(source, limits)) look_at_gif(file);
    if (verify::tiff(source, limits)) look_at_tiff(file);
    return 0;
}

// Whatever a picture shows: no crash, and an address that is reported is plain.
#include "base/ipc/codec.h"
#include "sanitizer/formats/codes/codes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    if (size < 2) return 0;
    // The first byte is the width; each further bit a module, in squares of three pixels.
    constexpr std::uint32_t module = 3;
    const std::uint32_t columns = data[0];
    const auto rows = columns == 0 ? 0U : static_cast<std::uint32_t>((size - 1) * 8 / columns);
    if (rows == 0 || rows > 400) return 0;
    codes::Grey grey(columns * module, rows * module);
    Bytes row(std::size_t{columns} * module);
    for (std::uint32_t y = 0; y < rows * module; ++y) {
        for (std::size_t x = 0; x < row.size(); ++x) {
            const std::size_t bit = std::size_t{y / module} * columns + x / module;
            row[x] = ((data[1 + bit / 8] >> (bit % 8)) & 1) != 0 ? 0xFF : 0;
        }
        grey.add_row(row, 1);
    }
    for (const Bytes& code : codes::read_codes(grey)) {
        const std::string detail = detail_of(code);
        if (detail.size() > longest_detail || !is_plain(detail)) bug("a detail that no message takes");
        (void)codes::is_address(code);
    }
    return 0;
}

// What a verifier of drawings accepts holds no vector that a plain search finds.
#include "sanitizer/verify/dxf/dxf.h"
#include "sanitizer/verify/jww/jww.h"
#include "sanitizer/verify/sxf/sxf.h"
#include "tests/fuzz/third_reading.h"

namespace {

using namespace sekisho;

// Groups are pairs of lines.
void check_groups(std::string_view text) {
    for (bool is_code = true, is_kind = false; !text.empty(); is_code = !is_code) {
        const std::string_view line = text.substr(0, text.find("\r\n"));
        text.remove_prefix(line.size() + 2);
        if (is_code) {
            is_kind = line == "  0";
            if (line == "999" || line == "102" || line == "310" || line == "1004")
                bug("accepted a group that may not be there");
        } else if (is_kind && (line.starts_with("IMAGE") || line.starts_with("OLE") || line == "3DSOLID")) {
            bug("accepted an object that may not be there");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View file(data, size);
    const MemorySource source(file);
    if (verify::dxf(source, {})) check_groups(as_text(file));
    if (verify::sfc(source, {})) fuzz::has_none(as_text(file), {"\x1b", "evil_feature", "/*\r\n"});
    if (verify::p21(source, {})) fuzz::has_none(as_text(file), {"/*", "\x1b", "\x80"});
    if (verify::jww(source, {}) && size > 12 && data[8] == 0xBC && data[9] == 2 && data[size - 1] != 0)
        bug("accepted pictures behind a drawing");
    return 0;
}

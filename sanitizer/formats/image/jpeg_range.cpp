// Damaged input gives coefficients that no sequential scan can hold, and libjpeg-turbo then writes codes that do not
// exist instead of failing. So they are looked for before anything is written.
#include "sanitizer/formats/image/jpeg_codec.h"

namespace sekisho::image {

namespace {

// T.81 F.1.2: DC in -1024..1023 keeps every difference within 11 bits; AC has 10.
bool codable(const JBLOCK& block) {
    unsigned outside = 0;
    unsigned lowest = 0;
    for (std::size_t i = 0; i < DCTSIZE2; ++i) {
        const auto shifted = static_cast<std::uint16_t>(block[i] + 1024);
        outside |= shifted;
        lowest |= shifted == 0 ? 1U : 0U;
    }
    if ((outside & 0xF800U) != 0) return false;
    if (lowest == 0) return true;
    for (std::size_t i = 1; i < DCTSIZE2; ++i)
        if (block[i] == -1024) return false;
    return true;
}

} // namespace

bool JpegCodec::all_codable() {
    auto* info = static_cast<j_common_ptr>(static_cast<void*>(&m_in));
    for (int i = 0; i < m_in.num_components; ++i) {
        const jpeg_component_info& component = m_in.comp_info[i];
        for (JDIMENSION row = 0; row < component.height_in_blocks; ++row) {
            const JBLOCKROW blocks = m_in.mem->access_virt_barray(info, m_blocks[i], row, 1, FALSE)[0];
            for (JDIMENSION column = 0; column < component.width_in_blocks; ++column)
                if (!codable(blocks[column])) return false;
        }
    }
    return true;
}

} // namespace sekisho::image

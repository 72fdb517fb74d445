// JPEG (ITU-T T.81, JFIF T.871) as the sanitiser writes it: SOI, JFIF or Adobe, a profile, tables, one sequential
// scan of all components, EOI.
#include <algorithm>
#include <array>
#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/image/icc.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/image/jpeg_scan.h"
#include "sanitizer/verify/image/place.h"

namespace sekisho::verify {

namespace {

enum Marker : std::uint8_t {
    marker_sof0 = 0xC0, // baseline
    marker_sof1 = 0xC1, // extended sequential
    marker_dht = 0xC4,
    marker_soi = 0xD8,
    marker_eoi = 0xD9,
    marker_sos = 0xDA,
    marker_dqt = 0xDB,
    marker_app0 = 0xE0,
    marker_app1 = 0xE1,
    marker_app2 = 0xE2,
    marker_app14 = 0xEE
};

struct Component {
    std::uint8_t id = 0;
    unsigned across = 1; // sampling factors
    unsigned down = 1;
    unsigned quantiser = 0;
};

class Walk {
public:
    Walk(View file, const Limits& limits, Location location) : m_reader(file), m_limits(limits), m_location(location) {}
    Result<> run();

private:
    Result<> segment(std::uint8_t marker);
    Result<> jfif(View content);
    Result<> adobe(View content);
    Result<> place(View content);
    Result<> profile(View content);
    Result<> quantisers(View content);
    Result<> frame(View content);
    Result<> huffman(View content);
    Result<> scan(View content);
    std::uint64_t units() const;

    ByteReader m_reader;
    const Limits& m_limits;
    Location m_location;
    unsigned m_segments = 0;
    bool m_jfif = false;
    bool m_adobe = false;
    View m_profile;
    std::array<bool, 4> m_quantisers{};
    std::array<HuffmanTable, 4> m_dc;
    std::array<HuffmanTable, 4> m_ac;
    std::vector<Component> m_components;
    unsigned m_width = 0;
    unsigned m_height = 0;
    bool m_scanned = false;
};

Result<> Walk::jfif(View content) {
    // Version 1.01, a density, no thumbnail; the first segment.
    const bool right = content.size() == 14 && as_text(content.first(7)) == std::string_view("JFIF\0\1\1", 7) &&
                       content[7] <= 2 && (content[8] | content[9]) != 0 && (content[10] | content[11]) != 0 &&
                       content[12] == 0 && content[13] == 0;
    if (!right || m_segments != 0) return refuse(Reason::verify_jpeg_segment);
    m_jfif = true;
    return {};
}

Result<> Walk::adobe(View content) {
    const bool right = content.size() == 12 &&
                       as_text(content.first(11)) == std::string_view("Adobe\0\x64\0\0\0\0", 11) && content[11] <= 2;
    if (!right || m_segments != 0) return refuse(Reason::verify_jpeg_segment);
    m_adobe = true;
    return {};
}

// Directly behind the first segment.
Result<> Walk::place(View content) {
    if (m_location != Location::allowed) return refuse(Reason::verify_jpeg_marker);
    if (m_segments != 1 || !is_place(content)) return refuse(Reason::verify_jpeg_segment);
    return {};
}

Result<> Walk::profile(View content) {
    constexpr std::string_view head("ICC_PROFILE\0\1\1", 14);
    if (!starts_with(content, head) || !m_profile.empty()) return refuse(Reason::verify_jpeg_segment);
    m_profile = content.subspan(head.size());
    return {};
}

Result<> Walk::quantisers(View content) {
    ByteReader reader(content);
    while (!reader.at_end()) {
        const unsigned head = TRY(reader.u8());
        const unsigned wide = head >> 4;
        const unsigned number = head & 15U;
        if (wide > 1 || number > 3) return refuse(Reason::verify_jpeg_table);
        for (int i = 0; i < 64; ++i) {
            const unsigned value = wide == 1 ? TRY(reader.u16be()) : TRY(reader.u8());
            if (value == 0) return refuse(Reason::verify_jpeg_table);
        }
        m_quantisers[number] = true;
    }
    return {};
}

Result<> Walk::frame(View content) {
    ByteReader reader(content);
    const unsigned precision = TRY(reader.u8());
    m_height = TRY(reader.u16be());
    m_width = TRY(reader.u16be());
    const unsigned count = TRY(reader.u8());
    const bool right = precision == 8 && m_height != 0 && m_width != 0 && (count == 1 || count == 3 || count == 4) &&
                       reader.remaining() == 3 * std::size_t{count} && m_components.empty();
    if (!right) return refuse(Reason::verify_jpeg_segment);
    if (std::uint64_t{m_width} * m_height > m_limits.pixels_one) return refuse(Reason::verify_picture_size);
    unsigned blocks = 0;
    for (unsigned i = 0; i < count; ++i) {
        Component component;
        component.id = TRY(reader.u8());
        const unsigned sampling = TRY(reader.u8());
        component.across = sampling >> 4;
        component.down = sampling & 15U;
        component.quantiser = TRY(reader.u8());
        if (component.across < 1 || component.across > 4 || component.down < 1 || component.down > 4 ||
            component.quantiser > 3)
            return refuse(Reason::verify_jpeg_segment);
        for (const Component& other : m_components)
            if (other.id == component.id) return refuse(Reason::verify_jpeg_segment);
        blocks += component.across * component.down;
        m_components.push_back(component);
    }
    // T.81 B.2.3; a single component is written unsampled.
    if (blocks > 10 || (count == 1 && blocks != 1)) return refuse(Reason::verify_jpeg_segment);
    return {};
}

Result<> Walk::huffman(View content) {
    ByteReader reader(content);
    while (!reader.at_end()) {
        const unsigned head = TRY(reader.u8());
        const View counts = TRY(reader.bytes(16));
        std::size_t total = 0;
        for (const std::uint8_t count : counts) total += count;
        if (head > 0x1F || (head & 15U) > 3 || total > 256) return refuse(Reason::verify_jpeg_table);
        const View symbols = TRY(reader.bytes(total));
        const bool for_ac = head >> 4 == 1;
        HuffmanTable& table = for_ac ? m_ac[head & 15U] : m_dc[head & 15U];
        if (table.defined() || !table.set(for_ac, counts, symbols)) return refuse(Reason::verify_jpeg_table);
    }
    return {};
}

std::uint64_t Walk::units() const {
    unsigned across = 1;
    unsigned down = 1;
    for (const Component& component : m_components) {
        across = std::max(across, component.across);
        down = std::max(down, component.down);
    }
    const std::uint64_t columns = (m_width + 8 * across - 1) / (8 * across);
    const std::uint64_t rows = (m_height + 8 * down - 1) / (8 * down);
    return columns * rows;
}

Result<> Walk::scan(View content) {
    ByteReader reader(content);
    if (m_components.empty() || TRY(reader.u8()) != m_components.size()) return refuse(Reason::verify_jpeg_segment);
    std::vector<ScanComponent> components;
    for (const Component& component : m_components) {
        if (TRY(reader.u8()) != component.id) return refuse(Reason::verify_jpeg_segment);
        const unsigned tables = TRY(reader.u8());
        const unsigned dc = tables >> 4;
        const unsigned ac = tables & 15U;
        const bool defined =
            dc < 4 && ac < 4 && m_dc[dc].defined() && m_ac[ac].defined() && m_quantisers[component.quantiser];
        if (!defined) return refuse(Reason::verify_jpeg_table);
        components.push_back({component.across * component.down, &m_dc[dc], &m_ac[ac]});
    }
    const bool whole = TRY(reader.u8()) == 0 && TRY(reader.u8()) == 63 && TRY(reader.u8()) == 0 && reader.at_end();
    if (!whole) return refuse(Reason::verify_jpeg_segment);
    const std::size_t length = walk_scan(m_reader.rest(), units(), components);
    if (length == 0) return refuse(Reason::verify_jpeg_data);
    m_scanned = true;
    return m_reader.skip(length);
}

Result<> Walk::segment(std::uint8_t marker) {
    const unsigned length = TRY(m_reader.u16be());
    if (length < 2) return refuse(Reason::verify_jpeg_segment);
    const View content = TRY(m_reader.bytes(length - 2));
    switch (marker) {
    case marker_app0:
        TRY(jfif(content));
        break;
    case marker_app14:
        TRY(adobe(content));
        break;
    case marker_app1:
        TRY(place(content));
        break;
    case marker_app2:
        TRY(profile(content));
        break;
    case marker_dqt:
        TRY(quantisers(content));
        break;
    case marker_sof0:
    case marker_sof1:
        TRY(frame(content));
        break;
    case marker_dht:
        TRY(huffman(content));
        break;
    case marker_sos:
        TRY(scan(content));
        break;
    default:
        return refuse(Reason::verify_jpeg_marker);
    }
    ++m_segments;
    return {};
}

Result<> Walk::run() {
    if (TRY(m_reader.u16be()) != (0xFF00 | marker_soi)) return refuse(Reason::verify_jpeg_marker);
    while (true) {
        if (TRY(m_reader.u8()) != 0xFF) return refuse(Reason::verify_jpeg_marker);
        const std::uint8_t marker = TRY(m_reader.u8());
        if (marker == marker_eoi) break;
        if (m_scanned) return refuse(Reason::verify_jpeg_marker);
        TRY(segment(marker));
    }
    if (!m_scanned) return refuse(Reason::verify_jpeg_marker);
    if (!m_reader.at_end()) return refuse(Reason::verify_jpeg_after_end);
    if (!m_profile.empty()) TRY(check_icc(m_profile, static_cast<unsigned>(m_components.size())));
    return {};
}

} // namespace

Result<> jpeg(const Source& source, const Limits& limits, Location location) try {
    return Walk(TRY(source.whole(limits.bytes_in_memory)), limits, location).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> jpeg(const Source& source, const Limits& limits) {
    return jpeg(source, limits, Location::forbidden);
}

} // namespace sekisho::verify

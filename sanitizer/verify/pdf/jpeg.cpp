// JPEG data (ITU-T T.81, annex B): a walk over its segments. Nothing is decoded.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_jpeg);
}

constexpr int start_of_image = 0xD8;
constexpr int end_of_image = 0xD9;
constexpr int start_of_scan = 0xDA;
constexpr int quantisation_tables = 0xDB;
constexpr int huffman_tables = 0xC4;
constexpr int restart_interval = 0xDD;
constexpr int jfif = 0xE0;
constexpr int adobe = 0xEE;
constexpr std::size_t jfif_size = 14;  // without a thumbnail
constexpr std::size_t adobe_size = 12; // "Adobe", version, flags, transform

bool is_frame(int marker) {
    return marker >= 0xC0 && marker <= 0xC2;
} // baseline, extended, progressive
bool is_restart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
}

class JpegWalk {
public:
    JpegWalk(View data, std::uint64_t width, std::uint64_t height) : m_reader(data), m_width(width), m_height(height) {}

    Result<int> run() {
        if (TRY(marker()) != start_of_image) return bad();
        for (;;) {
            const int next = TRY(marker());
            if (next == end_of_image) break;
            TRY(segment(next));
            if (next == start_of_scan) TRY(entropy_coded());
        }
        if (!m_reader.at_end() || m_components == 0 || !m_scanned) return bad();
        return m_components;
    }

private:
    Result<int> marker() {
        if (TRY(m_reader.u8()) != 0xFF) return bad();
        return TRY(m_reader.u8());
    }

    Result<> segment(int marker) {
        const std::size_t length = TRY(m_reader.u16be());
        if (length < 2) return bad();
        const View body = TRY(m_reader.bytes(length - 2));
        if (is_frame(marker)) return frame(body);
        switch (marker) {
        case quantisation_tables:
        case huffman_tables:
            return {};
        case restart_interval:
            if (body.size() != 2) return bad();
            return {};
        case start_of_scan:
            m_scanned = true;
            if (m_components == 0 || body.empty() || body.size() != 4U + 2U * body[0]) return bad();
            return {};
        case jfif:
            if (body.size() != jfif_size || !starts_with(body, std::string_view("JFIF\0", 5))) return bad();
            return {};
        case adobe:
            if (body.size() != adobe_size || !starts_with(body, "Adobe")) return bad();
            return {};
        default:
            return bad();
        }
    }

    Result<> frame(View body) {
        ByteReader reader(body);
        if (m_components != 0 || TRY(reader.u8()) != 8) return bad();
        const std::uint64_t height = TRY(reader.u16be());
        const std::uint64_t width = TRY(reader.u16be());
        m_components = TRY(reader.u8());
        if (width != m_width || height != m_height) return bad();
        if (m_components != 1 && m_components != 3 && m_components != 4) return bad();
        if (reader.remaining() != 3U * static_cast<std::size_t>(m_components)) return bad();
        return {};
    }

    // Ends before the next marker that is not a restart.
    Result<> entropy_coded() {
        const View rest = m_reader.rest();
        std::size_t at = 0;
        for (; at + 1 < rest.size(); ++at) {
            if (rest[at] != 0xFF || rest[at + 1] == 0 || is_restart(rest[at + 1])) continue;
            return m_reader.skip(at);
        }
        return bad();
    }

    ByteReader m_reader;
    std::uint64_t m_width;
    std::uint64_t m_height;
    int m_components = 0;
    bool m_scanned = false;
};

} // namespace

Result<> check_jpeg(View data, std::uint64_t width, std::uint64_t height, int& components) {
    auto walked = JpegWalk(data, width, height).run();
    if (!walked) return bad();
    components = *walked;
    return {};
}

} // namespace sekisho::verify

// GIF (CompuServe GIF89a) as the sanitiser writes it: header, screen, a loop count, then frames, each with its control
// block and picture data that decodes exactly, and the trailer.
#include <array>
#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/image/lzw.h"

namespace sekisho::verify {

namespace {

class Walk {
public:
    Walk(View file, const Limits& limits) : m_reader(file), m_limits(limits) {}

    Result<> run() {
        TRY(screen());
        if (starts_with(m_reader.rest(), "\x21\xFF")) TRY(loop());
        unsigned frames = 0;
        for (; starts_with(m_reader.rest(), "\x21\xF9"); ++frames) TRY(frame());
        if (frames == 0 || TRY(m_reader.u8()) != 0x3B) return refuse(Reason::verify_gif_block);
        if (!m_reader.at_end()) return refuse(Reason::verify_gif_after_end);
        return {};
    }

private:
    Result<> screen() {
        if (as_text(TRY(m_reader.bytes(6))) != "GIF89a") return refuse(Reason::verify_gif_field);
        m_width = TRY(m_reader.u16le());
        m_height = TRY(m_reader.u16le());
        const unsigned flags = TRY(m_reader.u8());
        const unsigned rest = TRY(m_reader.u8()) | TRY(m_reader.u8());
        if (m_width == 0 || m_height == 0 || rest != 0 || (flags & 0x78U) != 0x70)
            return refuse(Reason::verify_gif_field);
        if (std::uint64_t{m_width} * m_height > m_limits.pixels_one) return refuse(Reason::verify_picture_size);
        m_has_colours = (flags & 0x80U) != 0;
        if (!m_has_colours) return (flags & 7U) == 0 ? Result<>() : refuse(Reason::verify_gif_field);
        m_colours = 2U << (flags & 7U);
        return m_reader.skip(3 * std::size_t{m_colours});
    }

    Result<> loop() {
        constexpr std::string_view head("\x21\xFF\x0BNETSCAPE2.0\x03\x01", 16);
        if (as_text(TRY(m_reader.bytes(head.size()))) != head) return refuse(Reason::verify_gif_block);
        TRY(m_reader.skip(2));
        if (TRY(m_reader.u8()) != 0) return refuse(Reason::verify_gif_block);
        return {};
    }

    Result<> frame() {
        const View control = TRY(m_reader.bytes(8));
        const unsigned flags = control[3];
        const bool transparent = (flags & 1U) != 0;
        if (control[2] != 4 || (flags & 0xF2U) != 0 || control[7] != 0 || (!transparent && control[6] != 0))
            return refuse(Reason::verify_gif_field);
        if (TRY(m_reader.u8()) != 0x2C) return refuse(Reason::verify_gif_block);
        const unsigned left = TRY(m_reader.u16le());
        const unsigned top = TRY(m_reader.u16le());
        const unsigned width = TRY(m_reader.u16le());
        const unsigned height = TRY(m_reader.u16le());
        if (width == 0 || height == 0 || left + width > m_width || top + height > m_height)
            return refuse(Reason::verify_gif_field);
        const unsigned form = TRY(m_reader.u8());
        unsigned colours = m_colours;
        if ((form & 0x80U) != 0) {
            colours = 2U << (form & 7U);
            TRY(m_reader.skip(3 * std::size_t{colours}));
        }
        // Not interlaced, not sorted; without a table of its own the global one must be there.
        const bool plain = (form & 0x78U) == 0 && ((form & 0x80U) != 0 || (form == 0 && m_has_colours));
        if (!plain || (transparent && control[6] >= colours)) return refuse(Reason::verify_gif_field);
        return data(colours, std::uint64_t{width} * height);
    }

    Result<> data(unsigned colours, std::uint64_t pixels) {
        const unsigned bits = TRY(m_reader.u8());
        if (bits < 2 || bits > 8 || (bits > 2 && 1U << bits > colours)) return refuse(Reason::verify_gif_field);
        m_packed.clear();
        bool short_before = false;
        for (;;) {
            const std::size_t size = TRY(m_reader.u8());
            if (size == 0) break;
            if (short_before) return refuse(Reason::verify_gif_data); // only the last block may be short
            short_before = size != 255;
            const View block = TRY(m_reader.bytes(size));
            m_packed.insert(m_packed.end(), block.begin(), block.end());
        }
        if (!is_exact_lzw(m_packed, {bits, colours, false}, pixels)) return refuse(Reason::verify_gif_data);
        return {};
    }

    ByteReader m_reader;
    const Limits& m_limits;
    unsigned m_width = 0;
    unsigned m_height = 0;
    bool m_has_colours = false;
    unsigned m_colours = 0;
    Bytes m_packed;
};

} // namespace

Result<> gif(const Source& source, const Limits& limits) try {
    return Walk(TRY(source.whole(limits.bytes_out)), limits).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify

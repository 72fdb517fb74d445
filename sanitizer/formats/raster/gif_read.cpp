#include <algorithm>
#include <array>
#include <utility>

#include "sanitizer/formats/raster/gif.h"
#include "sanitizer/formats/raster/lzw.h"

namespace sekisho::raster {

namespace {

constexpr std::uint8_t block_extension = 0x21, block_image = 0x2C, block_end = 0x3B;
constexpr std::uint8_t extension_text = 0x01, extension_control = 0xF9, extension_comment = 0xFE,
                       extension_application = 0xFF;

struct Control {
    std::uint8_t disposal = 0;
    std::uint16_t delay = 0;
    std::optional<std::uint8_t> transparent;
};

class Reading {
public:
    Reading(View file, Budget& budget) : m_reader(file), m_budget(budget) {}

    Result<Gif> run() {
        TRY(screen());
        // What comes before a break is a picture all the same.
        if (const auto done = blocks(); !done) {
            if (reason_of(done.error()) != Reason::input_short && reason_of(done.error()) != Reason::input_damaged)
                return std::unexpected(done.error());
            m_gif.damaged = true;
        }
        if (m_gif.frames.empty()) return refuse(Reason::input_damaged);
        return std::move(m_gif);
    }

private:
    Result<Bytes> palette(unsigned flags) {
        if ((flags & 0x80U) == 0) return Bytes();
        const View colours = TRY(m_reader.bytes(3 * (std::size_t{2} << (flags & 7U))));
        return Bytes(colours.begin(), colours.end());
    }

    Result<> screen() {
        const View head = TRY(m_reader.bytes(6));
        if (!starts_with(head, "GIF87a") && !starts_with(head, "GIF89a")) return refuse(Reason::input_damaged);
        m_gif.width = TRY(m_reader.u16le());
        m_gif.height = TRY(m_reader.u16le());
        const unsigned flags = TRY(m_reader.u8());
        TRY(m_reader.skip(2)); // background, aspect: no reader shows them
        m_gif.palette = TRY(palette(flags));
        return {};
    }

    Result<> blocks() {
        for (;;) {
            TRY(m_budget.check_time());
            const unsigned kind = TRY(m_reader.u8());
            if (kind == block_end) break;
            if (kind == block_extension)
                TRY(extension());
            else if (kind == block_image)
                TRY(image());
            else
                return refuse(Reason::input_damaged);
        }
        m_gif.trailing = !m_reader.at_end();
        return {};
    }

    Result<> skip_blocks() {
        for (;;) {
            const std::size_t size = TRY(m_reader.u8());
            if (size == 0) return {};
            TRY(m_reader.skip(size));
        }
    }

    Result<> control() {
        if (TRY(m_reader.u8()) != 4) return refuse(Reason::input_damaged);
        const unsigned flags = TRY(m_reader.u8());
        const unsigned disposal = flags >> 2 & 7U;
        Control control;
        control.disposal = static_cast<std::uint8_t>(disposal <= 3 ? disposal : 0);
        control.delay = TRY(m_reader.u16le());
        const std::uint8_t transparent = TRY(m_reader.u8());
        if ((flags & 1U) != 0) control.transparent = transparent;
        m_control = control;
        return skip_blocks();
    }

    Result<> application() {
        const std::size_t size = TRY(m_reader.u8());
        const View name = TRY(m_reader.bytes(size));
        const bool loop = as_text(name) == "NETSCAPE2.0" || as_text(name) == "ANIMEXTS1.0";
        if (!loop) {
            (starts_with(name, "XMP Data") ? m_gif.metadata : m_gif.unknown) = true;
            return skip_blocks();
        }
        const std::size_t length = TRY(m_reader.u8());
        const View content = TRY(m_reader.bytes(length));
        if (length == 3 && content[0] == 1) m_gif.loops = static_cast<std::uint16_t>(content[1] | content[2] << 8);
        return length == 0 ? Result<>() : skip_blocks();
    }

    Result<> extension() {
        const unsigned label = TRY(m_reader.u8());
        if (label == extension_control) return control();
        if (label == extension_application) return application();
        if (label == extension_text) m_control = {}; // the control was for the text
        (label == extension_comment ? m_gif.comment : m_gif.unknown) = true;
        return skip_blocks();
    }

    Result<> image() {
        GifFrame frame;
        frame.left = TRY(m_reader.u16le());
        frame.top = TRY(m_reader.u16le());
        frame.width = TRY(m_reader.u16le());
        frame.height = TRY(m_reader.u16le());
        const unsigned flags = TRY(m_reader.u8());
        frame.interlaced = (flags & 0x40U) != 0;
        frame.palette = TRY(palette(flags));
        frame.code_bits = TRY(m_reader.u8());
        frame.data = m_reader.position();
        const Control control = std::exchange(m_control, {});
        frame.disposal = control.disposal;
        frame.delay = control.delay;
        frame.transparent = control.transparent;
        const bool right = frame.width != 0 && frame.height != 0 && frame.code_bits >= 1 && frame.code_bits <= 8;
        if (!right) return refuse(Reason::input_damaged);
        TRY(m_budget.take_members());
        TRY(m_budget.take_picture(frame.width, frame.height));
        if (m_gif.palette_of(frame).empty()) return refuse(Reason::input_damaged);
        m_gif.frames.push_back(std::move(frame));
        return skip_blocks();
    }

    ByteReader m_reader;
    Budget& m_budget;
    Gif m_gif;
    Control m_control;
};

// Rows of an interlaced frame come in four passes (GIF89a appendix E).
Bytes in_order(const Bytes& symbols, std::size_t width, std::size_t height) {
    constexpr std::array<std::pair<std::size_t, std::size_t>, 4> passes = {{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
    Bytes ordered(symbols.size());
    std::size_t from = 0;
    for (const auto& [start, step] : passes)
        for (std::size_t row = start; row < height; row += step, from += width)
            std::copy_n(symbols.begin() + static_cast<std::ptrdiff_t>(from), width,
                        ordered.begin() + static_cast<std::ptrdiff_t>(row * width));
    return ordered;
}

} // namespace

Result<Gif> read_gif(View file, Budget& budget) {
    return Reading(file, budget).run();
}

Bytes read_gif_frame(View file, const GifFrame& frame, bool& damaged) {
    const std::size_t count = std::size_t{frame.width} * frame.height;
    GifUnpacker unpacker(frame.code_bits, count);
    ByteReader reader(file.subspan(frame.data));
    for (bool more = true; more;) {
        const auto size = reader.u8();
        if (!size || *size == 0) break;
        const View block = reader.rest().first(std::min<std::size_t>(*size, reader.remaining()));
        more = unpacker.add(block) && reader.skip(block.size()).has_value();
    }
    Bytes symbols = unpacker.take();
    damaged = damaged || symbols.size() < count;
    symbols.resize(count, frame.transparent.value_or(0));
    return frame.interlaced ? in_order(symbols, frame.width, frame.height) : symbols;
}

} // namespace sekisho::raster

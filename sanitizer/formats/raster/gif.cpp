#include "sanitizer/formats/raster/gif.h"

#include <algorithm>
#include <array>
#include <new>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/raster/raster.h"

namespace sekisho::raster {

namespace {

using Used = std::array<bool, 256>;

// Colours that no pixel has may hold anything: they become black, and what is behind the last used one goes.
// At least `least` stay. Returns whether something was there.
bool blacken_unused(Bytes& palette, const Used& used, std::size_t least) {
    std::size_t count = std::max<std::size_t>(least, 1);
    bool hidden = false;
    for (std::size_t i = 0; i < palette.size() / 3; ++i) {
        if (used[i]) {
            count = std::max(count, i + 1);
            continue;
        }
        for (std::size_t at = 3 * i; at < 3 * i + 3; ++at) {
            hidden = hidden || palette[at] != 0;
            palette[at] = 0;
        }
    }
    palette.resize(3 * count);
    return hidden;
}

// Symbols without a colour: readers differ about them, so they get the first colour.
bool fit_symbols(Bytes& symbols, const GifFrame& frame, std::size_t colours) {
    bool changed = false;
    for (std::uint8_t& symbol : symbols) {
        if (symbol < colours || symbol == frame.transparent) continue;
        symbol = 0;
        changed = true;
    }
    return changed;
}

// The part of a frame that lies on the screen.
void crop(GifFrame& frame, Bytes& symbols, const Gif& gif) {
    const std::uint32_t width = std::min(frame.width, gif.width - frame.left);
    const std::uint32_t height = std::min(frame.height, gif.height - frame.top);
    if (width == frame.width && height == frame.height) return;
    Bytes part;
    for (std::size_t row = 0; row < height; ++row) {
        const View line = View(symbols).subspan(row * frame.width, width);
        part.insert(part.end(), line.begin(), line.end());
    }
    symbols = std::move(part);
    frame.width = width;
    frame.height = height;
}

// Readers make the screen large enough for the first frame; what lies outside of it is never seen.
void fit_frames(Gif& gif) {
    const GifFrame& first = gif.frames.front();
    gif.width = std::min(65535U, std::max(gif.width, first.left + first.width));
    gif.height = std::min(65535U, std::max(gif.height, first.top + first.height));
    const auto outside = [&](const GifFrame& frame) { return frame.left >= gif.width || frame.top >= gif.height; };
    const std::size_t before = gif.frames.size();
    std::erase_if(gif.frames, outside);
    gif.damaged = gif.damaged || gif.frames.size() != before;
}

void note(Context& context, const Gif& gif, bool hidden) {
    if (gif.metadata) context.found(Finding::image_metadata, Action::removed);
    if (gif.comment) context.found(Finding::image_comment, Action::removed);
    if (gif.unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (hidden) context.found(Finding::image_palette, Action::removed);
    if (gif.trailing) context.found(Finding::image_trailing_data, Action::removed);
    if (gif.damaged) context.found(Finding::image_damaged, Action::rewritten);
}

class Rebuild {
public:
    Rebuild(View file, Gif gif, Job& job) : m_file(file), m_gif(std::move(gif)), m_job(job) {}

    Result<Type> run() {
        fit_frames(m_gif);
        if (m_gif.frames.empty()) return refuse(Reason::input_damaged);
        TRY(m_job.context.budget().take_picture(m_gif.width, m_gif.height)); // readers hold the whole screen
        TRY(clean_palettes());
        ByteWriter start;
        write_gif_start(start, m_gif);
        TRY(m_job.out.write(start.bytes()));
        for (GifFrame& frame : m_gif.frames) {
            TRY(m_job.context.budget().check_time());
            const Bytes symbols = symbols_of(frame);
            ByteWriter writer;
            GifFrame written = frame;
            crop_to_write(written);
            look_at(written, symbols);
            write_gif_frame(writer, written, symbols, m_gif.palette_of(frame).size() / 3);
            TRY(m_job.out.write(writer.bytes()));
        }
        ByteWriter end;
        write_gif_end(end);
        TRY(m_job.out.write(end.bytes()));
        note(m_job.context, m_gif, m_hidden);
        return Type::gif;
    }

private:
    Bytes symbols_of(const GifFrame& frame) {
        Bytes symbols = read_gif_frame(m_file, frame, m_gif.damaged);
        GifFrame cropped = frame;
        crop(cropped, symbols, m_gif);
        const std::size_t colours = m_colours[static_cast<std::size_t>(&frame - m_gif.frames.data())];
        m_gif.damaged = fit_symbols(symbols, frame, colours) || m_gif.damaged;
        return symbols;
    }

    // What a frame shows by itself; unlike an animation's last picture, but a code is seldom put together of several.
    void look_at(const GifFrame& frame, View symbols) {
        const Bytes& palette = m_gif.palette_of(frame);
        codes::Grey grey(frame.width, frame.height);
        Bytes row(std::size_t{frame.width} * 4);
        for (std::size_t y = 0; y < frame.height && (y + 1) * frame.width <= symbols.size(); ++y) {
            for (std::size_t x = 0; x < frame.width; ++x) {
                const std::size_t symbol = symbols[y * frame.width + x];
                const bool shown = symbol != frame.transparent && 3 * symbol + 2 < palette.size();
                for (std::size_t i = 0; i < 3; ++i) row[4 * x + i] = shown ? palette[3 * symbol + i] : 0;
                row[4 * x + 3] = shown ? 0xFF : 0;
            }
            grey.add_row(row, 4);
        }
        codes::look_for_codes(grey, m_job.context);
    }

    void crop_to_write(GifFrame& frame) const {
        frame.width = std::min(frame.width, m_gif.width - frame.left);
        frame.height = std::min(frame.height, m_gif.height - frame.top);
    }

    Result<> clean_palettes() {
        for (const GifFrame& frame : m_gif.frames) m_colours.push_back(m_gif.palette_of(frame).size() / 3);
        Used global{};
        std::size_t global_least = 0;
        for (GifFrame& frame : m_gif.frames) {
            TRY(m_job.context.budget().check_time());
            Used own{};
            Used& used = frame.palette.empty() ? global : own;
            for (const std::uint8_t symbol : symbols_of(frame))
                if (symbol != frame.transparent) used[symbol] = true;
            const std::size_t least = frame.transparent ? *frame.transparent + std::size_t{1} : 0; // a place, no colour
            if (frame.palette.empty())
                global_least = std::max(global_least, least);
            else
                m_hidden = blacken_unused(frame.palette, own, least) || m_hidden;
        }
        if (!m_gif.palette.empty()) m_hidden = blacken_unused(m_gif.palette, global, global_least) || m_hidden;
        return {};
    }

    View m_file;
    Gif m_gif;
    Job& m_job;
    std::vector<std::size_t> m_colours; // of each frame, as it came
    bool m_hidden = false;
};

} // namespace

Result<Type> gif(Job& job) try {
    const View file = TRY(job.in.whole(job.context.limits().bytes_in_memory));
    return Rebuild(file, TRY(read_gif(file, job.context.budget())), job).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::raster

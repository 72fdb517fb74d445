#include <algorithm>
#include <bit>
#include <new>

#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/raster/bmp_head.h"
#include "sanitizer/formats/raster/raster.h"

namespace sekisho::raster {

namespace {

// A part of a pixel as eight bits.
std::uint8_t channel(std::uint32_t pixel, std::uint32_t mask) {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    const std::uint64_t most = mask >> shift;
    const std::uint64_t value = (pixel & mask) >> shift;
    return static_cast<std::uint8_t>((value * 255 + most / 2) / most);
}

class Reading {
public:
    Reading(Job& job, BmpHead head) : m_job(job), m_head(std::move(head)) {}

    Result<Type> run() {
        Context& context = m_job.context;
        TRY(context.budget().take_picture(m_head.width, m_head.height));
        m_grey = m_head.bits <= 8 && is_grey();
        m_picture.width = m_head.width;
        m_picture.height = m_head.height;
        m_picture.samples = m_grey ? 1 : m_head.masks[3] != 0 ? 4 : 3;
        // Plain rows are as large as the picture: a size that the file cannot hold is a lie, not a picture.
        const std::uint64_t needed = m_head.coding == BmpCoding::plain ? std::uint64_t{m_head.stride()} : 0;
        if (m_head.pixels_at + needed > m_job.in.size()) return refuse(Reason::input_short);
        TRY(context.budget().check_ratio(m_job.in.size(), m_picture.bytes()));
        TRY(image::reserve_pixels(m_picture, context.limits()));
        TRY(m_head.coding == BmpCoding::plain ? read_rows() : read_runs());
        TRY(finish());
        return image::write_picture(m_picture, image::Coding::lossless, context, m_job.out);
    }

private:
    bool is_grey() const {
        for (std::size_t i = 0; i + 2 < m_head.palette.size(); i += 3)
            if (m_head.palette[i] != m_head.palette[i + 1] || m_head.palette[i] != m_head.palette[i + 2]) return false;
        return true;
    }

    std::span<std::uint8_t> row_at(std::uint32_t y) {
        const std::size_t stride = std::size_t{m_picture.width} * m_picture.samples;
        const std::uint32_t row = m_head.top_down ? y : m_head.height - 1 - y;
        return std::span(m_picture.pixels).subspan(row * stride, stride);
    }

    void put_index(std::span<std::uint8_t> row, std::size_t x, unsigned index) {
        const std::uint8_t* const colour = m_head.palette.data() + 3 * std::size_t{index};
        for (unsigned c = 0; c < m_picture.samples; ++c) row[x * m_picture.samples + c] = colour[c];
    }

    void put_row(std::span<std::uint8_t> row, View packed) {
        if (m_head.bits <= 8) {
            const unsigned per_byte = 8 / m_head.bits;
            for (std::size_t x = 0; x < m_head.width; ++x) {
                const auto shift = static_cast<unsigned>(8 - m_head.bits * (x % per_byte + 1));
                put_index(row, x, packed[x / per_byte] >> shift & ((1U << m_head.bits) - 1));
            }
            return;
        }
        const std::size_t step = m_head.bits / 8;
        for (std::size_t x = 0; x < m_head.width; ++x) {
            std::uint32_t pixel = 0;
            for (std::size_t i = step; i-- > 0;) pixel = pixel << 8 | packed[x * step + i];
            for (unsigned c = 0; c < m_picture.samples; ++c)
                row[x * m_picture.samples + c] = m_head.bits == 24 ? static_cast<std::uint8_t>(pixel >> (16 - 8 * c))
                                                                   : channel(pixel, m_head.masks[c]);
        }
    }

    Result<> read_rows() {
        Bytes packed(m_head.stride());
        std::uint64_t at = m_head.pixels_at;
        for (std::uint32_t y = 0; y < m_head.height; ++y, at += packed.size()) {
            TRY(m_job.context.budget().check_time());
            // The last row of some writers lacks its filler.
            const std::size_t count = TRY(m_job.in.read_at(at, packed));
            if (count < (std::size_t{m_head.width} * m_head.bits + 7) / 8) {
                m_damaged = true;
                return {};
            }
            put_row(row_at(y), packed);
        }
        m_end = at;
        return {};
    }

    // Pairs of a count and an index; a count of 0 is an escape ([MS-WMF] 3.1.6).
    Result<> read_runs() {
        const View file = TRY(m_job.in.whole(m_job.context.limits().bytes_in_memory));
        ByteReader reader(file.subspan(static_cast<std::size_t>(m_head.pixels_at)));
        for (std::uint32_t y = 0; y < m_head.height; ++y) // what no run paints has the first colour
            for (std::size_t x = 0; x < m_head.width; ++x) put_index(row_at(y), x, 0);
        if (!runs(reader)) m_damaged = true;
        m_end = m_head.pixels_at + reader.position();
        return {};
    }

    void put_run(unsigned count, const std::array<unsigned, 2>& indices) {
        for (unsigned i = 0; i < count && m_x < m_head.width; ++i, ++m_x) put_index(row_at(m_y), m_x, indices[i % 2]);
    }

    Result<> literal(ByteReader& reader, unsigned count) {
        const bool nibbles = m_head.coding == BmpCoding::run_length_4;
        const std::size_t size = nibbles ? (count + 1) / 2 : count;
        const View bytes = TRY(reader.bytes(size));
        for (unsigned i = 0; i < count; ++i) {
            const unsigned byte = bytes[nibbles ? i / 2 : i];
            const unsigned index = !nibbles ? byte : i % 2 == 0 ? byte >> 4 : byte & 15U;
            put_run(1, {index, index});
        }
        return reader.skip(size % 2);
    }

    Result<> runs(ByteReader& reader) {
        while (m_y < m_head.height) {
            TRY(m_job.context.budget().check_time());
            const unsigned count = TRY(reader.u8());
            const unsigned value = TRY(reader.u8());
            if (count != 0) {
                const bool nibbles = m_head.coding == BmpCoding::run_length_4;
                put_run(count, nibbles ? std::array{value >> 4, value & 15U} : std::array{value, value});
            } else if (value == 0) {
                m_x = 0;
                ++m_y;
            } else if (value == 1) {
                return {};
            } else if (value == 2) {
                m_x += TRY(reader.u8());
                m_y += TRY(reader.u8());
            } else {
                TRY(literal(reader, value));
            }
        }
        // The end mark behind the last row.
        if (starts_with(reader.rest(), std::string_view("\0\1", 2))) return reader.skip(2);
        return {};
    }

    Result<> finish() {
        Context& context = m_job.context;
        if (m_picture.samples == 4) {
            // Many writers name an alpha and leave it empty.
            bool empty = true;
            for (std::size_t i = 3; i < m_picture.pixels.size(); i += 4) empty = empty && m_picture.pixels[i] == 0;
            for (std::size_t i = 3; empty && i < m_picture.pixels.size(); i += 4) m_picture.pixels[i] = 0xFF;
        }
        image::drop_opaque_alpha(m_picture);
        m_picture.per_metre_x = m_head.per_metre_x;
        m_picture.per_metre_y = m_head.per_metre_y;
        if (m_head.linked_profile) context.found(Finding::image_icc, Action::removed);
        constexpr std::uint64_t largest_profile = 1U << 20;
        if (m_head.profile_size != 0 && m_head.profile_size <= largest_profile) {
            Bytes profile(static_cast<std::size_t>(m_head.profile_size));
            profile.resize(TRY(m_job.in.read_at(m_head.profile_at, profile)));
            image::take_profile(m_picture, profile, context);
            m_end = std::max(m_end, m_head.profile_at + m_head.profile_size);
        }
        constexpr std::uint64_t filler = 4; // behind the pixels, to an even size of the file
        if (m_head.pixels_at > m_head.head_end + filler) context.found(Finding::image_unknown_chunk, Action::removed);
        if (!m_damaged && m_job.in.size() > m_end + filler)
            context.found(Finding::image_trailing_data, Action::removed);
        if (m_damaged) context.found(Finding::image_damaged, Action::rewritten);
        context.found(Finding::image_converted, Action::converted);
        return {};
    }

    Job& m_job;
    BmpHead m_head;
    image::Picture m_picture;
    bool m_grey = false;
    bool m_damaged = false;
    std::uint64_t m_end = 0;
    std::uint32_t m_x = 0;
    std::uint32_t m_y = 0;
};

} // namespace

Result<Type> bmp(Job& job) try {
    return Reading(job, TRY(read_bmp_head(job.in))).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::raster

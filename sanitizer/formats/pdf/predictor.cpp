#include <algorithm>
#include <cstdlib>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/filters.h"

namespace sekisho::pdf {

namespace {

std::uint8_t paeth(int left, int up, int corner) {
    const int guess = left + up - corner;
    const int a = std::abs(guess - left);
    const int b = std::abs(guess - up);
    const int c = std::abs(guess - corner);
    if (a <= b && a <= c) return static_cast<std::uint8_t>(left);
    return static_cast<std::uint8_t>(b <= c ? up : corner);
}

// One row of PNG filtering (RFC 2083, section 6), undone in place.
void undo_row(std::uint8_t kind, std::span<std::uint8_t> row, const std::uint8_t* above, std::size_t unit) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const int left = i >= unit ? row[i - unit] : 0;
        const int up = above ? above[i] : 0;
        const int corner = above && i >= unit ? above[i - unit] : 0;
        int add = 0;
        if (kind == 1)
            add = left;
        else if (kind == 2)
            add = up;
        else if (kind == 3)
            add = (left + up) / 2;
        else if (kind == 4)
            add = paeth(left, up, corner);
        row[i] = static_cast<std::uint8_t>(row[i] + add);
    }
}

Bytes undo_png(Bytes data, std::size_t row_size, std::size_t unit) {
    const std::size_t rows = (data.size() + row_size) / (row_size + 1);
    std::size_t to = 0;
    const std::uint8_t* above = nullptr;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t from = row * (row_size + 1);
        if (from >= data.size()) break;
        const std::size_t size = std::min(row_size, data.size() - from - 1);
        const std::uint8_t kind = data[from];
        std::move(data.begin() + static_cast<std::ptrdiff_t>(from + 1),
                  data.begin() + static_cast<std::ptrdiff_t>(from + 1 + size),
                  data.begin() + static_cast<std::ptrdiff_t>(to));
        undo_row(kind, std::span(data).subspan(to, size), above, unit);
        above = data.data() + to;
        to += size;
    }
    data.resize(to);
    return data;
}

// TIFF predictor 2 (TIFF 6.0, section 14): each sample is a difference from the one to its left.
void undo_tiff_row(std::span<std::uint8_t> row, const Predictor& predictor) {
    const auto colors = static_cast<std::size_t>(predictor.colors);
    if (predictor.bits == 8) {
        for (std::size_t i = colors; i < row.size(); ++i) row[i] = static_cast<std::uint8_t>(row[i] + row[i - colors]);
        return;
    }
    if (predictor.bits == 16) {
        for (std::size_t i = 2 * colors; i + 1 < row.size(); i += 2) {
            const unsigned left = row[i - 2 * colors] * 256U + row[i - 2 * colors + 1];
            const unsigned sum = row[i] * 256U + row[i + 1] + left;
            row[i] = static_cast<std::uint8_t>(sum >> 8);
            row[i + 1] = static_cast<std::uint8_t>(sum);
        }
        return;
    }
    const auto bits = static_cast<std::size_t>(predictor.bits);
    const unsigned mask = (1U << bits) - 1;
    const std::size_t samples = row.size() * 8 / bits;
    const auto shift = [&](std::size_t sample) { return 8 - bits - sample * bits % 8; };
    for (std::size_t i = colors; i < samples; ++i) {
        const std::size_t before = i - colors;
        const unsigned left = (row[before * bits / 8] >> shift(before)) & mask;
        std::uint8_t& byte = row[i * bits / 8];
        const unsigned sum = (((byte >> shift(i)) & mask) + left) & mask;
        byte = static_cast<std::uint8_t>((byte & ~(mask << shift(i))) | (sum << shift(i)));
    }
}

} // namespace

Result<Bytes> undo_predictor(Bytes data, const Predictor& predictor) {
    if (predictor.kind <= 1) return data;
    const bool sound = predictor.colors >= 1 && predictor.colors <= 32 && predictor.columns >= 1 &&
                       predictor.columns <= 1 << 24 &&
                       (predictor.bits == 1 || predictor.bits == 2 || predictor.bits == 4 || predictor.bits == 8 ||
                        predictor.bits == 16);
    if (!sound) return refuse(Reason::input_damaged);
    const std::size_t pixel_bits =
        static_cast<std::size_t>(predictor.colors) * static_cast<std::size_t>(predictor.bits);
    const std::size_t row_size = (pixel_bits * static_cast<std::size_t>(predictor.columns) + 7) / 8;
    if (predictor.kind >= 10) return undo_png(std::move(data), row_size, std::max<std::size_t>(1, pixel_bits / 8));
    for (std::size_t at = 0; at < data.size(); at += row_size)
        undo_tiff_row(std::span(data).subspan(at, std::min(row_size, data.size() - at)), predictor);
    return data;
}

} // namespace sekisho::pdf

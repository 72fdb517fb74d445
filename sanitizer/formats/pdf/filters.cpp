#include "sanitizer/formats/pdf/filters.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <libdeflate.h>
#include <zlib.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::pdf {

namespace {

using Inflater = std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)>;

// What grows beyond this is measured before memory is taken for it: a bomb costs time only, and what is large is
// allocated once.
constexpr std::size_t unmeasured = 16U << 20;

// Fast path: whole data of about known size. Empty if the data are not exactly one sound zlib stream of that size.
bool inflate_at_once(View packed, std::size_t guess, Bytes& out, std::size_t* consumed) {
    const Inflater inflater(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!inflater) return false;
    for (int attempt = 0; attempt < 2 && guess <= unmeasured; ++attempt, guess *= 6) {
        out.resize(guess);
        std::size_t in_size = 0;
        std::size_t out_size = 0;
        const auto result = libdeflate_zlib_decompress_ex(inflater.get(), packed.data(), packed.size(), out.data(),
                                                          out.size(), &in_size, &out_size);
        if (result == LIBDEFLATE_SUCCESS) {
            out.resize(out_size);
            if (consumed) *consumed = in_size;
            return true;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return false;
    }
    return false;
}

// How much the stream gives until it ends or is damaged. Refuses more than `limit`.
Result<std::size_t> measure(View packed, int window_bits, std::uint64_t limit) {
    z_stream stream{};
    if (inflateInit2(&stream, window_bits) != Z_OK) return refuse(Reason::limit_memory);
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
    Bytes piece(64U << 10);
    std::size_t total = 0;
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), 0xFFFFFFFF));
    for (int status = Z_OK; status == Z_OK;) {
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        status = ::inflate(&stream, Z_NO_FLUSH);
        total += piece.size() - stream.avail_out;
        if (total > limit) return refuse(Reason::limit_bytes);
        if (stream.avail_in == 0 && stream.avail_out != 0) break;
    }
    return total;
}

// Slow path: any size, and damaged streams up to the damage. Raw deflate data without the zlib header is tried too.
Result<Bytes> inflate_in_steps(View packed, int window_bits, std::uint64_t limit, std::size_t* consumed) {
    z_stream stream{};
    if (inflateInit2(&stream, window_bits) != Z_OK) return refuse(Reason::limit_memory);
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
    Bytes out;
    std::size_t size = 0;
    // zlib's interface is not const-correct; it does not write here.
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), 0xFFFFFFFF));
    for (int status = Z_OK; status == Z_OK;) {
        if (size == out.size()) {
            if (size >= unmeasured)
                out.resize(std::max(TRY(measure(packed, window_bits, limit)), size) + 1);
            else
                out.resize(std::max<std::size_t>(std::min<std::size_t>(packed.size() * 4 + 4096, 1U << 20), size * 2));
        }
        stream.next_out = out.data() + size;
        stream.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size() - size, 0x7FFFFFFF));
        const uInt room = stream.avail_out;
        status = ::inflate(&stream, Z_NO_FLUSH);
        size += room - stream.avail_out;
        if (stream.avail_in == 0 && stream.avail_out != 0) break;
    }
    if (size > limit) return refuse(Reason::limit_bytes);
    if (consumed) *consumed = packed.size() - stream.avail_in;
    out.resize(size);
    return out;
}

constexpr std::uint16_t lzw_clear = 256;
constexpr std::uint16_t lzw_end = 257;
constexpr std::size_t lzw_size = 4096;

} // namespace

Result<Bytes> inflate(View packed, std::size_t guess, std::uint64_t limit, std::size_t* consumed) {
    Bytes out;
    if (guess == 0) guess = packed.size() * 4 + 256;
    guess = static_cast<std::size_t>(std::min<std::uint64_t>(guess, limit));
    if (inflate_at_once(packed, guess, out, consumed)) {
        if (out.size() > limit) return refuse(Reason::limit_bytes);
        return out;
    }
    out = TRY(inflate_in_steps(packed, MAX_WBITS, limit, consumed));
    if (out.empty() && packed.size() > 2) out = TRY(inflate_in_steps(packed.subspan(2), -MAX_WBITS, limit, consumed));
    return out;
}

Result<Bytes> decode_lzw(View packed, bool early_change, std::uint64_t limit) {
    struct Code {
        std::uint16_t previous;
        std::uint16_t length;
        std::uint8_t last;
        std::uint8_t first;
    };
    std::array<Code, lzw_size> table{};
    for (std::uint16_t i = 0; i < 256; ++i)
        table[i] = {0, 1, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i)};
    Bytes out;
    std::size_t next = 258;
    unsigned width = 9;
    std::uint32_t bits = 0;
    unsigned held = 0;
    int previous = -1;
    for (std::size_t at = 0; at < packed.size() || held >= width;) {
        while (held < width && at < packed.size()) bits = (bits << 8) | packed[at++], held += 8;
        if (held < width) break;
        const auto code = static_cast<std::uint16_t>((bits >> (held - width)) & ((1U << width) - 1));
        held -= width;
        if (code == lzw_end) break;
        if (code == lzw_clear) {
            next = 258, width = 9, previous = -1;
            continue;
        }
        const bool known = code < 256 || (code > lzw_end && code < next);
        if (!known && (previous < 0 || code != next)) break;
        if (previous >= 0 && next < lzw_size) {
            const Code& before = table[static_cast<std::size_t>(previous)];
            const std::uint8_t last = known ? table[code].first : before.first;
            table[next++] = {static_cast<std::uint16_t>(previous), static_cast<std::uint16_t>(before.length + 1), last,
                             before.first};
        } else if (!known) {
            break;
        }
        const std::size_t length = table[code].length;
        if (out.size() + length > limit) return refuse(Reason::limit_bytes);
        out.resize(out.size() + length);
        std::uint16_t walk = code;
        for (std::size_t i = 0; i < length; ++i, walk = table[walk].previous)
            out[out.size() - 1 - i] = table[walk].last;
        previous = code;
        const std::size_t shift = next + (early_change ? 1 : 0);
        width = shift >= 2048 ? 12 : shift >= 1024 ? 11 : shift >= 512 ? 10 : 9;
    }
    return out;
}

Result<Bytes> decode_run_length(View packed, std::uint64_t limit) {
    Bytes out;
    for (std::size_t at = 0; at < packed.size();) {
        const std::uint8_t count = packed[at++];
        if (count == 128) break;
        if (count < 128) {
            const std::size_t size = std::min<std::size_t>(count + 1U, packed.size() - at);
            out.insert(out.end(), packed.begin() + static_cast<std::ptrdiff_t>(at),
                       packed.begin() + static_cast<std::ptrdiff_t>(at + size));
            at += size;
        } else if (at < packed.size()) {
            out.insert(out.end(), 257U - count, packed[at++]);
        }
        if (out.size() > limit) return refuse(Reason::limit_bytes);
    }
    return out;
}

Bytes decode_ascii_hex(View packed) {
    Bytes out;
    int high = -1;
    for (const std::uint8_t c : packed) {
        if (c == '>') break;
        int value = -1;
        if (c >= '0' && c <= '9')
            value = c - '0';
        else if (c >= 'a' && c <= 'f')
            value = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            value = c - 'A' + 10;
        if (value < 0) continue;
        if (high < 0) {
            high = value;
        } else {
            out.push_back(static_cast<std::uint8_t>(high * 16 + value));
            high = -1;
        }
    }
    if (high >= 0) out.push_back(static_cast<std::uint8_t>(high * 16));
    return out;
}

Bytes decode_ascii85(View packed) {
    Bytes out;
    std::uint32_t value = 0;
    unsigned count = 0;
    for (const std::uint8_t c : packed) {
        if (c == '~') break;
        if (c == 'z' && count == 0) {
            out.insert(out.end(), 4, 0);
            continue;
        }
        if (c < '!' || c > 'u') continue;
        value = value * 85 + (c - '!');
        if (++count < 5) continue;
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
        value = 0, count = 0;
    }
    if (count < 2) return out;
    for (unsigned i = count; i < 5; ++i) value = value * 85 + 84;
    for (unsigned i = 0; i + 1 < count; ++i) out.push_back(static_cast<std::uint8_t>(value >> (24 - 8 * i)));
    return out;
}

} // namespace sekisho::pdf

#include "sanitizer/formats/image/png_packer.h"

#include <algorithm>

#include <libdeflate.h>
#include <zlib.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/image/png_chunk.h"

namespace sekisho::image {

namespace {

constexpr std::size_t data_chunk = (1U << 20) - 4; // with a sequence number a whole megabyte
// Measured on a screen and a photograph: within a few percent of the size of libpng at level 6, in a fraction of the
// time.
constexpr int level_in_memory = 4;
constexpr int level_streaming = 3;

Result<> write_data(Sink& out, View packed, std::uint32_t* sequence) {
    while (!packed.empty()) {
        const View part = packed.first(std::min(packed.size(), data_chunk));
        ByteWriter chunk;
        if (sequence) {
            ByteWriter content;
            content.u32be((*sequence)++);
            content.raw(part);
            append_chunk(chunk, "fdAT", content.bytes());
        } else {
            append_chunk(chunk, "IDAT", part);
        }
        TRY(out.write(chunk.bytes()));
        packed = packed.subspan(part.size());
    }
    return {};
}

class Whole final : public PngPacker {
public:
    Whole(Sink& out, std::size_t total, std::uint32_t* sequence) : m_out(out), m_sequence(sequence) {
        m_rows.reserve(total);
    }

    Result<> add(View filtered) override {
        m_rows.insert(m_rows.end(), filtered.begin(), filtered.end());
        return {};
    }

    Result<> finish() override {
        const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> deflater(
            libdeflate_alloc_compressor(level_in_memory), libdeflate_free_compressor);
        if (!deflater) return refuse(Reason::limit_memory);
        const std::size_t bound = libdeflate_zlib_compress_bound(deflater.get(), m_rows.size());
        const auto packed = std::make_unique_for_overwrite<std::uint8_t[]>(bound); // untouched pages cost nothing
        const std::size_t size =
            libdeflate_zlib_compress(deflater.get(), m_rows.data(), m_rows.size(), packed.get(), bound);
        return write_data(m_out, {packed.get(), size}, m_sequence);
    }

private:
    Sink& m_out;
    std::uint32_t* m_sequence;
    Bytes m_rows;
};

class Streaming final : public PngPacker {
public:
    Streaming(Sink& out, std::uint32_t* sequence) : m_out(out), m_sequence(sequence), m_buffer(data_chunk) {}
    ~Streaming() override { deflateEnd(&m_stream); }

    bool start() { return deflateInit2(&m_stream, level_streaming, Z_DEFLATED, 15, 9, Z_FILTERED) == Z_OK; }

    Result<> add(View filtered) override {
        m_stream.next_in = const_cast<Bytef*>(filtered.data()); // zlib does not write to it
        m_stream.avail_in = static_cast<uInt>(filtered.size());
        while (m_stream.avail_in != 0) TRY(step(Z_NO_FLUSH));
        return {};
    }

    Result<> finish() override {
        while (!m_ended) TRY(step(Z_FINISH));
        return {};
    }

private:
    Result<> step(int flush) {
        m_stream.next_out = m_buffer.data();
        m_stream.avail_out = static_cast<uInt>(m_buffer.size());
        const int result = deflate(&m_stream, flush);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return refuse(Reason::internal);
        m_ended = result == Z_STREAM_END;
        return write_data(m_out, View(m_buffer).first(m_buffer.size() - m_stream.avail_out), m_sequence);
    }

    Sink& m_out;
    std::uint32_t* m_sequence;
    Bytes m_buffer;
    z_stream m_stream{};
    bool m_ended = false;
};

} // namespace

Result<std::unique_ptr<PngPacker>> PngPacker::make(Sink& out, std::uint64_t total, const Limits& limits,
                                                   std::uint32_t* sequence) {
    if (total <= limits.bytes_in_memory) return std::make_unique<Whole>(out, total, sequence);
    auto streaming = std::make_unique<Streaming>(out, sequence);
    if (!streaming->start()) return refuse(Reason::limit_memory);
    return streaming;
}

} // namespace sekisho::image

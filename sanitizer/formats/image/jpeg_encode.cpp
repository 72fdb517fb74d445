#include "sanitizer/formats/image/jpeg_encode.h"

#include <array>
#include <csetjmp>
#include <cstdio>
#include <memory>

#include <jpeglib.h>

namespace sekisho::image {

namespace {

constexpr int quality = 92; // as everywhere here when pixels have to be encoded again
constexpr double metres_per_inch = 0.0254;
constexpr double most_density = 65535.0;

// Everything that can longjmp happens inside run(); what it needs lives in members, so no destructor is jumped over.
class Encoder {
public:
    Encoder(const Picture& picture, Budget& budget, View icc)
        : m_picture(picture), m_budget(budget), m_icc(icc), m_most(budget.limits().bytes_in_memory) {}
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;
    ~Encoder() { jpeg_destroy_compress(&m_out); }

    bool run() noexcept {
        if (setjmp(m_jump) != 0) return false;
        start();
        while (m_out.next_scanline < m_out.image_height) write_row();
        jpeg_finish_compress(&m_out);
        return true;
    }
    Reason reason() const { return m_reason; }
    Bytes take() { return std::move(m_bytes); }

private:
    static Encoder& of(j_common_ptr info) { return *static_cast<Encoder*>(info->client_data); }
    static Encoder& of(j_compress_ptr info) { return *static_cast<Encoder*>(info->client_data); }

    [[noreturn]] void escape(Reason reason) {
        m_reason = reason;
        std::longjmp(m_jump, 1);
    }

    bool append(std::size_t count) noexcept {
        if (count > m_most - m_bytes.size()) return false;
        try {
            m_bytes.insert(m_bytes.end(), m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(count));
            return true;
        } catch (...) {
            return false;
        }
    }

    bool in_time() noexcept {
        try {
            return m_budget.check_time().has_value();
        } catch (...) {
            return false;
        }
    }

    static boolean flush(j_compress_ptr info) {
        Encoder& encoder = of(info);
        if (!encoder.append(encoder.m_buffer.size())) encoder.escape(Reason::limit_memory);
        encoder.m_writer.next_output_byte = encoder.m_buffer.data();
        encoder.m_writer.free_in_buffer = encoder.m_buffer.size();
        return TRUE;
    }

    void connect() {
        jpeg_std_error(&m_errors);
        m_errors.error_exit = [](j_common_ptr info) { of(info).escape(Reason::internal); };
        m_errors.output_message = [](j_common_ptr) {};
        m_out.err = &m_errors;
        m_out.client_data = this;
        jpeg_create_compress(&m_out);
        m_writer.init_destination = [](j_compress_ptr) {};
        m_writer.empty_output_buffer = flush;
        m_writer.term_destination = [](j_compress_ptr info) {
            Encoder& encoder = of(info);
            if (!encoder.append(encoder.m_buffer.size() - encoder.m_writer.free_in_buffer))
                encoder.escape(Reason::limit_memory);
        };
        m_writer.next_output_byte = m_buffer.data();
        m_writer.free_in_buffer = m_buffer.size();
        m_out.dest = &m_writer;
    }

    void start() {
        connect();
        m_out.image_width = m_picture.width;
        m_out.image_height = m_picture.height;
        m_out.input_components = static_cast<int>(m_picture.samples);
        m_out.in_color_space = m_picture.samples == 1 ? JCS_GRAYSCALE : JCS_RGB;
        jpeg_set_defaults(&m_out);
        jpeg_set_quality(&m_out, quality, TRUE);
        const double x = m_picture.per_metre_x * metres_per_inch + 0.5;
        const double y = m_picture.per_metre_y * metres_per_inch + 0.5;
        if (x >= 1 && y >= 1 && x < most_density && y < most_density) {
            m_out.density_unit = 1;
            m_out.X_density = static_cast<UINT16>(x);
            m_out.Y_density = static_cast<UINT16>(y);
        }
        jpeg_start_compress(&m_out, TRUE);
        if (!m_icc.empty()) jpeg_write_icc_profile(&m_out, m_icc.data(), static_cast<unsigned>(m_icc.size()));
    }

    void write_row() {
        if (!in_time()) escape(Reason::limit_seconds);
        const std::size_t stride = std::size_t{m_picture.width} * m_picture.samples;
        auto* row = const_cast<JSAMPROW>(m_picture.pixels.data() + m_out.next_scanline * stride); // it is only read
        jpeg_write_scanlines(&m_out, &row, 1);
    }

    const Picture& m_picture;
    Budget& m_budget;
    View m_icc;
    std::uint64_t m_most;
    Bytes m_bytes;
    Reason m_reason = Reason::internal;
    std::jmp_buf m_jump{};
    jpeg_compress_struct m_out{};
    jpeg_error_mgr m_errors{};
    jpeg_destination_mgr m_writer{};
    std::array<std::uint8_t, 64 * 1024> m_buffer{};
};

} // namespace

Result<Bytes> encode_jpeg(const Picture& picture, Context& context) {
    const bool right = (picture.samples == 1 || picture.samples == 3) && picture.pixels.size() == picture.bytes();
    if (!right) return refuse(Reason::internal);
    const Bytes icc = picture.profile ? write_profile(*picture.profile) : Bytes();
    const auto encoder = std::make_unique<Encoder>(picture, context.budget(), icc);
    if (!encoder->run()) return refuse(encoder->reason());
    return encoder->take();
}

} // namespace sekisho::image

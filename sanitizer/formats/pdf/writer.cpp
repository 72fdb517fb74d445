#include "sanitizer/formats/pdf/writer.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t buffer_size = 256 * 1024;
// The second line marks the file as binary (ISO 32000-1, 7.5.2).
constexpr std::string_view header = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
// Text gains nothing worth its time beyond this level.
constexpr int compression_level = 5;
constexpr std::uint64_t longest_offset = 9'999'999'999; // ten digits of a cross-reference entry

} // namespace

Writer::Writer(Sink& sink)
    : m_sink(sink), m_buffer(header), m_offsets(1, 0),
      m_compressor(libdeflate_alloc_compressor(compression_level), libdeflate_free_compressor) {}

Writer::~Writer() = default;

int Writer::reserve() {
    m_offsets.push_back(0);
    return static_cast<int>(m_offsets.size() - 1);
}

void Writer::give_back(int number) {
    if (static_cast<std::size_t>(number) + 1 != m_offsets.size() || m_offsets.back() != 0)
        bug("a number cannot be given back");
    m_offsets.pop_back();
}

Result<> Writer::flush() {
    m_flushed += m_buffer.size();
    auto written = m_sink.write(std::string_view(m_buffer));
    m_buffer.clear();
    return written;
}

Result<> Writer::emit(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= buffer_size) return flush();
    return {};
}

Result<> Writer::begin(int number) {
    const std::uint64_t offset = m_flushed + m_buffer.size();
    if (offset > longest_offset) return refuse(Reason::limit_bytes);
    m_offsets[static_cast<std::size_t>(number)] = offset;
    put_integer(m_buffer, number);
    return emit(" 0 obj\n");
}

Result<> Writer::object(int number, std::string_view body) {
    TRY(begin(number));
    TRY(emit(body));
    return emit("\nendobj\n");
}

Result<> Writer::stream(int number, std::string_view keys, View data) {
    if (!m_compressor) return refuse(Reason::limit_memory);
    m_packed.resize(libdeflate_zlib_compress_bound(m_compressor.get(), data.size()));
    const std::size_t size =
        libdeflate_zlib_compress(m_compressor.get(), data.data(), data.size(), m_packed.data(), m_packed.size());
    std::string all(keys);
    all += "/Filter/FlateDecode";
    return encoded_stream(number, all, View(m_packed).first(size));
}

Result<> Writer::encoded_stream(int number, std::string_view keys, View data) {
    TRY(begin(number));
    TRY(emit(fmt::format("<<{}/Length {}>>\nstream\n", keys, data.size())));
    TRY(emit(as_text(data)));
    return emit("\nendstream\nendobj\n");
}

Result<> Writer::finish(int catalog) {
    const std::uint64_t start = m_flushed + m_buffer.size();
    TRY(emit(fmt::format("xref\n0 {}\n0000000000 65535 f \n", m_offsets.size())));
    for (std::size_t number = 1; number < m_offsets.size(); ++number) {
        if (m_offsets[number] == 0) bug("an object was reserved and never written");
        TRY(emit(fmt::format("{:010} 00000 n \n", m_offsets[number])));
    }
    TRY(emit(
        fmt::format("trailer\n<</Root {} 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n", catalog, m_offsets.size(), start)));
    return flush();
}

} // namespace sekisho::pdf

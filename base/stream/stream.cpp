#include "base/stream/stream.h"

#include <algorithm>

#include <fmt/format.h>

namespace sekisho {

namespace {

std::unexpected<Error> over_limit(std::uint64_t limit) {
    return reject("limit.bytes", fmt::format("more than the {} bytes that are allowed", limit));
}

constexpr std::size_t buffer_size = 64 * 1024;

} // namespace

Result<std::size_t> MemorySource::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (offset >= m_view.size()) return 0;
    const std::size_t count = std::min<std::size_t>(into.size(), m_view.size() - offset);
    std::copy_n(m_view.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
}

Result<View> MemorySource::whole(std::uint64_t limit) const {
    if (m_view.size() > limit) return over_limit(limit);
    return m_view;
}

Result<FileSource> FileSource::of(Descriptor descriptor) {
    FileSource source;
    source.m_size = TRY(file_size(descriptor));
    source.m_descriptor = std::move(descriptor);
    return source;
}

Result<std::size_t> FileSource::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    return sekisho::read_at(m_descriptor, offset, into);
}

Result<View> FileSource::whole(std::uint64_t limit) const {
    if (m_size > limit) return over_limit(limit);
    if (m_mapping.view().empty()) m_mapping = TRY(Mapping::of(m_descriptor, m_size));
    return m_mapping.view();
}

Result<std::size_t> SliceSource::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (offset >= m_size) return 0;
    return m_of.read_at(m_offset + offset, into.first(std::min<std::uint64_t>(into.size(), m_size - offset)));
}

Result<View> SliceSource::whole(std::uint64_t limit) const {
    if (m_size > limit) return over_limit(limit);
    const View all = TRY(m_of.whole(UINT64_MAX));
    return all.subspan(m_offset, m_size);
}

Result<> MemorySink::write(View view) {
    if (view.size() > m_limit - m_bytes.size()) return over_limit(m_limit);
    m_bytes.insert(m_bytes.end(), view.begin(), view.end());
    return {};
}

Result<> FileSink::write(View view) {
    if (view.size() > m_limit - m_written) return over_limit(m_limit);
    m_written += view.size();
    if (m_buffer.size() + view.size() < buffer_size) {
        m_buffer.insert(m_buffer.end(), view.begin(), view.end());
        return {};
    }
    TRY(write_all(m_descriptor, m_buffer));
    m_buffer.clear();
    if (view.size() >= buffer_size) return write_all(m_descriptor, view);
    m_buffer.assign(view.begin(), view.end());
    return {};
}

Result<> FileSink::finish() {
    TRY(write_all(m_descriptor, m_buffer));
    m_buffer.clear();
    return {};
}

} // namespace sekisho

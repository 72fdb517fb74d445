#include "base/stream/spool.h"

namespace sekisho {

Result<> Spool::write(View view) {
    if (view.size() > m_limit - m_size) return reject("limit.bytes", "more bytes than are allowed");
    m_size += view.size();
    if (m_sink) return m_sink->write(view);
    if (m_size <= in_memory) {
        m_bytes.insert(m_bytes.end(), view.begin(), view.end());
        return {};
    }
    m_file = TRY(make_memory_file("spool"));
    m_sink.emplace(m_file, m_limit);
    TRY(m_sink->write(m_bytes));
    m_bytes = Bytes();
    return m_sink->write(view);
}

Result<const Source*> Spool::finish() {
    if (!m_sink) {
        m_source = std::make_unique<MemorySource>(m_bytes);
        return m_source.get();
    }
    TRY(m_sink->finish());
    m_source = std::make_unique<FileSource>(TRY(FileSource::of(std::move(m_file))));
    return m_source.get();
}

} // namespace sekisho

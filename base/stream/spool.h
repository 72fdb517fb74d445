// A Sink that becomes a Source: in memory while small, an anonymous memory file beyond.
#pragma once

#include <memory>
#include <optional>

#include "base/stream/stream.h"

namespace sekisho {

class Spool final : public Sink {
public:
    explicit Spool(std::uint64_t limit) : m_limit(limit) {}
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    using Sink::write;
    Result<> write(View view) override;
    // Ends the writing. The Source lives as long as the Spool.
    Result<const Source*> finish();

private:
    static constexpr std::uint64_t in_memory = 8ULL << 20;

    std::uint64_t m_limit;
    std::uint64_t m_size = 0;
    Bytes m_bytes;
    Descriptor m_file;
    std::optional<FileSink> m_sink;
    std::unique_ptr<Source> m_source;
};

} // namespace sekisho

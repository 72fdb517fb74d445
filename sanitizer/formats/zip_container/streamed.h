// The Sink behind ZipWriter::begin_member: deflates with zlib in pieces, counts and checks as it goes.
#pragma once

#include <zlib.h>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::zip_detail {

class StreamedMember final : public Sink {
public:
    explicit StreamedMember(Sink& out) : m_out(out) {}
    ~StreamedMember() override;
    Result<> start(int level);

    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();

    std::uint32_t crc() const { return m_crc; }
    std::uint64_t packed() const { return m_packed; }
    std::uint64_t unpacked() const { return m_unpacked; }

private:
    Result<> deflate_pending(int flush);

    Sink& m_out;
    z_stream m_stream{};
    bool m_started = false;
    std::uint32_t m_crc = 0;
    std::uint64_t m_packed = 0;
    std::uint64_t m_unpacked = 0;
    Bytes m_pending; // whole pieces only are deflated, so that the output does not depend on how the caller wrote
    Bytes m_buffer;
};

} // namespace sekisho::zip_detail

// Writes a PDF 1.7 file object by object: header, bodies, cross-reference table, trailer. No dates, no random
// identifiers: the same objects make the same bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"

struct libdeflate_compressor;

namespace sekisho::pdf {

class Writer {
public:
    explicit Writer(Sink& sink);
    ~Writer();

    // A number for an object that is written later. Every number given out must be written.
    int reserve();
    // Takes back the number that was given out last, if nothing was written under it.
    void give_back(int number);
    Result<> object(int number, std::string_view body);
    // `keys` are the dictionary's entries besides Length and Filter. The data are compressed here.
    Result<> stream(int number, std::string_view keys, View data);
    // `keys` includes the Filter for data that is already encoded.
    Result<> encoded_stream(int number, std::string_view keys, View data);
    Result<> finish(int catalog);

private:
    Result<> begin(int number);
    Result<> emit(std::string_view text);
    Result<> flush();

    Sink& m_sink;
    std::string m_buffer;
    std::uint64_t m_flushed = 0;
    std::vector<std::uint64_t> m_offsets; // by object number; 0 = not written
    std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> m_compressor;
    Bytes m_packed;
};

} // namespace sekisho::pdf

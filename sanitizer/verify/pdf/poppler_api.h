// Everything that this room asks of Poppler, and the only place that knows what differs between its versions
// (22.12 on Debian 12, 25.03 on Debian 13). Only the object layer is used: no PDFDoc, no GlobalParams, so Poppler
// opens no file, looks up no font and draws nothing.
#pragma once

#include <functional>
#include <memory>

#include <Object.h>
#include <XRef.h>

#include "base/bytes/bytes.h"

namespace sekisho::verify {

struct XrefEntry {
    enum class Kind : std::uint8_t { absent, plain, packed }; // packed: in an object stream
    Kind kind = Kind::absent;
    std::uint64_t offset = 0; // of a plain object, in the file
};

class PopplerFile {
public:
    // `file` must outlive it. Refuses a file whose cross-reference Poppler had to repair.
    static Result<std::unique_ptr<PopplerFile>> open(View file, std::size_t xref_offset);

    View bytes() const { return m_bytes; }
    int object_count() const { return m_xref->getNumObjects(); }
    XrefEntry entry(int number) { return to_entry(m_xref->getEntry(number, false)); }
    const Object& trailer() { return *m_xref->getTrailerDict(); }
    // The object of a number that is in use (perhaps null); refuses it if Poppler complained about anything.
    Result<Object> fetch(int number);
    // The undecoded bytes of a stream object, as Poppler delimits them.
    Result<View> raw_stream(const Object& stream) const;
    // Decodes a stream and hands it over piece by piece. Refuses more than `limit` bytes, damaged data, and bytes
    // that follow the compressed data.
    Result<> decode(const Object& stream, std::uint64_t limit, const std::function<Result<>(View)>& take) const;
    Result<Bytes> decode(const Object& stream, std::uint64_t limit) const;

private:
    explicit PopplerFile(View file);
    static XrefEntry to_entry(const ::XRefEntry* entry);

    View m_bytes;
    std::unique_ptr<MemStream> m_stream;
    std::unique_ptr<XRef> m_xref;
    bool m_repaired = false;
};

inline std::string_view name_of(const Object& object) {
    return object.getName();
}
inline std::string_view text_of(const Object& object) {
    return object.getString()->toStr();
}
inline const Object& stream_dictionary(const Object& stream) {
    return *stream.getStream()->getDictObject();
}

} // namespace sekisho::verify

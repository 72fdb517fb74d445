#include "sanitizer/verify/pdf/poppler_api.h"

#include <type_traits>

#include <Error.h>
#include <Stream.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t piece = 64 << 10;
// An Adler-32 checksum ends zlib data; Poppler does not read it.
constexpr std::int64_t checksum_size = 4;

// Poppler's error callback has no argument for a context, so the count of a thread's complaints has to live here.
thread_local std::uint64_t complaints = 0;
void count_complaint(ErrorCategory, Goffset, const char*) {
    ++complaints;
}

// True if Poppler complained on this thread while it lives.
class Listening {
public:
    Listening() { setErrorCallback(count_complaint); }
    bool complained() const { return complaints != m_before; }

private:
    std::uint64_t m_before = complaints;
};

// void in 22.12, bool since 25.
template <typename AnyStream> bool rewind(AnyStream& stream) {
    if constexpr (std::is_void_v<decltype(stream.reset())>) {
        stream.reset();
        return true;
    } else {
        return stream.reset();
    }
}

} // namespace

PopplerFile::PopplerFile(View file)
    : m_bytes(file), m_stream(std::make_unique<MemStream>(as_chars(file.data()), 0, static_cast<Goffset>(file.size()),
                                                          Object(objNull))) {}

Result<std::unique_ptr<PopplerFile>> PopplerFile::open(View file, std::size_t xref_offset) {
    const Listening listening;
    std::unique_ptr<PopplerFile> opened(new PopplerFile(file));
    bool* repaired = &opened->m_repaired;
    opened->m_xref = std::make_unique<XRef>(opened->m_stream.get(), static_cast<Goffset>(xref_offset), 0, repaired,
                                            false, [repaired] { *repaired = true; });
    if (!opened->m_xref->isOk() || *repaired || listening.complained()) return refuse(Reason::verify_pdf_xref);
    if (opened->m_xref->isEncrypted()) return refuse(Reason::verify_pdf_encrypted);
    if (!opened->trailer().isDict()) return refuse(Reason::verify_pdf_xref);
    return opened;
}

XrefEntry PopplerFile::to_entry(const ::XRefEntry* entry) {
    if (!entry) return {};
    if (entry->type == xrefEntryUncompressed)
        return {XrefEntry::Kind::plain, static_cast<std::uint64_t>(entry->offset)};
    if (entry->type == xrefEntryCompressed) return {XrefEntry::Kind::packed, 0};
    return {};
}

Result<Object> PopplerFile::fetch(int number) {
    const Listening listening;
    Object object = m_xref->fetch(number, 0);
    if (listening.complained() || m_repaired) return refuse(Reason::verify_pdf_syntax);
    if (object.isRef() || object.isError() || object.isEOF() || object.isNone() || object.isCmd())
        return refuse(Reason::verify_pdf_reference);
    return object;
}

Result<View> PopplerFile::raw_stream(const Object& stream) const {
    BaseStream* base = stream.getStream()->getBaseStream();
    const Goffset start = base->getStart();
    const Goffset length = base->getLength();
    const auto size = static_cast<Goffset>(m_bytes.size());
    if (start < 0 || length < 0 || start > size || length > size - start) return refuse(Reason::verify_pdf_stream);
    return m_bytes.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(length));
}

Result<> PopplerFile::decode(const Object& stream, std::uint64_t limit,
                             const std::function<Result<>(View)>& take) const {
    const Listening listening;
    const View raw = TRY(raw_stream(stream));
    Stream* decoder = stream.getStream();
    if (!rewind(*decoder)) return refuse(Reason::verify_pdf_stream);
    Bytes buffer(piece);
    std::uint64_t total = 0;
    for (;;) {
        const int got = decoder->doGetChars(static_cast<int>(buffer.size()), buffer.data());
        if (got <= 0) break;
        total += static_cast<std::uint64_t>(got);
        if (total > limit) return refuse(Reason::limit_bytes);
        TRY(take(View(buffer).first(static_cast<std::size_t>(got))));
    }
    const Goffset left = decoder->getBaseStream()->getPos() - decoder->getBaseStream()->getStart();
    decoder->close();
    if (listening.complained()) return refuse(Reason::verify_pdf_stream);
    if (static_cast<std::int64_t>(raw.size()) - left > checksum_size) return refuse(Reason::verify_pdf_stream);
    return {};
}

Result<Bytes> PopplerFile::decode(const Object& stream, std::uint64_t limit) const {
    Bytes whole;
    TRY(decode(stream, limit, [&whole](View view) -> Result<> {
        whole.insert(whole.end(), view.begin(), view.end());
        return {};
    }));
    return whole;
}

} // namespace sekisho::verify

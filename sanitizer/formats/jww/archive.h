// What MFC's CArchive writes (Microsoft, Technical Note 2): counts, texts, and tags of objects whose classes are
// numbered as they come.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"

namespace sekisho::jww {

struct Text {
    std::string utf8;
    bool unicode = false; // UTF-16, else CP932
    bool converted = false;
};

class ArchiveReader {
public:
    explicit ArchiveReader(View file) : m_in(file) {}
    ByteReader& in() { return m_in; }

    Result<Text> text();
    // 0xFFFF says that the count has 32 bits.
    Result<std::uint32_t> count(bool& escaped);
    // The class of the object that follows. Refuses a reference to an object that was read before.
    struct Class {
        std::string name;
        std::uint16_t schema;
    };
    Result<const Class*> object();

private:
    Result<const Class*> new_class();
    Result<std::uint32_t> length(bool& unicode);

    ByteReader m_in;
    std::map<std::uint32_t, Class> m_classes; // by their number
    std::uint32_t m_next = 1;                 // classes and objects are numbered together
};

class ArchiveWriter {
public:
    ByteWriter& out() { return m_out.back(); }
    // What is written between these is handed back instead.
    void begin() { m_out.emplace_back(); }
    Bytes end();

    void text(const Text& text);
    void count(std::uint32_t count, bool escaped);
    void object(const ArchiveReader::Class& of);

private:
    void length(std::size_t length);

    std::vector<ByteWriter> m_out{1};
    std::map<std::string, std::uint32_t> m_classes;
    std::uint32_t m_next = 1;
};

} // namespace sekisho::jww

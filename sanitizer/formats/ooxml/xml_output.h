// Writes markup of our own making: everything is escaped, what was written lately can be taken back.
#pragma once

#include <string>
#include <string_view>

#include "base/stream/stream.h"
#include "sanitizer/formats/ooxml/vocabulary.h"

namespace sekisho::ooxml {

class XmlOutput {
public:
    // A place to which the output can be cut back. It includes whether the tag before it was still open.
    struct Mark {
        std::uint64_t position = 0;
        bool tag_open = false;
    };

    // `most` bytes may be held back at once; more is Reason::limit_memory.
    XmlOutput(Sink& out, std::uint64_t most) : m_out(out), m_most(most) {}

    void declaration() { m_text += "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"; }
    void start(Ns ns, std::string_view name);
    void attribute(Ns ns, std::string_view name, std::string_view value);
    void attribute(std::string_view qualified_name, std::string_view value);
    void text(std::string_view text);
    void end(Ns ns, std::string_view name);

    Mark mark() const { return {position(), m_tag_open}; }
    std::uint64_t position() const { return m_flushed + m_text.size(); }
    void cut(const Mark& mark);
    // Takes out what lies between two places, without moving what follows.
    void blank(std::uint64_t from, std::uint64_t to);
    // Overwrites as many bytes as `text` has.
    void overwrite(std::uint64_t at, std::string_view text);
    // True if nothing but the start tag was written since `mark`, taken before that tag.
    bool tag_is_open() const { return m_tag_open; }
    void close_tag();

    // Hands over what has gathered, if it is worth it. Marks taken before are void after this.
    Result<> offer();
    Result<> finish();
    // Refuses to gather ever more.
    Result<> check() const;

private:
    void name(Ns ns, std::string_view name);
    void escaped(std::string_view text, bool in_attribute);
    Result<> flush();

    Sink& m_out;
    std::uint64_t m_most;
    std::string m_text;
    std::uint64_t m_flushed = 0;
    bool m_tag_open = false;
    bool m_blanked = false;
};

} // namespace sekisho::ooxml

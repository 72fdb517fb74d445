// Writes markup of our own making; everything is escaped.
#pragma once

#include <string>
#include <string_view>

#include "base/stream/stream.h"
#include "sanitizer/formats/odf/vocabulary.h"

namespace sekisho::odf {

class XmlOutput {
public:
    explicit XmlOutput(Sink& out) : m_out(out) {}

    void declaration() { m_text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }
    // Every prefix that may be used, on the root.
    void namespaces();
    void start(Ns ns, std::string_view name);
    void attribute(Ns ns, std::string_view name, std::string_view value);
    void text(std::string_view text);
    void end(Ns ns, std::string_view name);
    // True if attributes can still be added to the element that was started last.
    bool tag_is_open() const { return m_tag_open; }

    // Hands over what has gathered, if it is worth it.
    Result<> offer();
    Result<> finish();

private:
    void close_tag();
    void name(Ns ns, std::string_view name);
    void escaped(std::string_view text, bool in_attribute);

    Sink& m_out;
    std::string m_text;
    bool m_tag_open = false;
};

} // namespace sekisho::odf

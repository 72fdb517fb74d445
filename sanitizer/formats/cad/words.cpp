#include "sanitizer/formats/cad/words.h"

#include "sanitizer/formats/text/text.h"

namespace sekisho::cad {

void Words::add(std::string_view utf8) {
    if (utf8.find_first_not_of(" \r\n\t") == utf8.npos) return;
    m_lines += utf8;
    if (!utf8.ends_with('\n')) m_lines += '\n';
}

Result<Type> Words::deliver(Job& job) const {
    const std::string_view lines = m_lines.empty() ? std::string_view("\n") : m_lines;
    const MemorySource source(as_view(lines));
    Job inner{source, job.out, Type::text, job.context};
    return text::plain(inner);
}

} // namespace sekisho::cad

#include "sanitizer/core/job.h"

namespace sekisho {

namespace {

void append(Path& path, Place place, std::uint32_t number) {
    if (path.length < Path::longest) path.steps[path.length++] = {place, number};
}

} // namespace

void Context::found(Finding finding, Action action, Place place, std::uint32_t number) {
    Path path = m_path;
    append(path, place, number);
    m_report.add(finding, action, path);
}

Context::Entered::Entered(Context& context, Place place, std::uint32_t number)
    : m_context(context), m_before(context.m_path) {
    append(context.m_path, place, number);
}

Context::Entered::~Entered() {
    m_context.m_path = m_before;
}

Result<Type> Context::sanitize_nested(const Source& in, Sink& out, std::string_view name) {
    if (m_depth >= limits().depth) return refuse(Reason::limit_depth);
    TRY(m_budget.take_members());
    ++m_depth;
    auto result = m_nested(in, out, name, *this);
    --m_depth;
    return result;
}

} // namespace sekisho

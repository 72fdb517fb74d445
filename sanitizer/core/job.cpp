#include "sanitizer/core/job.h"

#include <utility>

namespace sekisho {

namespace {

void append(Path& path, Place place, std::uint32_t number) {
    if (path.length < Path::longest) path.steps[path.length++] = {place, number};
}

} // namespace

void Context::give(std::vector<std::string> passwords, std::vector<std::uint64_t> parts) {
    m_passwords = std::move(passwords);
    m_parts = std::move(parts);
}

std::span<const std::uint64_t> Context::parts() const {
    return m_depth == 0 ? std::span<const std::uint64_t>(m_parts) : std::span<const std::uint64_t>();
}

void Context::found(Finding finding, Action action) {
    if (m_is_told) m_report.add(finding, action, m_path);
}

void Context::found(Finding finding, Action action, Place place, std::uint32_t number) {
    if (!m_is_told) return;
    Path path = m_path;
    append(path, place, number);
    m_report.add(finding, action, path);
}

Result<> Context::convert(const Source& in, Sink& out, const Conversion& conversion) {
    if (!m_converter) return refuse(Reason::convert_unavailable);
    return m_converter->convert(in, out, conversion);
}

Context::Entered::Entered(Context& context, Place place, std::uint32_t number)
    : m_context(context), m_before(context.m_path) {
    append(context.m_path, place, number);
}

Context::Entered::~Entered() {
    m_context.m_path = m_before;
}

Context::File::File(Context& context, bool is_archive)
    : m_context(context), m_is_archive(is_archive), m_before(std::exchange(context.m_is_archive, is_archive)) {
    if (is_archive) context.m_report.note_archive(++context.m_archives);
}

Context::File::~File() {
    m_context.m_is_archive = m_before;
    if (m_is_archive) --m_context.m_archives;
}

Context::Step::Step(Context& context, Level level, bool is_told)
    : m_context(context), m_level_before(std::exchange(context.m_level, level)),
      m_told_before(std::exchange(context.m_is_told, context.m_is_told && is_told)) {}

Context::Step::~Step() {
    m_context.m_level = m_level_before;
    m_context.m_is_told = m_told_before;
}

Result<Type> Context::sanitize_nested(const Source& in, Sink& out, std::string_view name) {
    if (m_depth >= limits().depth) return refuse(Reason::limit_depth);
    TRY(m_budget.take_members());
    if (m_is_archive) m_report.note_member();
    ++m_depth;
    auto result = m_nested(in, out, name, *this);
    --m_depth;
    return result;
}

} // namespace sekisho

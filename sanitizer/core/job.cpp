#include "sanitizer/core/job.h"

#include <algorithm>
#include <utility>

#include "sanitizer/core/conversion.h"

namespace sekisho {

namespace {

void append(Path& path, Place place, std::uint32_t number) {
    if (path.length < Path::longest) path.steps[path.length++] = {place, number};
}

// Whether two files are the same, byte for byte.
Result<bool> is_same(const Source& a, const Source& b, Budget& budget) {
    if (a.size() != b.size()) return false;
    Bytes one(64 * 1024), other(one.size());
    for (std::uint64_t at = 0; at < a.size();) {
        TRY(budget.check_time());
        const std::size_t count = TRY(a.read_at(at, one));
        if (count == 0 || TRY(b.read_at(at, std::span(other).first(count))) != count) return false;
        if (!std::ranges::equal(View(one).first(count), View(other).first(count))) return false;
        at += count;
    }
    return true;
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

void Context::found(Finding finding, Action action, std::string detail) {
    if (m_is_told) m_report.add(finding, action, m_path, std::move(detail));
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

Context::File::File(Context& context, const Source& in, bool is_archive)
    : m_context(context), m_is_archive(is_archive), m_before(std::exchange(context.m_is_archive, is_archive)) {
    if (!is_archive) return;
    context.m_archives.push_back(&in);
    context.m_report.note_archive(static_cast<std::uint32_t>(context.m_archives.size()));
}

Context::File::~File() {
    m_context.m_is_archive = m_before;
    if (m_is_archive) m_context.m_archives.pop_back();
}

Result<bool> Context::is_around_itself(const Source& in) {
    for (const Source* archive : m_archives)
        if (TRY(is_same(*archive, in, m_budget))) return true;
    return false;
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
    if (TRY(is_around_itself(in))) return refuse(Reason::archive_repeats);
    if (m_is_archive) m_report.note_member();
    ++m_depth;
    auto result = m_nested(in, out, name, *this);
    --m_depth;
    return result;
}

} // namespace sekisho

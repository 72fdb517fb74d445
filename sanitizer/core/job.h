// What a format is given to work with.
#pragma once

#include <string>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/core/report.h"

namespace sekisho {

struct Job;

// Detects, dispatches and sanitises a file; returns the type that was written to `out`.
// `name` is only a hint between kinds of plain text (csv or txt), never a statement of type.
using SanitizeNested = Result<Type> (*)(const Source& in, Sink& out, std::string_view name, class Context& context);

// Carries the budget, the report and the place within nested files.
class Context {
public:
    Context(Level level, Budget& budget, Report& report, SanitizeNested nested)
        : m_level(level), m_budget(budget), m_report(report), m_nested(nested) {}

    Level level() const { return m_level; }
    Budget& budget() { return m_budget; }
    const Limits& limits() const { return m_budget.limits(); }

    // Records a finding here, or one step further in.
    void found(Finding finding, Action action) { m_report.add(finding, action, m_path); }
    void found(Finding finding, Action action, Place place, std::uint32_t number);

    // While it lives, findings are recorded under this step. Steps beyond the fourth are not shown.
    class Entered {
    public:
        Entered(Context& context, Place place, std::uint32_t number);
        Entered(const Entered&) = delete;
        Entered& operator=(const Entered&) = delete;
        ~Entered();

    private:
        Context& m_context;
        Path m_before;
    };
    Entered enter(Place place, std::uint32_t number) { return Entered(*this, place, number); }

    // Sanitises a file inside this one by the same rules; counts depth and member, or refuses with Reason::limit_depth.
    Result<Type> sanitize_nested(const Source& in, Sink& out, std::string_view name);

private:
    Level m_level;
    Budget& m_budget;
    Report& m_report;
    SanitizeNested m_nested;
    Path m_path;
    std::uint32_t m_depth = 0;
};

struct Job {
    const Source& in;
    Sink& out;
    Type type; // as detected
    Context& context;
};

} // namespace sekisho

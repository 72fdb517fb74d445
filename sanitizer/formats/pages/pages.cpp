#include "sanitizer/formats/pages/pages.h"

#include <algorithm>
#include <array>
#include <new>

#include "sanitizer/formats/calendar/calendar.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/json/json.h"
#include "sanitizer/formats/markdown/markdown.h"
#include "sanitizer/formats/pages/typesetter.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/formats/xml/xml.h"

namespace sekisho::pages {

namespace {

struct Row {
    Type type;
    Result<Type> (*rebuild)(Job&);
};
constexpr std::array rows{
    Row{Type::html, html::text}, // layout has rebuilt it
    Row{Type::text, text::plain},
    Row{Type::csv, text::csv},
    Row{Type::tsv, text::csv},
    Row{Type::json, json::rebuild},
    Row{Type::xml, xml::rebuild},
    Row{Type::markdown, markdown::rebuild},
    Row{Type::calendar, calendar::rebuild},
    Row{Type::vcard, calendar::rebuild},
};

// UTF-8, without the mark in front that CSV has.
Result<Bytes> rebuilt(Job& job) {
    const auto row = std::ranges::find(rows, job.type, &Row::type);
    if (row == rows.end()) return refuse(Reason::level_unsupported);
    MemorySink clean(job.context.limits().bytes_in_memory);
    const Context::Step step(job.context, Level::rebuild, true);
    Job first{job.in, clean, job.type, job.context, job.name};
    TRY(row->rebuild(first));
    return clean.take();
}

Result<Type> flatten_checked(Job& job) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    Bytes drawn;
    {
        const Bytes characters = TRY(rebuilt(job));
        std::string_view text = as_text(characters);
        if (text.starts_with(mark)) text.remove_prefix(mark.size());
        drawn = TRY(set_pages(text, job.context));
    }
    return pdf::deliver_drawing(job, drawn);
}

} // namespace

Result<Type> flatten(Job& job) try { return flatten_checked(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

void warm_up() {
    Budget budget{Limits{}};
    Report report;
    Context context(Level::flatten, budget, report, nullptr);
    (void)set_pages("A\u6F22", context);
}

} // namespace sekisho::pages

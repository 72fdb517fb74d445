#include "tests/sanitizer/formats/mail/lone.h"

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/binhex/binhex.h"
#include "sanitizer/formats/mail/mail.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/verify/mail/mail.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::tests {

namespace {

Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    Job job{in, out, type, context, name};
    switch (type) {
    case Type::mail:
        return mail::rebuild(job);
    case Type::msg:
        return mail::outlook(job);
    case Type::tnef:
        return mail::tnef(job);
    case Type::signed_data:
        return mail::signed_file(job);
    case Type::binhex:
        return binhex::unpack(job);
    case Type::text:
        return text::plain(job);
    case Type::csv:
        return text::csv(job);
    case Type::encrypted_data:
        return refuse(Reason::input_encrypted);
    default:
        return refuse(row_of(type).family == Family::executable ? Reason::type_executable : Reason::type_unsupported);
    }
}

Result<> part(Type type, const Source& source, const Limits& limits) {
    return type == Type::csv ? verify::csv(source, limits) : verify::text(source, limits);
}

LoneDone once(View input, std::string_view name) {
    LoneDone done;
    const Limits limits;
    Budget budget(limits);
    Context context(Level::rebuild, budget, done.report, nested);
    MemorySink out(limits.bytes_out);
    const auto type = nested(MemorySource(input), out, name, context);
    if (!type) {
        done.outcome = type.error().code;
        EXPECT_NE(reason_of(type.error()), Reason::internal) << name;
        return done;
    }
    done.outcome = row_of(*type).name;
    done.bytes = out.take();
    const MemorySource output(done.bytes);
    const auto good = *type == Type::mail ? verify::mail(output, limits, part) : part(*type, output, limits);
    EXPECT_TRUE(good) << (good ? "" : to_line(good.error())) << "\n" << as_text(done.bytes).substr(0, 2000);
    if (*type == Type::mail) done.seen = see(done.bytes);
    return done;
}

} // namespace

bool LoneDone::found(Finding finding) const {
    for (const Entry& entry : report.entries())
        if (entry.finding == finding) return true;
    return false;
}

LoneDone pass_alone(View input, std::string_view name) {
    static const bool once_done = [] {
        g_mime_init();
        text::warm_up();
        return true;
    }();
    EXPECT_TRUE(once_done);
    LoneDone done = once(input, name);
    if (done.outcome != "mail") return done;
    const LoneDone again = once(done.bytes, "a.eml");
    EXPECT_EQ(as_text(again.bytes), as_text(done.bytes));
    EXPECT_TRUE(again.report.entries().empty());
    return done;
}

} // namespace sekisho::tests

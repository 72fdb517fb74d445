#include "tests/sanitizer/formats/archive_foreign/support.h"

#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/archive_foreign/foreign.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/name/name.h"
#include "sanitizer/verify/archive/archive.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::tests {

Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    const Context::File file(context, in, row_of(type).family == Family::archive);
    Job job{in, out, type, context, name};
    switch (type) {
    case Type::zip:
        return archive::zip(job);
    case Type::seven_zip:
    case Type::rar:
    case Type::lzh:
    case Type::cab:
    case Type::tar:
        return archive_foreign::rebuild(job);
    case Type::gzip:
    case Type::bzip2:
    case Type::xz:
    case Type::zstd:
        return archive_foreign::unpack(job);
    case Type::text:
        return text::plain(job);
    case Type::csv:
        return text::csv(job);
    case Type::unknown:
        return refuse(Reason::type_unknown);
    default:
        return refuse(row_of(type).family == Family::executable ? Reason::type_executable : Reason::type_unsupported);
    }
}

void warm_up() {
    archive::warm_up();
    archive_foreign::warm_up();
    text::warm_up();
    warm_up_names();
}

namespace {

Result<> verified(Type type, const Source& output, const Limits& limits) {
    if (type == Type::zip) return verify::zip(output, limits, verified);
    if (type == Type::text) return verify::text(output, limits);
    return type == Type::csv ? verify::csv(output, limits) : refuse(Reason::verify_unavailable);
}

Done sanitise(std::string_view input, const Given& given) {
    Budget budget(given.limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    context.give(given.passwords, given.parts);
    const MemorySource source(as_view(input));
    MemorySink out(given.limits.bytes_out);
    const auto type = nested(source, out, given.name, context);
    Done done;
    for (const Entry& entry : report.entries()) {
        const std::string code(row_of(entry.finding).code);
        if (!done.found(code)) done.findings += (done.findings.empty() ? "" : " ") + code;
    }
    if (!type) {
        done.code = type.error().code;
        EXPECT_NE(reason_of(type.error()), Reason::internal) << to_line(type.error());
        return done;
    }
    done.type = row_of(*type).name;
    done.bytes = as_text(out.bytes());
    const MemorySource output(out.bytes());
    const auto good = verified(*type, output, given.limits);
    EXPECT_TRUE(good) << (good ? "" : to_line(good.error()));
    return done;
}

// Info-ZIP and 7-Zip share no code with us, nor with each other.
void open_with_others(Done& done) {
    const Workbench bench;
    bench.write("out.zip", done.bytes);
    std::string words;
    EXPECT_TRUE(bench.run("7z t out.zip", &words)) << words;
    EXPECT_TRUE(bench.run("unzip -t -qq out.zip", &words)) << words;
    EXPECT_TRUE(bench.run("unzip -q out.zip -d made", &words)) << words;
    EXPECT_TRUE(bench.run("unzip -Z1 out.zip", &words)) << words;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = words.find('\n', at);
        const std::string name = words.substr(at, end - at);
        done.members[name] = name.ends_with('/') ? "" : bench.read("made/" + name);
        at = end == words.npos ? words.size() : end + 1;
    }
}

} // namespace

std::vector<std::string> Done::names() const {
    std::vector<std::string> all;
    for (const auto& [name, content] : members) all.push_back(name);
    return all;
}

Done pass(std::string_view input, const Given& given) {
    Done done = sanitise(input, given);
    if (!done.code.empty()) return done;
    EXPECT_TRUE(done.bytes == sanitise(input, given).bytes) << "not deterministic";
    if (done.type == "zip") open_with_others(done);
    const Done again = sanitise(done.bytes, {.name = "again." + done.type});
    EXPECT_EQ(again.code, "");
    EXPECT_EQ(again.findings, "");
    EXPECT_TRUE(sanitise(again.bytes, {.name = "again." + done.type}).bytes == again.bytes) << "never settles";
    return done;
}

} // namespace sekisho::tests

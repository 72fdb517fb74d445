// Does `sekisho formats` say what the sanitiser does, and the manual page the same?
#include <array>
#include <cstdio>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/formats_table.h"
#include "sanitizer/catalogue/type_findings.h"

namespace sekisho::cli {

namespace {

namespace json = boost::json;

std::string output_of(const std::string& command, int& status) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), count);
    status = WEXITSTATUS(pclose(pipe));
    return output;
}

bool is_delivered(Type type) {
    return is_supported(type, Level::rebuild) || is_supported(type, Level::flatten) || is_supported(type, Level::text);
}

} // namespace

TEST(Formats, EveryKindThatIsDeliveredSaysWhatMayBeFoundInIt) {
    for (const TypeRow& row : all_types())
        EXPECT_EQ(is_delivered(row.type), !findings_of(row.type).groups.empty()) << row.name;
}

TEST(Formats, EveryFindingBelongsToAKind) {
    for (const FindingRow& finding : all_findings()) {
        bool belongs = false;
        for (const TypeRow& row : all_types())
            belongs =
                belongs || (!findings_of(row.type).carries && may_be_found(finding.finding, row.type)) ||
                fmt::format(" {} ", findings_of(row.type).groups)
                        .find(fmt::format(" {} ", finding.code.substr(0, finding.code.find('.')))) != std::string::npos;
        EXPECT_TRUE(belongs) << finding.code;
    }
}

TEST(Formats, TheTableNamesEveryKindAndCodeInBothLanguages) {
    for (const bool japanese : {false, true}) {
        const std::string text = formats_as_text(japanese);
        for (const TypeRow& row : all_types()) {
            EXPECT_NE(text.find(row.name), std::string::npos) << row.name;
            EXPECT_NE(text.find(japanese ? row.japanese : row.english), std::string::npos) << row.name;
        }
        for (const FindingRow& row : all_findings()) EXPECT_NE(text.find(row.code), std::string::npos) << row.code;
    }
    EXPECT_NE(formats_as_text(false).find("(refused)"), std::string::npos);
    EXPECT_NE(formats_as_text(true).find("（遮断）"), std::string::npos);
}

TEST(Formats, TheJsonSaysWhatTheSanitiserSupports) {
    const json::object whole = json::parse(formats_as_json()).as_object();
    ASSERT_EQ(whole.at("types").as_array().size(), all_types().size());
    for (const json::value& value : whole.at("types").as_array()) {
        const json::object& row = value.as_object();
        const Type type = *type_by_name(std::string_view(row.at("type").as_string()));
        std::size_t levels = 0;
        for (const json::value& level : row.at("levels").as_array()) {
            EXPECT_TRUE(is_supported(type, *level_by_name(std::string_view(level.as_string())))) << value;
            ++levels;
        }
        EXPECT_EQ(row.at("accepted").as_bool(), levels > 0) << value;
        for (const json::value& code : row.at("findings").as_array())
            EXPECT_TRUE(finding_by_code(std::string_view(code.as_string()))) << code;
    }
    EXPECT_EQ(whole.at("reasons").as_array().size(), all_reasons().size());
}

TEST(Formats, TheManualPageIsMadeFromTheSameData) {
    const Bytes page = *read_file(std::string(SEKISHO_SOURCE_DIR) + "/gateway/cli/sekisho-formats.7.scd", 1 << 20);
    EXPECT_EQ(as_text(page), formats_as_manual())
        << "write it anew: sekisho formats --manual >gateway/cli/sekisho-formats.7.scd";
    int status = 0;
    output_of(fmt::format("scdoc <{}/gateway/cli/sekisho-formats.7.scd >/dev/null 2>&1", SEKISHO_SOURCE_DIR), status);
    EXPECT_EQ(status, 0) << "scdoc does not take the page";
}

TEST(Formats, TheCommandChoosesItsForm) {
    int status = 0;
    const std::string program = fmt::format("LC_ALL=C.UTF-8 {}/sekisho formats", SEKISHO_BIN_DIR);
    EXPECT_EQ(output_of(program, status), formats_as_text(false));
    EXPECT_EQ(status, 0);
    EXPECT_EQ(output_of(program + " --lang ja", status), formats_as_text(true));
    EXPECT_EQ(output_of(program + " --json", status), formats_as_json() + "\n");
    EXPECT_EQ(output_of(program + " --manual", status), formats_as_manual());
    output_of(program + " --jsno 2>&1", status);
    EXPECT_EQ(status, 2);
}

} // namespace sekisho::cli

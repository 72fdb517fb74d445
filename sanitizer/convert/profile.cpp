#include "sanitizer/convert/profile.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <ranges>
#include <string_view>

#include <fmt/format.h>

namespace sekisho::convert {

namespace {

struct Setting {
    const char* path;
    const char* property;
    const char* value;
};

constexpr std::array settings{
#define SETTING(path, property, value) Setting{path, property, value},
#include "sanitizer/convert/settings.def"
#undef SETTING
};

// One setting as a file of the suite's registry (oor:component-data), its path as nested nodes.
std::string text_of(const Setting& setting) {
    const std::string_view path = setting.path;
    const std::size_t slash = path.find('/'), dot = path.find('.');
    std::string before = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                     "<oor:component-data xmlns:oor=\"http://openoffice.org/2001/registry\" "
                                     "oor:package=\"org.openoffice.{}\" oor:name=\"{}\">",
                                     path.substr(0, dot), path.substr(dot + 1, slash - dot - 1));
    std::string after = "</oor:component-data>\n";
    for (const auto node : std::views::split(path.substr(slash + 1), '/')) {
        before += fmt::format("<node oor:name=\"{}\">", std::string_view(node.begin(), node.end()));
        after = "</node>" + after;
    }
    return before + fmt::format("<prop oor:name=\"{}\"><value>{}</value></prop>", setting.property, setting.value) +
           after;
}

Result<> write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text;
    file.close();
    if (!file) return fail("convert.profile", "the settings cannot be written", path);
    return {};
}

} // namespace

Result<> write_profile(const std::string& folder) {
    std::error_code error;
    const std::string data = folder + "/registry/data";
    for (const std::string& made : {folder + "/user", data}) {
        std::filesystem::create_directories(made, error);
        if (error) return fail("convert.profile", error.message(), made);
    }
    for (std::size_t i = 0; i < settings.size(); ++i)
        TRY(write_file(fmt::format("{}/{}.xcu", data, i), text_of(settings[i])));
    return {};
}

std::string url_of(const std::string& path) {
    return "file://" + path;
}

} // namespace sekisho::convert

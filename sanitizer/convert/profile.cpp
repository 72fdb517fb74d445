#include "sanitizer/convert/profile.h"

#include <array>
#include <filesystem>
#include <fstream>

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

std::string settings_text() {
    std::string items;
    for (const Setting& setting : settings)
        items += fmt::format("<item oor:path=\"/org.openoffice.{}\"><prop oor:name=\"{}\" oor:op=\"fuse\"><value>{}"
                             "</value></prop></item>\n",
                             setting.path, setting.property, setting.value);
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n{}</oor:items>\n",
                       items);
}

} // namespace

Result<> write_profile(const std::string& folder) {
    std::error_code error;
    const std::string user = folder + "/user";
    std::filesystem::create_directories(user, error);
    if (error) return fail("convert.profile", error.message(), user);
    std::ofstream file(user + "/registrymodifications.xcu");
    file << settings_text();
    file.close();
    if (!file) return fail("convert.profile", "the settings cannot be written", user);
    return {};
}

std::string url_of(const std::string& path) {
    return "file://" + path;
}

} // namespace sekisho::convert

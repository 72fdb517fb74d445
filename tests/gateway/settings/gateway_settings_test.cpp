#include "gateway/settings/deadlines.h"
#include "gateway/settings/settings.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

using namespace sekisho;

namespace {

const std::string two_zones = "[[zone]]\nname = \"internet\"\naddress = \"192.0.2.1\"\n"
                              "[[zone]]\nname = \"lgwan\"\naddress = \"192.0.2.2\"\nport = 8443\n";

std::string code_of(const std::string& content) {
    const auto settings = Settings::parse(content, "x.toml");
    return settings ? "accepted" : settings.error().code;
}

} // namespace

TEST(GatewaySettings, ZonesInTheOrderOfTrust) {
    const auto settings = Settings::parse("[state]\ndirectory = \"/srv/s\"\n" + two_zones, "x.toml");
    ASSERT_TRUE(settings) << to_line(settings.error());
    ASSERT_EQ(settings->zones().size(), 2U);
    EXPECT_EQ(settings->zones()[0].name, "internet");
    EXPECT_EQ(settings->zones()[0].title_ja, "internet");
    EXPECT_EQ(settings->zones()[0].port, 443);
    EXPECT_EQ(settings->zones()[1].index, 1U);
    EXPECT_EQ(settings->zones()[1].certificate, "/srv/s/tls/lgwan.crt");
    EXPECT_EQ(settings->zone("lgwan"), &settings->zones()[1]);
    EXPECT_EQ(settings->zone("mynumber"), nullptr);
}

TEST(GatewaySettings, ZonesThatContradictThemselves) {
    EXPECT_EQ(code_of(""), "settings.missing");
    EXPECT_EQ(code_of("[[zone]]\nname = \"one\"\naddress = \"::1\"\n"), "settings.missing");
    EXPECT_EQ(code_of(two_zones + "[[zone]]\nname = \"lgwan\"\naddress = \"192.0.2.3\"\n"), "settings.value");
    EXPECT_EQ(code_of(two_zones + "[[zone]]\nname = \"third\"\naddress = \"192.0.2.1\"\n"), "settings.value");
    EXPECT_EQ(code_of(two_zones + "certificate = \"/a.crt\"\n"), "settings.value");
    EXPECT_EQ(code_of(two_zones + "certificate = \"/a.crt\"\nkey = \"/a.key\"\n"), "accepted");
}

TEST(GatewaySettings, LimitsOfTheSanitiserAreSettings) {
    const auto settings =
        Settings::parse("[limits]\nseconds = \"2 min\"\nbytes_in = \"1 GiB\"\n" + two_zones, "x.toml");
    ASSERT_TRUE(settings) << to_line(settings.error());
    EXPECT_EQ(settings->limits().seconds, 120U);
    EXPECT_EQ(settings->limits().bytes_in, 1ULL << 30);
    EXPECT_EQ(settings->limits().pages, Limits().pages);
}

TEST(GatewaySettings, EveryRowIsWholeAndItsDefaultIsAllowed) {
    std::set<std::string_view> names;
    for (const SettingRow& row : all_settings()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.english.empty()) << row.name;
        EXPECT_FALSE(row.japanese.empty()) << row.name;
        if (row.kind != SettingKind::number) continue;
        EXPECT_FALSE(row.unit.empty()) << row.name;
        EXPECT_GE(row.fallback, row.minimum) << row.name;
        EXPECT_LE(row.fallback, row.maximum) << row.name;
    }
}

// Run with SEKISHO_UPDATE=1 to write the page anew.
TEST(GatewaySettings, TheManualPageIsMadeFromTheRows) {
    const std::string path = SEKISHO_SOURCE_DIR "/gateway/settings/sekisho-settings.5.scd";
    if (std::getenv("SEKISHO_UPDATE")) std::ofstream(path) << settings_manual();
    std::ifstream file(path);
    std::stringstream content;
    content << file.rdbuf();
    EXPECT_EQ(content.str(), settings_manual());
}

TEST(Deadlines, ALeaseOutlastsAllItsStages) {
    const auto deadlines = [](const std::string& more) {
        const auto settings = Settings::parse(more + two_zones, "x.toml");
        EXPECT_TRUE(settings) << to_line(settings.error());
        return deadlines_of(*settings);
    };
    const Deadlines usual = deadlines("");
    EXPECT_GE(usual.lease, std::max(usual.scan, usual.sanitize + usual.store) + usual.verify);
    // A scan may be the longest of all, and waits for its turn where there are fewer scanners than lines.
    const Deadlines slow = deadlines("[scanner]\nseconds = 3600\nthreads = 1\n[conveyor]\nparallel = 3\n");
    EXPECT_GE(slow.scan, std::chrono::seconds(3 * 3600));
    EXPECT_GT(slow.lease, slow.scan + slow.verify);
    const Deadlines crowded = deadlines("[conveyor]\nparallel = 8\n[sanitizer]\nparallel = 2\n");
    EXPECT_GE(crowded.sanitize, std::chrono::seconds(4 * 60));
    EXPECT_GT(crowded.lease, crowded.sanitize + crowded.verify);
}

#include "gateway/cli/demo/ground.h"

#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "gateway/auth/accounts.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/launch/ground.h"

namespace sekisho::cli {

namespace fs = std::filesystem;

namespace {

struct DemoZone {
    std::string_view name, japanese, english;
};

constexpr std::array zones{
    DemoZone{"internet", "インターネット接続系", "Internet"},
    DemoZone{"lgwan", "LGWAN接続系", "LGWAN"},
    DemoZone{"mynumber", "マイナンバー利用事務系", "My Number"},
};

struct DemoAccount {
    std::string_view account, person, display, groups;
};

constexpr std::array accounts{
    DemoAccount{"tanaka", "p-0001", "田中 太郎", R"("tax")"},
    DemoAccount{"suzuki", "p-0002", "鈴木 花子", R"("tax")"},
    DemoAccount{"sato", "p-0003", "佐藤 課長", R"("tax", "section-chief")"},
};

constexpr std::string_view demo_password = "sekisho-demo";

std::string settings_text(const std::string& root, unsigned first_port) {
    std::string text =
        fmt::format("# A demonstration gateway. Made by `sekisho demo`.\n"
                    "[state]\ndirectory = \"{0}/state\"\n[run]\ndirectory = \"{0}/run\"\n"
                    "[signatures]\ndirectory = \"{0}/signatures\"\n[policy]\nfile = \"{0}/policy/policy.sekisho\"\n"
                    "[ledger]\nreserve_bytes = 67108864\n",
                    root);
    for (std::size_t i = 0; i < zones.size(); ++i)
        text += fmt::format(
            "[[zone]]\nname = \"{}\"\ntitle_ja = \"{}\"\ntitle_en = \"{}\"\naddress = \"127.0.0.1\"\nport = {}\n",
            zones[i].name, zones[i].japanese, zones[i].english, first_port + i);
    return text;
}

std::string accounts_text() {
    const std::string hash = auth::hash_password(std::string(demo_password));
    std::string text;
    for (const DemoZone& zone : zones)
        for (const DemoAccount& account : accounts)
            text += fmt::format(
                "[[account]]\nzone = \"{}\"\naccount = \"{}\"\nperson = \"{}\"\ndisplay = \"{}\"\ngroups = [{}]\n"
                "password = \"{}\"\n\n",
                zone.name, account.account, account.person, account.display, account.groups, hash);
    return text;
}

Result<> make_directory(const fs::path& path) {
    std::error_code broken;
    fs::create_directories(path, broken);
    if (broken)
        return fail("file.create", broken.message(), path.string(), "Run it as root, or choose another --state");
    return {};
}

Result<> copy_if_missing(const fs::path& from, const fs::path& to) {
    std::error_code broken;
    if (fs::exists(to)) return {};
    fs::copy_file(from, to, broken);
    if (broken) return fail("file.create", broken.message(), from.string(), "Name the project's folder with --share");
    return {};
}

} // namespace

std::string DemoGround::certificate(const std::string& zone) const {
    return fmt::format("{}/state/tls/{}.crt", root, zone);
}

std::string DemoGround::policy() const {
    return root + "/policy/policy.sekisho";
}

std::string DemoGround::address(const std::string& zone) const {
    for (std::size_t i = 0; i < zones.size(); ++i)
        if (zones[i].name == zone) return fmt::format("https://127.0.0.1:{}", first_port + i);
    bug("no such demonstration zone");
}

Result<DemoGround> prepare_ground(const std::string& root, const std::string& share, unsigned first_port) {
    DemoGround ground{root, root + "/sekisho.toml", std::string(demo_password), first_port};
    for (const char* below : {"", "state", "state/auth", "signatures", "policy"})
        TRY(make_directory(fs::path(root) / below));
    TRY(copy_if_missing(fs::path(share) / "policy/profiles/default.sekisho", ground.policy()));
    TRY(sign_for_demonstration(root + "/policy", ground.policy()));
    TRY(copy_if_missing(fs::path(share) / "gateway/scanner/signatures/sekisho.ndb",
                        fs::path(root) / "signatures/sekisho.ndb"));
    TRY(write_file_durably(ground.settings, as_view(settings_text(root, first_port)), 0644));
    TRY(launch::check_reachable(TRY(Settings::load(ground.settings))));
    // Readable by `auth` alone, which gets the directory; the file is made before `sekisho up` gives it away.
    const std::string path = root + "/state/auth/accounts.toml";
    if (!fs::exists(path)) TRY(write_file_durably(path, as_view(accounts_text()), 0644));
    return ground;
}

Result<std::string> write_sample(const DemoGround& ground) {
    const std::array<std::string, 6> objects{
        "<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        ">>",
        "<< /Length 67 >>\nstream\nBT /F1 24 Tf 72 720 Td (This page would have started a program.) Tj ET\n\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /S /JavaScript /JS (app.launchURL\\('file:///C:/Windows/System32/calc.exe'\\);) >>",
    };
    std::string text = "%PDF-1.4\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        table += fmt::format("{:010} 00000 n \n", text.size());
        text += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const std::size_t start = text.size();
    text +=
        fmt::format("{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", table, objects.size() + 1, start);
    const std::string path = ground.root + "/見本.pdf";
    TRY(write_file_durably(path, as_view(text), 0644));
    return path;
}

} // namespace sekisho::cli

#include "policy/sign/manifest.h"

#include <algorithm>

namespace sekisho::sign {

namespace {

constexpr std::string_view first_line = "sekisho-policy-manifest 1";
constexpr std::uint64_t version_max = 1'000'000'000; // as the language has it

std::optional<Digest> digest_of(std::string_view text) {
    Digest digest{};
    const auto octets = from_hex(text);
    if (!octets || octets->size() != digest.size()) return std::nullopt;
    std::ranges::copy(*octets, digest.begin());
    return digest;
}

// Lenient about order and repetition: whether it is the one form, parse() asks afterwards.
bool take(Manifest& manifest, std::string_view word, std::string_view rest) {
    if (word == "act") {
        manifest.act = rest == name_of(Act::rollback) ? Act::rollback : Act::activate;
    } else if (word == "title") {
        manifest.title = rest;
    } else if (word == "version") {
        manifest.version = whole_number(rest, version_max).value_or(0);
    } else if (word == "valid") {
        manifest.valid = parse_days(rest);
    } else if (word == "previous") {
        manifest.previous = digest_of(rest);
    } else if (word == "author") {
        manifest.author = rest;
    } else if (word == "reason") {
        manifest.reason = rest;
    } else if (word == "main") {
        manifest.main = rest;
    } else if (word == "file") {
        const auto digest = digest_of(next_word(rest));
        const auto size = whole_number(next_word(rest), file_bytes_max);
        if (!digest || !size) return false;
        manifest.files.push_back({std::string(rest), *size, *digest});
    } else {
        return false;
    }
    return true;
}

} // namespace

std::string_view name_of(Act act) {
    return act == Act::rollback ? "rollback" : "activate";
}

std::string Manifest::text() const {
    std::string text(first_line);
    const auto line = [&](std::string_view word, std::string_view value) {
        text += '\n';
        text.append(word).append(" ").append(value);
    };
    line("act", name_of(act));
    line("title", title);
    line("version", std::to_string(version));
    line("valid", valid ? to_text(*valid) : "always");
    line("previous", previous ? to_hex(*previous) : "none");
    line("author", author);
    if (!reason.empty()) line("reason", reason);
    line("main", main);
    for (const ManifestFile& file : files)
        line("file", to_hex(file.digest) + ' ' + std::to_string(file.size) + ' ' + file.name);
    return text + '\n';
}

Result<> Manifest::check() const {
    if (!is_line(title, text_max)) return refuse(Problem::name_bad, "title");
    if (!reason.empty() && !is_line(reason, text_max)) return refuse(Problem::name_bad, "reason");
    if (!is_person(author)) return refuse(Problem::name_bad, "author");
    if (version > version_max) return refuse(Problem::name_bad, "version");
    if (files.empty() || files.size() > files_max) return refuse(Problem::name_bad, "files");
    for (std::size_t i = 0; i < files.size(); ++i) {
        const bool sorted = i == 0 || files[i - 1].name < files[i].name;
        if (!is_file_name(files[i].name) || !sorted) return refuse(Problem::name_bad, "file");
    }
    if (std::ranges::find(files, main, &ManifestFile::name) == files.end()) return refuse(Problem::name_bad, "main");
    return {};
}

Result<Manifest> Manifest::parse(std::string_view text) {
    if (text.size() > manifest_max) return refuse(Problem::manifest_format);
    Manifest manifest;
    Lines lines(text);
    if (!lines.next() || lines.line() != first_line) return refuse(Problem::manifest_format, "line 1");
    while (lines.next()) {
        std::string_view rest = lines.line();
        const std::string_view word = next_word(rest);
        if (manifest.files.size() > files_max || !take(manifest, word, rest))
            return refuse(Problem::manifest_format, lines.place());
    }
    if (!manifest.check() || manifest.text() != text) return refuse(Problem::manifest_format);
    return manifest;
}

Result<std::vector<ManifestFile>> describe(const std::vector<NamedText>& files) {
    std::vector<ManifestFile> described;
    for (const NamedText& file : files) {
        const bool fits = is_file_name(file.name) && file.text.size() <= file_bytes_max;
        if (!fits) return refuse(Problem::name_bad, file.name.substr(0, 200));
        described.push_back({file.name, file.text.size(), sha256(as_view(file.text))});
    }
    std::ranges::sort(described, {}, &ManifestFile::name);
    return described;
}

Result<> check_files(const Manifest& manifest, const std::vector<NamedText>& files) {
    const auto described = describe(files);
    if (!described) return refuse(Problem::files_differ);
    if (*described == manifest.files) return {};
    for (const ManifestFile& file : *described)
        if (std::ranges::find(manifest.files, file) == manifest.files.end())
            return refuse(Problem::files_differ, file.name);
    return refuse(Problem::files_differ);
}

} // namespace sekisho::sign

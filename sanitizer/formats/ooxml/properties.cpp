#include "sanitizer/formats/ooxml/properties.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::ooxml {

namespace {

constexpr std::uint64_t largest = 1U << 20;

class Writer final : public XmlEvents {
public:
    std::string application;
    std::string version;

    Result<Go> start(Ns, std::string_view name, std::span<const XmlAttribute>) override {
        m_into = name == "Application" ? &application : name == "AppVersion" ? &version : nullptr;
        return Go::on;
    }
    Result<> end() override {
        m_into = nullptr;
        return {};
    }
    Result<> text(std::string_view text) override {
        if (m_into && m_into->size() < 64) *m_into += text.substr(0, 64);
        return {};
    }

private:
    std::string* m_into = nullptr;
};

// The properties in which people write, of both parts.
constexpr std::array written_names{
    std::string_view("creator"),  std::string_view("lastModifiedBy"), std::string_view("title"),
    std::string_view("subject"),  std::string_view("description"),    std::string_view("keywords"),
    std::string_view("category"), std::string_view("contentStatus"),  std::string_view("Company"),
    std::string_view("Manager"),  std::string_view("HyperlinkBase"),
};

class Words final : public XmlEvents {
public:
    bool any = false;

    Result<Go> start(Ns, std::string_view name, std::span<const XmlAttribute>) override {
        m_inside = std::ranges::find(written_names, name) != written_names.end();
        return Go::on;
    }
    Result<> end() override {
        m_inside = false;
        return {};
    }
    Result<> text(std::string_view text) override {
        any = any || (m_inside && !text.empty());
        return {};
    }

private:
    bool m_inside = false;
};

} // namespace

Result<bool> has_words(const Package& package, const std::string& part, Budget& budget) {
    const ZipEntry* entry = package.find(part);
    if (!entry) return false;
    if (entry->unpacked > largest) return true;
    const Bytes content = TRY(package.zip().read(*entry));
    Words words;
    if (auto read = parse_xml(content, words, budget); !read) {
        if (read.error().code == row_of(Reason::input_damaged).code) return true;
        return std::unexpected(read.error());
    }
    return words.any;
}

Result<std::string> clean_properties(const Package& package, const std::string& part, Type type, Budget& budget) {
    const ZipEntry* entry = package.find(part);
    if (!entry || entry->unpacked > largest) return std::string();
    const Bytes content = TRY(package.zip().read(*entry));
    Writer writer;
    if (auto read = parse_xml(content, writer, budget); !read) {
        if (read.error().code == row_of(Reason::input_damaged).code) return std::string();
        return std::unexpected(read.error());
    }
    if (!writer.application.starts_with("Microsoft")) return std::string();
    const std::string name = type == Type::docx ? "Office Word" : type == Type::xlsx ? "Excel" : "Office PowerPoint";
    const std::string version = writer.version.starts_with("12.") ? "12.0000" : "16.0300";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
           "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
           "extended-properties\"><Application>Microsoft " +
           name + "</Application><AppVersion>" + version + "</AppVersion></Properties>";
}

} // namespace sekisho::ooxml

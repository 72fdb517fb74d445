#include "sanitizer/formats/ooxml/properties.h"

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

} // namespace

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

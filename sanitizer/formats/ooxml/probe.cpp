#include "sanitizer/formats/ooxml/probe.h"

#include <functional>

#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::ooxml {

namespace {

constexpr std::string_view enough = "probe.enough"; // never leaves this file

// Shows start tags to a function until it says stop.
class Look final : public XmlEvents {
public:
    using See = std::function<bool(Ns, std::string_view, std::span<const XmlAttribute>)>; // false: seen enough
    explicit Look(See see) : m_see(std::move(see)) {}
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (!m_see(ns, name, attributes)) return reject(std::string(enough), "");
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }

private:
    See m_see;
};

Result<> look(const ZipReader& zip, const ZipEntry& entry, Budget& budget, Look::See see) {
    Look events(std::move(see));
    XmlParser parser(events, budget);
    auto read = zip.read_to(entry, parser);
    if (read) read = parser.finish();
    // What is no XML shows nothing; limits and document types are refused here as everywhere.
    if (read || read.error().code == enough || read.error().code == row_of(Reason::input_damaged).code) return {};
    return read;
}

} // namespace

Result<Root> probe_root(const ZipReader& zip, const ZipEntry& entry, Budget& budget) {
    Root root;
    TRY(look(zip, entry, budget, [&](Ns ns, std::string_view name, std::span<const XmlAttribute>) {
        root = {ns, std::string(name)};
        return false;
    }));
    return root;
}

Result<bool> probe_well_formed(const ZipReader& zip, const ZipEntry& entry, Budget& budget) {
    Look events([](Ns, std::string_view, std::span<const XmlAttribute>) { return true; });
    XmlParser parser(events, budget);
    auto read = zip.read_to(entry, parser);
    if (read) read = parser.finish();
    if (!read && read.error().code != row_of(Reason::input_damaged).code) return std::unexpected(read.error());
    return read.has_value();
}

Result<bool> probe_pivot_cache(const ZipReader& zip, const ZipEntry& entry, Budget& budget) {
    bool own = false;
    TRY(look(zip, entry, budget, [&](Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) {
        if (ns == Ns::x && name == "cacheFields") return false;
        for (const XmlAttribute& attribute : attributes) {
            if (name == "cacheSource" && attribute.name == "type") own = attribute.value == "worksheet";
            if (name == "worksheetSource" && attribute.ns == Ns::r) own = false;
        }
        return true;
    }));
    return own;
}

Result<Finding> probe_external_link(const ZipReader& zip, const ZipEntry& entry, Budget& budget) {
    Finding finding = Finding::ooxml_external_link;
    TRY(look(zip, entry, budget, [&](Ns, std::string_view name, std::span<const XmlAttribute>) {
        if (name == "ddeLink") finding = Finding::ooxml_dde_link;
        if (name == "oleLink") finding = Finding::ooxml_ole_link;
        return name == "externalLink" || name == "AlternateContent" || name == "Choice";
    }));
    return finding;
}

} // namespace sekisho::ooxml

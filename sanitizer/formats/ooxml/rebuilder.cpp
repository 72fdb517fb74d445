#include "sanitizer/formats/ooxml/rebuilder.h"

#include "sanitizer/formats/ooxml/probe.h"
#include "sanitizer/formats/ooxml/properties.h"

namespace sekisho::ooxml {

namespace {

constexpr std::string_view relationships_type = "application/vnd.openxmlformats-package.relationships+xml";

constexpr const char* properties_name = "docProps/app.xml";

std::string_view folder_of(Where where) {
    return where == Where::word ? "word" : where == Where::sheet ? "xl" : "ppt";
}

Where where_of(Type type) {
    return type == Type::docx ? Where::word : type == Type::xlsx ? Where::sheet : Where::slide;
}

Kind main_of(Where where) {
    return where == Where::word ? Kind::document : where == Where::sheet ? Kind::workbook : Kind::presentation;
}

// A part's relationships stand beside it: "xl/workbook.xml" has "xl/_rels/workbook.xml.rels".
std::string relations_name(const std::string& part) {
    const std::size_t file = part.rfind('/') + 1;
    return part.substr(0, file) + "_rels/" + part.substr(file) + ".rels";
}

std::string from_root(const std::string& name) {
    return "/" + name;
}

// Small documents that hold attributes only.
class Plumbing {
public:
    Plumbing(Ns ns, std::string_view root) : m_sink(1ULL << 30), m_out(m_sink, 1ULL << 30), m_ns(ns), m_root(root) {
        m_out.declaration();
        m_out.start(ns, root);
        m_out.attribute("xmlns", row_of(ns).uri);
    }
    void element(std::string_view name,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> attributes) {
        m_out.start(m_ns, name);
        for (const auto& [key, value] : attributes) m_out.attribute(key, value);
        m_out.end(m_ns, name);
    }
    Result<Bytes> take() {
        m_out.end(m_ns, m_root);
        TRY(m_out.finish());
        return m_sink.take();
    }

private:
    MemorySink m_sink;
    XmlOutput m_out;
    Ns m_ns;
    std::string_view m_root;
};

} // namespace

Rebuilder::Rebuilder(Job& job, const Package& package, Type type, bool converted)
    : m_job(job), m_context(job.context), m_package(package), m_type(type), m_where(where_of(type)), m_zip(job.out) {
    m_book.converted = converted;
}

Result<Type> Rebuilder::run(const MainPart& main) {
    const Kind kind = main_of(m_where);
    const std::string properties = TRY(read_package_relations(main));
    m_accounted.insert(main.name);
    m_parts.push_back({kind, m_package.find(main.name), main.name, {}, {}, Type::unknown});
    m_by_source.emplace(main.name, 0);
    schedule(0);
    Plumbing root(Ns::rels, "Relationships");
    root.element("Relationship",
                 {{"Id", "rId1"},
                  {"Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"},
                  {"Target", m_parts[0].name}});
    if (!properties.empty()) {
        constexpr std::string_view type =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties";
        root.element("Relationship", {{"Id", "rId2"}, {"Type", type}, {"Target", properties_name}});
        m_types.emplace(properties_name, "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    }
    TRY(m_zip.add("_rels/.rels", TRY(root.take()), ZipWriter::Pack::fast));
    if (!properties.empty()) TRY(m_zip.add(properties_name, as_view(properties), ZipWriter::Pack::fast));
    TRY(write_parts());
    TRY(report_rest());
    TRY(write_types());
    TRY(m_zip.finish());
    return m_type;
}

// Everything that hangs on the package itself goes, but for what clean_properties() leaves; returns that.
Result<std::string> Rebuilder::read_package_relations(const MainPart& main) {
    std::string properties;
    for (const RawRelation& raw : main.relations) {
        if (is_main_relation(raw.type)) continue;
        const RelationRow* row = find_relation(Where::package, raw.type);
        const std::string part = Package::resolve("", raw.target);
        if (row && !raw.external && properties.empty() && row->type.starts_with("*extended")) {
            properties = TRY(clean_properties(m_package, part, m_type, m_context.budget()));
            const ZipEntry* entry = properties.empty() ? nullptr : m_package.find(part);
            // Our own is nothing to report.
            if (entry && entry->unpacked == properties.size() &&
                as_text(TRY(m_package.zip().read(*entry))) == properties) {
                m_accounted.insert(part);
                continue;
            }
        }
        const bool plain = row && (row->type.starts_with("*extended") || row->type.ends_with("/core-properties"));
        if (m_book.converted && plain && !TRY(has_words(m_package, part, m_context.budget()))) {
            m_accounted.insert(part);
            continue;
        }
        TRY(report_gone(row, raw, part));
    }
    return properties;
}

std::string Rebuilder::next_name(Kind kind, std::string_view extension) {
    std::string name(row_of(kind).path);
    if (name.starts_with('~')) name.replace(0, 1, folder_of(m_where));
    const unsigned number = ++m_numbers[kind];
    if (name.ends_with('#'))
        name.replace(name.size() - 1, 1, std::to_string(number));
    else if (number > 1)
        name += std::to_string(number);
    return name + "." + std::string(extension);
}

void Rebuilder::schedule(std::size_t index) {
    Part& part = m_parts[index];
    if (!part.name.empty()) return;
    const KindRow& row = row_of(part.kind);
    part.name = next_name(part.kind, row.extension);
    m_types.emplace(part.name, row.content_type);
    m_schedule.push_back(index);
}

Result<> Rebuilder::write_parts() {
    for (std::size_t i = 0; i < m_schedule.size(); ++i) {
        const std::size_t index = m_schedule[i];
        const Kind kind = m_parts[index].kind;
        const Place place = kind == Kind::slide ? Place::slide : kind == Kind::worksheet ? Place::sheet : Place::part;
        const bool counted = place != Place::part;
        const auto number = counted ? m_numbers[Kind::none] = m_numbers[Kind::none] + 1 : static_cast<unsigned>(i + 1);
        const auto entered = m_context.enter(place, number);
        TRY(write_xml(index));
    }
    return {};
}

Result<> Rebuilder::write_xml(std::size_t index) {
    PartRelations relations;
    TRY(read_relations(m_parts[index].source, relations));
    const KindRow& row = row_of(m_parts[index].kind);
    Sink* member = TRY(m_zip.begin_member(m_parts[index].name, ZipWriter::Pack::fast));
    Rewriter rewriter(row, relations, m_book, m_context, *member);
    XmlParser parser(rewriter, m_context.budget());
    rewriter.set_parser(parser);
    TRY(m_package.zip().read_to(*m_parts[index].entry, parser));
    TRY(parser.finish());
    TRY(rewriter.finish());
    TRY(m_zip.end_member());
    const std::string name = m_parts[index].name;
    return write_relations(name, relations);
}

Result<> Rebuilder::write_relations(const std::string& part, PartRelations& relations) {
    Plumbing out(Ns::rels, "Relationships");
    bool any = false;
    for (Related& related : relations.all()) {
        const Kind kind = related.row->kind;
        const bool on_demand = kind == Kind::hyperlink || kind == Kind::picture || kind == Kind::package;
        if (on_demand && !related.used) continue;
        any = true;
        const std::string type = full_type(*related.row);
        if (kind == Kind::hyperlink) {
            out.element("Relationship",
                        {{"Id", related.id}, {"Type", type}, {"Target", related.address}, {"TargetMode", "External"}});
            continue;
        }
        if (related.placeholder)
            related.part = TRY(placeholder());
        else if (kind == Kind::picture)
            TRY(write_picture(related.part));
        else if (kind == Kind::package)
            TRY(write_package(related.part));
        else
            schedule(related.part);
        out.element("Relationship",
                    {{"Id", related.id}, {"Type", type}, {"Target", from_root(m_parts[related.part].name)}});
    }
    if (!any) return {};
    return m_zip.add(relations_name(part), TRY(out.take()), ZipWriter::Pack::fast);
}

Result<> Rebuilder::write_types() {
    Plumbing out(Ns::types, "Types");
    out.element("Default", {{"Extension", "rels"}, {"ContentType", relationships_type}});
    out.element("Default", {{"Extension", "xml"}, {"ContentType", "application/xml"}});
    for (const std::string& extension : m_extensions)
        for (const TypeRow& row : all_types())
            if (row.extension == extension)
                out.element("Default", {{"Extension", extension}, {"ContentType", row.media}});
    for (const auto& [name, type] : m_types)
        out.element("Override", {{"PartName", from_root(name)}, {"ContentType", type}});
    return m_zip.add("[Content_Types].xml", TRY(out.take()), ZipWriter::Pack::fast);
}

// Members that no relationship reaches.
Result<> Rebuilder::report_rest() {
    for (const ZipEntry& entry : m_package.zip().entries()) {
        if (entry.kind != ZipEntry::Kind::file || Package::is_plumbing(entry.raw_name)) continue;
        const std::string name = Package::resolve("", "/" + entry.raw_name);
        if (m_package.find(name) == &entry && m_accounted.contains(name)) continue;
        m_context.found(Finding::ooxml_unknown_part, Action::removed);
    }
    return {};
}

namespace {

Result<Type> rebuild_package(Job& job, bool converted) try {
    const ZipReader zip = TRY(ZipReader::open(job.in, job.context.budget()));
    const Package package = TRY(Package::open(zip, job.context.budget()));
    const ZipReader::Quirks& quirks = zip.quirks();
    if (package.has_twins() || quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps)
        job.context.found(Finding::ooxml_package_quirk, Action::rewritten);
    if (package.types_are_broken()) job.context.found(Finding::ooxml_content_type, Action::rewritten);
    const MainPart main = TRY(find_main(package));
    const ZipEntry* entry = package.find(main.name);
    if (!entry) return refuse(Reason::input_damaged);
    const Root root = TRY(probe_root(zip, *entry, job.context.budget()));
    const Type type = root.ns == Ns::w && root.name == "document"       ? Type::docx
                      : root.ns == Ns::x && root.name == "workbook"     ? Type::xlsx
                      : root.ns == Ns::p && root.name == "presentation" ? Type::pptx
                                                                        : Type::unknown;
    if (type == Type::unknown) return refuse(Reason::input_damaged);
    const MainKind said = main_kind(package.content_type(main.name));
    if (said.type == Type::macro_office) return refuse(Reason::ooxml_addin);
    if (said.type == Type::xlsb) return refuse(Reason::type_unsupported);
    if (said.type != type)
        job.context.found(Finding::ooxml_content_type, Action::rewritten);
    else if (!said.plain)
        job.context.found(Finding::ooxml_template, Action::rewritten);
    return Rebuilder(job, package, type, converted).run(main);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace

Result<Type> rebuild(Job& job) {
    return rebuild_package(job, false);
}

Result<Type> rebuild_converted(Job& job) {
    return rebuild_package(job, true);
}

} // namespace sekisho::ooxml

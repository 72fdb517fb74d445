#include "sanitizer/formats/odf/rebuilder.h"

namespace sekisho::odf {

namespace {

// Ends the first reading when there is nothing more to learn.
constexpr std::string_view enough = "odf.enough";

class Brief final : public XmlEvents {
public:
    explicit Brief(Survey& survey) : m_survey(survey) {}
    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override {
        Go go = TRY(m_survey.start(ns, name, attributes));
        if (!m_survey.body().empty() && m_survey.body() != "spreadsheet") return reject(std::string(enough), {});
        return go;
    }
    Result<> end() override { return m_survey.end(); }
    Result<> text(std::string_view text) override { return m_survey.text(text); }

private:
    Survey& m_survey;
};

constexpr std::string_view xml = "text/xml";

} // namespace

// False if there is no such part. A flat document is every part.
Result<bool> Rebuilder::read(std::string_view file, XmlParser& parser) {
    if (!m_package) {
        std::uint64_t at = 0;
        Bytes piece(64U << 10);
        while (at < m_job.in.size()) {
            const std::size_t size = TRY(m_job.in.read_at(at, piece));
            TRY(parser.write(View(piece).first(size)));
            at += size;
        }
    } else {
        const ZipEntry* entry = m_package->find(m_source + std::string(file));
        if (!entry && file == "content.xml") return read_empty_body(parser);
        if (!entry) return false;
        m_package->account(*entry);
        TRY(m_package->zip().read_to(*entry, parser));
    }
    TRY(parser.finish());
    if (parser.had_doctype() && !std::exchange(m_doctype, true)) m_context.found(Finding::odf_doctype, Action::removed);
    return true;
}

// LibreOffice's own templates of styles have no content at all: a document in which nothing is written yet.
Result<bool> Rebuilder::read_empty_body(XmlParser& parser) {
    const Kind* kind = m_source.empty() ? m_package->kind_without_content() : nullptr;
    if (!kind) return false;
    const std::string body(kind->body);
    TRY(parser.write(
        as_view("<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                "office:version=\"1.2\"><office:body><office:" +
                body + "/></office:body></office:document-content>")));
    TRY(parser.finish());
    return true;
}

// The kind by what is in it; what it says of itself is looked at later.
Result<const Kind*> Rebuilder::look() {
    const auto inside = [this](std::uint64_t element, Bytes content) -> Result<> {
        m_references.written_inside.emplace(element, TRY(write_picture(content)));
        return {};
    };
    Survey survey(m_context.limits(), inside);
    Brief brief(survey);
    const bool all = !m_package || m_package->has_candidates();
    XmlEvents& events = all ? static_cast<XmlEvents&>(survey) : brief;
    XmlParser parser(events, m_context.budget());
    survey.set_parser(parser);
    const auto there = read("content.xml", parser);
    if (!there && there.error().code != enough) return std::unexpected(there.error());
    if (there && !*there) return refuse(Reason::input_damaged);
    m_wanted = survey.references();
    if (m_version.empty()) m_version = survey.version();
    m_references.names_gone = survey.names_gone();
    m_stated = !m_package ? survey.media_type() : m_source.empty() ? std::string() : m_package->media_type(m_source);
    const Kind* kind = find_kind_by_body(survey.body() == "math" ? "" : survey.body().empty() ? "?" : survey.body());
    if (!kind) return refuse(Reason::odf_body);
    if (!m_package || !all) return kind;
    Survey styles(m_context.limits(), inside);
    XmlParser styles_parser(styles, m_context.budget());
    styles.set_parser(styles_parser);
    TRY(read("styles.xml", styles_parser));
    for (const Reference& reference : styles.references()) m_wanted.push_back(reference);
    return kind;
}

Result<> Rebuilder::write_part(Part part, std::string_view file) {
    const bool made = part == Part::content && m_source.empty();
    if (m_package && !made && !m_package->find(m_source + std::string(file))) return {};
    Sink* member = TRY(m_writer.begin_member(m_folder + std::string(file), xml));
    Rewriter rewriter(part, m_version, m_references, m_context, *member);
    XmlParser parser(rewriter, m_context.budget());
    rewriter.set_parser(parser);
    TRY(read(file, parser));
    TRY(rewriter.finish());
    return m_writer.end_member();
}

Result<> Rebuilder::write_meta() {
    MetaReader reader;
    XmlParser parser(reader, m_context.budget());
    if (!TRY(read("meta.xml", parser))) return {};
    if (reader.told_more()) m_context.found(Finding::odf_metadata, Action::removed);
    const std::string generator = reader.generator();
    if (generator.empty() || !m_folder.empty()) return {};
    MemorySink sink(1U << 16);
    XmlOutput out(sink);
    out.declaration();
    out.start(Ns::office, "document-meta");
    out.namespaces();
    out.attribute(Ns::office, "version", m_version);
    out.start(Ns::office, "meta");
    out.start(Ns::meta, "generator");
    out.text(generator);
    out.end(Ns::meta, "generator");
    out.end(Ns::office, "meta");
    out.end(Ns::office, "document-meta");
    TRY(out.finish());
    return m_writer.add("meta.xml", xml, sink.bytes());
}

Result<> Rebuilder::write_document(const Kind& kind) {
    TRY(deliver_references());
    TRY(write_meta());
    TRY(write_part(Part::settings, "settings.xml"));
    if (kind.body.empty()) return write_part(Part::formula, "content.xml");
    TRY(write_part(Part::styles, "styles.xml"));
    return write_part(Part::content, "content.xml");
}

void Rebuilder::report_kind(const Kind& kind) const {
    if (!m_package) m_context.found(Finding::odf_flat, Action::converted);
    const Kind* stated = find_kind(m_stated);
    if (stated != &kind)
        m_context.found(Finding::odf_package_quirk, Action::rewritten);
    else if (!is_plain(m_stated))
        m_context.found(Finding::odf_template, Action::rewritten);
}

Result<const Kind*> Rebuilder::run_inside(std::uint32_t depth, const std::string& version) {
    if (depth > m_context.limits().depth) return refuse(Reason::limit_depth);
    m_depth = depth;
    m_version = version;
    const Kind* kind = TRY(look());
    m_writer.add_folder(m_folder, kind->media_type);
    TRY(write_document(*kind));
    return kind;
}

Result<Type> Rebuilder::run() {
    // The first member says what the package is, so that has to be known before a picture is written.
    m_writer.hold();
    const Kind* kind = TRY(look());
    if (kind->type == Type::odf && !kind->body.empty()) return refuse(Reason::type_unsupported);
    TRY(m_writer.begin(kind->media_type, m_version));
    TRY(m_writer.let_go());
    if (m_package) {
        const ZipEntry* named = m_package->find("mimetype");
        m_stated = named && named->unpacked < 256 ? std::string(as_text(TRY(m_package->zip().read(*named))))
                                                  : m_package->media_type("/");
    }
    report_kind(*kind);
    TRY(write_document(*kind));
    TRY(m_writer.finish());
    return kind->type;
}

Result<Type> rebuild(Job& job) try {
    PackageWriter writer(job.out, job.context.limits().bytes_in_memory);
    Bytes start(2);
    start.resize(TRY(job.in.read_at(0, start)));
    if (!starts_with(start, "PK")) return Rebuilder(job, nullptr, writer, "", "").run();
    const ZipReader zip = TRY(ZipReader::open(job.in, job.context.budget()));
    Package package = TRY(Package::open(zip, job.context.budget()));
    if (package.is_odd()) job.context.found(Finding::odf_package_quirk, Action::rewritten);
    const Type type = TRY(Rebuilder(job, &package, writer, "", "").run());
    package.report_rest(job.context);
    return type;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::odf

// One document rebuilt: the package's own, or one within another.
#pragma once

#include <set>

#include "sanitizer/formats/odf/kinds.h"
#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/odf/package.h"
#include "sanitizer/formats/odf/package_writer.h"
#include "sanitizer/formats/odf/rewriter.h"
#include "sanitizer/formats/odf/survey.h"

namespace sekisho::odf {

class Rebuilder {
public:
    // `package`: null if the document is a flat one. `source`, `folder`: where it stands in the package that came and
    // in the one that is delivered, empty or with a slash at the end.
    Rebuilder(Job& job, Package* package, PackageWriter& writer, std::string source, std::string folder)
        : m_job(job), m_context(job.context), m_package(package), m_writer(writer), m_source(std::move(source)),
          m_folder(std::move(folder)) {}

    Result<Type> run();
    // Adds itself as a folder; what kind it is.
    Result<const Kind*> run_inside(std::uint32_t depth, const std::string& version);

private:
    // rebuilder.cpp
    Result<const Kind*> look();
    Result<> write_document(const Kind& kind);
    Result<> write_part(Part part, std::string_view file);
    Result<> write_meta();
    Result<bool> read(std::string_view file, XmlParser& parser);
    Result<bool> read_empty_body(XmlParser& parser);
    void report_kind(const Kind& kind) const;

    // rebuilder_content.cpp
    Result<> deliver_references();
    Result<> deliver_object(const Reference& reference);
    Result<> deliver_picture(const Reference& reference);
    Result<std::string> write_picture(View content);
    Result<std::string> placeholder();

    Job& m_job;
    Context& m_context;
    Package* m_package;
    PackageWriter& m_writer;
    std::string m_source, m_folder;
    std::uint32_t m_depth = 0;
    std::vector<Reference> m_wanted;
    std::string m_version; // of the whole package
    std::string m_stated;  // media type that the document names itself with
    References m_references;
    std::set<std::string> m_objects;                            // members that are documents and stay
    std::map<std::string, std::string, std::less<>> m_pictures; // by member
    std::string m_placeholder;
    unsigned m_picture_count = 0, m_object_count = 0, m_seen_pictures = 0;
    bool m_doctype = false;
};

// Of what meta.xml, or a flat document, says: the program that wrote it, which others lay it out by; nothing else.
class MetaReader final : public XmlEvents {
public:
    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;

    // "LibreOffice/7.4", or empty.
    std::string generator() const;
    // True if it said anything beyond what generator() gives.
    bool told_more() const { return m_told_more || (!m_generator.empty() && m_generator != generator()); }

private:
    std::size_t m_depth = 0;
    std::string m_generator;
    bool m_in_generator = false;
    bool m_told_more = false;
};

} // namespace sekisho::odf

#include "sanitizer/formats/pdf/document.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

bool has(Handle dictionary, const char* key) {
    return dictionary.isDictionary() && !dictionary.getKey(key).isNull();
}

} // namespace

Document::Document(Walk& walk)
    : m_walk(walk), m_catalog(walk.document().getRoot()), m_field_font(Handle::newNull()),
      m_latin_font(Handle::newNull()) {}

Result<> Document::write() {
    // The viewer that this file asks for draws its pages itself; without XFA nothing is left but a notice.
    if (Handle needs = m_catalog.getKey("/NeedsRendering"); needs.isBool() && needs.getBoolValue())
        return refuse(Reason::pdf_dynamic_form);
    look_at_catalog();
    TRY(collect_pages());
    TRY(collect_destinations());
    TRY(collect_attachments());
    TRY(collect_structure());
    const int root = m_walk.writer().reserve();
    TRY(write_page_tree(root));
    // Of the whole: one page after the other would fill the report.
    for (unsigned i = 0; i < m_covered_pages; ++i) m_walk.found(Finding::pdf_covered_text, Action::kept);
    for (unsigned i = 0; i < m_cropped_pages; ++i) m_walk.found(Finding::pdf_cropped_area, Action::kept);
    std::string body = "<</Type/Catalog/Pages ";
    put_reference(body, root);
    body += TRY(catalog_entries());
    TRY(m_walk.drain());
    const int catalog = m_walk.writer().reserve();
    TRY(m_walk.object(catalog, body + ">>"));
    return m_walk.writer().finish(catalog);
}

void Document::look_at_names() {
    Handle names = m_catalog.getKey("/Names");
    if (!names.isDictionary()) return;
    for (const auto& [key, value] : names.getDictAsMap()) {
        if (key == "/Dests") continue;
        if (key == "/JavaScript")
            m_walk.found(Finding::pdf_javascript);
        else if (key == "/EmbeddedFiles") {
            if (!keeps_attachments()) m_walk.found(Finding::pdf_attachment);
        } else if (key == "/Renditions")
            m_walk.found(Finding::pdf_rich_media);
        else if (key == "/IDS" || key == "/URLS")
            m_walk.found(Finding::pdf_metadata);
        else
            m_walk.found(Finding::pdf_unlisted);
    }
}

void Document::look_at_catalog() {
    struct Row {
        const char* key;
        Finding finding;
    };
    static constexpr auto rows = std::to_array<Row>({{"/Collection", Finding::pdf_attachment},
                                                     {"/DSS", Finding::pdf_signature},
                                                     {"/Metadata", Finding::pdf_metadata},
                                                     {"/Perms", Finding::pdf_signature},
                                                     {"/PieceInfo", Finding::pdf_metadata},
                                                     {"/SpiderInfo", Finding::pdf_metadata},
                                                     {"/Threads", Finding::pdf_unlisted},
                                                     {"/Legal", Finding::pdf_unlisted},
                                                     {"/Requirements", Finding::pdf_unlisted}});
    for (const Row& row : rows)
        if (has(m_catalog, row.key)) m_walk.found(row.finding);
    if (has(m_catalog, "/AF") && !keeps_attachments()) m_walk.found(Finding::pdf_attachment);
    look_at_names();
    if (has(m_catalog, "/AA")) {
        m_walk.found(Finding::pdf_additional_action);
        if (Handle events = m_catalog.getKey("/AA"); events.isDictionary())
            for (const auto& [event, value] : events.getDictAsMap()) report_action(value, 0);
    }
    if (Handle form = m_catalog.getKey("/AcroForm"); form.isDictionary()) {
        if (has(form, "/XFA")) m_walk.found(Finding::pdf_xfa);
        if (!m_walk.context().options().keep_forms) m_walk.found(Finding::pdf_form, Action::flattened);
    }
    Handle info = m_walk.document().getTrailer().getKey("/Info");
    if (info.isDictionary() && !info.getDictAsMap().empty()) m_walk.found(Finding::pdf_metadata);
}

// What cannot be kept whole goes whole.
Result<> Document::collect_structure() {
    Handle root = m_catalog.getKey("/StructTreeRoot");
    if (TRY(m_structure.read(m_walk, root, m_page_of)))
        m_walk.keep_marks();
    else if (has(m_catalog, "/StructTreeRoot") || has(m_catalog, "/MarkInfo"))
        m_walk.found(Finding::pdf_structure);
    return {};
}

Result<std::string> Document::structure() {
    std::vector<int> numbers;
    for (const Page& page : m_pages) numbers.push_back(page.number);
    return m_structure.write(m_walk, numbers);
}

// How pages lie and print (12.2). What hides the reader's own controls is not among them.
std::string Document::viewer_preferences() {
    struct Row {
        const char* key;
        std::string_view words; // of a name; empty for true or false
    };
    static constexpr auto rows = std::to_array<Row>({{"/CenterWindow", ""},
                                                     {"/Direction", "L2R R2L"},
                                                     {"/DisplayDocTitle", ""},
                                                     {"/Duplex", "Simplex DuplexFlipShortEdge DuplexFlipLongEdge"},
                                                     {"/FitWindow", ""},
                                                     {"/PickTrayByPDFSize", ""},
                                                     {"/PrintScaling", "None AppDefault"}});
    Handle given = m_catalog.getKey("/ViewerPreferences");
    if (!given.isDictionary()) return {};
    std::string out;
    for (const auto& [key, value] : given.getDictAsMap()) {
        const auto row = std::ranges::find(rows, std::string_view(key), &Row::key);
        const std::string name = name_of(value);
        if (row != rows.end() && row->words.empty() && Handle(value).isBool())
            out += key + (Handle(value).getBoolValue() ? " true" : " false");
        else if (row != rows.end() && !name.empty() && (" " + std::string(row->words) + " ").contains(" " + name + " "))
            out += key + "/" + name;
        else
            m_walk.found(Finding::pdf_transition);
    }
    return out.empty() ? out : "/ViewerPreferences<<" + out + ">>";
}

// Opening at a place of the document is harmless; anything else that happens on opening is not.
std::string Document::open_action() {
    Handle open = m_catalog.getKey("/OpenAction");
    if (open.isNull()) return {};
    if (open.isArray() || name_of(open.isDictionary() ? open.getKey("/S") : Handle::newNull()) == "GoTo") {
        const std::string target = destination(open.isArray() ? open : open.getKey("/D"));
        if (open.isDictionary() && has(open, "/Next"))
            m_walk.found(Finding::pdf_open_action), report_action(open.getKey("/Next"), 0);
        return target.empty() ? std::string()
                              : "/OpenAction" + (target[0] == '[' ? target : "<</S/GoTo/D" + target + ">>");
    }
    m_walk.found(Finding::pdf_open_action);
    report_action(open, 0);
    return {};
}

Result<std::string> Document::catalog_entries() {
    const std::string names = named_destinations() + TRY(embedded_files());
    std::string out = names.empty() ? std::string() : "/Names<<" + names + ">>";
    out += TRY(form());
    out += TRY(structure());
    out += page_labels();
    if (const int outline = TRY(write_outline()); outline != 0) out += "/Outlines ", put_reference(out, outline);
    static constexpr auto layouts = std::to_array<std::string_view>(
        {"OneColumn", "SinglePage", "TwoColumnLeft", "TwoColumnRight", "TwoPageLeft", "TwoPageRight"});
    if (const std::string layout = name_of(m_catalog.getKey("/PageLayout"));
        std::ranges::binary_search(layouts, layout))
        out += "/PageLayout/" + layout;
    const std::string mode = name_of(m_catalog.getKey("/PageMode"));
    if (mode == "UseOutlines" || mode == "UseThumbs" || mode == "UseOC") out += "/PageMode/" + mode;
    if (Handle language = m_catalog.getKey("/Lang"); language.isString())
        out += "/Lang", put_string(out, language.getStringValue());
    out += viewer_preferences();
    out += open_action();
    Handle layers = m_catalog.getKey("/OCProperties");
    std::string text;
    if (layers.isDictionary() && TRY(m_walk.put(text, Kind::layer_properties, layers))) {
        out += "/OCProperties " + text;
        Handle configuration = layers.getKey("/D");
        Handle off = configuration.isDictionary() ? configuration.getKey("/OFF") : Handle::newNull();
        if (off.isArray() && off.getArrayNItems() > 0) m_walk.found(Finding::pdf_hidden_layer, Action::kept);
    }
    Handle intents = m_catalog.getKey("/OutputIntents");
    if (!intents.isArray()) return out;
    text.clear();
    for (const Handle& intent : intents.getArrayAsVector())
        if (TRY(m_walk.put(text, Kind::output_intent, intent))) text += ' ';
    return text.empty() ? out : out + "/OutputIntents[" + text + "]";
}

} // namespace sekisho::pdf

// Characters only: what a reader of the document sees, without form.
#include <charconv>
#include <optional>

#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/odf/package.h"
#include "sanitizer/formats/odf/xml_parser.h"

namespace sekisho::odf {

namespace {

constexpr std::uint64_t most_repeats = 16384;

std::uint64_t number_of(XmlEvents::Attributes attributes, Ns ns, std::string_view name) {
    const std::string_view text = value_of(attributes, ns, name);
    std::uint64_t number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::min(number, most_repeats);
}

// Said by another part, or not seen: changes that were made, notes on how it looks, data of objects.
bool is_silent(Ns ns, std::string_view name) {
    if (ns == Ns::text) return name == "tracked-changes" || name == "script" || name == "ruby-text";
    if (ns == Ns::office)
        return name == "binary-data" || name == "scripts" || name == "forms" || name == "meta" || name == "settings" ||
               name == "styles" || name == "automatic-styles" || name == "font-face-decls" ||
               name == "event-listeners" || name == "change-info";
    if (ns == Ns::math) return name == "annotation";
    return ns == Ns::dc || ns == Ns::meta || ns == Ns::config || ns == Ns::script || ns == Ns::unknown;
}

class Teller final : public XmlEvents {
public:
    Teller(Sink& out, bool margins) : m_out(out), m_margins(margins) {}

    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override {
        if (is_silent(ns, name)) return Go::past;
        if (ns == Ns::office && name == (m_margins ? "body" : "master-styles")) return Go::past;
        m_names.push_back(ns == Ns::text || ns == Ns::table || ns == Ns::draw ? std::string(name) : std::string());
        if (ns == Ns::text) return start_text(name, attributes);
        if (ns == Ns::table) return start_table(name, attributes);
        if (ns == Ns::math) ++m_speaking;
        m_speaks.push_back(ns == Ns::math);
        return Go::on;
    }

    Result<> end() override {
        const std::string name = std::move(m_names.back());
        m_names.pop_back();
        if (m_speaks.back()) --m_speaking;
        m_speaks.pop_back();
        if (name == "table-row") {
            m_in_row = false;
            return m_out.write("\n");
        }
        if (name == "page" || name == "table") return m_out.write("\n");
        if (name == "p" || name == "h") {
            if (!m_in_row) return m_out.write("\n");
            m_gap = true;
        }
        return {};
    }

    // Blanks and line ends of the markup are one blank, none at the start of a paragraph (part 3, 6.1.2).
    Result<> text(std::string_view text) override {
        if (m_speaking == 0) return {};
        std::string plain;
        for (const char character : text) {
            const bool blank = character == ' ' || character == '\t' || character == '\r' || character == '\n';
            if (!blank || !m_after_blank) plain += blank ? ' ' : character;
            m_after_blank = blank;
        }
        return plain.empty() ? Result<>() : say(plain);
    }

private:
    Result<Go> start_text(std::string_view name, Attributes attributes) {
        const bool paragraph = name == "p" || name == "h";
        if (paragraph) {
            ++m_speaking;
            m_after_blank = true;
        }
        m_speaks.push_back(paragraph);
        if (name == "tab" || name == "s" || name == "line-break") m_after_blank = false;
        if (name == "tab") TRY(say(m_in_row ? " " : "\t"));
        if (name == "line-break") TRY(say(m_in_row ? " " : "\n"));
        if (name == "s") TRY(say(std::string(number_of(attributes, Ns::text, "c"), ' ')));
        return Go::on;
    }

    Result<Go> start_table(std::string_view name, Attributes attributes) {
        m_speaks.push_back(false);
        if (name == "table-row") {
            m_in_row = true;
            m_tabs = m_pending = m_written = 0;
        }
        if (name != "table-cell" && name != "covered-table-cell") return Go::on;
        // Tabs before a cell are written when something stands in it.
        m_gap = false;
        m_pending = m_tabs;
        m_tabs += number_of(attributes, Ns::table, "number-columns-repeated");
        return Go::on;
    }

    Result<> say(std::string_view text) {
        if (m_in_row && m_pending > m_written) {
            TRY(m_out.write(std::string(m_pending - m_written, '\t')));
            m_written = m_pending;
        }
        if (std::exchange(m_gap, false)) TRY(m_out.write(" "));
        return m_out.write(text);
    }

    Sink& m_out;
    bool m_margins; // headers and footers, or what stands between them
    std::vector<std::string> m_names;
    std::vector<bool> m_speaks;
    std::size_t m_speaking = 0;
    bool m_in_row = false;
    bool m_after_blank = true;
    bool m_gap = false;          // between two paragraphs of a cell
    std::uint64_t m_tabs = 0;    // before the next cell
    std::uint64_t m_pending = 0; // before the cell at hand
    std::uint64_t m_written = 0;
};

Result<> read_whole(const Source& in, Sink& out) {
    std::uint64_t at = 0;
    Bytes piece(64U << 10);
    while (at < in.size()) {
        const std::size_t size = TRY(in.read_at(at, piece));
        TRY(out.write(View(piece).first(size)));
        at += size;
    }
    return {};
}

Result<> tell(Job& job, const Package* package, bool margins) {
    Teller teller(job.out, margins);
    XmlParser parser(teller, job.context.budget());
    if (!package) {
        TRY(read_whole(job.in, parser));
        return parser.finish();
    }
    const ZipEntry* entry = package->find(margins ? "styles.xml" : "content.xml");
    if (!entry) return margins || package->kind_without_content() ? Result<>() : refuse(Reason::input_damaged);
    TRY(package->zip().read_to(*entry, parser));
    return parser.finish();
}

} // namespace

Result<Type> text(Job& job) try {
    Bytes start(2);
    start.resize(TRY(job.in.read_at(0, start)));
    std::optional<ZipReader> zip;
    std::optional<Package> package;
    if (starts_with(start, "PK")) {
        zip = TRY(ZipReader::open(job.in, job.context.budget()));
        package = TRY(Package::open(*zip, job.context.budget()));
    }
    TRY(tell(job, package ? &*package : nullptr, false));
    // The masters of slides and drawings say how to use them.
    if (job.type == Type::odt) TRY(tell(job, package ? &*package : nullptr, true));
    return Type::text;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::odf

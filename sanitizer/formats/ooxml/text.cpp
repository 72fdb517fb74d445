// Characters only: what a reader of the document sees, without form.
#include <charconv>

#include "sanitizer/formats/ooxml/kinds.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/ooxml/probe.h"
#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::ooxml {

namespace {

constexpr std::uint64_t farthest_column = 16384; // XFD

std::string_view value_of(std::span<const XmlAttribute> attributes, Ns ns, std::string_view name) {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.ns == ns && attribute.name == name) return attribute.value;
    return {};
}

// Word and PowerPoint: w:t and a:t, a line for each paragraph, a tab between cells.
class Paragraphs final : public XmlEvents {
public:
    explicit Paragraphs(Sink& out) : m_out(out) {}
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute>) override {
        if (ns == Ns::mc && name == "Fallback") return Go::past; // says again what the choice says
        if (ns == Ns::w && (name == "del" || name == "moveFrom" || name == "instrText")) return Go::past;
        const bool spoken = ns == Ns::w || ns == Ns::a || ns == Ns::m;
        m_names.push_back(spoken ? std::string(name) : std::string());
        if (!spoken) return Go::on;
        if (name == "tab" && m_names.size() > 1 && m_names[m_names.size() - 2] == "r") TRY(m_out.write("\t"));
        if (name == "br" || name == "cr") TRY(m_out.write("\n"));
        return Go::on;
    }
    Result<> end() override {
        const std::string name = std::move(m_names.back());
        m_names.pop_back();
        if (name == "p") return m_out.write("\n");
        return {};
    }
    Result<> text(std::string_view text) override {
        if (m_names.empty() || m_names.back() != "t") return {};
        return m_out.write(text);
    }

private:
    Sink& m_out;
    std::vector<std::string> m_names;
};

class SharedStrings final : public XmlEvents {
public:
    explicit SharedStrings(std::uint64_t most) : m_most(most) {}
    std::vector<std::string> strings;

    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute>) override {
        if (ns != Ns::x || name == "rPh") return Go::past; // readings (furigana) are not the text
        if (name == "si") strings.emplace_back();
        m_in_text.push_back(name == "t");
        return Go::on;
    }
    Result<> end() override {
        m_in_text.pop_back();
        return {};
    }
    Result<> text(std::string_view text) override {
        if (m_in_text.empty() || !m_in_text.back() || strings.empty()) return {};
        m_size += text.size();
        if (m_size > m_most) return refuse(Reason::limit_memory);
        strings.back() += text;
        return {};
    }

private:
    std::uint64_t m_most;
    std::uint64_t m_size = 0;
    std::vector<bool> m_in_text;
};

// "C7" is in the third column.
std::uint64_t column_of(std::string_view reference) {
    std::uint64_t column = 0;
    for (const char character : reference) {
        if (character < 'A' || character > 'Z' || column > farthest_column) break;
        column = column * 26 + static_cast<std::uint64_t>(character - 'A' + 1);
    }
    return column;
}

class Cells final : public XmlEvents {
public:
    Cells(const std::vector<std::string>& strings, Sink& out) : m_strings(strings), m_out(out) {}
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (ns != Ns::x || name == "rPh" || name == "f") return Go::past;
        m_names.emplace_back(name);
        if (name == "row") m_column = 1;
        if (name == "c") {
            const std::uint64_t column = column_of(value_of(attributes, Ns::none, "r"));
            for (; m_column < column && m_column < farthest_column; ++m_column) TRY(m_out.write("\t"));
            m_shared = value_of(attributes, Ns::none, "t") == "s";
            m_value.clear();
        }
        return Go::on;
    }
    Result<> end() override {
        const std::string name = std::move(m_names.back());
        m_names.pop_back();
        if (name == "row") return m_out.write("\n");
        return name == "c" ? write_cell() : Result<>();
    }
    Result<> text(std::string_view text) override {
        if (m_names.empty() || (m_names.back() != "v" && m_names.back() != "t")) return {};
        if (m_value.size() + text.size() > (1U << 20)) return refuse(Reason::limit_memory);
        m_value += text;
        return {};
    }

private:
    Result<> write_cell() {
        std::string_view shown = m_value;
        if (m_shared) {
            std::size_t index = m_strings.size();
            std::from_chars(m_value.data(), m_value.data() + m_value.size(), index);
            shown = index < m_strings.size() ? std::string_view(m_strings[index]) : std::string_view();
        }
        std::string plain(shown);
        for (char& character : plain)
            if (character == '\t' || character == '\n' || character == '\r') character = ' ';
        return m_out.write(plain);
    }

    const std::vector<std::string>& m_strings;
    Sink& m_out;
    std::vector<std::string> m_names;
    std::string m_value;
    std::uint64_t m_column = 1;
    bool m_shared = false;
};

// The relationship names of sheets or slides, in the order in which a person sees them.
class Order final : public XmlEvents {
public:
    std::vector<std::string> ids;
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if ((ns == Ns::x && name == "sheet") || (ns == Ns::p && name == "sldId"))
            ids.emplace_back(value_of(attributes, Ns::r, "id"));
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }
};

class Teller {
public:
    Teller(Job& job, const ZipReader& zip, const Package& package) : m_job(job), m_zip(zip), m_package(package) {}

    Result<> document(const std::string& main) {
        TRY(read<Paragraphs>(main, m_job.out));
        for (const Kind kind : {Kind::footnotes, Kind::endnotes, Kind::word_comments, Kind::header, Kind::footer})
            for (const std::string& part : TRY(related(main, Where::word, kind)))
                TRY(read<Paragraphs>(part, m_job.out));
        return {};
    }

    Result<> workbook(const std::string& main) {
        SharedStrings shared(m_job.context.limits().bytes_in_memory);
        for (const std::string& part : TRY(related(main, Where::sheet, Kind::shared_strings))) TRY(parse(part, shared));
        for (const std::string& part : TRY(ordered(main, Where::sheet, Kind::worksheet))) {
            Cells cells(shared.strings, m_job.out);
            TRY(parse(part, cells));
            TRY(m_job.out.write("\n"));
        }
        return {};
    }

    Result<> presentation(const std::string& main) {
        for (const std::string& slide : TRY(ordered(main, Where::slide, Kind::slide))) {
            TRY(read<Paragraphs>(slide, m_job.out));
            for (const std::string& notes : TRY(related(slide, Where::slide, Kind::notes_slide)))
                TRY(read<Paragraphs>(notes, m_job.out));
            TRY(m_job.out.write("\n"));
        }
        return {};
    }

private:
    Result<> parse(const std::string& part, XmlEvents& events) {
        const ZipEntry* entry = m_package.find(part);
        if (!entry) return {};
        XmlParser parser(events, m_job.context.budget());
        TRY(m_zip.read_to(*entry, parser));
        return parser.finish();
    }
    template <typename Reader> Result<> read(const std::string& part, Sink& out) {
        Reader reader(out);
        return parse(part, reader);
    }

    static bool leads(const RawRelation& raw, Where where, Kind kind) {
        const RelationRow* row = find_relation(where, raw.type);
        return row && row->kind == kind && !raw.external;
    }
    Result<std::vector<std::string>> related(const std::string& part, Where where, Kind kind) {
        std::vector<std::string> parts;
        for (const RawRelation& raw : TRY(m_package.relations(part)))
            if (leads(raw, where, kind)) parts.push_back(Package::resolve(part, raw.target));
        return parts;
    }
    Result<std::vector<std::string>> ordered(const std::string& main, Where where, Kind kind) {
        Order order;
        TRY(parse(main, order));
        std::map<std::string, std::string, std::less<>> by_id;
        for (const RawRelation& raw : TRY(m_package.relations(main)))
            if (leads(raw, where, kind)) by_id.emplace(raw.id, Package::resolve(main, raw.target));
        std::vector<std::string> parts;
        for (const std::string& id : order.ids)
            if (const auto found = by_id.find(id); found != by_id.end()) parts.push_back(found->second);
        return parts;
    }

    Job& m_job;
    const ZipReader& m_zip;
    const Package& m_package;
};

} // namespace

Result<Type> text(Job& job) try {
    const ZipReader zip = TRY(ZipReader::open(job.in, job.context.budget()));
    const Package package = TRY(Package::open(zip, job.context.budget()));
    const MainPart main = TRY(find_main(package));
    const ZipEntry* entry = package.find(main.name);
    if (!entry) return refuse(Reason::input_damaged);
    const Root root = TRY(probe_root(zip, *entry, job.context.budget()));
    Teller teller(job, zip, package);
    if (root.ns == Ns::w)
        TRY(teller.document(main.name));
    else if (root.ns == Ns::x)
        TRY(teller.workbook(main.name));
    else if (root.ns == Ns::p)
        TRY(teller.presentation(main.name));
    else
        return refuse(Reason::input_damaged);
    return Type::text;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::ooxml

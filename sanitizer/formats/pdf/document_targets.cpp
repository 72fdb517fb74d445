// Where links and bookmarks lead: destinations, actions, addresses; and page labels.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest = 16;
constexpr std::size_t longest_address = 4096;
constexpr std::size_t longest_name = 1024;

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// The scheme before the first ":", in lower case; empty if there is none.
std::string scheme_of(std::string_view address) {
    const std::size_t colon = address.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    const std::string scheme = lower(address.substr(0, colon));
    const bool sound = std::ranges::all_of(scheme, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
    return sound ? scheme : std::string("?");
}

// RFC 3986, 2.1: what is not printable ASCII is written as %xx. Control characters mean that something is hidden.
bool put_address(std::string& out, std::string_view address) {
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) return false;
        if (byte > 0x7F || byte == ' ' || byte == '"' || byte == '<' || byte == '>' || byte == '\\')
            out += fmt::format("%{:02X}", byte);
        else
            out += c;
    }
    return true;
}

Finding finding_for_action(std::string_view kind) {
    struct Row {
        std::string_view kind;
        Finding finding;
    };
    static constexpr auto rows = std::to_array<Row>({{"JavaScript", Finding::pdf_javascript},
                                                     {"Launch", Finding::pdf_launch},
                                                     {"SubmitForm", Finding::pdf_submit_form},
                                                     {"ResetForm", Finding::pdf_submit_form},
                                                     {"ImportData", Finding::pdf_import_data},
                                                     {"GoToR", Finding::pdf_remote_goto},
                                                     {"GoToE", Finding::pdf_remote_goto},
                                                     {"Thread", Finding::pdf_remote_goto},
                                                     {"URI", Finding::pdf_uri},
                                                     {"Rendition", Finding::pdf_rich_media},
                                                     {"Sound", Finding::pdf_rich_media},
                                                     {"Movie", Finding::pdf_rich_media},
                                                     {"RichMediaExecute", Finding::pdf_rich_media},
                                                     {"GoTo3DView", Finding::pdf_rich_media},
                                                     {"Named", Finding::pdf_named_action},
                                                     {"Hide", Finding::pdf_named_action},
                                                     {"SetOCGState", Finding::pdf_named_action},
                                                     {"Trans", Finding::pdf_named_action},
                                                     {"GoTo", Finding::none}});
    const auto at = std::ranges::find(rows, kind, &Row::kind);
    return at == rows.end() ? Finding::pdf_unlisted : at->finding;
}

} // namespace

std::string Document::safe_address(const std::string& given) const {
    std::string address = given;
    while (!address.empty() && (address.front() == ' ' || address.front() == '\t' || address.front() == '\n'))
        address.erase(0, 1);
    if (scheme_of(address).empty()) {
        if (!m_base.empty()) {
            const std::size_t slash =
                address.starts_with('/') ? m_base.find('/', m_base.find("//") + 2) : m_base.rfind('/') + 1;
            address = m_base.substr(0, slash) + address;
        } else if (lower(address).starts_with("www.")) {
            address = "http://" + address; // what readers make of it
        }
    }
    static constexpr auto schemes = std::to_array<std::string_view>({"http", "https", "mailto", "tel"});
    std::string out;
    if (address.size() > longest_address || std::ranges::find(schemes, scheme_of(address)) == schemes.end()) return {};
    return put_address(out, address) ? out : std::string();
}

std::string Document::destination(Handle value, unsigned depth) {
    if (depth > deepest) return {};
    if (value.isDictionary()) return destination(value.getKey("/D"), depth + 1);
    if (value.isName() || value.isString()) {
        const std::string name = value.isName() ? name_of(value) : value.getStringValue();
        if (!m_destinations.contains(name)) return {};
        std::string out;
        put_string(out, name);
        return out;
    }
    if (!value.isArray() || value.getArrayNItems() < 1) return {};
    const auto items = value.getArrayAsVector();
    std::size_t index = m_pages.size();
    if (Handle(items[0]).isInteger() && Handle(items[0]).getIntValue() >= 0)
        index = static_cast<std::size_t>(Handle(items[0]).getIntValue());
    else if (const auto at = m_page_of.find(Handle(items[0]).getObjGen());
             Handle(items[0]).isIndirect() && at != m_page_of.end())
        index = at->second;
    if (index >= m_pages.size()) return {};
    static constexpr auto views =
        std::to_array<std::string_view>({"XYZ", "Fit", "FitH", "FitV", "FitR", "FitB", "FitBH", "FitBV"});
    const std::string view = items.size() > 1 ? name_of(items[1]) : std::string();
    std::string out = "[";
    put_reference(out, m_pages[index].number);
    if (std::ranges::find(views, view) == views.end()) return out + "/Fit]";
    out += '/' + view;
    for (std::size_t i = 2; i < items.size() && i < 6; ++i) {
        out += ' ';
        if (Handle(items[i]).isReal())
            put_number(out, Handle(items[i]).getRealValue());
        else if (Handle(items[i]).isInteger())
            put_integer(out, Handle(items[i]).getIntValue());
        else
            out += "null";
    }
    return out + "]";
}

void Document::report_action(Handle value, unsigned depth) {
    if (depth > deepest) return;
    if (value.isArray()) {
        for (int i = 0; i < std::min(value.getArrayNItems(), 64); ++i) report_action(value.getArrayItem(i), depth + 1);
        return;
    }
    if (!value.isDictionary()) return;
    const Finding finding = finding_for_action(name_of(value.getKey("/S")));
    if (finding != Finding::none) m_walk.found(finding);
    report_action(value.getKey("/Next"), depth + 1);
}

std::string Document::action(Handle value) {
    if (!value.isDictionary()) return {};
    report_action(value.getKey("/Next"), 0);
    const std::string kind = name_of(value.getKey("/S"));
    if (kind == "URI" && value.getKey("/URI").isString()) {
        const std::string address = safe_address(value.getKey("/URI").getStringValue());
        if (!address.empty()) {
            std::string out = "<</S/URI/URI";
            put_string(out, address);
            return out + ">>";
        }
    }
    if (kind == "GoTo") {
        const std::string target = destination(value.getKey("/D"));
        return target.empty() ? std::string() : "<</S/GoTo/D" + target + ">>";
    }
    const std::string command = name_of(value.getKey("/N"));
    if (kind == "Named" &&
        (command == "NextPage" || command == "PrevPage" || command == "FirstPage" || command == "LastPage"))
        return "<</S/Named/N/" + command + ">>";
    if (const Finding finding = finding_for_action(kind); finding != Finding::none) m_walk.found(finding);
    return {};
}

void Document::add_destination(const std::string& name, const Handle& value) {
    if (name.empty() || name.size() > longest_name) return;
    // A name may not stand for another name, so none is known yet when its target is read.
    if (std::string target = destination(value); target.starts_with('['))
        m_destinations.try_emplace(name, std::move(target));
}

// A name tree (ISO 32000-1, 7.9.6).
Result<> Document::collect_tree(const Handle& root,
                                const std::function<void(const std::string&, const Handle&)>& take) {
    std::vector<Handle> open{root};
    std::set<QPDFObjGen> seen;
    while (!open.empty()) {
        Handle node = open.back();
        open.pop_back();
        if (!node.isDictionary() || (node.isIndirect() && !seen.insert(node.getObjGen()).second)) continue;
        if (Handle names = node.getKey("/Names"); names.isArray()) {
            const auto items = names.getArrayAsVector();
            TRY(m_walk.budget().take_members(items.size() / 2));
            for (std::size_t i = 0; i + 1 < items.size(); i += 2)
                if (Handle(items[i]).isString()) take(Handle(items[i]).getStringValue(), items[i + 1]);
        }
        if (Handle kids = node.getKey("/Kids"); kids.isArray())
            for (const Handle& kid : kids.getArrayAsVector()) open.push_back(kid);
        if (open.size() > m_walk.context().limits().members) return refuse(Reason::limit_members);
    }
    return {};
}

Result<> Document::collect_destinations() {
    if (Handle uri = m_catalog.getKey("/URI"); uri.isDictionary() && uri.getKey("/Base").isString()) {
        const std::string base = uri.getKey("/Base").getStringValue();
        if (lower(base).starts_with("http://") || lower(base).starts_with("https://")) {
            m_base = base;
            if (m_base.find('/', m_base.find("//") + 2) == std::string::npos) m_base += '/';
        }
    }
    if (Handle old = m_catalog.getKey("/Dests"); old.isDictionary()) {
        for (const auto& [name, value] : old.getDictAsMap()) {
            TRY(m_walk.budget().take_members());
            add_destination(name.substr(1), value);
        }
    }
    Handle names = m_catalog.getKey("/Names");
    if (!names.isDictionary()) return {};
    return collect_tree(names.getKey("/Dests"),
                        [&](const std::string& name, const Handle& value) { add_destination(name, value); });
}

std::string Document::named_destinations() const {
    if (m_destinations.empty()) return {};
    std::string out = "/Dests<</Names[";
    for (const auto& [name, target] : m_destinations) {
        put_string(out, name);
        out += target;
    }
    return out + "]>>";
}

// A number tree of label ranges (ISO 32000-1, 12.4.2).
std::string Document::page_labels() {
    std::map<std::int64_t, std::string> ranges;
    std::vector<Handle> open{m_catalog.getKey("/PageLabels")};
    std::set<QPDFObjGen> seen;
    while (!open.empty() && open.size() < m_walk.context().limits().pages) {
        Handle node = open.back();
        open.pop_back();
        if (!node.isDictionary() || (node.isIndirect() && !seen.insert(node.getObjGen()).second)) continue;
        if (Handle kids = node.getKey("/Kids"); kids.isArray())
            for (const Handle& kid : kids.getArrayAsVector()) open.push_back(kid);
        Handle numbers = node.getKey("/Nums");
        if (!numbers.isArray()) continue;
        const auto items = numbers.getArrayAsVector();
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            Handle index = items[i];
            Handle label = items[i + 1];
            if (!index.isInteger() || !label.isDictionary() || index.getIntValue() < 0) continue;
            if (index.getIntValue() >= static_cast<std::int64_t>(m_pages.size())) continue;
            std::string text = "<<";
            const std::string style = name_of(label.getKey("/S"));
            if (style.size() == 1 && std::string_view("DRrAa").contains(style[0])) text += "/S/" + style;
            if (label.getKey("/P").isString()) text += "/P", put_string(text, label.getKey("/P").getStringValue());
            if (Handle start = label.getKey("/St"); start.isInteger() && start.getIntValue() >= 1)
                text += "/St ", put_integer(text, start.getIntValue());
            ranges.try_emplace(index.getIntValue(), text + ">>");
        }
    }
    if (ranges.empty()) return {};
    std::string out = "/PageLabels<</Nums[";
    for (const auto& [index, label] : ranges) {
        put_integer(out, index);
        out += label;
    }
    return out + "]>>";
}

} // namespace sekisho::pdf

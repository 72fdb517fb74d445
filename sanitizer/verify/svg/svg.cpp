// A drawing as the sanitiser writes it, read by libxml2: elements and attributes on the list, addresses within the
// drawing, pictures that are clean ones of their kind.
#include "sanitizer/verify/svg/svg.h"

#include <array>
#include <climits>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/svg/style.h"
#include "sanitizer/verify/svg/words.h"

namespace sekisho::verify {

namespace {

constexpr std::string_view space_svg = "http://www.w3.org/2000/svg";
constexpr std::string_view space_xlink = "http://www.w3.org/1999/xlink";
constexpr std::string_view space_xml = "http://www.w3.org/XML/1998/namespace";
constexpr unsigned deepest = 256;
constexpr unsigned deepest_use = 80;
constexpr std::uint64_t most_drawn = 4'000'000;

std::string_view text_of(const xmlChar* text) {
    return text ? std::string_view(as_chars(text)) : std::string_view();
}

struct CloseDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

Result<> check_picture(std::string_view address, const Limits& limits) {
    struct Kind {
        std::string_view head;
        Result<> (*verify)(const Source&, const Limits&);
    };
    constexpr std::array kinds{Kind{"data:image/png;base64,", png}, Kind{"data:image/jpeg;base64,", jpeg},
                               Kind{"data:image/gif;base64,", gif}};
    for (const Kind& kind : kinds) {
        if (!address.starts_with(kind.head)) continue;
        const auto bytes = from_base64(address.substr(kind.head.size()));
        if (!bytes || !kind.verify(MemorySource(*bytes), limits)) return refuse(Reason::verify_svg_picture);
        return {};
    }
    return refuse(Reason::verify_svg_address);
}

bool is_within(std::string_view address) {
    if (address.size() < 2 || address[0] != '#') return false;
    for (const char c : address)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '"') return false;
    return true;
}

bool is_page(std::string_view address) {
    for (const char c : address)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '"') return false;
    std::string scheme(address.substr(0, std::min(address.find(':'), address.size())));
    for (char& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

class Walk {
public:
    explicit Walk(const Limits& limits) : m_limits(limits) {}

    Result<> run(const xmlNode* root) {
        if (text_of(root->name) != "svg" || root->next || root->prev) return refuse(Reason::verify_svg_xml);
        TRY(element(root, 1));
        for (const auto& [id, node] : m_ids) TRY(drawn(node, 0));
        return {};
    }

private:
    Result<> address(std::string_view element, std::string_view value) {
        if (element == "image") return check_picture(value, m_limits);
        if (is_within(value) || (element == "a" && is_page(value))) return {};
        return refuse(Reason::verify_svg_address);
    }

    Result<> attribute(const xmlNode* node, const xmlAttr* at) {
        // One text without entities is the only thing that our writer writes.
        const xmlNode* const child = at->children;
        if (child && (child->type != XML_TEXT_NODE || child->next)) return refuse(Reason::verify_svg_xml);
        const std::string_view value = child ? text_of(child->content) : std::string_view();
        const std::string_view name = text_of(at->name);
        const std::string_view space = at->ns ? text_of(at->ns->href) : std::string_view();
        if (space == space_xlink && name == "href") return address(text_of(node->name), value);
        if (space == space_xml)
            return (name == "space" || name == "lang") && svg_style::is_value(value)
                       ? Result<>()
                       : refuse(Reason::verify_svg_attribute);
        if (!space.empty()) return refuse(Reason::verify_svg_attribute);
        if (name == "style") return svg_style::is_declarations(value) ? Result<>() : refuse(Reason::verify_svg_style);
        if (!svg_words::is_attribute(name)) return refuse(Reason::verify_svg_attribute);
        if (!svg_style::is_value(value)) return refuse(Reason::verify_svg_style);
        if (name == "id") m_ids.emplace(value, node);
        return {};
    }

    Result<> names_declared(const xmlNode* node, bool root) {
        for (const xmlNs* space = node->nsDef; space; space = space->next) {
            const bool own = !space->prefix && text_of(space->href) == space_svg;
            const bool link = text_of(space->prefix) == "xlink" && text_of(space->href) == space_xlink;
            if (!root || (!own && !link)) return refuse(Reason::verify_svg_xml);
        }
        return {};
    }

    Result<> element(const xmlNode* node, unsigned depth) {
        const std::string_view name = text_of(node->name);
        if (depth > deepest) return refuse(Reason::verify_svg_xml);
        if (!node->ns || text_of(node->ns->href) != space_svg || !svg_words::is_element(name))
            return refuse(Reason::verify_svg_element);
        TRY(names_declared(node, depth == 1));
        for (const xmlAttr* at = node->properties; at; at = at->next) TRY(attribute(node, at));
        if (name == "image" && !has_address(node)) return refuse(Reason::verify_svg_address);
        const bool closed = name == "style" || name == "title" || name == "desc" || name == "use" || name == "image";
        for (const xmlNode* child = node->children; child; child = child->next) {
            if (child->type == XML_ELEMENT_NODE && !closed)
                TRY(element(child, depth + 1));
            else if (child->type == XML_TEXT_NODE)
                TRY(characters(name, text_of(child->content)));
            else
                return refuse(Reason::verify_svg_xml); // comment, instruction, section, entity
        }
        return {};
    }

    static bool has_address(const xmlNode* node) {
        for (const xmlAttr* at = node->properties; at; at = at->next)
            if (at->ns && text_of(at->name) == "href") return true;
        return false;
    }

    static Result<> characters(std::string_view element, std::string_view text) {
        if (element == "style") return svg_style::is_sheet(text) ? Result<>() : refuse(Reason::verify_svg_style);
        if (svg_words::holds_text(element)) return {};
        return text.find_first_not_of(" \n\t") == text.npos ? Result<>() : refuse(Reason::verify_svg_element);
    }

    // How many elements a named part draws; refuses what draws itself or too much.
    Result<std::uint64_t> drawn(const xmlNode* node, unsigned depth) {
        if (const auto known = m_drawn.find(node); known != m_drawn.end()) return known->second;
        if (depth > deepest_use || !m_drawing.insert(node).second) return refuse(Reason::verify_svg_element);
        const std::uint64_t sum = TRY(drawn_below(node, depth));
        m_drawing.erase(node);
        m_drawn.emplace(node, sum);
        return sum;
    }

    // In order of the document, without recursion but that of `use`.
    Result<std::uint64_t> drawn_below(const xmlNode* top, unsigned depth) {
        std::uint64_t sum = 0;
        for (const xmlNode* at = top; at;) {
            ++sum;
            if (text_of(at->name) == "use") sum += TRY(drawn_by_use(at, depth));
            if (sum > most_drawn) return refuse(Reason::verify_svg_element);
            if (at->children) {
                at = at->children;
                continue;
            }
            while (at != top && !at->next) at = at->parent;
            at = at == top ? nullptr : at->next;
        }
        return sum;
    }

    Result<std::uint64_t> drawn_by_use(const xmlNode* use, unsigned depth) {
        for (const xmlAttr* at = use->properties; at; at = at->next) {
            if (text_of(at->name) != "href" || !at->children) continue;
            const auto target = m_ids.find(std::string(text_of(at->children->content).substr(1)));
            if (target != m_ids.end()) return drawn(target->second, depth + 1);
        }
        return std::uint64_t{0};
    }

    const Limits& m_limits;
    std::unordered_map<std::string, const xmlNode*> m_ids;
    std::unordered_map<const xmlNode*, std::uint64_t> m_drawn;
    std::set<const xmlNode*> m_drawing;
};

Result<> check(const Source& source, const Limits& limits) {
    const View file = TRY(source.whole(limits.bytes_in_memory));
    constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ";
    if (!starts_with(file, head) || file.size() > INT_MAX) return refuse(Reason::verify_svg_xml);
    // libxml2 takes a zero for the end and looks at nothing behind it.
    if (as_text(file).find('\0') != std::string_view::npos) return refuse(Reason::verify_svg_xml);
    // Neither a file nor an entity is read: no network, nothing replaced, no document type loaded.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE;
    const std::unique_ptr<xmlDoc, CloseDocument> document(
        xmlReadMemory(as_chars(file.data()), static_cast<int>(file.size()), nullptr, "UTF-8", options));
    if (!document || document->intSubset || document->extSubset) return refuse(Reason::verify_svg_xml);
    const xmlNode* const root = document->children;
    if (!root || root->type != XML_ELEMENT_NODE || root->next) return refuse(Reason::verify_svg_xml);
    return Walk(limits).run(root);
}

} // namespace

Result<> svg(const Source& source, const Limits& limits) try {
    return check(source, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify

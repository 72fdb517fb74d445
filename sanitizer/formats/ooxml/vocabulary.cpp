#include "sanitizer/formats/ooxml/vocabulary.h"

#include <array>
#include <vector>

#include "sanitizer/formats/ooxml/names/drawing.h"
#include "sanitizer/formats/ooxml/names/extensions.h"
#include "sanitizer/formats/ooxml/names/legacy.h"
#include "sanitizer/formats/ooxml/names/plain_attributes.h"
#include "sanitizer/formats/ooxml/names/sheet.h"
#include "sanitizer/formats/ooxml/names/sheet_attributes.h"
#include "sanitizer/formats/ooxml/names/slide.h"
#include "sanitizer/formats/ooxml/names/small.h"
#include "sanitizer/formats/ooxml/names/word.h"
#include "sanitizer/formats/ooxml/rules.h"

namespace sekisho::ooxml {

namespace {

constexpr std::array<NsRow, static_cast<std::size_t>(Ns::count)> namespaces = {{
    {Ns::none, "", "", "", 31, false, Plain::none},
    {Ns::unknown, "", "", "", 0, false, Plain::none},
#define NAMESPACE(id, prefix, uri, strict, dialects, extension, plain)                                                 \
    {Ns::id, prefix, uri, strict, dialects, extension, Plain::plain},
#include "sanitizer/formats/ooxml/namespaces.def"
#undef NAMESPACE
}};

constexpr std::uint32_t hash_of(unsigned salt, std::string_view name) {
    std::uint32_t hash = 2166136261U ^ (salt * 0x9E3779B1U); // FNV-1a
    for (const char character : name) hash = (hash ^ static_cast<unsigned char>(character)) * 16777619U;
    return hash ^ (hash >> 15);
}

// Open addressing over rows of (salt, name); never more than half full.
template <typename Row, std::size_t Size> class NameTable {
public:
    NameTable() : m_slots(Size) {}

    Row& at(unsigned salt, std::string_view name) {
        Slot& slot = m_slots[place(salt, name)];
        if (!slot.used) {
            if (++m_used > Size / 2) bug("the table of names is too small");
            slot = {true, salt, name, {}};
        }
        return slot.row;
    }
    const Row* find(unsigned salt, std::string_view name) const {
        const Slot& slot = m_slots[place(salt, name)];
        return slot.used ? &slot.row : nullptr;
    }

private:
    struct Slot {
        bool used = false;
        unsigned salt = 0;
        std::string_view name;
        Row row;
    };
    std::size_t place(unsigned salt, std::string_view name) const {
        std::size_t i = hash_of(salt, name) % Size;
        while (m_slots[i].used && (m_slots[i].salt != salt || m_slots[i].name != name)) i = (i + 1) % Size;
        return i;
    }
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

template <typename Each> void each_word(std::string_view words, Each each) {
    std::size_t from = 0;
    while (from < words.size()) {
        const std::size_t to = std::min(words.find(' ', from), words.size());
        if (to > from) each(words.substr(from, to - from));
        from = to + 1;
    }
}

using ElementTable = NameTable<ElementRow, 8192>;
using AttributeTable = NameTable<AttributeRule, 8192>;

unsigned salt_of(Ns ns) {
    return static_cast<unsigned>(ns);
}
unsigned salt_of(Plain plain) {
    return 1000U + static_cast<unsigned>(plain);
}

struct NameList {
    Ns ns;
    std::string_view words;
};

constexpr NameList element_lists[] = {
    {Ns::w, names::word_elements},
    {Ns::x, names::sheet_elements},
    {Ns::p, names::slide_elements},
    {Ns::a, names::drawing_elements},
    {Ns::pic, names::picture_elements},
    {Ns::wp, names::word_drawing_elements},
    {Ns::xdr, names::sheet_drawing_elements},
    {Ns::cdr, names::chart_drawing_elements},
    {Ns::c, names::chart_elements},
    {Ns::dgm, names::diagram_elements},
    {Ns::dsp, names::diagram_drawing_elements},
    {Ns::m, names::math_elements},
    {Ns::v, names::vml_elements},
    {Ns::o, names::office_elements},
    {Ns::w10, names::word_vml_elements},
    {Ns::xvml, names::excel_vml_elements},
    {Ns::w14, names::word14_elements},
    {Ns::w15, names::word15_elements},
    {Ns::wps, names::word_shape_elements},
    {Ns::wpg, names::word_shape_elements},
    {Ns::wpc, names::word_shape_elements},
    {Ns::cs, names::chart_style_elements},
    {Ns::cx, names::chart_ex_elements},
    {Ns::x14, names::sheet14_elements},
    {Ns::none, names::html_elements},
    {Ns::w16cid, names::word16_comment_elements},
    {Ns::w16cex, names::word16_comment_elements},
    {Ns::w16se, names::word16_symbol_elements},
    {Ns::wp14, names::word_drawing14_elements},
    {Ns::a14, names::drawing14_elements},
    {Ns::a16, names::drawing16_elements},
    {Ns::thm15, names::theme15_elements},
    {Ns::c14, names::chart14_elements},
    {Ns::c15, names::chart15_elements},
    {Ns::c16, names::chart16_elements},
    {Ns::c16r3, names::chart17_elements},
    {Ns::p14, names::slide14_elements},
    {Ns::p15, names::slide15_elements},
    {Ns::p159, names::slide159_elements},
    {Ns::x15, names::sheet15_elements},
    {Ns::xm, names::sheet_extension_elements},
    {Ns::xcalcf, names::sheet_feature_elements},
    {Ns::xda, names::sheet_array_elements},
    {Ns::xtc, names::sheet_thread_elements},
    {Ns::mc, "AlternateContent Choice Fallback"},
};

constexpr NameList attribute_lists[] = {
    {Ns::w, names::word_attributes},
    {Ns::m, names::math_attributes},
    {Ns::w14, names::word14_attributes},
    {Ns::w15, names::word15_attributes},
    {Ns::o, names::office_attributes},
    {Ns::w16cid, "paraId durableId"},
    {Ns::w16cex, "durableId dateUtc"},
    {Ns::w16se, "font char"},
    {Ns::wp14, "anchorId editId"},
    {Ns::v, "ext"},
    {Ns::xml, "space lang"},
    {Ns::x14ac, "dyDescent knownFonts"},
    {Ns::p14, "dur bwMode"},
    {Ns::a14, "legacySpreadsheetColorIndex"},
    {Ns::cx, "autoUpdate"},
    {Ns::thm15, "id"},
};

const ElementTable& elements() {
    static const ElementTable table = [] {
        ElementTable made;
        for (const NameList& list : element_lists)
            each_word(list.words, [&](std::string_view name) {
                made.at(salt_of(list.ns), name) = {list.ns, name, Rule::keep, Finding::none, false};
            });
        for (const SpecialElement& special : special_elements())
            each_word(special.names, [&](std::string_view name) {
                made.at(salt_of(special.ns), name) = {special.ns, name, special.rule, special.finding, false};
            });
        for (const TextElements& list : text_elements())
            each_word(list.names, [&](std::string_view name) {
                ElementRow& row = made.at(salt_of(list.ns), name);
                row.ns = list.ns;
                row.name = name;
                row.text = true;
            });
        return made;
    }();
    return table;
}

const AttributeTable& attributes() {
    static const AttributeTable table = [] {
        AttributeTable made;
        for (const NameList& list : attribute_lists)
            each_word(list.words,
                      [&](std::string_view name) { made.at(salt_of(list.ns), name) = AttributeRule::keep; });
        each_word(names::plain_attributes,
                  [&](std::string_view name) { made.at(salt_of(Plain::drawing), name) = AttributeRule::keep; });
        for (const std::string_view words : {names::sheet_attributes, names::sheet14_attributes})
            each_word(words,
                      [&](std::string_view name) { made.at(salt_of(Plain::sheet), name) = AttributeRule::keep; });
        for (const std::string_view words : {names::vml_attributes, names::html_attributes})
            each_word(words, [&](std::string_view name) { made.at(salt_of(Plain::vml), name) = AttributeRule::keep; });
        each_word(names::office_attributes,
                  [&](std::string_view name) { made.at(salt_of(Plain::office), name) = AttributeRule::keep; });
        each_word("ObjectType anchorx anchory", [&](std::string_view name) {
            made.at(salt_of(Plain::vml), name) = AttributeRule::keep;
            made.at(salt_of(Plain::office), name) = AttributeRule::keep;
        });
        for (const SpecialAttribute& special : special_attributes())
            each_word(special.names, [&](std::string_view name) {
                made.at(special.ns == Ns::none ? salt_of(special.plain) : salt_of(special.ns), name) = special.rule;
            });
        return made;
    }();
    return table;
}

} // namespace

const NsRow& row_of(Ns ns) {
    return namespaces[static_cast<std::size_t>(ns)];
}

Ns namespace_of(std::string_view uri) {
    if (uri.empty()) return Ns::none;
    for (const NsRow& row : namespaces)
        if (row.uri == uri || (!row.strict.empty() && row.strict == uri)) return row.ns;
    return Ns::unknown;
}

const ElementRow* find_element(Ns ns, std::string_view name) {
    return elements().find(salt_of(ns), name);
}

const AttributeRule* find_attribute(Ns element, Ns ns, std::string_view name) {
    if (ns != Ns::none) return attributes().find(salt_of(ns), name);
    const Plain plain = element == Ns::none ? Plain::vml : row_of(element).plain;
    return plain == Plain::none ? nullptr : attributes().find(salt_of(plain), name);
}

} // namespace sekisho::ooxml

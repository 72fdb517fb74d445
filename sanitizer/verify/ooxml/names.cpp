#include "sanitizer/verify/ooxml/names.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

namespace sekisho::verify {

namespace {

template <typename Value> struct Row {
    Words words;
    std::string_view names; // separated by spaces
    Value value;
};

constexpr Row<Role> elements[] = {
    {Words::mc, "AlternateContent", Role::alternate},
    {Words::mc, "Choice", Role::choice},
    {Words::mc, "Fallback", Role::fallback},

    {Words::w, "altChunk altChunkPr subDoc control objectEmbed objectLink movie binData", Role::denied},
    {Words::w, "attachedTemplate mailMerge frameset sourceFileName", Role::denied},
    {Words::w, "docVars rsids saveThroughXslt useXSLTWhenSaving attachedSchema", Role::denied},
    {Words::w, "entryMacro exitMacro fldData", Role::denied},
    {Words::w, "dataBinding customXml customXmlPr smartTag smartTagPr smartTagType", Role::denied},
    {Words::w, "embedRegular embedBold embedItalic embedBoldItalic", Role::denied},
    {Words::w15, "dataBinding presenceInfo docId", Role::denied},
    {Words::w14, "docId", Role::denied},
    {Words::w, "txbxContent comment footnote endnote docPartBody", Role::text},
    {Words::w, "ins", Role::inserted},
    {Words::w, "del", Role::deleted},
    {Words::w, "moveFrom", Role::moved_from},
    {Words::w, "moveTo", Role::moved_to},
    {Words::w, "fldChar", Role::field_mark},
    {Words::w, "fldSimple", Role::field_simple},
    {Words::w, "instrText delInstrText", Role::field_piece},
    {Words::w, "t delText", Role::shown},
    {Words::w, "hyperlink", Role::link},

    {Words::x, "ddeLink oleLink externalBook externalReference externalReferences externalLink", Role::denied},
    {Words::x, "webPr dbPr textPr olapPr connection connections queryTable queryTableRefresh volTypes", Role::denied},
    {Words::x, "webPublishing webPublishItems webPublishObjects", Role::denied},
    {Words::x,
     "functionGroups smartTags xmlColumnPr xmlCellPr fileSharing customProperties customSheetViews "
     "customWorkbookViews fileRecoveryPr",
     Role::denied},
    {Words::x15, "absPath connection connections dataModel modelTables", Role::denied},
    {Words::x15ac, "absPath", Role::denied},
    {Words::xm, "macro macrosheet", Role::denied},
    {Words::xr, "revisionPtr", Role::denied},
    {Words::x, "f calculatedColumnFormula totalsRowFormula formula formula1 formula2 oldFormula", Role::formula},
    {Words::xm, "f", Role::formula},
    {Words::x, "definedName", Role::defined_name},
    {Words::x, "cacheSource", Role::cache_source},
    {Words::x, "hyperlink", Role::link},
    {Words::x, "picture", Role::picture},
    {Words::x, "oleObject", Role::package},

    {Words::p, "audio video snd sndAc stSnd cmd link control controls", Role::denied},
    {Words::p, "htmlPubPr webPr smartTags custDataLst embeddedFontLst", Role::denied},
    {Words::p14, "media", Role::denied},
    {Words::p15, "presenceInfo", Role::denied},
    {Words::p, "oleObj", Role::package},

    {Words::a, "audioFile videoFile wavAudioFile quickTimeFile audioCd snd", Role::denied},
    {Words::a, "hlinkClick hlinkHover hlinkMouseOver", Role::action},
    {Words::a, "blip", Role::picture},
    {Words::a, "graphicData", Role::graphic_data},
    {Words::c, "f", Role::formula},
    {Words::cx, "f", Role::formula},
    {Words::c, "externalData", Role::package},
    {Words::cx, "externalData", Role::package},

    {Words::v, "imagedata fill stroke", Role::picture},
    {Words::o, "OLEObject", Role::package},
    {Words::o, "FieldCodes LinkType LockedField signatureline", Role::denied},
    {Words::xvml, "FmlaMacro DDE MapOCX ScriptText ScriptExtended ScriptLanguage ScriptLocation", Role::denied},
    {Words::xvml, "FmlaLink FmlaRange FmlaPict FmlaTxbx FmlaGroup", Role::formula},
    // HTML in VML text boxes.
    {Words::none, "xml div font span b i u", Role::plain},
    {Words::properties, "Properties", Role::plain},
    {Words::properties, "Application AppVersion", Role::stated},
};

// Rows for attributes in a namespace.
constexpr Row<Meaning> attributes[] = {
    {Words::xml, "base id", Meaning::denied},
    {Words::mc, "ProcessContent PreserveAttributes PreserveElements MustUnderstand", Meaning::denied},
    {Words::w, "macroName", Meaning::denied},
    {Words::w, "author initials", Meaning::author},
    {Words::w14, "author", Meaning::author},
    {Words::r, "link href", Meaning::denied},
    {Words::o, "href", Meaning::address},
    {Words::o, "althref gfxdata", Meaning::denied},
};

// Rows for attributes without one, by the vocabulary of their element.
constexpr Row<Meaning> bare[] = {
    {Words::x, "connectionId odcFile queryTableFieldId link ddeService ddeTopic", Meaning::denied},
    {Words::x, "refreshOnLoad", Meaning::flag_off},
    {Words::x, "macro", Meaning::empty},
    {Words::x, "formula", Meaning::formula},
    {Words::x14, "formula fmlaGroup fmlaLink fmlaRange fmlaTxbx", Meaning::formula},
    {Words::x14, "macro fmlaMacro", Meaning::empty},
    {Words::xdr, "macro", Meaning::empty},
    {Words::cdr, "macro", Meaning::empty},
    {Words::xdr, "textlink", Meaning::formula},
    {Words::cdr, "textlink", Meaning::formula},
    {Words::a, "invalidUrl", Meaning::empty},
    {Words::v, "style", Meaning::style},
    {Words::none, "style", Meaning::style},
    {Words::v, "href", Meaning::address},
    {Words::none, "href", Meaning::address},
    {Words::v, "src althref", Meaning::denied},
    {Words::none, "src", Meaning::denied},
    {Words::o, "src althref", Meaning::denied},
};

template <typename Value> using Index = std::vector<std::unordered_map<std::string_view, Value>>;

template <typename Value, std::size_t size> Index<Value> make_index(const Row<Value> (&rows)[size]) {
    Index<Value> index(static_cast<std::size_t>(Words::count));
    for (const Row<Value>& row : rows) {
        std::string_view rest = row.names;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            index[static_cast<std::size_t>(row.words)].emplace(rest.substr(0, end), row.value);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return index;
}

template <typename Value> Value look_up(const Index<Value>& index, Words words, std::string_view name, Value other) {
    const auto& row = index[static_cast<std::size_t>(words)];
    const auto found = row.find(name);
    return found == row.end() ? other : found->second;
}

} // namespace

Role role_of(Words words, std::string_view name) {
    static const Index<Role> index = make_index(elements);
    const bool closed = words == Words::none || words == Words::properties || words == Words::mc;
    const bool plumbing =
        words == Words::types || words == Words::relationships || words == Words::xml || words == Words::r;
    return look_up(index, words, name, closed || plumbing ? Role::denied : Role::plain);
}

Meaning meaning_of(Words element, Words words, std::string_view name) {
    static const Index<Meaning> qualified = make_index(attributes), unqualified = make_index(bare);
    if (words != Words::none) return look_up(qualified, words, name, Meaning::plain);
    const bool html = element == Words::none || element == Words::v || element == Words::o;
    if (html && name.size() > 2 && name.starts_with("on")) return Meaning::denied; // scripts; "on" itself is a switch
    return look_up(unqualified, element, name, Meaning::plain);
}

bool graphic_is_allowed(std::string_view uri) {
    constexpr auto known = std::to_array<std::string_view>({
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "http://schemas.openxmlformats.org/drawingml/2006/table",
        "http://schemas.openxmlformats.org/presentationml/2006/ole",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "http://schemas.microsoft.com/office/drawing/2014/chartex",
    });
    return std::ranges::find(known, uri) != known.end();
}

} // namespace sekisho::verify

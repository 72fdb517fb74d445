#include <algorithm>
#include <array>

#include "sanitizer/detect/rules.h"
#include "sanitizer/formats/odf/odf.h"

namespace sekisho::detection {

namespace {

struct Start {
    std::string_view text; // lower case
    Type type;
};

constexpr std::array starts{
    Start{"#!", Type::script},
    Start{"<?php", Type::script},
    Start{"<script", Type::script},
    Start{"<%@", Type::script},
    Start{"<job", Type::script},
    Start{"<package>", Type::script},
    Start{"<hta:", Type::script},
    Start{"@echo", Type::script},
    Start{"@powershell", Type::script},
    Start{"@if ", Type::script},
    Start{"@cmd", Type::script},
    Start{"wscript.", Type::script},
    Start{"powershell ", Type::script},
    Start{"powershell.exe", Type::script},
    Start{"createobject(", Type::script},
    Start{"on error resume next", Type::script},
    Start{"option explicit", Type::script},
    Start{"attribute vb_name", Type::script},
    Start{"new activexobject", Type::script},
    Start{"invoke-expression", Type::script},
    Start{"windows registry editor", Type::script},
    Start{"regedit4", Type::script},
    Start{"[autorun]", Type::script},
    Start{"[internetshortcut]", Type::shortcut},
    Start{"[{000214a0-0000-0000-c000-000000000046}]", Type::shortcut},
    Start{"[desktop entry]", Type::shortcut},
    Start{"[shell]", Type::shortcut},
    Start{"web\n1\n", Type::shortcut}, // web query (IQY)
    Start{"web\r\n1\r\n", Type::shortcut},
    Start{"xlodbc\n", Type::shortcut}, // database query (DQY)
    Start{"xlodbc\r\n", Type::shortcut},
    Start{"id;p", Type::slk},
    Start{"begin:vcalendar", Type::calendar},
    Start{"begin:vcard", Type::vcard},
    Start{"table\n0,1\n", Type::dif},
    Start{"table\r\n0,1\r\n", Type::dif},
    Start{"(this file must be converted with binhex", Type::binhex},
    Start{"-----begin pgp message-----", Type::encrypted_data},
};

// Signs of scripts that need not stand first.
constexpr std::array script_calls{
    std::string_view("wscript.shell"),
    std::string_view("new activexobject("),
    std::string_view("createobject(\"wscript"),
    std::string_view("invoke-expression "),
    std::string_view("scripting.filesystemobject"),
};

constexpr std::array html_tags{
    std::string_view("html"),   std::string_view("head"),     std::string_view("body"),   std::string_view("title"),
    std::string_view("meta"),   std::string_view("link"),     std::string_view("style"),  std::string_view("table"),
    std::string_view("div"),    std::string_view("p"),        std::string_view("a"),      std::string_view("img"),
    std::string_view("iframe"), std::string_view("frameset"), std::string_view("object"), std::string_view("embed"),
    std::string_view("form"),   std::string_view("h1"),       std::string_view("span"),   std::string_view("br"),
    std::string_view("base"),   std::string_view("center"),   std::string_view("font"),
};

bool ends_name(char c) {
    return std::string_view(" \t\r\n\v\f/>").find(c) != std::string_view::npos;
}

bool is_tag(std::string_view text, std::string_view tag) {
    return text.starts_with('<') && text.substr(1).starts_with(tag) &&
           (text.size() == tag.size() + 1 || ends_name(text[tag.size() + 1]));
}

// Skips white space, comments, processing instructions and a document type.
std::string_view to_root(std::string_view text) {
    for (;;) {
        const std::size_t at = text.find_first_not_of(" \t\r\n\v\f");
        if (at == text.npos) return {};
        text.remove_prefix(at);
        const std::string_view stop = text.starts_with("<!--") ? "-->" : text.starts_with("<?") ? "?>" : "";
        if (stop.empty()) break;
        const std::size_t end = text.find(stop);
        if (end == text.npos) return {};
        text.remove_prefix(end + stop.size());
    }
    return text;
}

// Flat OPC: the root <package> in its own namespace, whatever its prefix.
bool is_flat_opc(std::string_view root) {
    const std::string_view tag = root.substr(0, root.find('>'));
    const std::size_t end = std::min(tag.find_first_of(" \t\r\n\v\f"), tag.size());
    const std::string_view name = tag.substr(1, end - 1);
    return name.substr(name.find(':') + 1) == "package" &&
           tag.find("http://schemas.microsoft.com/office/2006/xmlpackage") != tag.npos;
}

// What Office 2003 wrote, by the namespace of the root: its processing instruction is also that of later kinds.
std::optional<Type> by_office_xml(std::string_view root) {
    const std::string_view tag = root.substr(0, root.find('>'));
    const auto is_root = [&](std::string_view name, std::string_view space) {
        const std::size_t at = tag.find(name);
        const bool named = at == 1 || (at != tag.npos && tag[at - 1] == ':' && tag.find(' ') > at);
        return named && tag.find(space) != tag.npos;
    };
    if (is_root("worddocument", "\"http://schemas.microsoft.com/office/word/2003/wordml\"")) return Type::word_xml;
    if (is_root("workbook", "\"urn:schemas-microsoft-com:office:spreadsheet\"")) return Type::excel_xml;
    return std::nullopt;
}

// A whole OpenDocument document names its kind in its first tag; a part of one (document-content) does not.
Type flat_kind(std::string_view root) {
    constexpr std::string_view attribute = "office:mimetype=";
    const std::string_view tag = root.substr(0, root.find('>'));
    const std::size_t at = tag.find(attribute);
    if (at == tag.npos || at + attribute.size() >= tag.size()) return Type::odf;
    const std::string_view value = tag.substr(at + attribute.size() + 1);
    const Type type = odf::identify(value.substr(0, value.find_first_of("\"'")));
    return type == Type::unknown ? Type::odf : type;
}

std::optional<Type> by_markup(std::string_view shape) {
    if (!shape.starts_with('<')) return std::nullopt;
    const bool xml = shape.starts_with("<?xml");
    const std::string_view root = to_root(shape);
    if (root.starts_with("<!doctype html")) return Type::html;
    if (root.starts_with("<!doctype svg")) return Type::svg;
    if (root.starts_with("<svg") || root.starts_with("<svg:svg")) return Type::svg;
    if (root.starts_with("<office:document")) return flat_kind(root);
    if (root.starts_with('<') && is_flat_opc(root)) return Type::flat_opc;
    if (root.starts_with("<script")) return Type::script;
    if (const auto office = by_office_xml(root)) return office;
    // Many vocabularies have an element <table> or <link>; only a declared <html> is a page.
    if (is_tag(root, "html")) return Type::html;
    if (!xml && std::ranges::any_of(html_tags, [&](std::string_view tag) { return is_tag(root, tag); }))
        return Type::html;
    if (xml || root.starts_with("<!doctype") || root.starts_with("<!entity") || root.find(" xmlns") < 512)
        return Type::xml;
    return std::nullopt;
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
}

// The header section of RFC 5322: only fields and continuation lines, at least one that a program wrote.
bool is_mail(std::string_view text) {
    constexpr std::array by_programs{std::string_view("received"), std::string_view("message-id"),
                                     std::string_view("mime-version"), std::string_view("return-path")};
    constexpr std::array known{std::string_view("from"),         std::string_view("to"),
                               std::string_view("subject"),      std::string_view("date"),
                               std::string_view("content-type"), std::string_view("delivered-to")};
    std::size_t programs = 0, fields = 0;
    if (text.starts_with("from ") && text.find(':') < text.find('\n'))
        text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') continue;
        const std::size_t colon = line.find(':');
        if (colon == line.npos && text.empty()) break; // cut off by the end of the piece
        if (colon == line.npos || !is_header_name(line.substr(0, colon))) return false;
        programs += std::ranges::count(by_programs, line.substr(0, colon)) > 0;
        fields += std::ranges::count(known, line.substr(0, colon)) > 0;
    }
    return programs > 0 && programs + fields > 1;
}

} // namespace

std::optional<Type> by_shape(const std::string& shape) {
    for (const Start& start : starts)
        if (shape.starts_with(start.text)) return start.type;
    if (const auto markup = by_markup(shape)) return markup;
    if (const auto drawing = by_drawing(shape)) return drawing;
    if (is_mail(shape)) return shape.starts_with("from ") ? Type::mbox : Type::mail;
    constexpr std::size_t near_start = 1024;
    if (shape.substr(0, near_start).find("\n[internetshortcut]") != shape.npos) return Type::shortcut;
    for (const std::string_view call : script_calls)
        if (shape.find(call) != shape.npos) return Type::script;
    return std::nullopt;
}

} // namespace sekisho::detection

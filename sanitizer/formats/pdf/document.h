// The frame of a document: pages in their order, and what leads to them (destinations, bookmarks, labels, links).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sanitizer/formats/pdf/structure.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

// An entry of a field or of what it inherits from; null if there is none.
Handle inherited(Handle field, const char* key);

class Document {
public:
    explicit Document(Walk& walk);

    Result<> write();

private:
    struct Page {
        Handle source;
        Handle resources;
        Handle media_box;
        Handle crop_box;
        Handle rotate;
        int number = 0;
        int parent = 0;
    };
    struct Bookmark {
        Handle source;
        int number = 0;
        int first = 0;
        int last = 0;
        int shown = 0; // descendants in view when this one is open
    };
    // What is drawn on top of a page instead of a form field.
    struct Drawn {
        std::string content;
        Handle resources;
        std::vector<std::string> names;
        bool uses_font = false;
        unsigned count = 0;
    };

    struct Attachment {
        std::string name;
        Handle content;
    };
    struct File {
        std::string name;
        Bytes content;
    };
    // A form field that stays; its widgets lie on the pages.
    struct Field {
        Handle source;
        std::string name;
        int number = 0;
        std::string widgets; // references
    };

    // document_pages.cpp
    Result<> collect_pages();
    void add_page(const Handle& source, const Page& inherited);
    Result<> write_page(Page& page);
    Result<int> write_contents(const Page& page, const Drawn& drawn, Uses& uses);
    Result<std::string> boxes(const Page& page);
    Result<> write_page_tree(int root);
    void look_at_page_keys(const Handle& page);

    // document_targets.cpp
    Result<> collect_destinations();
    Result<> collect_tree(const Handle& root, const std::function<void(const std::string&, const Handle&)>& take);
    void add_destination(const std::string& name, const Handle& value);
    // "[page /Fit]" or "(name)"; empty if it leads nowhere.
    std::string destination(Handle value, unsigned depth = 0);
    // The whole action dictionary if it is safe, else empty and a finding.
    std::string action(Handle value);
    void report_action(Handle value, unsigned depth);
    std::string safe_address(const std::string& address) const;
    std::string named_destinations() const; // "/Dests<<...>>", or nothing
    std::string page_labels();

    Result<> collect_structure();
    Result<std::string> structure();

    // document_outline.cpp
    Result<int> write_outline();
    Result<std::vector<Bookmark>> write_level(Handle first, int parent, unsigned depth, int& shown);
    Result<> write_bookmarks(const std::vector<Bookmark>& level, int parent);

    // annotations.cpp
    Result<std::string> annotations(const Page& page, Drawn& drawn);
    Result<int> annotation(Handle source, Drawn& drawn);
    Result<> put_border_style(std::string& out, Handle source);
    Result<> put_appearance(std::string& out, Handle source);
    Result<int> link(Handle source, Drawn& drawn);
    Result<int> markup(Handle source, const std::string& subtype);
    void draw_look(Handle source, Handle look, Drawn& drawn);
    Result<> draw_field(Handle source, Drawn& drawn);
    Handle appearance(Handle source);
    void own_resources(Drawn& drawn, const char* category);
    Result<> draw_value(Handle source, Drawn& drawn);

    // document_attachments.cpp
    bool keeps_attachments();
    void attach(Handle specification);
    Result<> collect_attachments();
    Result<File> sanitised(const Attachment& attachment);
    Result<std::string> embedded_files();

    // document_form.cpp
    bool keeps_field(Handle widget);
    Field& field_of(Handle widget);
    Result<> put_states(std::string& out, Handle widget);
    Result<> put_characteristics(std::string& out, Handle widget);
    Result<int> keep_widget(Handle source);
    Result<> write_field(const Field& field);
    Result<std::string> form();

    // field_text.cpp
    std::string field_text(const std::string& value, const std::string& look, double left, double bottom, double top);
    static std::string field_frame(Handle widget, double left, double bottom, double right, double top);
    void add_field_fonts(Handle fonts);
    // A default appearance in a font of ours, of the size that `look` asks for.
    static std::string default_look(const std::string& look);

    // document.cpp
    Result<std::string> catalog_entries();
    void look_at_catalog();
    void look_at_names();
    std::string viewer_preferences();
    std::string open_action();

    Walk& m_walk;
    Handle m_catalog;
    std::vector<Page> m_pages;
    std::map<QPDFObjGen, std::size_t> m_page_of;
    std::map<std::string, std::string> m_destinations;
    std::set<QPDFObjGen> m_seen_bookmarks;
    Handle m_field_font;
    Handle m_latin_font;
    Structure m_structure;
    std::vector<Attachment> m_attachments;
    std::set<QPDFObjGen> m_attached;
    std::vector<Field> m_fields;
    std::map<QPDFObjGen, std::size_t> m_field_of;
    std::set<std::string> m_field_names;
    unsigned m_covered_pages = 0; // with text that something is drawn over
    unsigned m_cropped_pages = 0; // with content that the crop box hides
    std::string m_base;           // address that relative links start from
};

} // namespace sekisho::pdf

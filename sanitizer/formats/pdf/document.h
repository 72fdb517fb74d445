// The frame of a document: pages in their order, and what leads to them (destinations, bookmarks, labels, links).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

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
    Result<> collect_tree(const Handle& root);
    void add_destination(const std::string& name, const Handle& value);
    // "[page /Fit]" or "(name)"; empty if it leads nowhere.
    std::string destination(Handle value, unsigned depth = 0);
    // The whole action dictionary if it is safe, else empty and a finding.
    std::string action(Handle value);
    void report_action(Handle value, unsigned depth);
    std::string safe_address(const std::string& address) const;
    std::string named_destinations() const;
    std::string page_labels();

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

    // field_text.cpp
    std::string field_text(const std::string& value, const std::string& look, double left, double bottom, double top);
    void add_field_fonts(Handle fonts);

    // document.cpp
    Result<std::string> catalog_entries();
    void look_at_catalog();
    void look_at_names();
    std::string open_action();

    Walk& m_walk;
    Handle m_catalog;
    std::vector<Page> m_pages;
    std::map<QPDFObjGen, std::size_t> m_page_of;
    std::map<std::string, std::string> m_destinations;
    std::set<QPDFObjGen> m_seen_bookmarks;
    Handle m_field_font;
    Handle m_latin_font;
    std::string m_base; // address that relative links start from
};

} // namespace sekisho::pdf

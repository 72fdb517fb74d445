// The structure of a tagged document (ISO 32000-1, 14.7), as a model: what people who cannot see the page hear of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

class Structure {
public:
    // Reads the tree. `pages` leads from a page's object to its place. False: there is no tree that can be kept.
    Result<bool> read(Walk& walk, const Handle& root, const std::map<QPDFObjGen, std::size_t>& pages);
    // "/StructParents 3" if the page has marks of the tree.
    std::string of_page(std::size_t page) const;
    // Writes the elements and the root, and returns the catalogue's entries. `page_numbers` by place.
    Result<std::string> write(Walk& walk, const std::vector<int>& page_numbers);

private:
    struct Kid {
        bool is_mark = false;
        std::size_t element = 0; // its place
        std::size_t page = 0;    // of a mark
        std::int64_t mark = 0;   // MCID
    };
    struct Element {
        Handle source;
        int number = 0;
        int parent = 0;
        std::vector<Kid> kids;
    };
    using Pages = std::map<QPDFObjGen, std::size_t>;

    Result<bool> add_kids(Walk& walk, Handle given, std::size_t parent, std::size_t page, unsigned depth);
    Result<bool> add_kid(Walk& walk, Handle given, std::size_t parent, std::size_t page, unsigned depth);
    void add_mark(std::int64_t mark, std::size_t parent, std::size_t page);
    std::size_t page_of(Handle page, std::size_t otherwise) const;
    std::string body(const Element& element, const std::vector<int>& page_numbers) const;
    std::string parent_tree() const;

    const Pages* m_pages = nullptr;
    std::vector<Element> m_elements; // the root first
    std::set<QPDFObjGen> m_seen;
    std::map<std::size_t, std::map<std::int64_t, std::size_t>> m_marks; // page, mark: element
    std::string m_roles;
};

} // namespace sekisho::pdf

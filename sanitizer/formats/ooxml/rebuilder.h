// A package rebuilt: parts are reached from the main part by relationships on the list, named anew and written in that
// order. Nothing that is not reached is delivered.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/ooxml/package.h"
#include "sanitizer/formats/ooxml/rewriter.h"

namespace sekisho::ooxml {

class Rebuilder {
public:
    Rebuilder(Job& job, const Package& package, Type type, bool converted);
    Result<Type> run(const MainPart& main);

private:
    struct Part {
        Kind kind = Kind::none;
        const ZipEntry* entry = nullptr; // null: made by us
        std::string source;              // its name in the package that was sent
        std::string name;                // delivered as; empty: not (yet)
        Bytes content;                   // of an embedded document, until it is written
        Type type = Type::unknown;       // of an embedded document
    };
    static constexpr std::size_t no_part = static_cast<std::size_t>(-1);

    // rebuilder.cpp
    Result<std::string> read_package_relations(const MainPart& main);
    Result<> write_parts();
    Result<> write_xml(std::size_t index);
    Result<> write_relations(const std::string& part, PartRelations& relations);
    Result<> write_types();
    Result<> report_rest();
    void schedule(std::size_t index);
    std::string next_name(Kind kind, std::string_view extension);

    // rebuilder_relations.cpp
    Result<> read_relations(const std::string& source, PartRelations& relations);
    Result<bool> read_relation(const std::string& source, const RawRelation& raw, PartRelations& relations);
    Result<> report_gone(const RelationRow* row, const RawRelation& raw, const std::string& target);
    Result<std::size_t> find_part(Kind kind, const std::string& source);
    Result<bool> is_deliverable(Kind kind, const ZipEntry& entry, const std::string& source);
    Result<bool> has_own_cache(const std::string& pivot_table);
    Result<> account(const std::string& part);

    // rebuilder_content.cpp
    Result<> write_picture(std::size_t index);
    Result<std::size_t> placeholder();
    Result<std::size_t> take_package(const ZipEntry& entry, const std::string& source);
    Result<> write_package(std::size_t index);

    Job& m_job;
    Context& m_context;
    const Package& m_package;
    Type m_type;
    Where m_where;
    ZipWriter m_zip;
    Book m_book;
    std::deque<Part> m_parts;                                    // references to its elements stay good
    std::vector<std::size_t> m_schedule;                         // XML parts in the order in which they are written
    std::map<std::string, std::size_t, std::less<>> m_by_source; // no_part: cannot be delivered
    std::map<Kind, unsigned> m_numbers;
    std::map<std::string, std::string> m_types; // content types by name of part
    std::set<std::string> m_extensions;         // of what is not XML
    std::set<std::string> m_accounted;          // parts that were reached or whose removal was reported
    std::size_t m_placeholder = no_part;
};

} // namespace sekisho::ooxml

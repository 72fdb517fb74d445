// The order of a drawing: sections, the objects in them, the groups of an object. Whoever derives from it sees them
// all, each with the rule that holds for it.
#pragma once

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/dxf/kinds.h"
#include "sanitizer/formats/dxf/reader.h"

namespace sekisho::dxf {

class Walk {
public:
    Walk(Reader reader, Budget& budget) : m_reader(std::move(reader)), m_budget(budget) {}
    virtual ~Walk() = default;
    // Refuses Reason::cad_damaged for what is not in order, limit_members for more objects than any drawing has.
    Result<> run();

protected:
    virtual Result<> section_begins(std::string_view name) = 0;
    virtual Result<> section_ends() = 0;
    virtual Result<> object_begins() = 0;
    virtual Result<> object_ends() = 0;
    // A group of the object at hand, or of a variable in the header.
    virtual Result<> group(const Group& group) = 0;
    virtual void comment() {}
    virtual void after_end() {}

    Section section() const { return m_section; }
    const std::string& kind() const { return m_kind; }
    const Rule& rule() const { return *m_rule; }
    Budget& budget() { return m_budget; }

private:
    Result<bool> structure(std::string_view value); // false: the drawing ends
    Result<> begin_section();
    Result<> end_object();

    Reader m_reader;
    Budget& m_budget;
    bool m_in_section = false, m_in_object = false;
    Section m_section = Section::other;
    unsigned m_seen = 0; // sections, a bit each
    std::uint64_t m_objects = 0;
    std::string m_kind;
    const Rule* m_rule = nullptr;
};

} // namespace sekisho::dxf

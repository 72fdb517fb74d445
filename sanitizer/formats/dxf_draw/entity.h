// The groups of one object of a drawing that our own writer wrote.
#pragma once

#include <span>
#include <vector>

#include "sanitizer/formats/cad_sheet/geometry.h"
#include "sanitizer/formats/dxf/reader.h"

namespace sekisho::dxf {

// Where an object stands in the file.
struct Stored {
    std::string_view kind;
    View groups; // and what follows them
};

class Entity {
public:
    // Refuses Reason::cad_damaged.
    Result<> read(const Stored& stored);

    std::string_view kind() const { return m_kind; }
    std::span<const Group> groups() const { return m_groups; }
    bool has(int code) const { return find(code) != nullptr; }
    // Of the first such group.
    std::string_view text(int code) const;
    double real(int code, double otherwise = 0) const;
    std::int64_t whole(int code, std::int64_t otherwise = 0) const;
    cad::Point point(int code) const { return {real(code), real(code + 10)}; }
    // From the plane of the object, which its direction (210) and height lie on, to that of the drawing seen from above
    // (DXF Reference, "Arbitrary Axis Algorithm").
    cad::Matrix plane() const;

private:
    const Group* find(int code) const;

    std::string_view m_kind;
    std::vector<Group> m_groups; // without extended data
};

double real_of(const Group& group);
std::int64_t whole_of(const Group& group);

// The groups of an object one after the other, as those of the same code repeat.
class Cursor {
public:
    explicit Cursor(std::span<const Group> groups) : m_rest(groups) {}
    bool at_end() const { return m_rest.empty(); }
    bool is(int code) const { return !m_rest.empty() && m_rest.front().code == code; }
    const Group& front() const { return m_rest.front(); }
    void skip() { m_rest = m_rest.subspan(1); }
    bool skip_to(int code); // false: there is none
    // Of the group at hand if it has that code; then that group is left behind.
    double real(int code, double otherwise = 0);
    std::int64_t whole(int code, std::int64_t otherwise = 0);
    cad::Point point(int code); // and its third coordinate, if there

private:
    std::span<const Group> m_rest;
};

} // namespace sekisho::dxf

#include "sanitizer/formats/dxf_draw/entity.h"

#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

constexpr int first_extended = 1000, embedded = 101;

struct Vector {
    double x, y, z;
};
Vector cross(Vector a, Vector b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
Vector unit(Vector v) {
    const double length = std::hypot(v.x, v.y, v.z);
    return length > 0 ? Vector{v.x / length, v.y / length, v.z / length} : Vector{0, 0, 1};
}

} // namespace

double real_of(const Group& group) {
    return cad::real_of(group.text).value_or(0);
}

std::int64_t whole_of(const Group& group) {
    return cad::integer_of(group.text).value_or(0);
}

Result<> Entity::read(const Stored& stored) {
    m_kind = stored.kind;
    m_groups.clear();
    Reader reader = TRY(Reader::of(stored.groups));
    for (;;) {
        const Group group = TRY(reader.next());
        if (group.code == 0 || group.code >= first_extended || group.code == embedded) return {};
        m_groups.push_back(group);
    }
}

const Group* Entity::find(int code) const {
    for (const Group& group : m_groups)
        if (group.code == code) return &group;
    return nullptr;
}

std::string_view Entity::text(int code) const {
    const Group* const group = find(code);
    return group ? group->text : std::string_view();
}

double Entity::real(int code, double otherwise) const {
    const Group* const group = find(code);
    return group ? real_of(*group) : otherwise;
}

std::int64_t Entity::whole(int code, std::int64_t otherwise) const {
    const Group* const group = find(code);
    return group ? whole_of(*group) : otherwise;
}

cad::Matrix Entity::plane() const {
    if (!has(210) && !has(220) && !has(230)) return {};
    const Vector up = unit({real(210), real(220), real(230, 1)});
    constexpr double near_the_pole = 1.0 / 64;
    const bool pole = std::fabs(up.x) < near_the_pole && std::fabs(up.y) < near_the_pole;
    const Vector x = unit(cross(pole ? Vector{0, 1, 0} : Vector{0, 0, 1}, up)), y = cross(up, x);
    const double height = kind() == "LWPOLYLINE" ? real(38) : real(30);
    return {x.x, x.y, y.x, y.y, height * up.x, height * up.y};
}

bool Cursor::skip_to(int code) {
    while (!at_end() && !is(code)) skip();
    return !at_end();
}

double Cursor::real(int code, double otherwise) {
    if (!is(code)) return otherwise;
    const double value = real_of(front());
    skip();
    return value;
}

std::int64_t Cursor::whole(int code, std::int64_t otherwise) {
    if (!is(code)) return otherwise;
    const std::int64_t value = whole_of(front());
    skip();
    return value;
}

cad::Point Cursor::point(int code) {
    const double x = real(code), y = real(code + 10);
    real(code + 20);
    return {x, y};
}

} // namespace sekisho::dxf

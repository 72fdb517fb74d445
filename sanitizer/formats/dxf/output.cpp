#include "sanitizer/formats/dxf/output.h"

#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t piece = 256 * 1024;

} // namespace

// Right-aligned in three columns, as AutoCAD writes it.
void Output::code(int code) {
    if (code < 10) m_object += ' ';
    if (code < 100) m_object += ' ';
    cad::put_integer(m_object, code);
    m_object += line_end;
}

void Output::text(int group, std::string_view value) {
    code(group);
    m_object += value;
    m_object += line_end;
}

void Output::real(int group, double value) {
    code(group);
    cad::put_real(m_object, value);
    m_object += line_end;
}

void Output::whole(int group, std::int64_t value) {
    code(group);
    cad::put_integer(m_object, value);
    m_object += line_end;
}

void Output::handle(int group, std::uint64_t value) {
    code(group);
    cad::put_handle(m_object, value);
    m_object += line_end;
}

Result<> Output::keep() {
    m_waiting += m_object;
    m_object.clear();
    return m_waiting.size() < piece ? Result<>() : finish();
}

Result<> Output::finish() {
    TRY(m_budget.take_unpacked(m_waiting.size()));
    TRY(m_sink.write(std::string_view(m_waiting)));
    m_waiting.clear();
    return {};
}

} // namespace sekisho::dxf

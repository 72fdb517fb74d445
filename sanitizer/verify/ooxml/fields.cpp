#include "sanitizer/verify/ooxml/fields.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t most_open = 1000, longest = 128U << 10;

std::unexpected<Error> wrong() {
    return refuse(Reason::verify_ooxml_field);
}

} // namespace

void Fields::enter() {
    m_texts.push_back(m_fields.size());
}

Result<> Fields::leave() {
    while (Field* field = open()) {
        if (!field->judged) return wrong();
        m_fields.pop_back();
    }
    if (!m_texts.empty()) m_texts.pop_back();
    return {};
}

Result<> Fields::judge(Field& field, unsigned revision) {
    if (revision != field.revision || !field_is_allowed(field.instruction, field.nested)) return wrong();
    field.judged = true;
    return {};
}

Result<> Fields::mark(std::string_view type, unsigned revision) {
    Field* field = open();
    if (type == "begin") {
        if (field && !field->judged) {
            // The name must be complete before another field can add to it.
            const std::string_view said = field->instruction;
            if (said.find_first_not_of(" \t\r\n") == said.npos) return wrong();
            if (std::string_view(" \t\r\n\"").find(said.back()) == std::string_view::npos) return wrong();
            field->nested = true;
            field->instruction += ' ';
        } else if (!field && in_instruction()) {
            return wrong();
        }
        if (m_fields.size() >= most_open) return wrong();
        m_fields.push_back({{}, revision, false, false});
        return {};
    }
    if (!field) return wrong();
    if (type == "separate") return field->judged ? Result<>(wrong()) : judge(*field, revision);
    if (type != "end") return wrong();
    if (!field->judged) TRY(judge(*field, revision));
    m_fields.pop_back();
    return {};
}

Result<> Fields::instruction(std::string_view piece, unsigned revision) {
    Field* field = open();
    if (!field || field->judged || field->revision != revision || field->instruction.size() + piece.size() > longest)
        return wrong();
    field->instruction += piece;
    return {};
}

Result<> Fields::shown(std::string_view text, unsigned revision) {
    const Field* field = open();
    return field && !field->judged ? instruction(text, revision) : Result<>();
}

Result<> Fields::simple(std::string_view instruction) const {
    if (in_instruction() || !field_is_allowed(instruction, false)) return wrong();
    return {};
}

bool Fields::in_instruction() const {
    return std::ranges::any_of(m_fields, [](const Field& field) { return !field.judged; });
}

} // namespace sekisho::verify

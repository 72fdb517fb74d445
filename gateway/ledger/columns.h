// How the fields of a row become columns and come back.
#pragma once

#include <algorithm>
#include <charconv>

#include "gateway/ledger/database.h"
#include "gateway/ledger/stable_codec.h"
#include "gateway/ledger/transfer_row.h"

namespace sekisho::ledger {

inline std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
        lines.emplace_back(text.substr(0, end));
    return lines;
}

// "SIZE SHA-256" a line.
inline std::string text_of(const std::vector<Part>& parts) {
    std::string text;
    for (const Part& part : parts) text += std::to_string(part.size) + ' ' + to_hex(part.digest) + '\n';
    return text;
}

inline std::vector<Part> parts_of(std::string_view text) {
    std::vector<Part> parts;
    for (const std::string& line : lines_of(text)) {
        Part part;
        const auto size = std::from_chars(line.data(), line.data() + line.size(), part.size);
        const auto digest = from_hex(line.substr(std::min<std::size_t>(size.ptr - line.data() + 1, line.size())));
        if (digest && digest->size() == part.digest.size()) std::ranges::copy(*digest, part.digest.begin());
        parts.push_back(part);
    }
    return parts;
}

// "id,state,..." or "?,?,..." or "id=?,state=?,...".
struct ColumnNames {
    std::string names;
    std::string marks;
    std::string assignments;
    void operator()(const char* name, const auto&) {
        const char* comma = names.empty() ? "" : ",";
        names += std::string(comma) + name;
        marks += std::string(comma) + "?";
        assignments += std::string(comma) + name + "=?";
    }
};

class ColumnWriter {
public:
    explicit ColumnWriter(Binder& binder) : m_binder(binder) {}
    template <typename Field> void operator()(const char*, const Field& field) {
        if constexpr (Catalogued<Field>)
            m_binder.bind_copy(stable_text(field));
        else if constexpr (std::is_enum_v<Field>)
            m_binder.bind(static_cast<std::int64_t>(field));
        else if constexpr (std::is_same_v<Field, std::vector<std::string>>)
            m_binder.bind_copy(joined(field));
        else if constexpr (std::is_same_v<Field, std::vector<Part>>)
            m_binder.bind_copy(text_of(field));
        else if constexpr (std::is_same_v<Field, std::string>)
            m_binder.bind(std::string_view(field));
        else if constexpr (std::is_integral_v<Field>)
            m_binder.bind(field);
        else
            m_binder.bind(View(field));
    }

private:
    Binder& m_binder;
};

class ColumnReader {
public:
    explicit ColumnReader(Row& row) : m_row(row) {}
    template <typename Field> void operator()(const char*, Field& field) {
        if constexpr (Catalogued<Field>)
            from_stable(field, m_row.text());
        else if constexpr (std::is_enum_v<Field>)
            field = static_cast<Field>(std::clamp<std::int64_t>(m_row.number(), 0, static_cast<int>(Field::count) - 1));
        else if constexpr (std::is_same_v<Field, std::vector<std::string>>)
            field = lines_of(m_row.text());
        else if constexpr (std::is_same_v<Field, std::vector<Part>>)
            field = parts_of(m_row.text());
        else if constexpr (std::is_same_v<Field, std::string>)
            field = m_row.text();
        else if constexpr (std::is_integral_v<Field>)
            field = static_cast<Field>(m_row.number());
        else if constexpr (std::is_same_v<Field, Bytes>)
            field = m_row.blob();
        else
            fixed(field);
    }

private:
    template <std::size_t size> void fixed(std::array<std::uint8_t, size>& field) {
        const Bytes bytes = m_row.blob();
        if (bytes.size() == size) std::copy(bytes.begin(), bytes.end(), field.begin());
    }
    Row& m_row;
};

} // namespace sekisho::ledger

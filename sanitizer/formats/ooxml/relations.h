// The relationships of one part as they are delivered.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sanitizer/formats/ooxml/kinds.h"

namespace sekisho::ooxml {

struct Related {
    std::string id; // a plain token, so it can stay
    const RelationRow* row = nullptr;
    std::string address;       // of a hyperlink
    std::size_t part = 0;      // index in the model, unless a hyperlink or a placeholder
    Type type = Type::unknown; // of an embedded document, as delivered
    bool placeholder = false;  // a picture that was outside
    bool used = false;
};

class PartRelations {
public:
    enum class Expect : std::uint8_t { part, package, picture, link };

    void add(Related related);
    // Names that lead nowhere any more, for reasons that have been reported.
    void add_gone(const std::string& id) { m_gone.insert(id); }
    // The relationship of this name if it leads to what is expected; marks it used.
    Related* use(std::string_view id, Expect expect);
    bool is_gone(std::string_view id) const { return m_gone.contains(std::string(id)); }

    std::vector<Related>& all() { return m_all; }
    bool loses_sheets = false; // a sheet of a workbook does not pass

private:
    std::vector<Related> m_all;
    std::unordered_map<std::string, std::size_t> m_by_id;
    std::unordered_set<std::string> m_gone;
};

} // namespace sekisho::ooxml

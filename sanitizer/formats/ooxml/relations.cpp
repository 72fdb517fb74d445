#include "sanitizer/formats/ooxml/relations.h"

namespace sekisho::ooxml {

namespace {

bool fits(const Related& related, PartRelations::Expect expect) {
    const Kind kind = related.row->kind;
    switch (expect) {
    case PartRelations::Expect::picture:
        return kind == Kind::picture;
    case PartRelations::Expect::package:
        return kind == Kind::package;
    case PartRelations::Expect::link:
        return kind == Kind::hyperlink || kind == Kind::slide;
    case PartRelations::Expect::part:
        return kind != Kind::picture && kind != Kind::package && kind != Kind::hyperlink;
    }
    return false;
}

} // namespace

void PartRelations::add(Related related) {
    if (!m_by_id.emplace(related.id, m_all.size()).second) return;
    m_all.push_back(std::move(related));
}

Related* PartRelations::use(std::string_view id, Expect expect) {
    const auto found = m_by_id.find(std::string(id));
    if (found == m_by_id.end()) return nullptr;
    Related& related = m_all[found->second];
    if (!fits(related, expect)) return nullptr;
    related.used = true;
    return &related;
}

} // namespace sekisho::ooxml

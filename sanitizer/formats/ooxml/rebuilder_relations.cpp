// What each relationship of a part leads to, and whether that passes.
#include "sanitizer/formats/ooxml/probe.h"
#include "sanitizer/formats/ooxml/rebuilder.h"
#include "sanitizer/formats/ooxml/target.h"

namespace sekisho::ooxml {

namespace {

// A name that can stay: no white space, no quotes, not long.
bool is_token(std::string_view id) {
    if (id.empty() || id.size() > 64) return false;
    for (const char character : id) {
        const bool letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        const bool other =
            (character >= '0' && character <= '9') || character == '_' || character == '.' || character == '-';
        if (!letter && !other) return false;
    }
    return true;
}

bool is_sheet(const RelationRow* row) {
    if (!row) return false;
    return row->type == "*worksheet" || row->type == "*chartsheet" || row->type == "*dialogsheet" ||
           row->type.ends_with("Macrosheet") || row->type.ends_with("IntlMacrosheet") ||
           row->finding == Finding::ooxml_xlm_macro;
}

Finding finding_of(const RelationRow* row, const RawRelation& raw) {
    if (!row) return raw.external ? Finding::ooxml_external_relationship : Finding::ooxml_unknown_part;
    if (raw.external && row->type == "*oleObject") return Finding::ooxml_ole_link;
    if (raw.external && row->kind != Kind::none && row->finding == Finding::none)
        return Finding::ooxml_external_relationship;
    return row->finding;
}

} // namespace

Result<> Rebuilder::read_relations(const std::string& source, PartRelations& relations) {
    for (const RawRelation& raw : TRY(m_package.relations(source))) {
        TRY(m_context.budget().check_time());
        if (TRY(read_relation(source, raw, relations))) continue;
        relations.add_gone(raw.id);
        if (is_sheet(find_relation(m_where, raw.type))) relations.loses_sheets = true;
    }
    return {};
}

// False if it does not pass; that has been reported then.
Result<bool> Rebuilder::read_relation(const std::string& source, const RawRelation& raw, PartRelations& relations) {
    const RelationRow* row = find_relation(m_where, raw.type);
    const std::string target = raw.external ? std::string() : Package::resolve(source, raw.target);
    if (row && !is_token(raw.id)) {
        m_context.found(Finding::ooxml_package_quirk, Action::removed);
        return false;
    }
    Related related;
    related.id = raw.id;
    related.row = row;
    if (row && row->kind == Kind::hyperlink && (raw.external || raw.target.starts_with('#'))) {
        const auto address = safe_address(raw.target);
        if (!address) {
            m_context.found(Finding::ooxml_hyperlink, Action::removed);
            return false;
        }
        related.address = *address;
        relations.add(std::move(related));
        return true;
    }
    if (row && row->kind == Kind::picture && raw.external) {
        m_context.found(Finding::ooxml_external_image, Action::replaced);
        related.placeholder = true;
        relations.add(std::move(related));
        return true;
    }
    if (!row || row->kind == Kind::none || row->kind == Kind::hyperlink || raw.external) {
        TRY(report_gone(row, raw, target));
        return false;
    }
    related.part = TRY(find_part(row->kind, target));
    if (related.part == no_part) return false;
    related.type = m_parts[related.part].type;
    relations.add(std::move(related));
    return true;
}

Result<> Rebuilder::report_gone(const RelationRow* row, const RawRelation& raw, const std::string& target) {
    Finding finding = finding_of(row, raw);
    const ZipEntry* entry = raw.external ? nullptr : m_package.find(target);
    if (entry && finding == Finding::ooxml_external_link && row->type == "*externalLink")
        finding = TRY(probe_external_link(m_package.zip(), *entry, m_context.budget()));
    if (!raw.external && !entry && row && row->kind == Kind::none) finding = Finding::ooxml_dangling;
    if (finding != Finding::none) m_context.found(finding, Action::removed);
    return raw.external ? Result<>() : account(target);
}

// What hangs on a part that goes needs no report of its own.
Result<> Rebuilder::account(const std::string& part) {
    std::vector<std::string> open = {part};
    while (!open.empty()) {
        std::string name = std::move(open.back());
        open.pop_back();
        if (m_by_source.contains(name) || !m_package.find(name) || !m_accounted.insert(name).second) continue;
        auto relations = m_package.relations(name);
        if (!relations) {
            if (relations.error().code == row_of(Reason::input_damaged).code) continue;
            return std::unexpected(relations.error());
        }
        for (const RawRelation& raw : *relations)
            if (!raw.external) open.push_back(Package::resolve(name, raw.target));
    }
    return {};
}

Result<std::size_t> Rebuilder::find_part(Kind kind, const std::string& source) {
    if (const auto known = m_by_source.find(source); known != m_by_source.end()) {
        if (known->second == no_part || m_parts[known->second].kind == kind) return known->second;
        m_context.found(Finding::ooxml_package_quirk, Action::removed); // one part, two kinds
        return no_part;
    }
    const ZipEntry* entry = m_package.find(source);
    if (!entry) {
        m_context.found(Finding::ooxml_dangling, Action::removed);
        return no_part;
    }
    m_accounted.insert(source);
    std::size_t index = no_part;
    if (kind == Kind::package) {
        index = TRY(take_package(*entry, source));
    } else if (kind == Kind::picture || TRY(is_deliverable(kind, *entry, source))) {
        index = m_parts.size();
        m_parts.push_back({kind, entry, source, {}, {}, Type::unknown});
    }
    m_by_source.emplace(source, index);
    return index;
}

Result<bool> Rebuilder::is_deliverable(Kind kind, const ZipEntry& entry, const std::string& source) {
    const KindRow& row = row_of(kind);
    if (m_package.content_type(source) != row.content_type) {
        const Root root = TRY(probe_root(m_package.zip(), entry, m_context.budget()));
        const bool fits = root.ns == row.root_ns && root.name == row.root;
        const Finding finding = root.ns == Ns::xm && root.name == "macrosheet"   ? Finding::ooxml_xlm_macro
                                : root.ns == Ns::x && root.name == "dialogsheet" ? Finding::ooxml_dialog_sheet
                                                                                 : Finding::ooxml_content_type;
        m_context.found(finding, fits ? Action::rewritten : Action::removed);
        if (!fits) return false;
    }
    if (kind == Kind::vml_drawing && !TRY(probe_well_formed(m_package.zip(), entry, m_context.budget()))) {
        m_context.found(Finding::ooxml_unknown_part, Action::removed);
        return false;
    }
    if (kind == Kind::pivot_cache && !TRY(probe_pivot_cache(m_package.zip(), entry, m_context.budget()))) {
        m_context.found(Finding::ooxml_connection, Action::removed);
        TRY(account(source));
        return false;
    }
    return kind == Kind::pivot_table ? has_own_cache(source) : Result<bool>(true);
}

// A pivot table without its cache is damage; its cells keep their values.
Result<bool> Rebuilder::has_own_cache(const std::string& pivot_table) {
    for (const RawRelation& raw : TRY(m_package.relations(pivot_table))) {
        const RelationRow* row = find_relation(m_where, raw.type);
        if (!row || row->kind != Kind::pivot_cache || raw.external) continue;
        return TRY(find_part(Kind::pivot_cache, Package::resolve(pivot_table, raw.target))) != no_part;
    }
    m_context.found(Finding::ooxml_dangling, Action::removed);
    return false;
}

} // namespace sekisho::ooxml

// Bookmarks (ISO 32000-1, 12.3.3).
#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest = 32;

void put_link(std::string& out, const char* key, int number) {
    if (number == 0) return;
    out += key;
    put_reference(out, number);
}

} // namespace

Result<std::vector<Document::Bookmark>> Document::write_level(Handle first, int parent, unsigned depth, int& shown) {
    std::vector<Bookmark> level;
    if (depth > deepest) return level;
    for (Handle item = first; item.isDictionary() && item.isIndirect(); item = item.getKey("/Next")) {
        if (!m_seen_bookmarks.insert(item.getObjGen()).second) {
            m_walk.found(Finding::pdf_cycle);
            break;
        }
        if (!item.getKey("/Title").isString()) continue;
        TRY(m_walk.budget().take_members());
        level.push_back({item, m_walk.writer().reserve()});
    }
    for (Bookmark& bookmark : level) {
        int below = 0;
        const auto kids = TRY(write_level(bookmark.source.getKey("/First"), bookmark.number, depth + 1, below));
        if (!kids.empty()) bookmark.first = kids.front().number, bookmark.last = kids.back().number;
        Handle count = bookmark.source.getKey("/Count");
        const bool is_open = count.isInteger() && count.getIntValue() > 0;
        bookmark.shown = is_open ? below : -below;
        shown += 1 + (is_open ? below : 0);
    }
    TRY(write_bookmarks(level, parent));
    return level;
}

Result<> Document::write_bookmarks(const std::vector<Bookmark>& level, int parent) {
    for (std::size_t i = 0; i < level.size(); ++i) {
        Handle source = level[i].source;
        std::string body = "<</Title";
        put_string(body, source.getKey("/Title").getStringValue());
        put_link(body, "/Parent ", parent);
        put_link(body, "/Prev ", i > 0 ? level[i - 1].number : 0);
        put_link(body, "/Next ", i + 1 < level.size() ? level[i + 1].number : 0);
        put_link(body, "/First ", level[i].first);
        put_link(body, "/Last ", level[i].last);
        if (level[i].shown != 0) body += "/Count ", put_integer(body, level[i].shown);
        const std::string target = destination(source.getKey("/Dest"));
        if (!target.empty())
            body += "/Dest" + target;
        else if (const std::string safe = action(source.getKey("/A")); !safe.empty())
            body += "/A" + safe;
        if (Handle color = source.getKey("/C"); color.isArray() && color.getArrayNItems() == 3)
            body += "/C", TRY(m_walk.put(body, Kind::numbers, color));
        if (Handle flags = source.getKey("/F"); flags.isInteger())
            body += "/F ", put_integer(body, flags.getIntValue() & 3);
        if (source.hasKey("/AA")) m_walk.found(Finding::pdf_additional_action);
        TRY(m_walk.object(level[i].number, body + ">>"));
    }
    return {};
}

Result<int> Document::write_outline() {
    Handle outlines = m_catalog.getKey("/Outlines");
    if (!outlines.isDictionary()) return 0;
    const int number = m_walk.writer().reserve();
    int shown = 0;
    const auto level = TRY(write_level(outlines.getKey("/First"), number, 0, shown));
    if (level.empty()) {
        m_walk.writer().give_back(number);
        return 0;
    }
    std::string body = "<</Type/Outlines";
    put_link(body, "/First ", level.front().number);
    put_link(body, "/Last ", level.back().number);
    body += "/Count ";
    put_integer(body, shown);
    TRY(m_walk.object(number, body + ">>"));
    return number;
}

} // namespace sekisho::pdf

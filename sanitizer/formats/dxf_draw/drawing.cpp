#include "sanitizer/formats/dxf_draw/drawing.h"

#include <algorithm>

#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/dxf/kinds.h"

namespace sekisho::dxf {

namespace {

constexpr double inch = 25.4;

class Read {
public:
    Read(Reader reader, Budget& budget) : m_reader(std::move(reader)), m_budget(budget) {}

    Result<Drawing> run() {
        for (;;) {
            TRY(m_budget.check_time());
            const Group group = TRY(m_reader.next());
            if (group.code == 0 && group.text == "EOF") break;
            if (group.code == 0)
                TRY(object(group.text));
            else if (m_section == Section::header)
                variable(group);
        }
        std::ranges::stable_sort(m_drawing.layouts, {}, &Layout::order);
        return std::move(m_drawing);
    }

private:
    Result<> object(std::string_view kind) {
        if (kind == "SECTION") {
            m_section = section_of(TRY(m_reader.next()).text);
            return {};
        }
        if (kind == "ENDSEC") {
            m_section = Section::other;
            return {};
        }
        const Stored stored{kind, m_reader.rest()};
        if (m_section == Section::entities) {
            m_drawing.entities.push_back(stored);
            return {};
        }
        if (m_section == Section::blocks) return of_block(stored);
        if (m_section != Section::tables && kind != "LAYOUT") return {};
        TRY(m_entity.read(stored));
        if (m_section == Section::tables)
            entry();
        else
            layout();
        return {};
    }

    void variable(const Group& group) {
        if (group.code == 9)
            m_variable = group.text;
        else
            m_drawing.header.try_emplace({m_variable, group.code}, group.text);
    }

    Result<> of_block(const Stored& stored) {
        if (stored.kind == "BLOCK") {
            TRY(m_entity.read(stored));
            m_block = &m_drawing.blocks[key_of(m_entity.text(2))];
            *m_block = {m_entity.point(10), {}};
        } else if (stored.kind == "ENDBLK") {
            m_block = nullptr;
        } else if (m_block) {
            m_block->objects.push_back(stored);
        }
        return {};
    }

    void entry() {
        const std::string name = key_of(m_entity.text(2));
        if (m_entity.kind() == "LAYER") {
            layer(m_drawing.layers[name]);
        } else if (m_entity.kind() == "LTYPE") {
            line_type(m_drawing.line_types[name]);
        } else if (m_entity.kind() == "STYLE") {
            style(m_drawing.styles[name]);
        } else if (m_entity.kind() == "BLOCK_RECORD") {
            m_records[std::string(m_entity.text(5))] = name;
        }
    }

    void layer(Layer& made) const {
        made.frozen = (m_entity.whole(70) & 1) != 0;
        const std::int64_t color = std::clamp<std::int64_t>(m_entity.whole(62, 7), -256, 256);
        made.off = color < 0;
        made.color = color < 0 ? -color : color;
        if (m_entity.has(420)) made.rgb = m_entity.whole(420);
        made.line_type = key_of(m_entity.text(6));
        made.weight = m_entity.whole(370, -3);
    }

    // 49: a line if positive, a gap if negative, a dot if 0. Ours begin with a line, and lines and gaps alternate.
    void line_type(std::vector<double>& dashes) const {
        dashes.clear();
        for (const Group& group : m_entity.groups()) {
            if (group.code != 49 || dashes.size() == 64) continue;
            const double length = real_of(group);
            const bool gap = length < 0, wants_gap = dashes.size() % 2 == 1;
            if (gap == wants_gap)
                dashes.push_back(std::fabs(length));
            else if (dashes.empty())
                dashes.insert(dashes.end(), {0, -length});
            else
                dashes.back() += std::fabs(length);
        }
        if (dashes.size() % 2 == 1) dashes.push_back(0);
        double sum = 0;
        for (const double dash : dashes) sum += dash;
        if (!(sum > 0)) dashes.clear();
    }

    void style(Style& made) const {
        constexpr std::int64_t below_each_other = 4;
        const std::string font = key_of(m_entity.text(3));
        made.vertical = (m_entity.whole(70) & below_each_other) != 0;
        made.height = m_entity.real(40);
        made.stretch = m_entity.real(41, 1);
        made.slant = m_entity.real(50);
        made.outlines = font.ends_with(".ttf") || font.ends_with(".ttc") || font.ends_with(".otf");
    }

    // The plot settings come first: 44 and 45 the paper, 40 and 41 its margins, 72 its unit, 73 how it is turned.
    void layout() {
        Layout made;
        bool own = false, turned = false;
        for (const Group& group : m_entity.groups()) {
            if (group.code == 100) own = group.text == "AcDbLayout";
            if (own && group.code == 330) made.block = m_records[std::string(group.text)];
            if (own && group.code == 71) made.order = whole_of(group);
            if (own) continue;
            if (group.code == 44) made.width = real_of(group);
            if (group.code == 45) made.height = real_of(group);
            if (group.code == 40) made.left = real_of(group);
            if (group.code == 41) made.bottom = real_of(group);
            if (group.code == 72) made.unit = whole_of(group) == 0 ? inch : 1;
            if (group.code == 73) turned = whole_of(group) % 2 == 1;
        }
        if (turned) {
            std::swap(made.width, made.height);
            std::swap(made.left, made.bottom);
        }
        if (made.block.starts_with("*paper_space")) m_drawing.layouts.push_back(std::move(made));
    }

    Reader m_reader;
    Budget& m_budget;
    Drawing m_drawing;
    Section m_section = Section::other;
    std::string m_variable;
    Entity m_entity;
    Block* m_block = nullptr;
    std::unordered_map<std::string, std::string> m_records; // block records: name by handle
};

} // namespace

double Drawing::variable(const std::string& name, int code, double otherwise) const {
    const auto found = header.find({name, code});
    return found == header.end() ? otherwise : cad::real_of(found->second).value_or(otherwise);
}

std::string key_of(std::string_view name) {
    std::string key(name);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return key;
}

Result<Drawing> read_drawing(View file, Budget& budget) {
    return Read(TRY(Reader::of(file)), budget).run();
}

} // namespace sekisho::dxf

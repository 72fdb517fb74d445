#include "sanitizer/formats/sxf_draw/instances.h"

#include <algorithm>

#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/sxf/lexer.h"

namespace sekisho::sxf {

namespace {

constexpr int deepest = 24;

Result<Value> value_of(Lexer& lexer, int depth);

// The opening bracket is read.
Result<std::vector<Value>> list_of(Lexer& lexer, int depth) {
    if (depth > deepest) return refuse(Reason::limit_depth);
    std::vector<Value> made;
    if (lexer.take_if(')')) return made;
    do {
        made.push_back(TRY(value_of(lexer, depth + 1)));
    } while (lexer.take_if(','));
    TRY(lexer.take(")"));
    return made;
}

Result<Value> value_of(Lexer& lexer, int depth) {
    lexer.skip();
    Value made;
    const char c = lexer.peek();
    if (c == '#') {
        made.kind = Value::Kind::reference;
        made.reference = TRY(lexer.instance());
    } else if (c == '$' || c == '*') {
        lexer.advance(1);
    } else if (c == '\'') {
        made.kind = Value::Kind::text;
        made.text = TRY(lexer.string());
    } else if (c == '.') {
        made.kind = Value::Kind::word;
        TRY(lexer.take("."));
        made.text = TRY(lexer.keyword());
        TRY(lexer.take("."));
    } else if (c == '(') {
        lexer.advance(1);
        made.kind = Value::Kind::list;
        made.items = TRY(list_of(lexer, depth));
    } else if (c >= 'A' && c <= 'Z') {
        made.kind = Value::Kind::list;
        made.text = TRY(lexer.keyword());
        TRY(lexer.take("("));
        made.items = TRY(list_of(lexer, depth));
    } else {
        made.kind = Value::Kind::number;
        made.number = cad::real_of(TRY(lexer.number())).value_or(0);
    }
    return made;
}

Result<Record> record_of(Lexer& lexer) {
    Record made;
    made.entity = TRY(lexer.keyword());
    TRY(lexer.take("("));
    made.values = TRY(list_of(lexer, 0));
    return made;
}

bool stands_at(std::string_view text, std::size_t at, std::string_view entity) {
    const bool begins = at == 0 || text[at - 1] == '(' || text[at - 1] == ')';
    return begins && text.substr(at + entity.size()).starts_with('(');
}

} // namespace

double Value::real() const {
    const Value* value = this;
    while (value->kind == Kind::list && !value->items.empty()) value = &value->items.front();
    return value->number;
}

const Record* Instance::record(std::string_view entity) const {
    const auto found = std::ranges::find(records, entity, &Record::entity);
    return found == records.end() ? nullptr : &*found;
}

const Value& Instance::attribute(std::string_view entity, std::size_t at, std::size_t inherited) const {
    static const Value nothing;
    const Record* const found = record(entity);
    if (records.size() == 1) at += inherited;
    return found && at < found->values.size() ? found->values[at] : nothing;
}

Result<Instances> Instances::of(std::string_view file, Budget& budget) {
    constexpr std::string_view data = "\r\nDATA;\r\n", line_end = ";\r\n";
    Instances made;
    file.remove_prefix(std::min(file.find(data) + data.size(), file.size()));
    while (file.starts_with('#')) {
        TRY(budget.check_time());
        const std::size_t end = file.find(line_end); // no string holds a line end
        if (end == file.npos) return refuse(Reason::input_short);
        Lexer lexer(as_view(file.substr(0, end)));
        const std::uint64_t number = TRY(lexer.instance());
        TRY(lexer.take("="));
        made.m_places.push_back({number, made.m_places.size(), lexer.rest()});
        file.remove_prefix(end + line_end.size());
    }
    std::ranges::sort(made.m_places, {}, &Place::number);
    return made;
}

Result<Instance> Instances::read(std::uint64_t number) const {
    Instance made;
    const auto found = std::ranges::lower_bound(m_places, number, {}, &Place::number);
    if (found == m_places.end() || found->number != number) return made;
    Lexer lexer(as_view(found->text));
    const bool complex = lexer.take_if('(');
    do {
        made.records.push_back(TRY(record_of(lexer)));
    } while (complex && !lexer.take_if(')'));
    return made;
}

std::vector<std::uint64_t> Instances::all_of(std::string_view entity) const {
    std::vector<std::pair<std::size_t, std::uint64_t>> found;
    for (const Place& place : m_places) {
        // What is in a string may look the same: only the beginning of an entity counts, and that is read again.
        std::size_t at = place.text.find(entity);
        while (at != place.text.npos && !stands_at(place.text, at, entity)) at = place.text.find(entity, at + 1);
        if (at != place.text.npos) found.emplace_back(place.order, place.number);
    }
    std::ranges::sort(found);
    std::vector<std::uint64_t> numbers;
    for (const auto& [order, number] : found) numbers.push_back(number);
    return numbers;
}

} // namespace sekisho::sxf

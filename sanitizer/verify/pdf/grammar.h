// The allow-list as tables: which keys a dictionary may have, and what each value may be. What is in no row is refused.
#pragma once

#include <span>

#include "sanitizer/verify/pdf/poppler_api.h"

namespace sekisho::verify {

class Walk;
struct Grammar;

struct Rule {
    enum class Want : std::uint8_t {
        boolean,
        integer,
        number,
        name,    // one of `words` (separated by spaces), or any if that is empty
        text,    // a string
        numbers, // an array of numbers
        array,   // an array whose items follow `inner`
        map,     // a dictionary with any keys whose values follow `inner`
        node,    // a dictionary or stream that follows `grammar`
        choose,  // a dictionary or stream whose grammar `pick` finds
        either,  // the first of `options` that takes a value of this type
        link,    // a reference up or across (Parent, Prev) to an object that other rules reach and check
        check,   // `check` decides
    };
    Want want = Want::boolean;
    std::string_view words = {};
    int least = 0; // items of an array; the lowest integer
    int most = 0;
    const Rule* inner = nullptr;
    const Grammar* grammar = nullptr;
    const Grammar* (*pick)(Walk&, const Object& dictionary) = nullptr; // nullptr = refused
    std::span<const Rule> options = {};
    Result<> (*check)(Walk&, const Object& value) = nullptr;
};

struct Key {
    std::string_view name;
    Rule rule;
    bool required = false;
};

struct Grammar {
    std::string_view name; // for messages
    std::span<const Key> keys;
    bool stream = false;
    Result<> (*payload)(Walk&, const Object& object) = nullptr; // decodes and checks a stream's data
};

// Short ways to write rules.
namespace rule {
constexpr int many = 1 << 24;
constexpr Rule boolean() {
    return {.want = Rule::Want::boolean};
}
constexpr Rule integer(int least, int most) {
    return {.want = Rule::Want::integer, .least = least, .most = most};
}
constexpr Rule number() {
    return {.want = Rule::Want::number};
}
constexpr Rule name(std::string_view words = {}) {
    return {.want = Rule::Want::name, .words = words};
}
constexpr Rule text() {
    return {.want = Rule::Want::text};
}
constexpr Rule numbers(int least, int most) {
    return {.want = Rule::Want::numbers, .least = least, .most = most};
}
constexpr Rule array(const Rule& inner, int least = 0, int most = many) {
    return {.want = Rule::Want::array, .least = least, .most = most, .inner = &inner};
}
constexpr Rule map(const Rule& inner) {
    return {.want = Rule::Want::map, .inner = &inner};
}
constexpr Rule node(const Grammar& grammar) {
    return {.want = Rule::Want::node, .grammar = &grammar};
}
constexpr Rule choose(const Grammar* (*pick)(Walk&, const Object&)) {
    return {.want = Rule::Want::choose, .pick = pick};
}
constexpr Rule either(std::span<const Rule> options) {
    return {.want = Rule::Want::either, .options = options};
}
constexpr Rule check(Result<> (*check)(Walk&, const Object&)) {
    return {.want = Rule::Want::check, .check = check};
}
constexpr Rule link() {
    return {.want = Rule::Want::link};
}
// A rule that is defined elsewhere.
constexpr Rule as(const Rule& other) {
    return {.want = Rule::Want::either, .options = {&other, 1}};
}
} // namespace rule

// every stream
extern const Rule filter_rule;
extern const Rule decode_parameters_rule;
std::span<const Key> common_stream_keys(); // Length, Filter, DecodeParms
// document
extern const Grammar trailer_grammar;
extern const Grammar page_grammar;
extern const Rule optional_content_rule; // an optional content group or membership dictionary
// links
extern const Rule destination_rule;
extern const Rule named_destinations_rule;
extern const Rule name_tree_rule;
extern const Rule action_rule;
extern const Rule open_action_rule;
extern const Rule annotation_rule;
extern const Rule border_style_rule;
// forms and attachments
extern const Grammar widget_grammar;
extern const Rule fields_rule;
extern const Rule attachments_rule;
extern const Rule structure_rule;
// graphics
extern const Grammar resources_grammar;
extern const Grammar content_grammar;
extern const Grammar form_grammar;
extern const Grammar group_grammar;
extern const Grammar cmap_grammar;
extern const Rule xobject_rule;
extern const Rule pattern_rule;
extern const Rule shading_rule;
extern const Rule function_rule;
extern const Rule graphics_state_rule;
extern const Rule color_space_rule;
extern const Rule color_profile_rule;
// fonts
extern const Rule font_rule;

} // namespace sekisho::verify

// The instances of a P21 drawing, read when they are asked for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sanitizer/core/budget.h"

namespace sekisho::sxf {

struct Value {
    enum class Kind : std::uint8_t { nothing, number, reference, text, word, list };
    Kind kind = Kind::nothing;
    double number = 0;
    std::uint64_t reference = 0;
    std::string text;         // or the word of an enumeration
    std::vector<Value> items; // of a list; of a value with its type, what is in the brackets

    bool is(std::string_view word) const { return kind == Kind::word && text == word; }
    // The number itself, or the first one within.
    double real() const;
};

// An entity and its attributes.
struct Record {
    std::string_view entity;
    std::vector<Value> values;
};

class Instance {
public:
    std::vector<Record> records; // several for a complex one

    bool is(std::string_view entity) const { return record(entity) != nullptr; }
    // Attributes are counted from those that the entity adds to what it inherits, as complex instances write them.
    // `inherited`: how many stand before them in a simple one.
    const Value& attribute(std::string_view entity, std::size_t at, std::size_t inherited = 1) const;

private:
    const Record* record(std::string_view entity) const;
};

class Instances {
public:
    // `file` was written by our own writer and outlives this.
    static Result<Instances> of(std::string_view file, Budget& budget);

    // Empty for what is not there.
    Result<Instance> read(std::uint64_t number) const;
    // The numbers of the instances of that entity, in the order of the file.
    std::vector<std::uint64_t> all_of(std::string_view entity) const;

private:
    struct Place {
        std::uint64_t number;
        std::size_t order;
        std::string_view text; // "LINE('',...);"
    };
    std::vector<Place> m_places; // sorted by number
};

} // namespace sekisho::sxf

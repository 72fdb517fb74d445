// Walks a file's objects from the trailer by the grammar, each object once for every role that it plays.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"
#include "sanitizer/verify/pdf/grammar.h"
#include "sanitizer/verify/pdf/pdf.h"

namespace sekisho::verify {

class Walk {
public:
    Walk(PopplerFile& file, const Limits& limits, VerifyPart part) : m_file(file), m_limits(limits), m_part(part) {}

    // Everything from the trailer.
    Result<> run();

    // For the checks that the tables name.
    Result<> value(const Object& raw, const Rule& rule);
    Result<> values(const Object& array, int from, const Rule& rule);
    // The object itself, or what its reference leads to (which then counts as reached).
    Result<Object> resolve(const Object& raw);
    Result<Object> lookup(const Object& dictionary_or_stream, const char* key);
    Result<Bytes> decode(const Object& stream, std::uint64_t limit);
    Result<> decode(const Object& stream, std::uint64_t limit, const std::function<Result<>(View)>& take);
    // A file inside of this one, by its own grammar.
    Result<> verify_part(Type type, const Bytes& content);
    PopplerFile& file() { return m_file; }
    const Limits& limits() const { return m_limits; }
    Result<> take_picture(std::uint64_t width, std::uint64_t height);
    std::unexpected<Error> no(Reason reason, std::string_view key = {}) const;
    bool is_page(int number) const { return m_pages.contains(number); }

private:
    using Task = std::pair<int, const Rule*>;
    class Deeper;
    struct PageTree {
        std::set<int> seen;
        std::int64_t leaves = 0;
    };

    Result<> page_tree(const Object& trailer);
    Result<> page_node(const Object& raw, int parent, int depth, PageTree& tree);
    bool in_use(const Object& reference);
    Result<> follow(const Object& reference, const Rule& rule);
    Result<> drain();
    Result<> direct(const Object& object, const Rule& rule);
    Result<> node(const Object& object, const Grammar& grammar);
    Result<> map(const Object& dictionary, const Rule& inner);
    Result<> name(const Object& object, std::string_view words) const;
    Result<> numbers(const Object& object, const Rule& rule);
    Result<> either(const Object& object, const Rule& rule);
    Result<> no_duplicates(const Object& dictionary) const;
    Result<> everything_reached();
    Result<> no_cycles() const;

    PopplerFile& m_file;
    const Limits& m_limits;
    VerifyPart m_part;
    std::set<Task> m_waiting;
    std::set<Task> m_seen;
    std::set<int> m_reached;
    std::set<int> m_pages;
    std::map<int, std::vector<int>> m_contains;
    std::string_view m_grammar = "trailer";
    int m_current = 0; // number of the object that is being checked; 0 = trailer
    int m_depth = 0;
    std::uint64_t m_decoded = 0;
    std::uint64_t m_pixels = 0;
};

} // namespace sekisho::verify

// Packages made by hand, and an independent look at what came out.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sanitizer/formats/ooxml/ooxml.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

struct Link {
    std::string id;
    std::string type; // after .../officeDocument/2006/relationships/, or a whole URI
    std::string target;
    bool external = false;
};

class Sample {
public:
    static Sample word(const std::string& body, const std::vector<Link>& links = {});
    static Sample sheet(const std::string& sheet_content, const std::vector<Link>& links = {});
    static Sample book(const std::string& workbook_content, const std::vector<Link>& links);
    static Sample slide(const std::string& tree_content, const std::vector<Link>& links = {},
                        const std::string& after = {});

    Sample& part(const std::string& name, const std::string& content, const std::string& content_type = {});
    Sample& links(const std::string& part, const std::vector<Link>& links);
    Sample& main_type(const std::string& content_type);
    Sample& root_link(const Link& link);
    Bytes bytes() const;

private:
    struct Member {
        std::string name;
        std::string content;
    };
    std::vector<Member> m_members;
    std::map<std::string, std::string> m_types;
    std::vector<Link> m_root_links;
    std::string m_main;
};

using Members = std::map<std::string, std::string>;

// Read by libzip.
Members unpack(View package);

// Pictures that begin like PNG or JPEG pass as they are, packages are rebuilt, anything else is refused.
Result<Type> nested_stand_in(const Source& in, Sink& out, std::string_view name, Context& context);

struct Outcome {
    Result<Type> type = refuse(Reason::internal);
    Members members;
    std::vector<Entry> entries;

    bool found(Finding finding) const;
    // The words occur in no member, in no case and not as UTF-16.
    bool is_gone(std::string_view words) const;
    const std::string& member(const std::string& name) const;
    bool has(const std::string& name) const { return members.contains(name); }
};

// Rebuilds; then checks the integrity of the package and that rebuilding it again finds nothing.
Outcome rebuilt(View package);
Outcome rebuilt(const Sample& sample);

// Every relationship leads to a member, every relationship attribute to a relationship, every member has a type and is
// reached.
void expect_whole(const Members& members);

std::string png();

} // namespace sekisho::tests

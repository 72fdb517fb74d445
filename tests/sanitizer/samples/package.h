// Office packages written by hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct Link {
    std::string id;
    std::string type; // after .../officeDocument/2006/relationships/, or a whole URI
    std::string target;
    bool external = false;
};

class PackageSample {
public:
    static PackageSample word(const std::string& body, const std::vector<Link>& links = {});
    static PackageSample sheet(const std::string& sheet_content, const std::vector<Link>& links = {});
    static PackageSample book(const std::string& workbook_content, const std::vector<Link>& links);
    static PackageSample slide(const std::string& tree_content, const std::vector<Link>& links = {},
                               const std::string& after = {});

    PackageSample& part(const std::string& name, const std::string& content, const std::string& content_type = {});
    PackageSample& links(const std::string& part, const std::vector<Link>& links);
    PackageSample& main_type(const std::string& content_type);
    PackageSample& root_link(const Link& link);
    Bytes bytes() const;
    // The same package under the names of ISO/IEC 29500 Strict.
    Bytes strict() const;
    // The same package as one XML file.
    std::string flat(const std::string& prefix = "pkg") const;

private:
    struct Member {
        std::string name;
        std::string content;
    };
    std::vector<Member> all_members() const;
    std::string type_of(const std::string& name) const;
    static Bytes packed(const std::vector<Member>& members);

    std::vector<Member> m_members;
    std::map<std::string, std::string> m_types;
    std::vector<Link> m_root_links;
    std::string m_main;
};

} // namespace sekisho::tests

// A package as libzip and libxml2 read it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

struct Relation {
    std::string type; // the last step of its URI
    std::string target;
    bool external = false;
};
using Relations = std::map<std::string, Relation>; // by id

// Problems are "category: place", the category without any name of a part.
class Problems {
public:
    void add(const std::string& category, const std::string& place) { m_all.insert(category + ": " + place); }
    void expect(bool holds, const std::string& category, const std::string& place) {
        if (!holds) add(category, place);
    }
    const std::set<std::string>& all() const { return m_all; }

private:
    std::set<std::string> m_all;
};

class Parts {
public:
    Parts(View package, Problems& problems);

    bool has(const std::string& name) const { return m_members.contains(name); }
    xmlNode* root(const std::string& part) const; // null if it is no XML
    std::string type(const std::string& part) const;
    const Relations& relations(const std::string& part) const; // "" for the package
    std::vector<std::string> names() const;
    std::vector<std::string> of_type(const std::string& suffix) const; // parts whose content type ends so, or "+xml"
    // The part that the relationship of a part leads to, by id or the only one of a type; empty if none.
    std::string target(const std::string& part, const std::string& id) const;
    std::vector<std::string> targets(const std::string& part, const std::string& type) const;

private:
    void read(View package, Problems& problems);
    void read_types(Problems& problems);
    void read_relations(Problems& problems);

    std::map<std::string, std::string> m_members;
    std::map<std::string, Document> m_documents;
    std::map<std::string, std::string> m_overrides, m_defaults;
    std::map<std::string, Relations> m_relations;
};

std::string attribute(const xmlNode* node, const char* name); // by local name, any namespace; empty if absent
bool is(const xmlNode* node, const char* local);
std::vector<xmlNode*> children(const xmlNode* node, const char* local = nullptr);
xmlNode* child(const xmlNode* node, const char* local);
void each(xmlNode* node, const std::function<void(xmlNode*)>& see); // this and all below
std::string text_of(const xmlNode* node);
long number(const std::string& text, long otherwise = -1);

} // namespace sekisho::tests

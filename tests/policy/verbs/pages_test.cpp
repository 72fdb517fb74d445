// Do the editors and the reference page know the language as it is?
#include "tests/policy/verbs/run.h"

#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

#include "policy/language/keywords.h"
#include "policy/language/values.h"

namespace sekisho::policy::tests {

namespace {

using Words = std::set<std::string, std::less<>>;

Words words_of(std::initializer_list<Role> roles) {
    Words words;
    for (const Role role : roles)
        for (const std::string_view word : keywords_of(role)) words.emplace(word);
    return words;
}

// The words of "(a|b\\.c|d)" that begins the first group behind the prefix.
Words alternatives(const std::string& pattern) {
    Words words;
    std::size_t begin = pattern.find('(', pattern.starts_with("(?<!") ? pattern.find(')') : 0);
    const std::size_t end = pattern.find(')', begin);
    std::string word;
    for (const char letter : pattern.substr(begin + 1, end - begin - 1)) {
        if (letter == '|')
            words.insert(std::exchange(word, {}));
        else if (letter != '\\')
            word += letter;
    }
    words.insert(word);
    return words;
}

TEST(Editors, VisualStudioCodeKnowsEveryWordAndNoOther) {
    const auto grammar =
        boost::json::parse(contents(SEKISHO_SOURCE_DIR "/policy/editors/vscode/syntaxes/sekisho.tmLanguage.json"));
    const auto known = [&](const char* rule) {
        return alternatives(std::string(grammar.at("repository").at(rule).at("match").as_string()));
    };
    EXPECT_EQ(known("statement"), words_of({Role::statement}));
    EXPECT_EQ(known("part"), words_of({Role::part}));
    EXPECT_EQ(known("comparison"), words_of({Role::comparison}));
    EXPECT_EQ(known("obligation"), words_of({Role::obligation}));
    EXPECT_EQ(known("member"), words_of({Role::member}));
    EXPECT_EQ(known("small"), words_of({Role::small}));
    EXPECT_EQ(known("attribute"), words_of({Role::attribute, Role::given}));
    for (const auto& pattern : grammar.at("patterns").as_array()) {
        const std::string name(pattern.at("include").as_string());
        EXPECT_TRUE(grammar.at("repository").as_object().contains(name.substr(1))) << name;
    }
}

TEST(Editors, VisualStudioCodeFindsItsFiles) {
    const fs::path folder = SEKISHO_SOURCE_DIR "/policy/editors/vscode";
    const auto package = boost::json::parse(contents(folder / "package.json"));
    const auto& contributes = package.at("contributes");
    EXPECT_TRUE(fs::exists(folder / std::string(contributes.at("grammars").at(0).at("path").as_string())));
    EXPECT_TRUE(fs::exists(folder / std::string(contributes.at("languages").at(0).at("configuration").as_string())));
}

TEST(Editors, VimKnowsEveryWordAndNoOther) {
    const std::string syntax = contents(SEKISHO_SOURCE_DIR "/policy/editors/vim/syntax/sekisho.vim");
    std::map<std::string, Words> groups;
    const std::regex line("syntax keyword (\\w+) ([^\n]*)");
    for (auto found = std::sregex_iterator(syntax.begin(), syntax.end(), line); found != std::sregex_iterator();
         ++found) {
        std::istringstream words((*found)[2].str());
        groups[(*found)[1].str()].insert(std::istream_iterator<std::string>(words), {});
    }
    EXPECT_EQ(groups["sekishoPart"], words_of({Role::part}));
    EXPECT_EQ(groups["sekishoComparison"], words_of({Role::comparison}));
    EXPECT_EQ(groups["sekishoObligation"], words_of({Role::obligation}));
    EXPECT_EQ(groups["sekishoSmall"], words_of({Role::small}));
    Words attributes = words_of({Role::attribute, Role::given, Role::member});
    for (const std::string& part : words_of({Role::part})) attributes.erase(part);
    attributes.erase("flow"); // also begins a statement: a match of its own
    EXPECT_EQ(groups["sekishoAttribute"], attributes);
    for (const std::string& word : words_of({Role::statement}))
        EXPECT_TRUE(std::regex_search(syntax, std::regex("\\^[^\n]*\\b" + word + "\\b"))) << word;
}

TEST(ReferencePage, ExplainsEveryWord) {
    const std::string text = contents(SEKISHO_SOURCE_DIR "/docs/policy/reference.ja.md");
    for (const std::string& word : words_of({Role::statement, Role::part, Role::comparison, Role::attribute,
                                             Role::given, Role::obligation, Role::member}))
        EXPECT_TRUE(std::regex_search(
            text,
            std::regex("(^|[^a-z.])" + std::regex_replace(word, std::regex("\\."), "\\.") + "([^a-z.]|\\.\\.|$)")))
            << word;
    const auto names = [&](const auto& list) {
        for (const std::string_view name : list) EXPECT_NE(text.find(name), std::string::npos) << name;
    };
    names(peer_names);
    names(channel_names);
    names(data_kind_names);
    names(reached_names);
}

// What the reference shows as an example has to be a policy.
TEST_F(Verbs, TheReferencePageShowsPoliciesThatLoad) {
    const std::string text = contents(SEKISHO_SOURCE_DIR "/docs/policy/reference.ja.md");
    std::string policy = policy_of("types archives = zip\n"
                                   "group section-chief = role \"課長\"\n"
                                   "group public-works = dept \"土木課\"\n");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("    ") || line.empty())
            policy += line.substr(std::min<std::size_t>(4, line.size())) + "\n";
    // The page shows one rule that its test names elsewhere.
    policy += "allow \"R-102 例\"\n  from internet to lgwan\n  when type is docx\n  reason \"例\"\n";
    write("a.sekisho", policy);
    const Ran ran = run("policy lint a.sekisho");
    EXPECT_NE(ran.status, 3) << ran.complaint;
}

} // namespace

} // namespace sekisho::policy::tests

#include "gateway/auth/accounts.h"

#include <argon2.h>
#include <array>
#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/crypto/crypto.h"

namespace sekisho::auth {

namespace {

constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint64_t largest_file = 4 << 20;

std::unexpected<Error> invalid(std::string message, const std::string& path, const toml::source_region& at) {
    return reject("accounts.invalid", std::move(message), fmt::format("{}:{}:{}", path, at.begin.line, at.begin.column),
                  "Each [[account]] needs zone, account, person, display, groups and password");
}

Result<std::string> text_of(const toml::table& table, std::string_view key, std::size_t longest,
                            const std::string& path) {
    const auto value = table[key].value<std::string>();
    if (!value || value->empty() || value->size() > longest)
        return invalid(fmt::format("`{}` is missing or too long", key), path, table.source());
    return *value;
}

Result<Account> account_of(const toml::table& table, const std::string& path) {
    Account account;
    account.zone = TRY(text_of(table, "zone", 32, path));
    account.person.account = TRY(text_of(table, "account", 64, path));
    account.person.person = TRY(text_of(table, "person", 64, path));
    account.person.display = TRY(text_of(table, "display", 128, path));
    account.password = TRY(text_of(table, "password", 256, path));
    account.disabled = table["disabled"].value_or(false);
    if (const toml::array* groups = table["groups"].as_array()) {
        for (const toml::node& group : *groups) {
            const auto name = group.value<std::string>();
            if (!name || name->size() > 64) return invalid("a group is not a short text", path, group.source());
            account.person.groups.push_back(*name);
        }
    }
    if (account.person.groups.size() > 32) return invalid("more than 32 groups", path, table.source());
    return account;
}

} // namespace

Result<Accounts> Accounts::load(const std::string& path) {
    const Bytes text = TRY(read_file(path, largest_file));
    Accounts accounts;
    try {
        const toml::table root = toml::parse(as_text(text), path);
        const toml::array* list = root["account"].as_array();
        if (!list) return accounts;
        for (const toml::node& node : *list) {
            const toml::table* table = node.as_table();
            if (!table) return invalid("not an [[account]]", path, node.source());
            Account account = TRY(account_of(*table, path));
            const auto key = std::pair(account.zone, account.person.account);
            if (!accounts.m_accounts.emplace(key, std::move(account)).second)
                return invalid("the account is there twice in its zone", path, table->source());
        }
    } catch (const toml::parse_error& error) {
        return invalid(std::string(error.description()), path, error.source());
    }
    return accounts;
}

const Account* Accounts::find(const std::string& zone, const std::string& account) const {
    const auto found = m_accounts.find({zone, account});
    return found == m_accounts.end() || found->second.disabled ? nullptr : &found->second;
}

std::string hash_password(const std::string& password) {
    std::array<std::uint8_t, 16> salt{};
    fill_random(salt);
    std::array<char, 128> encoded{};
    if (argon2id_hash_encoded(passes, memory_kib, 1, password.data(), password.size(), salt.data(), salt.size(), 32,
                              encoded.data(), encoded.size()) != ARGON2_OK)
        bug("argon2id cannot hash");
    return encoded.data();
}

bool password_fits(const std::string& password, const std::string& hash) {
    return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

const std::string& hash_of_nobody() {
    static const std::string hash = [] {
        std::array<std::uint8_t, 32> random{};
        fill_random(random);
        return hash_password(to_hex(random));
    }();
    return hash;
}

} // namespace sekisho::auth

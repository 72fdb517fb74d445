// Writes JSON (RFC 8259) on one line. Commas come by themselves; text is escaped, and what is not UTF-8 becomes U+FFFD.
//
//   JsonWriter json;
//   json.begin_object().member("name", name).key("list").begin_array().number(1).end_array().end_object();
//   send(json.take());
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace sekisho {

class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    template <std::integral Integer> JsonWriter& number(Integer value) { return plain(std::to_string(value)); }
    // A whole value that is JSON already (see is_json_object).
    JsonWriter& raw(std::string_view json) { return plain(json); }

    JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
    template <std::integral Integer> JsonWriter& member(std::string_view name, Integer value) {
        return key(name).number(value);
    }

    std::string take() { return std::move(m_out); }
    std::size_t size() const { return m_out.size(); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& plain(std::string_view token);
    void separate();
    void quote(std::string_view value);

    std::string m_out;
    bool m_comma = false; // a value stands before this place on the same level
};

} // namespace sekisho

// Reads pkg:package and writes the parts as members of a ZIP.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/zip_container/zip.h"

struct XML_ParserStruct;

namespace sekisho::flat_opc {

class Unpacker {
public:
    static constexpr std::size_t deepest = 512;

    Unpacker(Context& context, Sink& out);
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    ~Unpacker();

    // Refuses Reason::input_damaged, ooxml_dtd and the limits.
    Result<> run(const Source& in);

private:
    // Where the parser is: each is inside the one before.
    enum class Inside : std::uint8_t { nothing, package, part, xml, binary };
    struct Callbacks;
    struct Declaration {
        std::string name; // "xmlns" or "xmlns:prefix"
        std::string uri;
    };

    Result<> start(std::string_view name, const char** attributes);
    Result<> end(std::string_view name);
    Result<> characters(std::string_view text);
    Result<> start_frame(std::string_view name, const char** attributes);
    Result<> start_part(const char** attributes);
    Result<> end_frame();
    void start_content(std::string_view name, const char** attributes);
    bool is_frame(std::string_view name, std::string_view local) const;
    std::string_view frame_value(const char** attributes, std::string_view local) const;
    Result<> binary(bool last);
    Result<> flush(std::size_t worth);
    Result<> write_types();
    void close_tag();
    void attribute(std::string_view name, std::string_view value);
    void escaped(std::string_view text, bool in_attribute);
    void stop(Error error);

    Context& m_context;
    ZipWriter m_zip;
    Sink* m_member = nullptr;
    XML_ParserStruct* m_parser;
    Inside m_inside = Inside::nothing;
    std::vector<Declaration> m_declared;        // by the frame, in scope for what it holds
    std::vector<std::size_t> m_scopes;          // size of m_declared before each element of the frame
    std::map<std::string, std::string> m_types; // content types by part
    std::size_t m_passing = 0;                  // depth within an element that is passed over
    std::size_t m_depth = 0;                    // within the content of a part
    std::string m_out;
    std::string m_base64;
    bool m_tag_open = false;
    bool m_failed = false;
    Error m_error;
};

} // namespace sekisho::flat_opc

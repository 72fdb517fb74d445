// The walk over a parsed document: what is reachable by the grammar is written anew, everything else stays behind.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/pdf/content.h"
#include "sanitizer/formats/pdf/grammar.h"
#include "sanitizer/formats/pdf/visibility.h"
#include "sanitizer/formats/pdf/writer.h"

namespace sekisho::pdf {

using Handle = QPDFObjectHandle;

// A name without its slash; empty if the object is no name.
std::string name_of(const Handle& object);
// True for errors that end the job (a limit, the environment); others only cost the part they occur in.
bool is_final(const Error& error);

// Resource entries that a content stream draws with: spelled names by category.
using Uses = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

// A stream's data after its general filters; `codec` names the picture codec that is left, if any.
struct Decoded {
    Bytes bytes;
    std::string codec; // "", DCTDecode, CCITTFaxDecode, JBIG2Decode, JPXDecode
    Handle parameters; // of that codec
};

class Walk {
public:
    Walk(QPDF& document, Context& context, Sink& sink);

    QPDF& document() { return m_document; }
    Context& context() { return m_context; }
    Budget& budget() { return m_context.budget(); }
    Writer& writer() { return m_writer; }

    // Appends `value` if it is of that kind, and returns whether it was. Streams and shared objects become references.
    Result<bool> put(std::string& out, Kind kind, Handle value, unsigned depth = 0);
    // The number of the object that will hold `value`; 0 if it is not of that kind.
    Result<int> refer(Kind kind, Handle value);
    // Writes all objects that were referred to.
    Result<> drain();
    // Entries of a dictionary by the rules of its kind. Leaves out what no rule names.
    Result<> put_entries(std::string& out, Kind kind, const Handle& dictionary, unsigned depth);
    void left_out(Kind kind, const std::string& key, const Handle& value);
    void found(Finding finding, Action action = Action::removed) { m_context.found(finding, action); }

    Result<Decoded> decode(Handle stream, std::size_t guess = 0);
    // Data of a stream without picture codec.
    Result<Bytes> data(Handle stream);
    // The same of content: what cannot be decoded draws nothing, and is told; what refers to it stays sound.
    Result<Bytes> content_data(Handle stream);
    // `visibility` is told of what is drawn, if given.
    Result<std::string> content(View bytes, const Handle& resources, Uses& uses, Visibility* visibility = nullptr);
    // The entries of `resources` that are used. The others are not looked at: producers let objects share resources
    // that contain those very objects.
    Result<> put_resources(std::string& out, const Handle& resources, const Uses& uses);
    Result<> object(int number, const std::string& body);
    Result<> stream(int number, const std::string& keys, View bytes);

    // Components of a colour space; 0 if unknown.
    int components(const Handle& color_space, unsigned depth = 0);
    // Resources that pages hand to forms without their own.
    // Marks of the structure tree stay in the content of pages.
    void keep_marks() { m_keeps_marks = true; }
    bool keeps_marks() const { return m_keeps_marks; }
    void set_default_resources(const Handle& resources) { m_default_resources = resources; }

private:
    struct Waiting {
        int number;
        Kind kind;
        Handle value;
    };

    Result<bool> put_array(std::string& out, Kind item, const Handle& array, std::size_t least, std::size_t most,
                           unsigned depth);
    Result<bool> put_map(std::string& out, Kind item, const Handle& map, unsigned depth);
    Result<bool> put_direct(std::string& out, Kind kind, const Handle& value, unsigned depth);
    Result<bool> put_color_space(std::string& out, const Handle& value, unsigned depth);
    Result<bool> put_encoding(std::string& out, const Handle& value);
    Result<> check_shading(Handle shading);
    Result<bool> put_descendants(std::string& out, const Handle& value, unsigned depth);
    Result<bool> put_visibility(std::string& out, const Handle& value, unsigned depth);
    Result<bool> put_order(std::string& out, const Handle& value, unsigned depth);
    Result<> put_font_program(std::string& out, const Handle& descriptor);
    Result<int> font_program(const Handle& file, std::string& key);
    // A shading of a dictionary draws nothing without one (ISO 32000-1, 8.7.4.5.2 to 8.7.4.5.4).
    bool has_function(Handle shading);
    bool accepts(Kind kind, const Handle& value);
    Kind refine(Kind kind, const Handle& value);
    bool would_cycle(int to);
    Result<> write(const Waiting& waiting);
    Result<> write_stream(const Waiting& waiting);
    Result<> write_content_stream(const Waiting& waiting);
    Result<> write_image(const Waiting& waiting);
    Result<> write_icc(const Waiting& waiting);
    Result<> write_leaf(const Waiting& waiting, int& number);
    Result<> write_plain_stream(const Waiting& waiting, std::string keys);

    QPDF& m_document;
    Context& m_context;
    Writer m_writer;
    std::map<std::pair<QPDFObjGen, Kind>, int> m_numbers;
    std::map<QPDFObjGen, std::pair<int, std::string>> m_font_programs;
    std::vector<Waiting> m_waiting;
    std::unordered_map<int, std::vector<int>> m_edges;
    std::set<int> m_targets;
    std::uint64_t m_steps = 0;
    int m_current = 0; // object being written; 0 = a page or the catalogue, which nothing refers to
    Handle m_default_resources;
    bool m_keeps_marks = false;
};

} // namespace sekisho::pdf

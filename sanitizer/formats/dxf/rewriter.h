#pragma once

#include "sanitizer/formats/dxf/output.h"
#include "sanitizer/formats/dxf/survey.h"
#include "sanitizer/formats/dxf/walk.h"

namespace sekisho::dxf {

// Writes what the lists allow of a drawing that was surveyed.
class Rewriter final : public Walk {
public:
    Rewriter(Reader reader, Job& job, const Survey& survey);
    Result<> write();

private:
    Result<> section_begins(std::string_view name) override;
    Result<> section_ends() override;
    Result<> object_begins() override;
    Result<> object_ends() override;
    Result<> group(const Group& group) override;
    void comment() override { found(Finding::cad_comment); }
    void after_end() override { found(Finding::dxf_unknown); }

    Result<> variable(const Group& group);
    Result<> own_group(const Group& group);
    Result<> special(const Group& group, bool& done);
    Result<> block_group(const Group& group, bool& done);
    void class_group(const Group& group);
    Result<> entry_group(const Group& group, bool& done);
    Result<> extended(const Group& group);
    void begin_extended(std::string_view application);
    void link(std::string_view address);
    Result<> put(const Group& group);
    Result<> put_reference(const Group& group);
    std::string text(std::string_view bytes);
    std::string file_name(std::string_view bytes);
    bool may_stand(int code) const;
    void refuse_group(int code);
    void found(Finding finding, Action action = Action::removed) { m_context.found(finding, action); }

    enum class Extended : std::uint8_t { none, kept, link, dropped };

    Context& m_context;
    const Survey& m_survey;
    cad::Texts m_texts;
    Output m_out;
    std::string m_variable;
    bool m_variable_kept = false;
    // Of the object at hand.
    bool m_left_out = false, m_has_handle = false, m_in_list = false, m_embedded = false;
    std::string m_subclass, m_entry;
    bool m_has_entry = false;
    Extended m_extended = Extended::none;
    std::uint64_t m_written = 0, m_lost = 0; // entities
};

} // namespace sekisho::dxf

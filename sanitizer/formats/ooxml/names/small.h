// Local names that may pass, of the small vocabularies ([MS-DOCX], [MS-XLSX], [MS-PPTX], [MS-ODRAWXML]).
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

// Inside VML text boxes, and the root of a VML part.
constexpr std::string_view html_elements = "xml div font span br b i u";
constexpr std::string_view html_attributes = "style color face size id type";
constexpr std::string_view word16_comment_elements = "commentsIds commentId commentsExtensible commentExtensible";
constexpr std::string_view word16_symbol_elements = "symEx";
constexpr std::string_view word_drawing14_elements =
    "pctHeight pctPosHOffset pctPosVOffset pctWidth sizeRelH sizeRelV";
constexpr std::string_view drawing14_elements =
    "compatExt hiddenEffects hiddenFill hiddenLine hiddenScene3d hiddenSp3d m shadowObscured useLocalDpi";
constexpr std::string_view drawing16_elements = "colId creationId rowId";
constexpr std::string_view theme15_elements = "themeFamily";
constexpr std::string_view chart14_elements =
    "dropZoneCategories dropZoneData dropZoneFilter dropZoneSeries dropZonesVisible invertSolidFillFmt pivotOptions "
    "spPr style";
constexpr std::string_view chart15_elements = "autoCat layout leaderLines showLeaderLines spPr xForSave";
constexpr std::string_view chart16_elements = "uniqueId";
constexpr std::string_view chart17_elements = "dataDisplayOptions16 dispNaAsBlank";
constexpr std::string_view slide14_elements =
    "bounceEnd conveyor creationId defaultImageDpi discardImageEditData doors ferris flash flip flythrough gallery "
    "glitter honeycomb laserClr modId pan prism reveal ripple section sectionLst shred showMediaCtrls sldId sldIdLst "
    "switch vortex warp wheelReverse window";
constexpr std::string_view slide15_elements = "chartTrackingRefBased clr guide notesGuideLst parentCm prstTrans "
                                              "sldGuideLst threadingInfo";
constexpr std::string_view slide159_elements = "morph";
constexpr std::string_view sheet15_elements = "timelineStyles workbookPr";
constexpr std::string_view sheet_extension_elements = "f sqref";
constexpr std::string_view sheet_feature_elements = "calcFeatures feature";
constexpr std::string_view sheet_array_elements = "dynamicArrayProperties";
constexpr std::string_view sheet_thread_elements = "ThreadedComments mention mentions person personList text threadedComment";

} // namespace sekisho::ooxml::names

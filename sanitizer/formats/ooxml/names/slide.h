// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view slide_elements =
    "anim animClr animEffect animMotion animRot animScale attrName attrNameLst bg bgPr bgRef bldAsOne bldDgm "
    "bldGraphic bldLst bldOleChart bldP bldSub blinds blipFill bodyStyle boolVal browse by cBhvr cMediaNode "
    "cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr cSld cSldViewPr cTn cViewPr charRg checker "
    "childTnLst circle clrMap clrMapOvr clrMru clrVal cm cmAuthor cmAuthorLst cmLst comb cond cover custShow "
    "custShowLst custSplit cut cxnSp defaultTextStyle diamond dissolve embed endCondLst endSnd endSync excl ext "
    "extLst fade fltVal from graphicEl graphicFrame grayscl gridSpacing grpSp grpSpPr guide guideLst "
    "handoutMaster handoutMasterId handoutMasterIdLst hf hsl inkTgt intVal iterate kinsoku kiosk link "
    "modifyVerifier newsflash nextCondLst normalViewPr notes notesMaster notesMasterId notesMasterIdLst "
    "notesStyle notesSz notesTextViewPr notesViewPr nvCxnSpPr nvGraphicFramePr nvGrpSpPr nvPicPr nvPr nvSpPr "
    "oleChartEl oleObj origin otherStyle outlineViewPr pRg par penClr ph photoAlbum pic plus pos present "
    "presentation presentationPr prevCondLst prnPr progress pull push rCtr random randomBar restoredLeft "
    "restoredTop rgb rtn scale seq set showPr sld sldAll sldId sldIdLst sldLayout sldLayoutId sldLayoutIdLst "
    "sldLst sldMaster sldMasterId sldMasterIdLst sldRg sldSz sldTgt slideViewPr sndAc sndTgt sorterViewPr sp "
    "spPr spTgt spTree split stCondLst stSnd strVal strips style subSp subTnLst tav tavLst text tgtEl timing "
    "titleStyle tmAbs tmPct tmpl tmplLst tn tnLst to transition txBody txEl txStyles val viewPr wedge wheel "
    "wipe xfrm zoom ";

} // namespace sekisho::ooxml::names

// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view plain_attributes =
    "accel accent1 accent2 accent3 accent4 accent5 accent6 action additive advClick advTm algIdExt "
    "algIdExtSource algn align alignWithMargins allowOverlap altLang anchor anchorCtr ang animBg animLvl arg "
    "attrName authorId autoAdjust autoCompressPictures autoRev autoUpdateAnimBg axis b bIns bandCol bandRow "
    "baseline behindDoc bg1 bg2 blackAndWhite bld bldLvl bldStep blend blipPhldr blurRad bmk bold "
    "bookmarkIdSeed br bright brightness browse build bwMode by cIns calcmode cap cat categoryIdx categoryName "
    "chOrder char charRg charset class clrIdx clrMode clrSpc cmpd cnt color colorTemp compatLnSpc compatMode "
    "concurrent contourW contrast coordsize copies cryptAlgorithmClass cryptAlgorithmSid cryptAlgorithmType "
    "cryptProvider cryptProviderType cryptProviderTypeExt cryptProviderTypeExtSource csCatId csTypeId cstate "
    "custAng custFlipHor custFlipVert custLinFactNeighborX custLinFactNeighborY custLinFactY custRadScaleInc "
    "custRadScaleRad custScaleX custScaleY custSzY custT cx cxnId cy d date decel def defStyle defTabSz delay "
    "descr destId destOrd differentFirst differentOddEven dir direction dirty disp display dist distB distL "
    "distR distT dpi draft dt dur eaLnBrk editAs end endA endPos endSnd enlarge err evt evtFilter extrusionH "
    "extrusionOk fLocksWithSheet fPrintsWithSheet fact fadeDir fill filter firstCol firstPageNumber firstRow "
    "firstSlideNum flip flipH flipV fmla folHlink fontAlgn fontScale footer for forName forceAA formatCode fov "
    "from fromWordArt ftr fullScrn func g gap gapWidth gdRefAng gdRefR gdRefX gdRefY gridSpan grpId h hMerge hR "
    "hSz hangingPunct hasCustomPrompt hashData hdr header hidden hideGeom highlightClick history hlink "
    "horizontalDpi horzBarState horzOverflow hue i id idcntr idref idx imgH imgSz imgW indent initials "
    "isNarration isomorphic italic joinstyle jump kern kiosk kumimoji kx ky l lIns lang lang_ lastClr lastCol "
    "lastIdx lastRow lastView lat latinLnBrk layoutId layoutInCell len lim lnSpcReduction loCatId loTypeId "
    "locked lon loop lum lvl macro marB marL marR marT max maxAng maxR maxX maxY meth method min minAng minR "
    "minVer minX minY mode modelId mods moveWith mute n name nextAc noAdjustHandles noChangeArrowheads "
    "noChangeAspect noChangeShapeType noCrop noDrilldown noEditPoints noGrp noMove noProof noResize noRot "
    "noSelect noTextEdit noUngrp nodePh nodeType normalizeH numCol numSld off offset on op orient orientation "
    "origin overlay override pLength panose paperHeight paperSize paperWidth par parTransId path pathEditMode "
    "pattern phldr phldrT pitchFamily pos prLst preferRelativeResize presAssocID presId presName presStyleCnt "
    "presStyleIdx presStyleLbl presentation preserve presetClass presetID presetSubtype pri progId prst "
    "prstMaterial ptCount ptType ptsTypes published qsCatId qsTypeId r rAng rCtr rIns rad rctx ref refFor "
    "refForName refPtType refType rel relId relativeFrom relativeHeight removePersonalInfoOnSave repeatCount "
    "repeatDur restart rev reverse rig rot rotWithShape rowSpan rtl rtlCol rule salt saltData sat "
    "saveSubsetFonts sc scaled script sel seriesIdx seriesName serverZoom setVal show showAnimation showAsIcon "
    "showComments showGuides showMasterPhAnim showMasterSp showNarration showOutlineIcons showPr showScrollbar "
    "showSpecialPlsOnTitleSld showWhenStopped sibTransId simplePos size sldNum smtClean smtId snapToGrid "
    "snapToObjects sourceLinked spId spc spcCol spcFirstLastPara spcPct spd spid spinCount spokes srcId srcNode "
    "srcOrd st stA stAng stPos state strictFirstAndLastChars strike style styleId styleLbl styleName swAng sx "
    "sy symbol syncBehavior sz t tIns text textbox textlink thresh thruBlk time timeZoneBias tm tmAbs tmFilter "
    "tmPct to tooltip transition tx tx1 tx2 txBox ty typ type typeface u uIn uiExpand uniqueId updateAutomatic "
    "upright uri useA useBounds useDef useFirstPageNumber useTimings userDrawn v vMerge val value valueType "
    "varScale vert vertBarState vertOverflow verticalDpi vid view vol w wR wrap wrapText x xfrmType y z "
    "zOrderOff zoom ";

} // namespace sekisho::ooxml::names

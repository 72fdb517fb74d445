// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view vml_elements =
    "arc background curve f fill formulas group h handles image imagedata line oval path polyline rect "
    "roundrect shadow shape shapetype stroke textbox textpath ";

constexpr std::string_view vml_attributes =
    "adj align alt angle arcsize arrowok aspect bilevel blacklevel chromakey color color2 colors control1 "
    "control2 coordorigin coordsize cropbottom cropleft cropright croptop dashstyle detectmouseclick editas "
    "embosscolor endangle endarrow endarrowlength endarrowwidth endcap eqn fillcolor filled fillok fillpct "
    "filltype fitpath fitshape focus focusposition focussize from gain gamma gradientshapeok grayscale id "
    "imagealignshape imageaspect imagesize inset insetpen insetpenok invx invy joinstyle limo linestyle map "
    "matrix method mid miterlimit obscured offset offset2 on opacity opacity2 origin path points polar position "
    "print radiusrange recolor recolortarget rotate shadowok size spid startangle startarrow startarrowlength "
    "startarrowwidth string stroke strokecolor stroked strokeok strokeweight style switch textboxrect "
    "textpathok to trim type v weight wrapcoords xrange xscale yrange ";

constexpr std::string_view office_elements =
    "bottom callout clippath colormenu colormru column complex diagram entry extrusion fill idmap left lock "
    "proxy r regrouptable rel relationtable right rules shapedefaults shapelayout skew top ";

constexpr std::string_view office_attributes =
    "DrawAspect ObjectID ProgID ShapeID Type UpdateMode accentbar adjusthandles align allowincell allowoverlap "
    "angle aspectratio backdepth borderbottomcolor borderleftcolor borderrightcolor bordertopcolor brightness "
    "bullet button bwmode bwnormal bwpure clip cliptowrap color colormode connectangles connectloc connectlocs "
    "connectortype connecttype data detectmouseclick dgmlayout dgmlayoutmru dgmnodekind diffusity distance "
    "doubleclicknotify drop dropauto edge extrusioncolor extrusionok facet fill fillcolor forcedash foredepth "
    "grouping hr hralign hrnoshade hrpct hrstd id idref insetmode length lengthspecified lightface lightharsh "
    "lightharsh2 lightlevel lightlevel2 lightposition lightposition2 master matrix metal minusx minusy new "
    "offset ole oleicon on oned opacity orientation orientationangle origin plane position preferrelative "
    "regroupid relid render rotation rotationangle rotationcenter selection shadowcolor shapetype shininess "
    "singleclick skewamt skewangle specularity spid spidmax spt stroke strokecolor tablelimits tableproperties "
    "targetscreensize text type userdrawn userhidden v verticies viewpoint viewpointorigin ";

constexpr std::string_view word_vml_elements =
    "anchorlock borderbottom borderleft borderright bordertop wrap ";

constexpr std::string_view excel_vml_elements =
    "Accel Accel2 Anchor AutoFill AutoLine AutoPict CF Camera Cancel Checked ClientData ColHidden Colored "
    "Column Default DefaultSize Disabled Dismiss DropLines DropStyle Dx FirstButton FmlaGroup FmlaLink FmlaPict "
    "FmlaRange FmlaTxbx Help Horiz Inc JustLastX LCT ListItem LockText Locked Max Min MoveWithCells MultiLine "
    "MultiSel NoThreeD NoThreeD2 Page PrintObject RecalcAlways Row RowHidden SecretEdit Sel SelType "
    "SizeWithCells TextHAlign TextVAlign UIObj VScroll VTEdit Val ValidIds Visible WidthMin ";

constexpr std::string_view math_elements =
    "acc accPr aln alnScr argPr argSz bar barPr baseJc begChr borderBox borderBoxPr box boxPr brk brkBin "
    "brkBinSub cGp cGpRule cSp chr count ctrlPr d dPr defJc deg degHide den diff dispDef e endChr eqArr eqArrPr "
    "f fName fPr func funcPr groupChr groupChrPr grow hideBot hideLeft hideRight hideTop intLim interSp intraSp "
    "jc lMargin lim limLoc limLow limLowPr limUpp limUppPr lit m mPr mathFont mathPr maxDist mc mcJc mcPr mcs "
    "mr nary naryLim naryPr noBreak nor num oMath oMathPara oMathParaPr objDist opEmu phant phantPr plcHide pos "
    "postSp preSp r rMargin rPr rSp rSpRule rad radPr sPre sPrePr sSub sSubPr sSubSup sSubSupPr sSup sSupPr scr "
    "sepChr show shp smallFrac strikeBLTR strikeH strikeTLBR strikeV sty sub subHide sup supHide t transp type "
    "vertJc wrapIndent wrapRight zeroAsc zeroDesc zeroWid ";

constexpr std::string_view math_attributes =
    "alnAt val ";

} // namespace sekisho::ooxml::names

// Charts in groups of shapes. Calc counts them apart from those that stand alone when it names the parts of a workbook,
// so that two charts get one part and the later one is written over the earlier.
#pragma once

#include <com/sun/star/lang/XComponent.hpp>

namespace sekisho::convert {

// Takes the groups apart that hold a chart or another object; what is in them stays where it is. Nothing in other
// documents than workbooks. Throws what UNO throws.
void ungroup_charts(const com::sun::star::uno::Reference<com::sun::star::lang::XComponent>& document);

} // namespace sekisho::convert

// SXF drawings written by hand: SFC made of features, P21 of instances.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::tests::sxf_sample {

inline std::string head(std::string_view mode, std::string_view name = "a.sfc", std::string_view people = "('')") {
    return "ISO-10303-21;\r\nHEADER;\r\nFILE_DESCRIPTION(('SCADEC level2 " + std::string(mode) +
           "'),'2;1');\r\nFILE_NAME('" + std::string(name) + "','2024-4-1T09:00:00'," + std::string(people) + "," +
           std::string(people) +
           ",'SCADEC_API_Ver3.30$$3.1','CAD','');\r\nFILE_SCHEMA(('ASSOCIATIVE_DRAUGHTING'));\r\nENDSEC;\r\nDATA;\r\n";
}
inline const std::string foot = "ENDSEC;\r\nEND-ISO-10303-21;\r\n";

inline std::string feature(int number, std::string_view text, std::string_view tag = "SXF") {
    return "/*" + std::string(tag) + "\r\n#" + std::to_string(number) + " = " + std::string(text) + "\r\n" +
           std::string(tag) + "*/\r\n";
}
inline std::string features(std::string_view data) {
    return head("feature_mode") + std::string(data) + foot;
}
inline std::string instances(std::string_view data) {
    return head("AP202_mode", "a.p21") + std::string(data) + foot;
}
inline const std::string line = feature(10, "line_feature('1','1','1','1','0.0','0.0','100.5','-7.25')");

} // namespace sekisho::tests::sxf_sample

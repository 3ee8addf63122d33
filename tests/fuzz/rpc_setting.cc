#include "tests/fuzz/rpc_setting.h"

namespace stegvis::fuzz {
namespace {

constexpr absl::string_view kForbund =
    R"(forbund { display_name: "Norr" organization_number: "222000-0018"
       start_date: "2004-01-01" kommuner { code: "0180" }
       parties { title: "Regionen" participates: true } }
       request_id: "$new")";

constexpr absl::string_view kQuestion =
    R"(parent: "$forbund" question { text: "Hur gick det?"
       answer_type: ANSWER_TYPE_TEXT start_date: "2010-01-01"
       asked_entry: true asked_exit: true } request_id: "$new")";

constexpr absl::string_view kInsats =
    R"(parent: "$forbund" insats { title: "Steget" start_date: "2010-01-01"
       orientation: ORIENTATION_INDIVIDUAL focus: "forberedande"
       target_groups: "langtidssjukskrivna"
       registration_method: REGISTRATION_METHOD_PERSONAL }
       request_id: "$new")";

constexpr absl::string_view kVolume =
    R"(parent: "$forbund" insats { title: "Kurserna" start_date: "2010-01-01"
       orientation: ORIENTATION_INDIVIDUAL focus: "forberedande"
       target_groups: "ovriga"
       registration_method: REGISTRATION_METHOD_VOLUME }
       request_id: "$new")";

constexpr absl::string_view kSamordnare =
    R"(grant { user: "samordnare" role: ROLE_SAMORDNARE scope: "$insats" }
       request_id: "$new")";

constexpr absl::string_view kAnalyst =
    R"(grant { user: "analyst" role: ROLE_ANALYST scope: "$forbund" }
       request_id: "$new")";

constexpr absl::string_view kOngoing =
    R"(parent: "$insats" registration {
         person { person_number: "198505052384"
                  display_name: "Kanariefågel Ett" }
         consent { signed_date: "2020-01-02" reference: "Kanariepärm" }
         kommun: "0180"
         entry { date: "2020-02-03" education: "gymnasium"
                 situation { supports { source: "sjukpenning" } } } }
       request_id: "$new")";

constexpr absl::string_view kEnded =
    R"(parent: "$insats" registration {
         person { person_number: "197203154179"
                  display_name: "Kanariefågel Två" }
         consent { signed_date: "2015-01-02" }
         entry { date: "2015-02-03" education: "gymnasium"
                 situation { supports { source: "aktivitetsstod"
                                        extent_percent: 50 } } }
         exit { date: "2015-09-01" end_reason: "enligt_plan"
                situation { supports { source: "ingen_offentlig" }
                            work_hours: 20 } } }
       request_id: "$new")";

}  // namespace

const std::vector<RpcSetting>& Setting() {
  static const auto& setting = *new std::vector<RpcSetting>{
      {"admin", "CreateForbund", kForbund, "$forbund"},
      {"admin", "CreateQuestion", kQuestion, "$question"},
      {"admin", "CreateInsats", kInsats, "$insats"},
      {"admin", "CreateInsats", kVolume, "$volume"},
      {"admin", "GrantRole", kSamordnare, ""},
      {"admin", "GrantRole", kAnalyst, ""},
      {"samordnare", "RegisterParticipation", kOngoing, "$ongoing"},
      {"samordnare", "RegisterParticipation", kEnded, "$ended"}};
  return setting;
}

}  // namespace stegvis::fuzz

#include "client/cli/participation_text.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/words.h"

namespace stegvis::cli {
namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

std::string HoursText(double hours, absl::string_view what) {
  if (hours == 0) return std::string();
  std::string number = absl::StrCat(hours);
  const size_t point = number.find('.');
  if (point != std::string::npos) number[point] = ',';
  return absl::StrCat(", ", what, " ", number, " tim/vecka");
}

std::string SituationText(const v1::Situation& situation,
                          const CodeLabels& labels) {
  const std::string supports = absl::StrJoin(
      situation.supports(), ", ",
      [&](std::string* out, const v1::Support& support) {
        absl::StrAppend(out, labels.Label("SUPPORT_SOURCE", support.source()));
        if (!support.has_extent_percent()) return;
        absl::StrAppend(out, " ", support.extent_percent(), " %");
      });
  return absl::StrCat(supports, HoursText(situation.work_hours(), "arbete"),
                      HoursText(situation.study_hours(), "studier"),
                      situation.seeking() ? ", söker arbete" : "");
}

std::string QuestionText(const std::string& name, Directory& names) {
  const auto questions = names.Questions(name.substr(0, name.find("/quest")));
  if (!questions.ok()) return name;
  for (const v1::Question& question : **questions) {
    if (question.name() == name) return question.text();
  }
  return name;
}

template <typename Answers>
void AddAnswers(const Answers& answers, Directory& names,
                Properties& properties) {
  for (const v1::Answer& answer : answers) {
    properties.emplace_back(
        absl::StrCat("  ", QuestionText(answer.question(), names)),
        answer.value());
  }
}

void AddEntry(const v1::Entry& entry, const CodeLabels& labels,
              Directory& names, Properties& properties) {
  properties.emplace_back("In", entry.date());
  properties.emplace_back("  situation",
                          SituationText(entry.situation(), labels));
  properties.emplace_back("  utbildning",
                          labels.Label("EDUCATION", entry.education()));
  if (entry.has_months_on_support()) {
    properties.emplace_back("  månader i försörjning",
                            absl::StrCat(entry.months_on_support()));
  }
  properties.emplace_back(
      "  remittent", labels.Label("REFERRING_PARTY", entry.referring_party()));
  AddAnswers(entry.answers(), names, properties);
}

void AddExit(const v1::Exit& exit, const CodeLabels& labels, Directory& names,
             Properties& properties) {
  properties.emplace_back("Ut", exit.date());
  properties.emplace_back("  anledning",
                          labels.Label("END_REASON", exit.end_reason()));
  if (exit.has_situation()) {
    properties.emplace_back("  situation",
                            SituationText(exit.situation(), labels));
  }
  AddAnswers(exit.answers(), names, properties);
}

}  // namespace

std::string InsatsOf(const std::string& participation, Directory& names) {
  return names.InsatsTitle(
      participation.substr(0, participation.find("/participations/")));
}

std::string ParticipationText(const v1::Participation& participation,
                              const CodeLabels& labels, Directory& names) {
  const std::string& name = participation.name();
  Properties properties = {{"Insats", InsatsOf(name, names)},
                           {"Läge", StateWord(participation.state())}};
  AddEntry(participation.entry(), labels, names, properties);
  if (participation.has_exit()) {
    AddExit(participation.exit(), labels, names, properties);
  }
  for (const v1::FollowUp& follow_up : participation.follow_ups()) {
    properties.emplace_back(
        absl::StrCat("Efter ", follow_up.months(), " månader"),
        absl::StrCat(follow_up.date(), ": ",
                     SituationText(follow_up.situation(), labels)));
  }
  properties.emplace_back("Kommun", participation.kommun());
  properties.emplace_back("Samtycke", participation.consent().signed_date());
  properties.emplace_back("  finns", participation.consent().reference());
  for (const v1::Finding& finding : participation.findings()) {
    const bool open = finding.acknowledgement().empty();
    properties.emplace_back(
        open ? "Att förklara" : "Förklarat",
        absl::StrCat(FindingText(finding.kind()), " (", finding.kind(), ")",
                     open ? "" : ": ", finding.acknowledgement()));
  }
  properties.emplace_back("Registrerat",
                          SwedishTime(participation.create_time()));
  if (participation.migrated()) {
    properties.emplace_back("Överfört, känt från",
                            SwedishTime(participation.known_time()));
  }
  properties.emplace_back("Resurs", name);
  return PropertyText(properties);
}

std::string ParticipationTable(
    const google::protobuf::RepeatedPtrField<v1::Participation>& participations,
    const google::protobuf::RepeatedPtrField<std::string>& unreadable,
    const CodeLabels& labels, Directory& names) {
  TextTable table(
      {{"in"}, {"ut"}, {"läge"}, {"anledning"}, {"insats"}, {"resurs"}});
  for (const v1::Participation& participation : participations) {
    table.AddRow({participation.entry().date(), participation.exit().date(),
                  StateWord(participation.state()),
                  labels.Label("END_REASON", participation.exit().end_reason()),
                  InsatsOf(participation.name(), names), participation.name()});
  }
  std::string text =
      table.Empty() ? "Inga deltaganden att visa.\n" : table.Text();
  for (const std::string& name : unreadable) {
    absl::StrAppend(&text, "!!! POSTEN GÅR INTE ATT ÖPPNA: ", name, "\n");
  }
  return text;
}

}  // namespace stegvis::cli

#include "client/cli/situation_options.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

// Makes `12,5` what a number is read from; the rest is left to the reading.
CLI::Validator DecimalComma() {
  return CLI::Validator(
      [](std::string& text) {
        const size_t comma = text.find(',');
        if (comma != std::string::npos) text[comma] = '.';
        return std::string();
      },
      "");
}

}  // namespace

void AddSituation(CLI::App& app, SituationOptions& options) {
  app.add_option(
         "--support", options.supports,
         "Försörjning, kan upprepas; omfattning i procent efter kolon.\n"
         "Koderna: stegvis codes list --list SUPPORT_SOURCE")
      ->type_name("KOD[:OMFATTNING]")
      ->expected(1)
      ->take_all();
  app.add_option("--work", options.work, "Arbete, timmar i veckan")
      ->type_name("TIMMAR")
      ->transform(DecimalComma());
  app.add_option("--study", options.study, "Studier, timmar i veckan")
      ->type_name("TIMMAR")
      ->transform(DecimalComma());
  app.add_option("--seeking", options.seeking, "Söker aktivt arbete")
      ->type_name("ja|nej")
      ->check(OneOf({"ja", "nej"}));
}

absl::Status Apply(const SituationOptions& options, v1::Situation& situation) {
  if (!options.supports.empty()) situation.clear_supports();
  for (const std::string& text : options.supports) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(text, absl::MaxSplits(':', 1));
    v1::Support& support = *situation.add_supports();
    support.set_source(halves.first);
    if (halves.second.empty()) continue;
    int32_t extent = 0;
    if (!absl::SimpleAtoi(halves.second, &extent)) {
      return WrongUsage(absl::StrCat("--support ", Printable(text),
                                     ": omfattningen är ett heltal, till "
                                     "exempel sjukpenning:50."));
    }
    support.set_extent_percent(extent);
  }
  if (options.work.has_value()) situation.set_work_hours(*options.work);
  if (options.study.has_value()) situation.set_study_hours(*options.study);
  if (!options.seeking.empty()) situation.set_seeking(options.seeking == "ja");
  return absl::OkStatus();
}

bool SaysAnything(const SituationOptions& options) {
  return !options.supports.empty() || options.work.has_value() ||
         options.study.has_value() || !options.seeking.empty();
}

void AddAnswers(CLI::App& app, std::vector<std::string>& answers) {
  app.add_option("--answer", answers,
                 "Svar på en av förbundets frågor, kan upprepas")
      ->type_name("FRÅGA=SVAR")
      ->expected(1)
      ->take_all();
}

absl::StatusOr<std::vector<v1::Answer>> ParseAnswers(
    const std::vector<std::string>& texts, const std::string& forbund,
    Session& session) {
  std::vector<v1::Answer> answers;
  if (texts.empty()) return answers;
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const std::vector<v1::Question>* questions,
                   names->Questions(forbund));
  for (const std::string& text : texts) {
    // The text of a question may hold a sign of equality, an answer less so.
    const size_t equals = text.rfind('=');
    const std::string asked = Comparable(text.substr(0, equals));
    v1::Answer answer;
    for (const v1::Question& question : *questions) {
      if (Comparable(question.text()) != asked) continue;
      answer.set_question(question.name());
    }
    if (equals == std::string::npos || answer.question().empty()) {
      return WrongUsage(
          absl::StrCat("--answer ", Printable(text.substr(0, equals)),
                       ": skriv FRÅGA=SVAR. Se frågorna med: stegvis question "
                       "list."));
    }
    answer.set_value(text.substr(equals + 1));
    answers.push_back(answer);
  }
  return answers;
}

void MergeAnswers(const std::vector<v1::Answer>& answers,
                  google::protobuf::RepeatedPtrField<v1::Answer>& known) {
  for (const v1::Answer& answer : answers) {
    v1::Answer* place = nullptr;
    for (v1::Answer& earlier : known) {
      if (earlier.question() == answer.question()) place = &earlier;
    }
    if (place == nullptr) place = known.Add();
    *place = answer;
  }
}

}  // namespace stegvis::cli

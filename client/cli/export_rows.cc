#include "client/cli/export_rows.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/import_participants.h"
#include "client/cli/words.h"

namespace stegvis::cli {
namespace {

using google::protobuf::util::TimeUtil;

std::string Title(const std::string& insats, const ExportNames& names) {
  const auto found = names.insatser.find(insats);
  return found == names.insatser.end() ? insats : found->second;
}

// Hours with as many decimals as they have; the import reads a point.
std::string Hours(double hours) { return absl::StrCat(hours); }

std::string Supports(const v1::Situation& situation) {
  return absl::StrJoin(situation.supports(), "|",
                       [](std::string* out, const v1::Support& support) {
                         absl::StrAppend(out, support.source());
                         if (!support.has_extent_percent()) return;
                         absl::StrAppend(out, ":", support.extent_percent());
                       });
}

void AddSituation(bool known, const v1::Situation& situation,
                  std::vector<std::string>& fields) {
  if (!known) {
    fields.insert(fields.end(), 4, "");
    return;
  }
  fields.push_back(Supports(situation));
  fields.push_back(Hours(situation.work_hours()));
  fields.push_back(Hours(situation.study_hours()));
  fields.push_back(YesNoWord(situation.seeking()));
}

void AddFollowUp(const v1::Registration& registration, int months,
                 std::vector<std::string>& fields) {
  for (const v1::FollowUp& follow_up : registration.follow_ups()) {
    if (follow_up.months() != months) continue;
    fields.push_back(follow_up.date());
    AddSituation(/*known=*/true, follow_up.situation(), fields);
    return;
  }
  fields.insert(fields.end(), 5, "");
}

template <typename Answers>
std::string AnswerTo(const v1::Question& question, const Answers& answers) {
  for (const v1::Answer& answer : answers) {
    if (answer.question() == question.name()) return answer.value();
  }
  return std::string();
}

bool AskedTwice(const v1::Question& question) {
  return question.asked_entry() && question.asked_exit();
}

void AddAnswers(const v1::Registration& registration,
                const v1::ListQuestionsResponse& questions,
                std::vector<std::string>& fields) {
  for (const v1::Question& question : questions.questions()) {
    const std::string at_exit =
        AnswerTo(question, registration.exit().answers());
    if (!question.asked_entry()) {
      fields.push_back(at_exit);
      continue;
    }
    fields.push_back(AnswerTo(question, registration.entry().answers()));
    if (AskedTwice(question)) fields.push_back(at_exit);
  }
}

void AddEntry(const v1::Entry& entry, std::vector<std::string>& fields) {
  fields.push_back(entry.date());
  AddSituation(/*known=*/true, entry.situation(), fields);
  fields.push_back(entry.education());
  fields.push_back(entry.has_months_on_support()
                       ? absl::StrCat(entry.months_on_support())
                       : std::string());
  fields.push_back(entry.referring_party());
}

std::string Optional(bool known, int64_t number) {
  return known ? absl::StrCat(number) : std::string();
}

}  // namespace

std::vector<std::string> InsatsFields(const v1::Insats& insats,
                                      const ExportNames& names) {
  return {names.forbund,
          insats.title(),
          insats.description(),
          insats.start_date(),
          insats.end_date(),
          OrientationWord(insats.orientation()),
          insats.focus(),
          absl::StrJoin(insats.target_groups(), "|"),
          MethodWord(insats.registration_method()),
          YesNoWord(insats.esf_financed()),
          absl::StrJoin(insats.parties(), "|")};
}

std::vector<std::string> ParticipantHeader(
    const v1::ListQuestionsResponse& questions, bool registered) {
  std::vector<std::string> header;
  for (const absl::string_view name : ParticipantColumns()) {
    header.emplace_back(name);
  }
  for (const v1::Question& question : questions.questions()) {
    header.push_back(absl::StrCat(kQuestionColumn, question.text()));
    if (!AskedTwice(question)) continue;
    header.push_back(absl::StrCat(kExitQuestionColumn, question.text()));
  }
  if (registered) header.push_back("registrerad");
  return header;
}

std::vector<std::string> ParticipantFields(
    const v1::ParticipationRow& row, const ExportNames& names,
    const v1::ListQuestionsResponse& questions, bool registered) {
  const v1::Registration& registration = row.registration();
  const v1::PersonIdentity& person = registration.person();
  std::vector<std::string> fields = {names.forbund,
                                     Title(row.insats(), names),
                                     person.person_number(),
                                     YesNoWord(person.protected_identity()),
                                     registration.consent().signed_date(),
                                     registration.kommun()};
  AddEntry(registration.entry(), fields);
  const v1::Exit& exit = registration.exit();
  fields.push_back(exit.date());
  fields.push_back(exit.end_reason());
  AddSituation(exit.has_situation(), exit.situation(), fields);
  AddFollowUp(registration, 6, fields);
  AddFollowUp(registration, 12, fields);
  fields.push_back(registration.consent().reference());
  fields.push_back(person.display_name());
  AddAnswers(registration, questions, fields);
  if (registered) {
    fields.push_back(row.has_registered_time()
                         ? TimeUtil::ToString(row.registered_time())
                         : std::string());
  }
  return fields;
}

std::vector<std::string> CountFields(const v1::Count& count,
                                     const ExportNames& names,
                                     bool registered) {
  const std::string insats =
      count.name().substr(0, count.name().find("/counts/"));
  // A count by sex has its total by itself.
  const bool by_sex = count.has_women() && count.has_men();
  std::vector<std::string> fields = {
      names.forbund,
      Title(insats, names),
      CountKindWord(count.kind()),
      absl::StrCat(count.year()),
      Optional(by_sex, count.women()),
      Optional(by_sex, count.men()),
      Optional(!by_sex && count.has_total(), count.total())};
  if (registered) fields.push_back(TimeUtil::ToString(count.known_time()));
  return fields;
}

}  // namespace stegvis::cli

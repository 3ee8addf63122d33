#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/participation_calls.h"
#include "client/cli/situation_options.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/participation.grpc.pb.h"

namespace stegvis::cli {
namespace {

struct CorrectOptions {
  std::string name, moment, reason;
  std::optional<std::string> date, education, referred_by, end_reason, kommun,
      consent_reference;
  std::optional<int32_t> months_on_support;
  SituationOptions situation;
  std::vector<std::string> answers;
  bool with_name = false;
  std::string format;
};

// An option of a moment, and the moments that it belongs to.
struct OptionOfMoment {
  bool given;
  absl::string_view name;
  absl::Span<const absl::string_view> moments;
};

constexpr absl::string_view kIn[] = {"in"};
constexpr absl::string_view kOut[] = {"ut"};
constexpr absl::string_view kInAndOut[] = {"in", "ut"};
constexpr absl::string_view kMeasured[] = {"in", "ut", "uppf6", "uppf12"};
constexpr absl::string_view kDated[] = {"in", "ut", "uppf6", "uppf12",
                                        "samtycke"};
constexpr absl::string_view kConsent[] = {"samtycke"};
constexpr absl::string_view kKommun[] = {"kommun"};
constexpr absl::string_view kNumber[] = {"nummer"};

std::vector<OptionOfMoment> OptionsOfMoments(const CorrectOptions& options) {
  const SituationOptions& situation = options.situation;
  return {{options.date.has_value(), "--date", kDated},
          {!situation.supports.empty(), "--support", kMeasured},
          {situation.work.has_value(), "--work", kMeasured},
          {situation.study.has_value(), "--study", kMeasured},
          {!situation.seeking.empty(), "--seeking", kMeasured},
          {options.education.has_value(), "--education", kIn},
          {options.months_on_support.has_value(), "--months-on-support", kIn},
          {options.referred_by.has_value(), "--referred-by", kIn},
          {options.end_reason.has_value(), "--end-reason", kOut},
          {options.kommun.has_value(), "--kommun", kKommun},
          {options.consent_reference.has_value(), "--consent-ref", kConsent},
          {!options.answers.empty(), "--answer", kInAndOut},
          {options.with_name, "--with-name", kNumber}};
}

// Whether something is said of the moment, and nothing of another one. The
// number is asked for.
absl::Status CheckSomethingIsSaid(const CorrectOptions& options) {
  bool something = options.moment == "nummer";
  for (const OptionOfMoment& option : OptionsOfMoments(options)) {
    if (!option.given) continue;
    if (std::find(option.moments.begin(), option.moments.end(),
                  options.moment) == option.moments.end()) {
      return WrongUsage(absl::StrCat(
          option.name, " hör inte till momentet ", options.moment,
          ". Se vad som hör till det med: stegvis participant correct "
          "--help."));
    }
    something = true;
  }
  if (something) return absl::OkStatus();
  return WrongUsage(absl::StrCat("Säg vad som ska rättas i momentet ",
                                 options.moment,
                                 ". Se vad som hör till det med: stegvis "
                                 "participant correct --help."));
}

absl::Status CorrectEntry(const CorrectOptions& options,
                          const std::vector<v1::Answer>& answers,
                          v1::Entry& entry) {
  if (options.date) entry.set_date(*options.date);
  if (options.education) entry.set_education(*options.education);
  if (options.referred_by) entry.set_referring_party(*options.referred_by);
  if (options.months_on_support) {
    entry.set_months_on_support(*options.months_on_support);
  }
  MergeAnswers(answers, *entry.mutable_answers());
  return Apply(options.situation, *entry.mutable_situation());
}

absl::Status CorrectExit(const CorrectOptions& options,
                         const std::vector<v1::Answer>& answers,
                         v1::Exit& exit) {
  if (options.date) exit.set_date(*options.date);
  if (options.end_reason) exit.set_end_reason(*options.end_reason);
  MergeAnswers(answers, *exit.mutable_answers());
  if (!SaysAnything(options.situation)) return absl::OkStatus();
  return Apply(options.situation, *exit.mutable_situation());
}

absl::Status CorrectFollowUp(const CorrectOptions& options, int months,
                             v1::Registration& registration) {
  v1::FollowUp* corrected = nullptr;
  for (v1::FollowUp& follow_up : *registration.mutable_follow_ups()) {
    if (follow_up.months() == months) corrected = &follow_up;
  }
  if (corrected == nullptr) {
    return Complaint(absl::StrCat("Det finns ingen uppföljning efter ", months,
                                  " månader att rätta. Registrera den: stegvis "
                                  "participant follow-up."));
  }
  if (options.date) corrected->set_date(*options.date);
  return Apply(options.situation, *corrected->mutable_situation());
}

// Changes in `registration` what was said of the moment; gives the mask's path.
absl::StatusOr<std::string> CorrectMoment(
    const CorrectOptions& options, const std::vector<v1::Answer>& answers,
    v1::Registration& registration) {
  if (options.moment == "in") {
    RETURN_IF_ERROR(
        CorrectEntry(options, answers, *registration.mutable_entry()));
    return std::string("entry");
  }
  if (options.moment == "ut") {
    RETURN_IF_ERROR(
        CorrectExit(options, answers, *registration.mutable_exit()));
    return std::string("exit");
  }
  if (options.moment == "uppf6" || options.moment == "uppf12") {
    const int months = options.moment == "uppf6" ? 6 : 12;
    RETURN_IF_ERROR(CorrectFollowUp(options, months, registration));
    return std::string("follow_ups");
  }
  if (options.moment == "samtycke") {
    v1::Consent& consent = *registration.mutable_consent();
    if (options.date) consent.set_signed_date(*options.date);
    if (options.consent_reference) {
      consent.set_reference(*options.consent_reference);
    }
    return std::string("consent");
  }
  if (options.moment == "kommun") {
    registration.set_kommun(*options.kommun);
    return std::string("kommun");
  }
  ASSIGN_OR_RETURN(*registration.mutable_person(),
                   AskPerson(options.with_name));
  return std::string(options.with_name ? "person" : "person.person_number");
}

absl::Status Correct(const CorrectOptions& options, Session& session) {
  RETURN_IF_ERROR(CheckSomethingIsSaid(options));
  ASSIGN_OR_RETURN(const v1::Participation current,
                   GetParticipation(options.name, session));
  const std::string forbund =
      current.name().substr(0, current.name().find("/insatser"));
  ASSIGN_OR_RETURN(const std::vector<v1::Answer> answers,
                   ParseAnswers(options.answers, forbund, session));
  v1::CorrectParticipationRequest request;
  v1::Registration& registration = *request.mutable_registration();
  *registration.mutable_entry() = current.entry();
  if (current.has_exit()) *registration.mutable_exit() = current.exit();
  *registration.mutable_follow_ups() = current.follow_ups();
  *registration.mutable_consent() = current.consent();
  ASSIGN_OR_RETURN(const std::string path,
                   CorrectMoment(options, answers, registration));
  request.set_name(current.name());
  request.set_etag(current.etag());
  request.mutable_update_mask()->add_paths(path);
  request.set_reason(options.reason);
  request.set_request_id(NewRequestId());
  if (!session.Confirm("Rätta deltagandet? Det tidigare finns kvar i "
                       "historiken.")) {
    return Complaint("Inget är ändrat.");
  }
  ASSIGN_OR_RETURN(
      const v1::Participation corrected,
      session.Call(&v1::ParticipationService::Stub::CorrectParticipation,
                   request));
  return PrintParticipation(corrected, options.format, session);
}

void AddOptions(CLI::App& app, CorrectOptions& options) {
  AddParticipationName(app, options.name);
  app.add_option("--moment", options.moment,
                 "Vad som rättas: in, ut, uppf6, uppf12, samtycke, kommun\n"
                 "eller nummer (det frågas efter)")
      ->type_name("MOMENT")
      ->check(CLI::IsMember(
          {"in", "ut", "uppf6", "uppf12", "samtycke", "kommun", "nummer"}))
      ->required();
  app.add_option("--reason", options.reason,
                 "Varför; koderna: stegvis codes list --list\n"
                 "CORRECTION_REASON")
      ->type_name("KOD")
      ->required();
  app.add_option("--date", options.date, "Rätt datum (alla moment som har ett)")
      ->type_name("DATUM");
  AddSituation(app, options.situation);
  app.add_option("--education", options.education, "Rätt utbildning (in)")
      ->type_name("KOD");
  app.add_option("--months-on-support", options.months_on_support,
                 "Rätt antal månader i försörjning (in)")
      ->type_name("TAL");
  app.add_option("--referred-by", options.referred_by, "Rätt remittent (in)")
      ->type_name("KOD");
  app.add_option("--end-reason", options.end_reason,
                 "Rätt avslutsanledning (ut)")
      ->type_name("KOD");
  app.add_option("--kommun", options.kommun, "Rätt kommun (kommun)")
      ->type_name("KOD");
  app.add_option("--consent-ref", options.consent_reference,
                 "Var samtycket finns (samtycke)")
      ->type_name("TEXT");
  AddAnswers(app, options.answers);
  app.add_flag("--with-name", options.with_name,
               "Fråga också efter namnet (nummer); annars står det kvar");
  AddFormat(app, options.format);
}

}  // namespace

void AddCorrectCommand(CommandTable& table, CLI::App& participant) {
  auto options = std::make_shared<CorrectOptions>();
  CLI::App& app = table.Command(
      participant, "correct",
      "Rättar ett moment i ett deltagande: det som anges ändras, resten står\n"
      "kvar. En felregistrering rättas som --moment ut --end-reason\n"
      "felregistrering.",
      "stegvis participant correct forbund/…/participations/… --moment in "
      "--reason skrivfel --work 20",
      [options](Session& session) { return Correct(*options, session); });
  AddOptions(app, *options);
}

}  // namespace stegvis::cli

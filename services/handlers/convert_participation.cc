#include "services/handlers/convert_participation.h"

#include <algorithm>

#include "services/handlers/convert.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

v1::Situation ToProto(const domain::Situation& situation) {
  v1::Situation message;
  for (const domain::Support& support : situation.supports) {
    v1::Support& added = *message.add_supports();
    added.set_source(support.source);
    if (support.extent_percent.has_value()) {
      added.set_extent_percent(*support.extent_percent);
    }
  }
  message.set_work_hours(situation.work.Hours());
  message.set_study_hours(situation.study.Hours());
  message.set_seeking(situation.seeking);
  return message;
}

template <typename Message>
void AddAnswers(ForbundId forbund, const std::vector<domain::Answer>& answers,
                Message& message) {
  for (const domain::Answer& answer : answers) {
    v1::Answer& added = *message.add_answers();
    added.set_question(
        validation::QuestionName(QuestionKey{forbund, answer.question}));
    added.set_value(answer.value);
  }
}

v1::Entry ToProto(ForbundId forbund, const domain::Entry& entry) {
  v1::Entry message;
  message.set_date(entry.day.Text());
  *message.mutable_situation() = ToProto(entry.situation);
  message.set_education(entry.education);
  if (entry.months_on_support.has_value()) {
    message.set_months_on_support(*entry.months_on_support);
  }
  message.set_referring_party(entry.referring_party);
  AddAnswers(forbund, entry.answers, message);
  return message;
}

v1::Exit ToProto(ForbundId forbund, const domain::Exit& exit) {
  v1::Exit message;
  message.set_date(exit.day.Text());
  message.set_end_reason(exit.end_reason);
  if (exit.situation.has_value()) {
    *message.mutable_situation() = ToProto(*exit.situation);
  }
  AddAnswers(forbund, exit.answers, message);
  return message;
}

// `Message` is a Participation or a Registration: both say the same of the
// moments.
template <typename Message>
void AddMoments(ForbundId forbund, const domain::Participation& participation,
                Message& message) {
  *message.mutable_entry() = ToProto(forbund, participation.entry);
  if (participation.exit.has_value()) {
    *message.mutable_exit() = ToProto(forbund, *participation.exit);
  }
  for (const domain::FollowUpMonths months : domain::kAllFollowUpMonths) {
    const std::optional<domain::FollowUp>& follow_up =
        participation.follow_ups[static_cast<size_t>(months)];
    if (!follow_up.has_value()) continue;
    v1::FollowUp& added = *message.add_follow_ups();
    added.set_months(domain::Months(months));
    added.set_date(follow_up->day.Text());
    *added.mutable_situation() = ToProto(follow_up->situation);
  }
  message.set_kommun(participation.kommun);
  message.mutable_consent()->set_signed_date(
      participation.consent.signed_day.Text());
}

v1::Participation::State StateOf(const domain::Participation& participation,
                                 const domain::CodeBook& codes) {
  if (!participation.exit.has_value()) return v1::Participation::STATE_ONGOING;
  return domain::IsRegisteredWrongly(participation, codes)
             ? v1::Participation::STATE_REGISTERED_WRONGLY
             : v1::Participation::STATE_ENDED;
}

void AddFindings(const domain::Participation& participation,
                 const domain::CodeBook& codes, v1::Participation& message) {
  const auto& acknowledged = participation.acknowledgements;
  for (const domain::FindingKind kind :
       domain::FindingsOf(participation, codes)) {
    v1::Finding& added = *message.add_findings();
    const absl::string_view name = domain::FindingName(kind);
    added.set_kind(name.data(), name.size());
    const auto found = std::find_if(
        acknowledged.begin(), acknowledged.end(),
        [&](const domain::Acknowledgement& one) { return one.kind == kind; });
    if (found != acknowledged.end()) added.set_acknowledgement(found->text);
  }
}

v1::Participation Shown(ForbundId forbund,
                        const domain::Participation& participation,
                        const domain::CodeBook& codes) {
  v1::Participation message;
  message.set_state(StateOf(participation, codes));
  AddMoments(forbund, participation, message);
  message.mutable_consent()->set_reference(participation.consent.reference);
  AddFindings(participation, codes, message);
  message.set_migrated(participation.migrated);
  return message;
}

}  // namespace

v1::Participation ToProto(
    ForbundId forbund, const storage::Versioned<domain::Participation>& stored,
    const domain::CodeBook& codes) {
  v1::Participation message = Shown(forbund, stored.value, codes);
  message.set_name(validation::ParticipationName(
      ParticipationKey{forbund, stored.value.insats, stored.value.id}));
  *message.mutable_create_time() = TimestampOf(stored.created_at);
  *message.mutable_update_time() = TimestampOf(stored.recorded_at);
  *message.mutable_known_time() = TimestampOf(stored.known_from);
  message.set_etag(EtagOf(stored));
  return message;
}

v1::Participation Unnamed(ForbundId forbund,
                          const domain::Participation& participation,
                          const domain::CodeBook& codes) {
  return Shown(forbund, participation, codes);
}

v1::ParticipationRow ToRow(
    ForbundId forbund, const storage::Versioned<domain::Participation>& stored,
    bool identities) {
  v1::ParticipationRow row;
  row.set_insats(
      validation::InsatsName(InsatsKey{forbund, stored.value.insats}));
  AddMoments(forbund, stored.value, *row.mutable_registration());
  if (identities) {
    *row.mutable_registration()->mutable_person() = IdentityOf(stored.value);
    row.mutable_registration()->mutable_consent()->set_reference(
        stored.value.consent.reference);
  }
  *row.mutable_registered_time() = TimestampOf(stored.known_from);
  return row;
}

v1::PersonIdentity IdentityOf(const domain::Participation& participation) {
  constexpr RevealKey kKey =
      RevealKey::For("the answer to a permitted and audited caller");
  v1::PersonIdentity identity;
  identity.set_person_number(participation.number.Digits(kKey));
  identity.set_display_name(participation.display_name.Reveal(kKey));
  return identity;
}

}  // namespace stegvis::handlers
